"""Timing: named cases in turn, the best of several rounds, and how a cost grows with size."""

import math
import time
from collections.abc import Callable, Mapping


def best_of(cases: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return {case: CPU seconds of its best round}. Load what the cases need before: the first round counts."""
    best = dict.fromkeys(cases, math.inf)
    for _ in range(rounds):
        for name, run in cases.items():
            best[name] = min(best[name], once(run))
    return best


def once(run: Callable[[], object]) -> float:
    """Return the CPU seconds of one run."""
    start = time.process_time()
    run()
    return time.process_time() - start


def slope(sizes: list[int], seconds: list[float]) -> float:
    """Return the exponent by which the cost grows: 1.00 is a straight line, more bends upwards."""
    return math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])
