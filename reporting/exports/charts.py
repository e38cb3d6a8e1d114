"""The one chart: actions by rating over four quarters. A picture of a table that is always printed beside it."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reporting.domain.board_report import KeyLine, QuarterLine
from reporting.exports.palette import fill_of, text_on

FONT = "'Source Sans 3', 'Liberation Sans', Arial, sans-serif"
BEYOND_BASIC = re.compile("[\U00010000-\U0010ffff]")
BAR, WIDTH = 26, 560
LETTER, ROOM = 6.3, 10  # pixels: an average letter of a segment's words, and what is kept free around them


def trend_chart(quarters: Sequence[QuarterLine], key: Sequence[KeyLine]) -> str:
    """Return the chart as SVG text: one stacked bar a quarter, in the key's order, each segment with its number.

    The word stands beside the number wherever it fits, so that the bars read without colour.
    """
    return _svg(json.dumps(_spec(quarters, key), sort_keys=True))


def trend_sentence(quarters: Sequence[QuarterLine], key: Sequence[KeyLine]) -> str:
    """Return in words what the chart shows: its text alternative."""
    parts = [f"{quarter.short_name}: {', '.join(_counted(quarter, key)) or 'no actions'}" for quarter in quarters]
    return f"Bar chart of actions by RAG rating. {'; '.join(parts)}."


def _counted(quarter: QuarterLine, key: Sequence[KeyLine]) -> list[str]:
    return [f"{quarter.counts[line.code]} {line.word}" for line in key if quarter.counts[line.code]]


def _spec(quarters: Sequence[QuarterLine], key: Sequence[KeyLine]) -> dict[str, Any]:
    """Return the Vega-Lite specification. Words are data in it, never code."""
    words = _distinct([line.word for line in key])
    names = _distinct([quarter.short_name for quarter in quarters])
    longest = max((quarter.total for quarter in quarters), default=0)
    values = [
        {"quarter": name, "rating": words[place], "place": place, "actions": q.counts[k.code],
         "ink": f"#{text_on(k.code)}", "said": _said(q.counts[k.code], words[place], longest)}
        for name, q in zip(names, quarters, strict=True)
        for place, k in enumerate(key)
        if q.counts[k.code]
    ]  # fmt: skip
    stacked = {"field": "actions", "type": "quantitative", "stack": "zero", "axis": None}
    return {
        "width": WIDTH,
        "height": {"step": BAR + 7},
        "data": {"values": values},
        "config": {"font": FONT, "view": {"stroke": None}, "background": None},
        "encoding": {
            "y": {
                "field": "quarter",
                "type": "nominal",
                "sort": names,
                "scale": {"domain": names},
                "axis": {"title": None, "labelFontSize": 12, "labelColor": "#0b0c0c", "domain": False, "ticks": False,
                         "labelPadding": 8, "labelLimit": 200},
            },
            "order": {"field": "place", "type": "quantitative"},
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": BAR, "stroke": "#0b0c0c", "strokeWidth": 0.5},
                "encoding": {
                    "x": stacked,
                    "color": {
                        "field": "rating",
                        "type": "nominal",
                        "scale": {"domain": words, "range": [f"#{fill_of(line.code)}" for line in key]},
                        "legend": {"title": None, "orient": "top", "labelFontSize": 12, "symbolType": "square",
                                   "symbolSize": 140, "symbolStrokeColor": "#0b0c0c", "labelColor": "#0b0c0c"},
                    },
                },
            },
            {
                "mark": {"type": "text", "fontSize": 12, "fontWeight": 600, "baseline": "middle"},
                "encoding": {
                    "x": stacked | {"bandPosition": 0.5},
                    "text": {"field": "said", "type": "nominal"},
                    "color": {"field": "ink", "type": "nominal", "scale": None, "legend": None},
                    "detail": {"field": "rating", "type": "nominal"},
                },
            },
        ],
    }  # fmt: skip


def _said(count: int, word: str, longest: int) -> str:
    """Return what a segment says: "28 Green" where that fits in its share of the longest bar, else "28"."""
    said = f"{count} {word}"
    return said if len(said) * LETTER + ROOM <= WIDTH * count / longest else str(count)


def _distinct(words: Sequence[str]) -> list[str]:
    """Return words that the chart's engine can measure, each one once: it fails on signs beyond the basic plane."""
    found: list[str] = []
    for word in words:
        plain = BEYOND_BASIC.sub("", word).strip() or "-"
        found.append(plain if plain not in found else f"{plain} ({len(found) + 1})")
    return found


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    # Loaded here: it brings a JavaScript engine, which must not be started before a server forks its workers.
    import vl_convert

    return vl_convert.vegalite_to_svg(json.loads(spec), vl_version="5.21")
