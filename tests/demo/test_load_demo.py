"""The whole demo, loaded once: on 1 April, the day after a quarter ended, and years ahead."""

import datetime
import io
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from actions.domain.returns import returns_of, state_of_return
from actions.enums import ActionState, Rating, ReturnState, UpdateState
from actions.models import Action, PartnerReturn, ProgressUpdate, RatingDecision
from partners.models import Council, Membership, Organisation, User
from partners.policy import access_for
from partners.roles import Role
from plans.enums import PeriodState
from plans.models import Plan, ReportingPeriod
from prevent_tracker.demo import accounts
from prevent_tracker.demo.read import people
from reporting.enums import FileKind, ReportState
from reporting.models import IssuedFile, Report, Snapshot
from tests.builders import make_organisation

TODAY = datetime.date(2031, 4, 1)
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # what conftest gives every single test


def load(**options) -> str:
    out = io.StringIO()
    call_command("load_demo", stdout=out, yes_demo=True, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The loaded demo, gone again after this module. Returns what the command printed."""
    with (
        django_db_blocker.unblock(),
        override_settings(VAR_DIR=tmp_path_factory.mktemp("var"), PASSWORD_HASHERS=HASHERS),
        transaction.atomic(),
    ):
        yield load(today=TODAY)
        transaction.set_rollback(True)


def told_plans() -> list[Plan]:
    return list(Plan.objects.filter(actions__isnull=False).distinct())


def test_five_live_plans_hold_today(demo):
    plans = Plan.objects.all()
    assert [plan.state for plan in plans] == ["live"] * 5
    dated = [plan for plan in plans if plan.starts_on]
    assert len(dated) == 4 and all(plan.starts_on <= TODAY <= plan.ends_on for plan in dated)


def test_published_words_are_kept_beside_the_moved_ones(demo):
    plan = Plan.objects.get(council__slug="south-staffordshire")
    assert (plan.period_text, plan.published_text) == ("2030-2032", "South Staffordshire Prevent Action Plan 2023-2025")
    action = plan.actions.get(published_timescale="Sept 2023 – March 2025")
    assert (action.timescale_text, action.start_on, action.due_on) == (
        "Sept 2030 – March 2032",
        datetime.date(2030, 9, 1),
        datetime.date(2032, 3, 31),
    )
    assert "Invented for the demo" in plan.note


def test_the_plans_are_the_councils_own(demo):
    barking = Plan.objects.get(council__slug="barking-and-dagenham")
    assert barking.actions.count() == 38 and barking.actions.filter(ref="36").count() == 2
    owners = barking.actions.get(ref="31").owners.all()
    assert [(owner.position, owner.part) for owner in owners][0] == (0, "accountable") and len(owners) == 5
    assert barking.actions.filter(target_value__isnull=False).count() == 3
    assert [stage.date_text for stage in Plan.objects.get(council__slug="thurrock").approval_stages.all()][-1] == ""
    assert Plan.objects.get(council__slug="derby").implications.count() == 10
    untold = Plan.objects.filter(actions=None)
    assert untold.count() == 3 and not ReportingPeriod.objects.filter(plan__in=untold).exists()


def test_one_probation_service_sits_in_five_partnerships(demo):
    assert Organisation.objects.get(name="Probation Service").seats.count() == 5


def test_four_quarters_are_reported_and_the_fifth_is_open(demo):
    for plan in told_plans():
        states = list(plan.periods.order_by("starts_on").values_list("state", flat=True))
        assert states == [PeriodState.REPORTED] * 4 + [PeriodState.OPEN]
        period = plan.periods.open().get()
        assert period.starts_on <= TODAY <= period.ends_on


def test_each_quarter_has_one_issued_report_with_its_files(demo):
    assert list(Report.objects.values_list("state", flat=True)) == [ReportState.ISSUED] * 8
    assert Snapshot.objects.filter(reports__isnull=False).distinct().count() == 8
    for report in Report.objects.all():
        assert {file.kind for file in report.files.all()} == set(FileKind.values)
        assert "invented" in report.author_role
    assert bytes(IssuedFile.objects.filter(kind=FileKind.PDF).first().content).startswith(b"%PDF")


def test_nothing_that_was_written_down_is_in_the_future_of_today(demo):
    tomorrow = datetime.datetime.combine(TODAY + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
    assert not RatingDecision.objects.filter(decided_at__gt=tomorrow).exists()
    assert not ProgressUpdate.objects.filter(submitted_at__gt=tomorrow).exists()
    assert not Report.objects.filter(issued_at__gt=tomorrow).exists()
    assert RatingDecision.objects.order_by("decided_at").first().decided_at.year == 2030


def test_history_carries_the_day_of_the_act(demo):
    update = ProgressUpdate.objects.filter(state=UpdateState.FROZEN).order_by("submitted_at").first()
    assert update.history.earliest().history_date == update.submitted_at


def test_the_quarters_hold_a_believable_mix(demo):
    for plan in told_plans():
        last = Snapshot.objects.filter(period__plan=plan).order_by("-period__starts_on").first()
        wanted = (Rating.COMPLETE, Rating.ON_TRACK, Rating.AT_RISK, Rating.OFF_TRACK)
        assert all(last.rating_counts[code] for code in wanted)
        assert last.actions.filter(is_updated=False).exists() and last.actions.filter(is_nil=True).exists()
        assert last.actions.filter(rating=Rating.OFF_TRACK).exclude(ask="").exists()
        states = {line.state for period in plan.periods.all() for line in returns_of(period)}
        assert {ReturnState.SIGNED_OFF, ReturnState.STALE, ReturnState.NOT_RECEIVED, ReturnState.READY} <= states


def test_the_open_quarter_is_half_way(demo):
    open_updates = ProgressUpdate.objects.filter(period__state=PeriodState.OPEN)
    states = set(open_updates.values_list("state", flat=True))
    assert states == {UpdateState.DRAFT, UpdateState.SUBMITTED, UpdateState.RETURNED, UpdateState.ACCEPTED}
    assert not Action.objects.filter(state=ActionState.COMPLETE).exclude(rating=Rating.COMPLETE).exists()


def test_the_police_lead_can_sign_off_the_open_return(demo):
    lead = User.objects.get(email="lead.police@demo.example")
    partner = Membership.objects.get(user=lead).partner
    mine = PartnerReturn.objects.get(partner=partner, period__state=PeriodState.OPEN)
    assert state_of_return(mine) == ReturnState.READY


def test_every_role_can_sign_in_with_the_printed_password(demo):
    assert {seat.role for person in people() for seat in person.seats} == set(Role.values)
    password = accounts.PASSWORD_LINE.search(demo)[1]
    for person in people():
        user = User.objects.get(email=accounts.email_of(person.email))
        assert user.email in demo
        assert len(access_for(user).memberships) == len(person.seats)
    assert user.check_password(password) and password not in user.password
    others = User.objects.exclude(email__in=[accounts.email_of(person.email) for person in people()])
    assert others.exists() and not any(user.has_usable_password() for user in others)


def test_the_password_is_kept_for_its_owner_alone(demo):
    file = accounts.accounts_file()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() in demo


def test_a_second_run_loads_nothing_and_prints_the_accounts_again(demo):
    before = (Action.history.count(), User.objects.count(), RatingDecision.objects.count())
    printed = load()
    assert "loaded already, so nothing was done" in printed
    assert accounts.accounts_file().read_text() in printed
    assert (Action.history.count(), User.objects.count(), RatingDecision.objects.count()) == before


def test_a_lost_password_file_is_said_and_can_be_made_anew(demo):
    kept = accounts.accounts_file().read_text()
    with transaction.atomic():
        accounts.accounts_file().unlink()
        assert "--new-passwords" in load()
        renewed = load(new_passwords=True)
        assert renewed != demo and accounts.kept_accounts() == accounts.accounts_file().read_text()
        transaction.set_rollback(True)
    assert accounts.kept_accounts() is None  # the file's password is another database's
    accounts.accounts_file().write_text(kept)
    assert kept in load()


# --- Refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_database_that_holds_anything_else_is_left_alone():
    make_organisation("Somebody's Council")
    with pytest.raises(CommandError, match="holds something else"):
        load()
    assert not Council.objects.exists() and not User.objects.exists()


@pytest.mark.django_db
def test_a_site_without_debug_refuses_unless_told(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG off"):
        call_command("load_demo")
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_passwords_are_only_made_for_a_demo():
    with pytest.raises(CommandError, match="no demo in this database"):
        load(new_passwords=True)
    assert not accounts.accounts_file().exists()


@pytest.mark.django_db
def test_a_day_that_is_no_day_is_refused():
    with pytest.raises(CommandError, match="invalid"):
        call_command("load_demo", "--today", "31 June", "--yes-demo")
