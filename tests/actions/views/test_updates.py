"""Updates: drafted, submitted, nil, opened again, sent back, accepted; whose words are whose."""

import datetime

import pytest
from django.urls import reverse

from actions.models import PartnerReturn, ProgressUpdate
from tests.builders import TODAY, join, make_action, make_partner, make_period, make_person
from tests.kept import kept

pytestmark = pytest.mark.django_db
GREEN = {"text": "Twelve schools trained", "rating": "on_track", "version": 0}


@kept(on=TODAY)
def action(town):
    return make_action(town.plan, town.police, text="Train schools", due_on=datetime.date(2027, 3, 31))


def to(name, row, **query):
    return reverse(f"actions:{name}", args=[row.public_id], query=query or None)


def test_last_quarters_words_what_is_asked_and_by_when_are_shown(town, lead, action):
    town.period.asked = "Say how many schools"
    town.period.save()
    before = make_period(town.plan, state="reported", starts_on=datetime.date(2026, 4, 1))
    ProgressUpdate.objects.create(
        action=action, period=before, partner=town.police, written_by=town.lead, text="Nine schools", state="frozen"
    )
    page = lead.get(to("update_action", action)).content.decode()
    assert "Nine schools" in page and "Say how many schools" in page and "14 October 2026" in page
    assert "Never write about a person of concern" in page


def test_a_draft_may_be_unfinished_and_is_submitted_later(lead, action):
    lead.post(to("update_action", action), {"text": "Begun", "save_draft": "yes"})
    update = ProgressUpdate.objects.get()
    refused = lead.post(to("update_action", action), {"text": "Begun", "version": update.version})
    assert refused.status_code == 422 and "Choose a rating" in refused.content.decode()
    assert update.state == "draft" and update.partner == action.owners.get().partner
    lead.post(to("update_action", action), GREEN | {"version": update.version})
    update.refresh_from_db()
    assert update.state == "submitted" and update.text == "Twelve schools trained"
    action.refresh_from_db()
    assert action.rating == "on_track"


def test_a_draft_can_be_emptied(lead, action):
    lead.post(to("update_action", action), {"text": "A name that is not for here", "save_draft": "yes"})
    lead.post(to("update_action", action), {"text": "", "version": 1, "save_draft": "yes"})
    update = ProgressUpdate.objects.get()
    assert (update.state, update.text) == ("draft", "")
    lead.post(to("update_action", action), {"text": "Twelve schools", "version": 2, "save_draft": "yes"})
    answer = lead.post(to("update_action", action), {"text": "", "rating": "on_track", "version": 3})
    assert answer.status_code == 422 and "Say what was done this quarter" in answer.content.decode()


def test_a_rule_that_is_broken_leaves_nothing_half_done(lead, action):
    answer = lead.post(to("update_action", action), GREEN | {"rating": "at_risk"})
    assert answer.status_code == 422 and "issue" in answer.context["form"].errors
    assert "Twelve schools trained" in answer.content.decode() and not ProgressUpdate.objects.exists()


def test_a_nil_return(lead, action):
    lead.post(to("submit_nil", action))
    update = ProgressUpdate.objects.get()
    assert update.is_nil and update.state == "submitted"


def test_a_nil_return_that_is_refused_says_why_and_keeps_what_was_typed(town, lead):
    action = make_action(town.plan, town.police, due_on=datetime.date(2026, 1, 31), rating="on_track")
    typed = {"text": "Venue is booked", "rating": "on_track", "version": 0}
    answer = lead.post(to("submit_nil", action), typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and not ProgressUpdate.objects.exists()
    assert "give an update with a rating" in page and "Venue is booked" in page and "Submit update" in page
    assert f'action="{to("update_action", action)}"' in page, "the words go where they are kept"
    assert "give an update with a rating" in lead.post(to("submit_nil", action)).content.decode()
    lead.post(to("update_action", action), typed | {"save_draft": "yes"})
    again = lead.post(to("submit_nil", action), {"version": 1}).content.decode()
    assert "give an update with a rating" in again
    form = lead.get(to("update_action", action)).content.decode()
    assert 'form="update"' in form and f'formaction="{to("submit_nil", action)}"' in form


def test_a_contributor_submits_too(contributor, action):
    contributor.post(to("update_action", action), GREEN)
    assert ProgressUpdate.objects.get().state == "submitted"


def test_a_stale_save_is_a_conflict(town, lead, action):
    ProgressUpdate.objects.create(
        action=action, period=town.period, partner=town.police, written_by=town.contributor, text="Theirs", version=3
    )
    answer = lead.post(to("update_action", action), GREEN | {"version": 2})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Theirs" in page and "Twelve schools trained" in page


def test_another_organisations_action_can_be_read_and_not_updated(town, action):
    other = make_partner(town.council)
    client = town.client(make_person("partner_lead", other))
    assert client.get(to("action_page", action)).status_code == 200
    for answer in (client.get(to("update_action", action)), client.post(to("update_action", action), GREEN)):
        assert answer.status_code == 403 and "does not own this action" in answer.content.decode()
    assert client.post(to("submit_nil", action)).status_code == 403


def test_a_joint_owner_adds_words_and_no_rating(town, action):
    health = make_partner(town.council, "Testbury Health")
    joint = make_action(town.plan, town.police, health)
    client = town.client(make_person("partner_lead", health))
    form = client.get(to("update_action", joint)).context["form"]
    assert "text" in form.fields and "rating" not in form.fields
    client.post(to("update_action", joint), {"text": "Our part is done", "version": 0})
    assert ProgressUpdate.objects.get().partner == health


@kept(on=TODAY)
def shared(town):
    """An action that the police answer for and health joins in, with health's lead signed in."""
    health = make_partner(town.council, "Testbury Health")
    PartnerReturn.objects.create(partner=health, period=town.period)
    return make_action(town.plan, town.police, health), town.client(make_person("partner_lead", health))


def begun_by_police(town, action):
    ProgressUpdate.objects.create(
        action=action, period=town.period, partner=town.police, written_by=town.lead, text="Unfinished thought"
    )


def test_a_joint_owner_is_told_before_the_form_that_another_is_writing(town, shared):
    action, health = shared
    begun_by_police(town, action)
    page = health.get(to("update_action", action)).content.decode()
    assert "Testbury Police is writing this update" in page and "<textarea" not in page
    assert "Unfinished thought" not in page
    listed = health.get(reverse("actions:my_returns")).content.decode()
    assert "Being written by Testbury Police" in listed and "Finish the update" not in listed


def test_words_typed_while_another_began_are_kept_and_theirs_are_not_shown(town, shared):
    action, health = shared
    begun_by_police(town, action)
    answer = health.post(to("update_action", action), {"text": "Our part is done", "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Our part is done" in page and "Unfinished thought" not in page
    assert "Testbury Police is writing this update" in page


def test_a_joint_owners_nil_return_is_refused_and_keeps_what_was_typed(town, shared):
    action, health = shared
    begun_by_police(town, action)
    answer = health.post(to("submit_nil", action), {"text": "Our part is done", "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Our part is done" in page and "Unfinished thought" not in page
    assert "Only Testbury Police, which is accountable" in page
    assert health.post(to("submit_nil", action), {"text": "", "version": 0}).status_code == 302


def test_a_draft_is_seen_by_its_partner_and_by_the_seat_that_may_take_it_over(town, lead, coordinator, shared):
    action, health = shared
    fire = make_partner(town.council, "Testbury Fire")
    action.owners.create(plan=town.plan, position=2, label="Fire", part="joint", partner=fire)
    health.post(to("update_action", action), {"text": "Unfinished thought", "version": 0, "save_draft": "yes"})
    other = town.client(make_person("partner_lead", fire))
    for name in ("action_page", "update_action"):
        for client in (health, lead):
            assert "Unfinished thought" in client.get(to(name, action)).content.decode(), name
        assert "Unfinished thought" not in other.get(to(name, action)).content.decode(), name
    assert "Unfinished thought" in coordinator.get(to("action_page", action)).content.decode()
    action.owners.filter(part="accountable").update(partner=None)  # then the first seat in order answers
    assert "Unfinished thought" not in lead.get(to("action_page", action)).content.decode()


def test_a_joint_owner_is_not_offered_to_open_anothers_update_again(town, lead, shared):
    action, health = shared
    lead.post(to("update_action", action), GREEN)
    page = health.get(to("update_action", action)).content.decode()
    assert "Twelve schools trained" in page and "Open it again" not in page
    assert "Open it again" in lead.get(to("update_action", action)).content.decode()


def test_the_coordinator_writes_on_behalf_and_says_so(town, coordinator, action):
    assert "on behalf of Testbury Police" in coordinator.get(to("update_action", action)).content.decode()
    coordinator.post(to("update_action", action), GREEN)
    update = ProgressUpdate.objects.get()
    assert update.on_behalf and update.partner == town.police


def test_somebody_with_both_roles_writes_for_their_own_seat(town, action):
    join(town.lead, "coordinator", town.council)
    town.client(town.lead).post(to("update_action", action), GREEN)
    assert not ProgressUpdate.objects.get().on_behalf


def test_submitted_words_are_opened_again_to_change_them(lead, action):
    lead.post(to("update_action", action), GREEN)
    update = ProgressUpdate.objects.get()
    page = lead.get(to("update_action", action)).content.decode()
    assert "has been submitted" in page and "Twelve schools trained" in page
    answer = lead.post(to("revise_update", update, next="/returns/"), {"version": update.version})
    assert answer.url == to("update_action", action, next="/returns/")
    update.refresh_from_db()
    assert update.state == "draft"


def test_the_coordinator_accepts_or_sends_back_with_a_question(coordinator, lead, action):
    lead.post(to("update_action", action), GREEN)
    update = ProgressUpdate.objects.get()
    assert lead.post(to("accept_update", update), {"version": update.version}).status_code == 403
    answer = coordinator.post(to("send_back", update), {"comment": "", "version": update.version})
    assert answer.status_code == 422
    coordinator.post(to("send_back", update), {"comment": "Which schools?", "version": update.version})
    update.refresh_from_db()
    assert update.state == "returned"
    assert "Which schools?" in lead.get(to("update_action", action)).content.decode()
    lead.post(to("update_action", action), GREEN | {"version": update.version})
    update.refresh_from_db()
    coordinator.post(to("accept_update", update), {"version": update.version})
    update.refresh_from_db()
    assert update.state == "accepted"


def test_nothing_is_written_for_a_quarter_that_is_not_open(town, lead, action):
    town.period.__class__.objects.filter(pk=town.period.pk).update(state="locked")
    answer = lead.post(to("update_action", action), GREEN)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Twelve schools trained" in page, "what was typed is not lost"
    assert "is locked" in page and not ProgressUpdate.objects.exists()
    assert "No update is asked for now" in lead.get(to("update_action", action)).content.decode()


def test_a_draft_of_another_organisation_is_not_there(town, lead, action):
    health = make_partner(town.council)
    hidden = ProgressUpdate.objects.create(
        action=make_action(town.plan, health), period=town.period, partner=health, written_by=town.lead, text="Hidden"
    )
    assert lead.post(to("revise_update", hidden), {"version": 1}).status_code == 404
