"""A coordinator's desk before the lock, with a draft, and with the report issued."""

from reporting.models import Report
from tests.kept import kept
from tests.reporting.desk import Desk, make_desk


@kept
def desk() -> Desk:
    return make_desk()


@kept
def draft(desk: Desk) -> Report:
    return desk.draft(desk.lock())


@kept
def issued(desk: Desk, draft: Report) -> Report:
    return desk.issue(draft)
