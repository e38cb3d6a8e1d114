"""What the start page says about returns, updates and dates; in a fixed number of queries."""

import datetime

import pytest

from actions.domain.returns import return_content, sign_off_return
from actions.models import PartnerReturn, ProgressUpdate
from actions.needs import needs_of
from partners.policy import access_for
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.needs import Urgency
from tests.builders import TODAY, make_action, make_council, make_partner, make_period, make_person, make_plan
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@kept
def asked() -> PartnerReturn:
    council = make_council("Testbury")
    police = make_partner(council, "Testbury Police")
    plan = make_plan(council)
    make_action(plan, police)
    return PartnerReturn.objects.create(partner=police, period=make_period(plan, name="Quarter 2"))


def titles(user, on=TODAY) -> list[str]:
    return [need.title for need in needs_of(access_for(user), on)]


def say(asked, **fields):
    action = asked.period.plan.actions.get()
    fields = {"text": "x", "state": "submitted", "rating": "on_track"} | fields
    lead = make_person("partner_lead", asked.partner)
    return ProgressUpdate.objects.create(
        action=action, period=asked.period, partner=asked.partner, written_by=lead, **fields
    )


def test_what_a_partner_has_to_do_next(asked):
    lead, contributor = (make_person(role, asked.partner) for role in ("partner_lead", "contributor"))
    assert titles(lead) == titles(contributor) == ["Update 1 of 1 action"]
    update = say(asked, state="returned")
    assert titles(lead) == ["Answer 1 update that came back with a question"]
    ProgressUpdate.objects.filter(pk=update.pk).update(state="submitted")
    assert titles(lead) == ["Read and sign off your return"] and titles(contributor) == []


def test_the_day_makes_it_urgent(asked):
    lead, due = make_person("partner_lead", asked.partner), asked.period.returns_due_on
    days = {
        due - datetime.timedelta(days=15): Urgency.SOON,
        due: Urgency.NOW,
        due + datetime.timedelta(days=1): Urgency.LATE,
    }
    for day, urgency in days.items():
        [need] = needs_of(access_for(lead), day)
        assert (need.urgency, need.due, need.council) == (urgency, due, "Testbury")


def test_what_a_coordinator_has_to_do_next(asked):
    coordinator = make_person("coordinator", asked.partner.council)
    assert titles(coordinator) == []
    say(asked)
    assert titles(coordinator) == ["Read 1 update"]
    late = asked.period.returns_due_on + datetime.timedelta(days=1)
    assert titles(coordinator, late) == ["Read 1 update", "1 return not signed off"]
    make_action(make_plan(asked.partner.council), due_on=TODAY - datetime.timedelta(days=1))
    assert titles(coordinator) == ["Read 1 update", "No quarter is open", "1 action is past the due date"]


def test_a_return_of_which_nothing_is_asked_holds_nothing_up(asked):
    """A partner whose only action is withdrawn is not waited for: the others' returns decide."""
    coordinator, council = make_person("coordinator", asked.partner.council), asked.partner.council
    gone = make_partner(council, "Testbury Fire")
    make_action(asked.period.plan, gone, state="withdrawn")
    PartnerReturn.objects.create(partner=gone, period=asked.period)
    late = asked.period.returns_due_on + datetime.timedelta(days=1)
    assert titles(coordinator, late) == ["1 return not signed off"]
    assert titles(make_person("partner_lead", gone)) == []
    lead = make_person("partner_lead", asked.partner)
    ProgressUpdate.objects.create(
        action=asked.period.plan.actions.first(), period=asked.period, partner=asked.partner, written_by=lead,
        text="x", state="accepted", rating="on_track",
    )  # fmt: skip
    shown = fingerprint(return_content(asked))
    sign_off_return(partner_return=asked, shown=shown, statement="It is so.", by=lead)
    assert titles(coordinator, late) == ["Lock Quarter 2"]


def test_readers_need_nothing(asked):
    assert titles(make_person("auditor", asked.partner.council)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_queries(django_assert_num_queries, number):
    council = make_council()
    partner = make_partner(council)
    person = make_person("coordinator", council)
    for _ in range(number):
        plan = make_plan(council)
        make_action(plan, partner)
        PartnerReturn.objects.create(partner=partner, period=make_period(plan))
    lead = make_person("partner_lead", partner)
    for user, queries in ((person, 12), (lead, 6)):
        access = access_for(user)
        with django_assert_num_queries(queries):
            needs_of(access, TODAY)
