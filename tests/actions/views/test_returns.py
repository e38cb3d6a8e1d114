"""Returns: what is asked, across councils; the sign-off of exactly what was shown; staleness with its difference."""

import datetime

import pytest
from django.urls import reverse

from actions.domain.returns import return_content
from actions.models import PartnerReturn, ProgressUpdate, SignOff
from plans.domain.periods import lock_period
from prevent_tracker.core import clock
from prevent_tracker.core.fingerprint import fingerprint
from tests.builders import TODAY, join, make_action, make_council, make_partner, make_period, make_person, make_plan
from tests.kept import kept

pytestmark = pytest.mark.django_db
STATEMENT = {"statement": "I sign this off.", "confirm": "on"}


def to(name, row):
    return reverse(f"actions:{name}", args=[row.public_id])


@kept(on=TODAY)
def asked(town) -> PartnerReturn:
    make_action(town.plan, town.police, text="Train schools", ref="7")
    return PartnerReturn.objects.create(partner=town.police, period=town.period)


def say(town, text="Twelve schools") -> None:
    action, said = town.plan.actions.get(), {"rating": "on_track", "text": text}
    if not ProgressUpdate.objects.filter(action=action, period=town.period).update(**said):
        ProgressUpdate.objects.create(
            action=action, period=town.period, partner=town.police, written_by=town.lead, state="submitted", **said
        )


def shown(asked) -> dict:
    return STATEMENT | {"shown": fingerprint(return_content(asked))}


def test_my_returns_across_councils(town, lead, asked):
    council = make_council("Otherham")
    seat = make_partner(council, organisation=town.police.organisation)
    plan = make_plan(council)
    make_action(plan, seat, text="Brief venues")
    PartnerReturn.objects.create(partner=seat, period=make_period(plan))
    join(town.lead, "partner_lead", seat)
    page = lead.get(reverse("actions:my_returns")).content.decode()
    assert "Train schools" in page and "Brief venues" in page and "Otherham" in page and "in 63 days" in page


def test_nothing_asked_says_so(lead):
    assert "Nothing is asked of you now" in lead.get(reverse("actions:my_returns")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_my_returns(town, lead, django_assert_num_queries, number):
    for _ in range(number):
        plan = make_plan(town.council)
        make_action(plan, town.police)
        PartnerReturn.objects.create(partner=town.police, period=make_period(plan))
    lead.get(reverse("actions:my_returns"))
    with django_assert_num_queries(13):
        lead.get(reverse("actions:my_returns"))


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_return(town, lead, django_assert_num_queries, number):
    for _ in range(number):
        make_action(town.plan, town.police)
    asked = PartnerReturn.objects.create(partner=town.police, period=town.period)
    lead.get(to("return_page", asked))
    with django_assert_num_queries(13):
        lead.get(to("return_page", asked))


def test_not_before_every_action_has_an_update(lead, asked):
    page = lead.get(to("sign_off_return", asked)).content.decode()
    assert "1 action without an update or a rating" in page and "Sign off this return" not in page
    answer = lead.post(to("sign_off_return", asked), shown(asked))
    assert answer.status_code == 422 and "has no update yet" in answer.content.decode()


def test_what_is_shown_is_what_is_signed(town, lead, asked):
    say(town)
    page = lead.get(to("sign_off_return", asked)).content.decode()
    assert "Twelve schools" in page and "7. Train schools" in page
    assert lead.post(to("sign_off_return", asked), shown(asked)).status_code == 302
    sign_off = SignOff.objects.get()
    assert sign_off.signed_as == "Partner lead, Testbury Police" and sign_off.statement == "I sign this off."
    assert "Signed off" in lead.get(to("return_page", asked)).content.decode()


def test_a_sign_off_needs_a_confirmation(town, lead, asked):
    say(town)
    answer = lead.post(to("sign_off_return", asked), shown(asked) | {"confirm": ""})
    assert answer.status_code == 422 and "Confirm that you have read" in answer.content.decode()


def test_changed_while_it_was_read(town, lead, asked):
    say(town)
    read = shown(asked)
    say(town, "Thirteen schools")
    answer = lead.post(to("sign_off_return", asked), read)
    assert answer.status_code == 422 and "has changed since you opened it" in answer.content.decode()
    assert "Thirteen schools" in answer.content.decode() and not SignOff.objects.exists()
    assert (
        answer.context["form"].data["shown"] == shown(asked)["shown"] and "confirm" not in answer.context["form"].data
    )


def test_a_later_edit_makes_it_stale_with_the_difference(town, lead, coordinator, asked):
    say(town)
    lead.post(to("sign_off_return", asked), shown(asked))
    say(town, "Thirteen schools")
    for client in (lead, coordinator):
        page = client.get(to("return_page", asked)).content.decode()
        assert "Changed since it was signed off" in page
        assert "was “Twelve schools”, and is now “Thirteen schools”" in page


def test_a_locked_quarters_return_is_read_and_not_offered_for_signing(town, lead, asked):
    say(town)
    with clock.as_at(datetime.datetime(2026, 8, 12, 8, 2, tzinfo=datetime.UTC)):  # 9:02 in British summer time
        lead.post(to("sign_off_return", asked), shown(asked))
    lock_period(period=town.period, by=town.coordinator)
    response = lead.get(to("sign_off_return", asked))
    assert (response.status_code, response["Location"]) == (302, to("return_page", asked))
    assert "at 9:02am. Stands" in lead.get(to("return_page", asked)).content.decode()


def test_a_contributor_may_not_sign_off_and_is_told_why(town, contributor, asked):
    say(town)
    assert contributor.get(to("return_page", asked)).status_code == 200
    for answer in (
        contributor.get(to("sign_off_return", asked)),
        contributor.post(to("sign_off_return", asked), shown(asked)),
    ):
        assert answer.status_code == 403
        assert "Only a partner lead of Testbury Police may sign off its return" in answer.content.decode()


def test_the_coordinator_reads_and_does_not_sign(coordinator, asked):
    assert coordinator.get(to("return_page", asked)).status_code == 200
    assert coordinator.post(to("sign_off_return", asked), shown(asked)).status_code == 403


def test_anothers_return_is_not_there(town, lead):
    other = PartnerReturn.objects.create(partner=make_partner(town.council), period=town.period)
    assert lead.get(to("return_page", other)).status_code == 404


def test_what_was_said_before_comes_from_before(town, lead, asked):
    before = make_period(town.plan, state="reported", starts_on=datetime.date(2026, 4, 1), name="Quarter 1")
    ProgressUpdate.objects.create(
        action=town.plan.actions.get(),
        period=before,
        partner=town.police,
        written_by=town.lead,
        text="Nine",
        state="frozen",
    )
    say(town)
    [section] = lead.get(reverse("actions:my_returns")).context["sections"]
    [line] = section.actions
    assert (line.last, line.last_from, line.state) == ("Nine", "Quarter 1", "Submitted")


def test_the_accountable_lead_adds_the_rating_to_a_joint_owners_words(town, lead):
    health = make_partner(town.council, "Testbury Health")
    action = make_action(town.plan, town.police, health, text="Train schools", due_on=datetime.date(2027, 3, 31))
    asked = PartnerReturn.objects.create(partner=town.police, period=town.period)
    update = ProgressUpdate.objects.create(
        action=action, period=town.period, partner=health, written_by=town.lead, state="submitted", text="Our twelve"
    )
    page = lead.get(to("return_page", asked)).content.decode()
    assert "Submitted by Testbury Health, without your rating" in page and "Add your rating" in page
    page = lead.get(to("sign_off_return", asked)).content.decode()
    assert "No rating yet" in page and "no rating from you" in page and "Sign off this return" not in page
    assert "has not rated it this quarter" in lead.get(to("update_action", action)).content.decode()
    type(action).objects.filter(pk=action.pk).update(state="completion_claimed")
    assert "has not rated it this quarter" not in lead.get(to("update_action", action)).content.decode()
    type(action).objects.filter(pk=action.pk).update(state="agreed")
    lead.post(to("revise_update", update), {"version": update.version})
    form = lead.get(to("update_action", action)).context["form"]
    assert form.initial["text"] == "Our twelve"
    lead.post(to("update_action", action), {"text": "Our twelve", "rating": "on_track", "version": 2})
    assert "Sign off this return" in lead.get(to("sign_off_return", asked)).content.decode()


def test_somebody_who_only_reads_is_offered_no_update(town, coordinator, lead, asked):
    auditor = town.client(make_person("auditor", town.council))
    assert "Write the update" not in auditor.get(to("return_page", asked)).content.decode()
    for client in (coordinator, lead):
        assert "Write the update" in client.get(to("return_page", asked)).content.decode()
