"""The quarter of a plan: scheduled, opened, read; who has returned and who has not."""

import pytest
from django.urls import reverse

from actions.models import PartnerReturn, ProgressUpdate
from plans.models import ReportingPeriod
from tests.builders import make_action, make_partner, make_person, make_plan

pytestmark = pytest.mark.django_db
OPEN = {"asked": "Tell us", "returns_due_on_0": "14", "returns_due_on_1": "10", "returns_due_on_2": "2026"}


def to(name, row):
    return reverse(f"actions:{name}", args=[row.public_id])


def test_schedule_and_open_asks_every_partner_that_answers(town, coordinator):
    plan = make_plan(town.council, "Second plan")
    make_action(plan, town.police)
    page = coordinator.get(to("quarter_page", plan)).content.decode()
    assert "No quarter has been opened yet" in page and "Quarter 2 (July to September) 2026/27" in page
    coordinator.post(to("schedule_quarter", plan), {"quarter": "2026-2"})
    period = plan.periods.get()
    assert "Open Quarter 2" in coordinator.get(to("quarter_page", plan)).content.decode()
    assert coordinator.post(to("open_quarter", period), OPEN).status_code == 302
    period.refresh_from_db()
    assert period.state == "open" and period.asked == "Tell us"
    assert [asked.partner for asked in period.returns.all()] == [town.police]


@pytest.mark.parametrize("quarter", ["", "2026-9", "1-1", "x"])
def test_a_quarter_that_is_not_offered_is_told(town, coordinator, quarter):
    plan = make_plan(town.council)
    answer = coordinator.post(to("schedule_quarter", plan), {"quarter": quarter})
    assert answer.status_code == 422 and answer.context["schedule_form"].errors and not plan.periods.exists()


def test_a_date_that_is_none_is_told_and_the_words_kept(town, coordinator):
    period = ReportingPeriod.objects.create(
        plan=make_plan(town.council),
        name="Quarter 3",
        starts_on="2026-10-01",
        ends_on="2026-12-31",
        returns_due_on="2027-01-14",
    )
    answer = coordinator.post(to("open_quarter", period), OPEN | {"returns_due_on_1": "13"})
    assert answer.status_code == 422 and "Tell us" in answer.content.decode()


def test_returns_are_listed_for_those_who_run_or_audit_and_updates_wait_to_be_read(town, coordinator, lead):
    action = make_action(town.plan, town.police, text="Train schools")
    PartnerReturn.objects.create(partner=town.police, period=town.period)
    ProgressUpdate.objects.create(
        action=action,
        period=town.period,
        partner=town.police,
        written_by=town.lead,
        text="Twelve",
        state="submitted",
        rating="on_track",
    )
    page = coordinator.get(to("quarter_page", town.plan)).content.decode()
    assert "0 of 1 return signed off" in page and "Ready to sign off" in page and "Twelve" in page
    assert reverse("reporting:lock_quarter", args=[town.period.public_id]) in page
    auditor = town.client(make_person("auditor", town.council)).get(to("quarter_page", town.plan)).content.decode()
    assert "Ready to sign off" in auditor and "Lock the quarter" not in auditor
    partner = lead.get(to("quarter_page", town.plan)).content.decode()
    assert "Ready to sign off" not in partner and "Lock the quarter" not in partner and "Twelve" not in partner


def test_a_return_of_which_nothing_is_asked_is_not_counted(town, coordinator):
    make_action(town.plan, town.police, state="withdrawn")
    asked = PartnerReturn.objects.create(partner=town.police, period=town.period)
    make_action(town.plan, health := make_partner(town.council, "Testbury Health"))
    PartnerReturn.objects.create(partner=health, period=town.period)
    ReportingPeriod.objects.filter(pk=town.period.pk).update(returns_due_on="2026-08-01")
    page = coordinator.get(to("quarter_page", town.plan)).content.decode()
    assert "0 of 1 return signed off" in page and "Nothing asked" in page and page.count("Late") == 1
    mine = town.client(town.lead).get(to("return_page", asked)).content.decode()
    assert "Nothing asked" in mine and "Read and sign off the return" not in mine


def test_a_locked_quarter_offers_to_reopen(town, coordinator):
    ReportingPeriod.objects.filter(pk=town.period.pk).update(state="locked")
    page = coordinator.get(to("quarter_page", town.plan)).content.decode()
    assert reverse("reporting:reopen_quarter", args=[town.period.public_id]) in page


def test_partners_do_not_run_the_quarter(town, lead):
    for answer in (
        lead.post(to("schedule_quarter", town.plan), {"quarter": "2026-3"}),
        lead.post(to("open_quarter", town.period), OPEN),
    ):
        assert answer.status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_queries(town, coordinator, django_assert_num_queries, number):
    for _ in range(number):
        partner = make_partner(town.council)
        action = make_action(town.plan, partner)
        PartnerReturn.objects.create(partner=partner, period=town.period)
        ProgressUpdate.objects.create(
            action=action, period=town.period, partner=partner, written_by=town.lead, text="x", state="submitted"
        )
    coordinator.get(to("quarter_page", town.plan))
    with django_assert_num_queries(14):
        coordinator.get(to("quarter_page", town.plan))
