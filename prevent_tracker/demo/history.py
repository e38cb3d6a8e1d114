"""Write four invented quarters and an open one, act by act, as the people who would have done it.

Everything goes through the same domain functions as the site, dated by `clock.as_at`. What is said comes from
data/stories; what is refused on the site is refused here.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from actions.domain.actions import edit_action
from actions.domain.decisions import facts_when_updated
from actions.domain.quarter import open_quarter
from actions.domain.ratings import rate_action
from actions.domain.returns import missing_actions, return_content, sign_off_return
from actions.domain.updates import accept_update, give_update, revise_update, save_update, send_back, submit_nil
from actions.models import Action, PartnerReturn, ProgressUpdate
from partners.models import Partner, User
from plans.domain.periods import schedule_period
from plans.models import ReportingPeriod
from prevent_tracker.core import clock
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.jobs import run_job
from prevent_tracker.demo.plans import LoadedCouncil, moved_timescale
from prevent_tracker.demo.quarters import Diary, moment_of, open_diary, reported_diaries
from prevent_tracker.demo.read import OpenStory, QuarterStory, StoryFile, story_file
from prevent_tracker.demo.stories import Beat, Story, beats_for, rating_told
from reporting.domain.lock import lock_quarter
from reporting.domain.reports import issue_report, save_report, start_report
from reporting.models import Snapshot

STATEMENT = "I have read every update in this return and it is what {partner} has to report. (Invented for the demo.)"
REDATED = "Agreed with the partnership after the first date was missed."


@dataclass(frozen=True)
class Cast:
    """Who acts in one council: its coordinator, and for each partner who writes its updates and who signs them off."""

    coordinator: User
    writers: Mapping[int, User]
    leads: Mapping[int, User]


@dataclass(frozen=True)
class Scene:
    """One quarter of one council while it is open. `beats` are what it says, by the action's order in the plan."""

    at: LoadedCouncil
    cast: Cast
    period: ReportingPeriod
    diary: Diary
    beats: Mapping[int, Beat | None]
    stories: Mapping[int, Story]

    def action(self, order: int) -> Action:
        """Return the action as it now stands."""
        action = Action.objects.select_related("plan__council").get(pk=self.at.actions[order - 1].pk)
        self.at.actions[order - 1] = action
        return action

    def returns(self) -> QuerySet[PartnerReturn]:
        """Return the quarter's returns with what a sign-off of them is made of."""
        return self.period.returns.select_related("partner__organisation", "partner__council", "period__plan__council")

    def accountable(self, order: int) -> Partner:
        """Return the seat that answers for the action: its first owner's."""
        return self.at.seat_of(self.at.file.actions[order - 1].owners[0])

    def writer(self, order: int) -> Partner:
        """Return the seat that writes the action's update."""
        by = self.stories[order].by
        return self.at.seats[by] if by else self.accountable(order)


def load_quarters(loaded: LoadedCouncil, cast: Cast, *, today: datetime.date) -> None:
    """Write the council's reported quarters, each with its issued report, and its open quarter."""
    told = story_file(loaded.file.council.slug)
    diaries = [*reported_diaries(today), open_diary(today)]
    quarters = [diary.quarter for diary in diaries]
    beats = {
        order: beats_for(story, quarters, _anchor(loaded.actions[order - 1])) for order, story in told.stories.items()
    }
    for number, diary in enumerate(diaries):
        now_told = {order: told_beats[number] for order, told_beats in beats.items()}
        is_open = number == len(told.quarters)
        asked = told.open.asked if is_open else told.quarters[number].asked
        period = _open(loaded, cast, diary, asked)
        scene = Scene(loaded, cast, period, diary, now_told, told.stories)
        if is_open:
            _play_open(scene, told.open)
        else:
            _report(scene, told, told.quarters[number], _play_reported(scene, told.quarters[number]))


def _anchor(action: Action) -> datetime.date | None:
    """Return the day that a story's `due_beat` is set against: the start of a range, else the due date."""
    return action.start_on if action.start_on and action.due_on else action.due_on


def _open(loaded: LoadedCouncil, cast: Cast, diary: Diary, asked: str) -> ReportingPeriod:
    assert loaded.plan is not None
    with clock.as_at(moment_of(diary.opened_on, 9)):
        period = schedule_period(plan=loaded.plan, quarter=diary.quarter, by=cast.coordinator)
        return open_quarter(period=period, asked=asked, by=cast.coordinator)


# --- A quarter that was reported ----------------------------------------------------------------------------------


def _play_reported(scene: Scene, told: QuarterStory) -> Snapshot:
    """Write the quarter's updates, sign-offs and ratings in the order of its diary, and lock it."""
    diary = scene.diary
    late = [scene.at.seats[key] for key in told.late]
    for order in scene.beats:
        _tell(scene, order, moment_of(diary.written_on, 10, order % 60))
    for each in scene.returns():
        if each.partner not in late:
            _sign(scene, each, moment_of(diary.signed_on, 11))
    for order, words in told.changed.items():
        _say_again(scene, order, words, moment_of(diary.late_on, 10))
    for each in scene.returns().filter(partner__in=late):
        _sign(scene, each, moment_of(diary.late_on, 16))
    for order in scene.beats:
        _moderate(scene, order, moment_of(diary.rated_on, 14, order % 60))
    with clock.as_at(moment_of(diary.locked_on, 17)):
        return lock_quarter(period=scene.period, by=scene.cast.coordinator, today=diary.locked_on)


def _report(scene: Scene, told: StoryFile, quarter: QuarterStory, snapshot: Snapshot) -> None:
    """Write the quarter's report and issue it: its files are made here and now, not by a worker."""
    by, diary, facts = scene.cast.coordinator, scene.diary, told.report
    with clock.as_at(moment_of(diary.issued_on, 10)):
        report = start_report(snapshot=snapshot, body=scene.at.bodies[facts.body], by=by)
        report = save_report(
            report=report,
            by=by,
            version=report.version,
            author_role=facts.author_role,
            meeting_on=diary.issued_on + datetime.timedelta(days=facts.meeting_after),
            **quarter.narrative,
        )
        job = issue_report(report=report, by=by, version=report.version, enqueue=False)
        run_job.func(job.public_id)
    job.refresh_from_db()
    report.refresh_from_db()
    if report.is_draft:
        raise RuntimeError(f"{report} could not be issued: {job.message}")


# --- The open quarter ---------------------------------------------------------------------------------------------


def _play_open(scene: Scene, told: OpenStory) -> None:
    """Leave the open quarter half-way, so that every role has something to do."""
    moment = moment_of(scene.diary.written_on, 9, 30)
    for order in told.submitted:
        _tell(scene, order, moment)
    for order in told.drafts:
        _draft(scene, order, moment)
    for order, comment in told.returned.items():
        _tell(scene, order, moment)
        _send_back(scene, order, comment, moment)
    signed = [scene.at.seats[key] for key in told.signed]
    for each in scene.returns().filter(partner__in=signed):
        _sign(scene, each, moment)
    for order, words in told.changed.items():
        _say_again(scene, order, words, moment)
    for order in told.accepted:
        update = _update(scene, order)
        if update is not None:
            with clock.as_at(moment):
                accept_update(update=update, by=scene.cast.coordinator, version=update.version)


def _draft(scene: Scene, order: int, moment: datetime.datetime) -> None:
    beat = scene.beats[order]
    if beat is None or not beat.say:
        return
    action, partner = scene.action(order), scene.writer(order)
    by = scene.cast.writers[partner.pk]
    with clock.as_at(moment):
        save_update(action=action, period=scene.period, partner=partner, by=by, text=beat.say)


def _send_back(scene: Scene, order: int, comment: str, moment: datetime.datetime) -> None:
    update = _update(scene, order)
    if update is not None:
        with clock.as_at(moment):
            send_back(update=update, comment=comment, by=scene.cast.coordinator, version=update.version)


# --- Acts ---------------------------------------------------------------------------------------------------------


def _tell(scene: Scene, order: int, moment: datetime.datetime) -> None:
    """Give the action's update of the quarter, as its owner would: words and a rating, a nil return, or nothing."""
    beat = scene.beats[order]
    if beat is None or beat.is_silent:
        return
    action, today = scene.action(order), moment.date()
    with clock.as_at(moment):
        if beat.redate:
            action = _redate(scene, action, beat)
        accountable = scene.accountable(order)
        partner = accountable if beat.is_nil else scene.writer(order)
        by = scene.cast.writers[partner.pk]
        if beat.is_nil:
            submit_nil(action=action, period=scene.period, partner=partner, by=by, today=today)
            return
        rated = _rating(scene, order, action, today=today, by_owner=True) if partner == accountable else {}
        give_update(action=action, period=scene.period, partner=partner, by=by, today=today, text=beat.say, **rated)


def _moderate(scene: Scene, order: int, moment: datetime.datetime) -> None:
    """Rate as the coordinator: what is claimed complete, what a joint owner wrote about, and where they disagree."""
    beat = scene.beats[order]
    if beat is None or beat.is_silent or beat.is_nil:
        return
    joint = scene.writer(order) != scene.accountable(order)
    if not (beat.completes or joint or beat.moderated):
        return
    action, today = scene.action(order), moment.date()
    with clock.as_at(moment):
        choice = _rating(scene, order, action, today=today, by_owner=False)
        rate_action(action=action, by=scene.cast.coordinator, version=action.version, today=today, **choice)


def _rating(scene: Scene, order: int, action: Action, *, today: datetime.date, by_owner: bool) -> dict[str, Any]:
    """Return the rating that the beat gives the action, with all that goes with it."""
    beat = scene.beats[order]
    assert beat is not None
    facts = facts_when_updated(action, scene.period)
    diary = scene.diary
    return rating_told(beat, facts, quarter=diary.quarter, written_on=diary.written_on, today=today, by_owner=by_owner)


def _redate(scene: Scene, action: Action, beat: Beat) -> Action:
    """Give the action a new timescale, as agreed; the first date stays beside it."""
    fields = moved_timescale(scene.at.file, beat.redate, scene.at.years)
    return edit_action(action=action, by=scene.cast.coordinator, version=action.version, reason=REDATED, **fields)


def _say_again(scene: Scene, order: int, words: str, moment: datetime.datetime) -> None:
    """Change an update that was signed off: the sign-off no longer matches, and everybody can see it."""
    update = _update(scene, order)
    if update is None:
        return
    by = scene.cast.writers[update.partner_id]
    with clock.as_at(moment):
        update = revise_update(update=update, by=by, version=update.version)
        give_update(
            action=update.action,
            period=scene.period,
            partner=update.partner,
            by=by,
            today=moment.date(),
            version=update.version,
            text=words,
        )


def _sign(scene: Scene, partner_return: PartnerReturn, moment: datetime.datetime) -> None:
    """Sign off a return as its lead, unless an action in it was not updated: then it is not received."""
    content = return_content(partner_return)
    if missing_actions(content):
        return
    partner = partner_return.partner
    with clock.as_at(moment):
        sign_off_return(
            partner_return=partner_return,
            shown=fingerprint(content),
            statement=STATEMENT.format(partner=partner),
            by=scene.cast.leads[partner.pk],
        )


def _update(scene: Scene, order: int) -> ProgressUpdate | None:
    rows = ProgressUpdate.objects.filter(period=scene.period, action=scene.at.actions[order - 1])
    return rows.select_related("action__plan__council", "partner__organisation", "period").first()
