"""List pages with 10 and 100 rows, the lock of a quarter, and its report put together: queries and time."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from bench.clock import once
from reporting.domain.assemble import report_of
from reporting.models import Report, Snapshot
from tests.builders import TODAY
from tests.reporting.desk import Desk, make_desk

SIZES = [10, 100]
ROUNDS = 5


def run() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        desks = {size: make_desk(size, name=f"Council of {size}") for size in SIZES}
        for name, address in (("Plan page", _plan), ("Quarter page", _quarter), ("Reports", _reports)):
            _compare(name, {size: _visit(desk, address(desk)) for size, desk in desks.items()})
        snapshots: dict[int, Snapshot] = {}
        _compare("Lock, snapshot and all", {size: _lock(desk, snapshots) for size, desk in desks.items()}, rounds=1)
        reports = {size: desk.draft(snapshots[len(desk.actions)]) for size, desk in desks.items()}
        _compare("Report, put together", {size: _assemble(report) for size, report in reports.items()})


def _plan(desk: Desk) -> str:
    return reverse("actions:plan_page", args=[desk.plan.public_id])


def _quarter(desk: Desk) -> str:
    return reverse("actions:quarter_page", args=[desk.plan.public_id])


def _reports(desk: Desk) -> str:
    return reverse("reporting:reports")


def _visit(desk: Desk, address: str) -> Callable[[], object]:
    client = Client()
    client.force_login(desk.coordinator)

    def visit() -> None:
        assert client.get(address).status_code == 200

    return visit


def _lock(desk: Desk, snapshots: dict[int, Snapshot]) -> Callable[[], object]:
    """Lock the desk's quarter, and keep its snapshot by the number of actions."""
    return lambda: snapshots.update({len(desk.actions): desk.lock(today=TODAY)})


def _assemble(report: Report) -> Callable[[], object]:
    return lambda: report_of(report)


def _compare(name: str, cases: dict[int, Callable[[], object]], rounds: int = ROUNDS) -> None:
    """Print queries and time of each size, and the ratio. `rounds` 1 is for what can be done once."""
    queries, times = {}, {}
    for size, case in cases.items():
        with CaptureQueriesContext(connection) as captured:
            times[size] = once(case)
        queries[size] = len(captured)
    for _ in range(rounds - 1):
        for size, case in cases.items():
            times[size] = min(times[size], once(case))
    print(f"\n{name}")
    for size in cases:
        print(f"  {size:4} rows {queries[size]:4} queries {times[size] * 1000:8.1f} ms")
    first, *_, last = times.values()
    print(f"  x{max(cases) // min(cases)} rows cost x{last / first:.1f} time")
