"""Two people at once: no save is lost, and no edit slips past the lock of a quarter. On both databases."""

from collections import Counter

import pytest
from django.db import transaction

from actions.domain.actions import add_action, edit_action
from actions.domain.returns import return_content, sign_off_return
from actions.domain.updates import freeze_updates, revise_update, save_update, submit_update
from actions.models import Action, PartnerReturn, ProgressUpdate, SignOff
from plans.domain.periods import lock_period, open_period
from plans.models import ReportingPeriod
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.refusals import RuleBroken, StaleSave
from tests.actions.domain.town import make_town
from tests.builders import TODAY, make_action, make_heading, make_period
from tests.threads import SameMoment, raised

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town():
    return make_town()


@pytest.fixture
def at_once(town, tmp_path):
    """Made by the test when its data is ready."""
    return lambda: SameMoment(tmp_path)


def test_no_save_is_lost(town, at_once):
    writers, saves = 4, 8
    moment = at_once()

    def write(writer):
        def save():
            done = []
            while len(done) < saves:
                word = f"{writer}-{len(done)}"
                action = Action.objects.get(pk=town.action.pk)
                measure = f"{action.measure} {word}"
                try:
                    edit_action(action=action, by=town.coordinator, version=action.version, measure=measure)
                except StaleSave:
                    continue
                done.append(word)
            return done

        return save

    results = moment.run(*[write(writer) for writer in range(writers)])
    assert raised(results) == []
    action = moment.alone(lambda: Action.objects.get(pk=town.action.pk))
    assert Counter(action.measure.split()) == Counter(word for words in results for word in words)
    assert action.version == 1 + writers * saves
    assert moment.alone(lambda: action.history.count()) == 1 + writers * saves


def test_one_of_two_stale_saves_is_refused_and_told_so(town, at_once):
    moment = at_once()

    def save(words):
        return lambda: edit_action(action=town.action, by=town.coordinator, version=1, text=words)

    results = moment.run(save("Mine"), save("Theirs"))
    (stale,) = raised(results)
    (saved,) = [result for result in results if isinstance(result, Action)]
    assert isinstance(stale, StaleSave)
    assert stale.current.text == saved.text == moment.alone(lambda: town.fresh().text)


def test_an_update_is_in_the_locked_quarter_or_refused(town, at_once):
    actions = [make_action(town.plan, town.police) for _ in range(6)]
    town.return_of(town.police)
    drafts = [
        save_update(action=a, period=town.period, partner=town.police, by=town.lead, text="Words", rating="not_rated")
        for a in actions
    ]
    for draft in drafts:
        ProgressUpdate.objects.filter(pk=draft.pk).update(rating="at_risk", **DETAIL)
    moment = at_once()

    def submit(update):
        return lambda: submit_update(update=update, by=town.lead, version=1, today=TODAY)

    def lock():
        with transaction.atomic():
            period = lock_period(period=town.period, by=town.coordinator)
            freeze_updates(period, town.coordinator)
            return period

    *said, period = moment.run(*[submit(draft) for draft in drafts], lock)
    assert isinstance(period, ReportingPeriod), period
    assert all(isinstance(result, ProgressUpdate | RuleBroken) for result in said), said
    states = moment.alone(lambda: dict(ProgressUpdate.objects.values_list("pk", "state")))
    for draft, result in zip(drafts, said, strict=True):
        assert states[draft.pk] == ("frozen" if isinstance(result, ProgressUpdate) else "draft")
    kept = moment.alone(lambda: PartnerReturn.objects.get(partner=town.police).locked_content)
    updated = {action["id"] for action in kept["actions"] if action["update"]}
    assert updated == {a.public_id for a, r in zip(actions, said, strict=True) if isinstance(r, ProgressUpdate)}
    rated = moment.alone(lambda: Action.objects.filter(rating="at_risk").count())
    assert rated == len(updated)


DETAIL = {
    "issue": "The trainer left.",
    "recovery": "A new one is sought.",
    "forecast_due": TODAY.replace(year=2027),
    "override_reason": "We know it now.",
}


def test_what_is_signed_is_what_was_shown_even_while_it_is_edited(town, at_once):
    update = save_update(
        action=town.action, period=town.period, partner=town.police, by=town.lead, text="Half", rating="on_track"
    )
    update = submit_update(update=update, by=town.lead, version=1, today=TODAY)
    mine = town.return_of(town.police)
    shown = fingerprint(return_content(mine))
    moment = at_once()
    signed, revised = moment.run(
        lambda: sign_off_return(partner_return=mine, shown=shown, statement="True.", by=town.lead),
        lambda: revise_update(update=update, by=town.lead, version=update.version),
    )
    assert isinstance(revised, ProgressUpdate), revised
    assert isinstance(signed, SignOff | RuleBroken), signed
    if isinstance(signed, SignOff):
        assert fingerprint(signed.content) == shown
    assert moment.alone(lambda: SignOff.objects.count()) == isinstance(signed, SignOff)


def test_two_first_drafts_of_one_action_make_one_update(town, at_once):
    moment = at_once()

    def draft(partner, by):
        return lambda: save_update(action=town.action, period=town.period, partner=partner, by=by, text=str(partner))

    results = moment.run(draft(town.police, town.lead), draft(town.health, town.health_lead))
    (told,) = raised(results)
    assert isinstance(told, StaleSave | RuleBroken)  # the accountable seat may take over; the other is told who writes
    assert moment.alone(lambda: ProgressUpdate.objects.count()) == 1


def test_two_quarters_are_not_opened_at_once(town, at_once):
    ReportingPeriod.objects.filter(pk=town.period.pk).update(state="scheduled")
    later = make_period(town.plan, state="scheduled", starts_on=town.period.ends_on.replace(month=10, day=1))
    moment = at_once()
    results = moment.run(
        *[
            lambda period=period: open_period(period=period, asked="", by=town.coordinator)
            for period in (town.period, later)
        ]
    )
    (refused,) = raised(results)
    assert isinstance(refused, RuleBroken)
    assert moment.alone(lambda: ReportingPeriod.objects.open().count()) == 1


def test_rows_added_at_once_get_places_of_their_own(town, at_once):
    heading = make_heading(town.plan, "Priority 1")
    moment = at_once()

    def add(text):
        return lambda: add_action(plan=town.plan, objective=heading, text=text, by=town.coordinator)

    assert raised(moment.run(*[add(f"Action {number}") for number in range(5)])) == []
    positions = moment.alone(lambda: list(heading.actions.values_list("position", flat=True)))
    assert len(set(positions)) == 5
