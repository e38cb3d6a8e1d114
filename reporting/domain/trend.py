"""The trend: actions by rating over the last four quarters, from counts made once when each quarter locked."""

import datetime

from actions.enums import Rating
from plans.models import ReportingPeriod
from reporting.domain.board_report import QuarterLine
from reporting.domain.position import earlier_snapshots

QUARTERS = 4


def trend_before(
    period: ReportingPeriod, before: datetime.datetime | None = None, *, quarters: int = QUARTERS - 1
) -> tuple[QuarterLine, ...]:
    """Return up to `quarters` quarters before `period`, oldest first, each from its last snapshot. One query.

    `before` as in `earlier_snapshots`.
    """
    rows = earlier_snapshots(period, before).values_list("period__starts_on", "period__name", "rating_counts")
    last_by_quarter: dict = {}
    for starts_on, name, counts in rows:
        last_by_quarter.setdefault(starts_on, quarter_line(name, counts))
    return tuple(reversed(list(last_by_quarter.values())[:quarters]))


def quarter_line(name: str, counts: dict[str, int]) -> QuarterLine:
    """Return the line of a quarter. A rating that the counts do not name is nought."""
    return QuarterLine(name, short_name(name), {code: counts.get(code, 0) for code in Rating.values})


def short_name(name: str) -> str:
    """Return the name of a quarter without its months: "Quarter 2 2026/27"."""
    start, _, rest = name.partition(" (")
    _, closed, end = rest.partition(")")
    return f"{start}{end}" if closed else name
