"""The board report says what the snapshot keeps: figures with denominators, exceptions, changes, markings."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import Action, ActionOwner
from plans.models import ReportingPeriod
from prevent_tracker.core import clock
from reporting.domain.assemble import WITHHELD, preview_of, report_of
from reporting.domain.board_report import content_fingerprint
from reporting.models import Report
from tests.builders import TODAY, make_body, make_heading
from tests.kept import kept
from tests.reporting.desk import LATER, make_desk

pytestmark = pytest.mark.django_db
SLIPPED = {
    "rating": "at_risk", "issue": "No room.", "recovery": "Find one.", "forecast_due": datetime.date(2027, 4, 30),
    "override_reason": "We know it now.",
}  # fmt: skip


@kept
def desk():
    return make_desk(actions=3)


def paper_of(desk, snapshot):
    return report_of(Report.objects.get(pk=desk.draft(snapshot).pk))


def test_every_figure_adds_up_to_the_rows_of_the_snapshot(desk):
    desk.say(desk.actions[0])
    desk.say(desk.actions[1], **SLIPPED)
    snapshot = desk.lock()
    paper = paper_of(desk, snapshot)
    rows = list(snapshot.actions.all())
    for line in paper.ratings:
        assert line.now.count == sum(row.rating == line.key.code for row in rows)
        assert line.now.out_of == len(rows) == paper.total == 3
    assert sum(line.total for line in paper.by_heading) == sum(line.total for line in paper.by_partner) == 3
    assert {f.label: str(f.now) for f in paper.figures}["At risk"] == "1 of 3"
    assert [action.ref for action in paper.actions] == [row.ref for row in rows] == ["1", "2", "3"]


def test_exceptions_are_every_red_amber_overdue_re_dated_or_silent_action_worst_first(desk):
    desk.say(desk.actions[0])
    desk.say(desk.actions[1], **SLIPPED)
    paper = paper_of(desk, desk.lock())
    assert [(action.ref, action.reasons) for action in paper.exceptions] == [
        ("2", ("At risk",)),
        ("3", ("Not updated",)),
    ]
    assert paper.exceptions[0].issue == "No room." and paper.exceptions[0].recovery == "Find one."


def test_the_next_quarter_says_was_and_now(desk):
    for action in desk.actions:
        desk.say(action)
    desk.lock()
    period = desk.next_quarter()
    first = Action.objects.get(pk=desk.actions[0].pk)
    desk.say(first, period=period, today=LATER, **SLIPPED)
    Action.objects.filter(pk=first.pk).update(due_on=datetime.date(2027, 6, 30), times_redated=1)
    paper = paper_of(desk, desk.lock(period, LATER))
    assert [(f.label, str(f.now), str(f.before)) for f in paper.figures][1] == ("On track", "2 of 3", "3 of 3")
    line = next(action for action in paper.actions if action.ref == "1")
    assert (line.previous_rating, line.rating, line.is_redated) == ("on_track", "at_risk", True)
    changed = {(c.ref, c.what): (c.before, c.after) for c in paper.changes}
    assert changed["1", "RAG"] == ("Green", "Amber")
    assert changed["1", "Due date"] == ("31 March 2027", "30 June 2027")
    assert [quarter.short_name for quarter in paper.trend] == ["Quarter 2 2026/27", "Quarter 3 2026/27"]
    assert [quarter.counts["on_track"] for quarter in paper.trend] == [3, 2]


def test_the_first_quarter_compares_with_nothing(desk):
    paper = paper_of(desk, desk.lock())
    assert (paper.has_previous, paper.changes) == (False, ())
    assert all(figure.before is None for figure in paper.figures)


def test_due_next_quarter_counts_its_first_and_last_day(desk):
    for action, due in zip(desk.actions, ("2026-09-30", "2026-10-01", "2026-12-31"), strict=True):
        Action.objects.filter(pk=action.pk).update(due_on=due)
    assert [action.ref for action in paper_of(desk, desk.lock()).due_next] == ["2", "3"]


def test_an_action_that_ended_without_delivery_is_printed_and_in_no_denominator(desk):
    Action.objects.filter(pk=desk.actions[0].pk).update(state="withdrawn", closed_reason="No longer needed.")
    paper = paper_of(desk, desk.lock())
    assert (paper.total, len(paper.actions)) == (2, 3)
    assert "1" not in [action.ref for action in paper.exceptions]


def test_a_restricted_action_is_counted_and_its_words_are_kept_from_a_body_not_named_for_it(desk):
    Action.objects.filter(pk=desk.actions[0].pk).update(
        is_restricted=True, marking="OFFICIAL-SENSITIVE", text="Secret words", owner_text="Secret owner"
    )
    paper = paper_of(desk, desk.lock())
    assert (paper.total, paper.withheld) == (3, 1)
    assert paper.actions[0].text == WITHHELD
    assert "Secret" not in repr(paper)
    assert paper.control.marking == "OFFICIAL"


def test_a_body_that_is_named_reads_them_and_the_paper_takes_their_marking(desk):
    action = desk.actions[0]
    Action.objects.filter(pk=action.pk).update(is_restricted=True, marking="OFFICIAL-SENSITIVE", text="Secret words")
    ActionOwner.objects.create(
        action=action, plan=desk.plan, position=5, kind="group", label="Board", part="supporting", body=desk.body
    )
    paper = paper_of(desk, desk.lock())
    assert (paper.withheld, paper.actions[0].text) == (0, "Secret words")
    assert paper.control.marking == "OFFICIAL-SENSITIVE"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("plan", "OFFICIAL-SENSITIVE"),
        ("action", "OFFICIAL-SENSITIVE"),
        ("report", "OFFICIAL-SENSITIVE"),
        ("", "OFFICIAL"),
    ],
)
def test_the_highest_marking_inside_wins(desk, where, expected):
    if where == "plan":
        desk.plan.marking = "OFFICIAL-SENSITIVE"
        desk.plan.save()
    if where == "action":
        Action.objects.filter(pk=desk.actions[0].pk).update(marking="OFFICIAL-SENSITIVE")
    snapshot = desk.lock()
    words = {"marking": "OFFICIAL-SENSITIVE"} if where == "report" else {}
    report = Report.objects.get(pk=desk.draft(snapshot, **words).pk)
    assert report_of(report).control.marking == expected


def test_a_live_preview_is_a_draft_and_writes_nothing(desk):
    desk.say(desk.actions[0])
    period = ReportingPeriod.objects.select_related("plan__council").get(pk=desk.period.pk)
    with CaptureQueriesContext(connection) as queries:
        paper = preview_of(period, today=TODAY, now=clock.now())
    assert paper.control.is_draft and paper.control.version == "DRAFT, not issued"
    assert str(paper.ratings[1].now) == "1 of 3"
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_a_plan_without_actions_has_a_report():
    desk = make_desk(actions=0)
    paper = paper_of(desk, desk.lock())
    assert (paper.total, paper.exceptions, paper.by_partner) == (0, (), ())
    assert [line.label for line in paper.by_heading] == ["Priority 1: Keep people safe"]


def test_headings_of_a_kind_that_holds_no_actions_are_not_in_the_figures(desk):
    make_heading(desk.plan, "By 2028 we will have achieved this", level_label="Outcome")
    make_heading(desk.plan, "A priority nobody works on", ref="2")
    paper = paper_of(desk, desk.lock())
    assert [(line.label, line.total) for line in paper.by_heading] == [
        ("Priority 1: Keep people safe", 3),
        ("Priority 2: A priority nobody works on", 0),
    ]
    assert len(paper.headings) == 4


def test_another_plans_quarters_are_not_compared_with(desk):
    make_desk(actions=1, name="Borset").lock()
    paper = paper_of(desk, desk.lock())
    assert len(paper.trend) == 1 and not paper.has_previous


def test_the_fingerprint_is_of_what_is_said(desk):
    snapshot = desk.lock()
    report = Report.objects.get(pk=desk.draft(snapshot).pk)
    paper = report_of(report)
    assert paper.fingerprint == content_fingerprint(paper) == report_of(report).fingerprint
    report.position_summary = "Mostly on track!"
    assert report_of(report).fingerprint != paper.fingerprint


def test_assembling_costs_the_same_for_one_action_as_for_many():
    counts = []
    for actions in (1, 3, 9):
        desk = make_desk(actions=actions, name=f"Avon {actions}")
        desk.lock()
        snapshot = desk.lock(desk.next_quarter(), LATER)
        report = Report.objects.select_related("snapshot__period", "body", "supersedes").get(pk=desk.draft(snapshot).pk)
        with CaptureQueriesContext(connection) as queries:
            report_of(report)
        counts.append(len(queries))
    assert counts == [4, 4, 4]


def test_a_body_of_its_own_name_is_printed(desk):
    desk.body = make_body(desk.council, "Safer Avon Partnership")
    assert paper_of(desk, desk.lock()).control.body == "Safer Avon Partnership"
