"""Who may what: one row for each named address of the site.

A row says which personas get an answer to GET and to POST in their own council (None: the method is not allowed at
all), how the address is made for a town, and what a good POST says; `get_writes` and `post_writes` say whether such an
answer leaves the database changed (None: it may). Everybody of the council who is not listed must be refused with 403
and a reason; those in `hidden` must get 404, as they may not know that the row exists; everybody from elsewhere must
get 404, with the body that a missing row gives. `otherwise` is what a public page answers to those it is not for;
`tells_council` that the address alone entitles to the council's name; `nested` that it begins with the council;
`fixed` names the parts of the address that are no ids.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from actions.domain.returns import return_content
from actions.forms.imports import PartiesForm
from actions.presenters.import_offers import Offer
from partners.domain.invitations import link_token
from prevent_tracker.core.fingerprint import fingerprint
from tests.access.town import Town
from tests.builders import PASSWORD

NEW_PASSWORD = "three words unlike each other"
NO_SUCH_ID = "zzzzzzzzzzzz"
DEAD_KEY = {"uidb36": "1", "key": "set-password"}

COORDINATOR = frozenset({"coordinator"})
ADMINISTRATOR = frozenset({"council_admin"})
AUDITOR = frozenset({"auditor"})
BOARD_MEMBER = frozenset({"board_member"})
POLICE_LEAD = frozenset({"partner_lead"})
POLICE = frozenset({"partner_lead", "contributor"})
HEALTH = frozenset({"other_partner_lead"})
PARTNERS = POLICE | HEALTH
READERS = COORDINATOR | ADMINISTRATOR | AUDITOR | PARTNERS
MEMBERS = READERS | BOARD_MEMBER
OUTSIDERS = frozenset({"no_seats", "ex_member", "other_coordinator"})
SIGNED_IN = MEMBERS | OUTSIDERS
NOT_SIGNED_IN = frozenset({"anonymous", "deactivated"})
EVERYBODY = SIGNED_IN | NOT_SIGNED_IN
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """The rule of one address. `kwargs` is None for an address that is about no row of any council."""

    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    kwargs: Callable[[Town], dict[str, str]] | None = None
    body: Callable[[Town], dict[str, Any]] = lambda town: {}
    hidden: frozenset[str] = NOBODY
    get_status: int = 200
    post_status: int = 302
    otherwise: int = 403
    get_writes: bool | None = False
    post_writes: bool | None = True
    public: bool = False
    tells_council: bool = False
    nested: bool = False
    fixed: frozenset[str] = NOBODY

    def address(self, name: str, relation: str, home: Town, away: Town) -> str:
        """Return the address of a row: one's own, another council's (`foreign`), or one that is not there (`missing`).

        `stray` is another council's row behind one's own council's part of the address.
        """
        if self.kwargs is None:
            return reverse(name)
        own, foreign = self.kwargs(home), self.kwargs(away)
        missing = own | {key: NO_SUCH_ID for key in own if key not in self.fixed}
        first = dict([next(iter(own.items()))])
        chosen = {
            "own": own,
            "foreign": foreign,
            "missing": missing,
            "stray": foreign | first,
        }
        return reverse(name, kwargs=chosen[relation])

    def may(self, method: str) -> frozenset[str] | None:
        return self.get if method == "GET" else self.post


def day(name: str, value) -> dict[str, str]:
    """Return a date as the three boxes of a form send it."""
    return {f"{name}_0": str(value.day), f"{name}_1": str(value.month), f"{name}_2": str(value.year)}


def of_council(town: Town) -> dict[str, str]:
    return {"council": town.council.slug}


def of_leaver(town: Town) -> dict[str, str]:
    return {"council": town.council.slug, "person_id": town.leaver.public_id}


def of_membership(town: Town) -> dict[str, str]:
    return {"council": town.council.slug, "membership_id": town.membership.public_id}


def of_invitation(town: Town) -> dict[str, str]:
    return {"council": town.council.slug, "invitation_id": town.invitation.public_id}


def seat_words(town: Town) -> dict[str, str]:
    return {"role": "partner_lead", "partner": town.police.public_id} | day("from_on", town.today)


def public(**row: Any) -> Row:
    return Row(get=EVERYBODY, public=True, **row)


FRONT_DOOR = {
    "start": Row(get=SIGNED_IN),
    "core:help": public(),
    "core:accessibility": public(),
    "core:privacy": public(),
    "core:brand_stylesheet": public(kwargs=lambda town: {"colour": "1d70b8"}),
}

# allauth's own pages. Somebody who is signed in already is sent on from those that are for strangers.
TO_STRANGERS = {"public": True, "otherwise": 302, "post_writes": None}
ACCOUNTS = {
    "account_login": Row(
        get=NOT_SIGNED_IN,
        post=EVERYBODY,
        body=lambda town: {"login": town.people["auditor"].email, "password": PASSWORD},
        **TO_STRANGERS,
    ),
    "account_logout": Row(get=SIGNED_IN, post=EVERYBODY, **TO_STRANGERS),
    "account_signup": Row(
        get=NOT_SIGNED_IN,
        post=NOT_SIGNED_IN,
        post_status=200,
        body=lambda town: {"email": "stranger@example.org", "password1": PASSWORD, "password2": PASSWORD},
        **TO_STRANGERS | {"post_writes": False},
    ),
    "account_inactive": public(),
    "account_change_password": Row(
        get=SIGNED_IN,
        post=SIGNED_IN,
        body=lambda town: {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    ),
    "account_reset_password": Row(
        get=EVERYBODY,
        post=EVERYBODY,
        body=lambda town: {"email": town.people["auditor"].email},
        **TO_STRANGERS,
    ),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public(
        post=EVERYBODY, post_status=200, kwargs=lambda town: DEAD_KEY, post_writes=False
    ),
    "account_reset_password_from_key_done": public(),
}

PARTNERS_ROWS = {
    "partners:account": Row(
        get=SIGNED_IN, post=MEMBERS | {"other_coordinator"}, body=lambda town: {"name": "A new name"}
    ),
    "partners:accept_invitation": Row(
        get=EVERYBODY,
        post=NOT_SIGNED_IN,
        kwargs=lambda town: {"token": link_token(town.invitation)},
        body=lambda town: {"password": NEW_PASSWORD},
        public=True,
        otherwise=422,
        tells_council=True,
    ),
    "partners:people": Row(get=COORDINATOR | ADMINISTRATOR | AUDITOR, kwargs=of_council),
    "partners:person": Row(nested=True, get=COORDINATOR | ADMINISTRATOR | AUDITOR, kwargs=of_leaver),
    "partners:invite": Row(
        get=ADMINISTRATOR,
        post=ADMINISTRATOR,
        kwargs=of_council,
        body=lambda town: {"name": "New Person", "email": "new.person@example.org"} | seat_words(town),
    ),
    "partners:invite_again": Row(nested=True, post=ADMINISTRATOR, kwargs=of_invitation),
    "partners:withdraw_invitation": Row(nested=True, post=ADMINISTRATOR, kwargs=of_invitation),
    "partners:give_membership": Row(
        nested=True, get=ADMINISTRATOR, post=ADMINISTRATOR, kwargs=of_leaver, body=seat_words
    ),
    "partners:end_membership": Row(
        nested=True,
        get=ADMINISTRATOR,
        post=ADMINISTRATOR,
        kwargs=of_membership,
        body=lambda town: day("until_on", town.today),
    ),
    "partners:deactivate_person": Row(nested=True, get=ADMINISTRATOR, post=ADMINISTRATOR, kwargs=of_leaver),
    "partners:reactivate_person": Row(
        nested=True, get=ADMINISTRATOR, post=ADMINISTRATOR, kwargs=of_leaver, post_writes=False
    ),
}


def of(thing: str, key: str) -> Callable[[Town], dict[str, str]]:
    """Return what makes an address about one of the town's things, by its public id."""
    return lambda town: {key: getattr(town, thing).public_id}


def version_of(thing: str, **words: Any) -> Callable[[Town], dict[str, Any]]:
    """Return what makes a form that carries the version of one of the town's things."""
    return lambda town: {"version": getattr(town, thing).version} | words


def kept_by_coordinator(thing: str, key: str, *, get: bool = True, **row: Any) -> Row:
    """Return the rule of a page with which the coordinator changes something that all readers may see."""
    return Row(get=COORDINATOR if get else None, post=COORDINATOR, kwargs=of(thing, key), hidden=BOARD_MEMBER, **row)


PLAN_WORDS = {"title": "A plan", "kind": "delivery_plan", "levels": "Priority", "marking": "OFFICIAL"}
REASON = "It was agreed at the last meeting."
RATING_WORDS = {"rating": "on_track", "override_reason": REASON}

PLANS_ROWS = {
    "plans:add_plan": Row(get=COORDINATOR, post=COORDINATOR, kwargs=of_council, body=lambda town: PLAN_WORDS),
    "plans:about_plan": Row(get=READERS, kwargs=of("plan", "plan_id"), hidden=BOARD_MEMBER),
    "plans:edit_plan": kept_by_coordinator("plan", "plan_id", body=version_of("plan", **PLAN_WORDS)),
    "plans:edit_columns": kept_by_coordinator(
        "plan", "plan_id", body=version_of("plan", heading_0="Ref", heading_1="What is done", place_1="1")
    ),
    "plans:make_live": kept_by_coordinator("draft_plan", "plan_id", get=False),
    "plans:add_heading": kept_by_coordinator("plan", "plan_id", body=lambda town: {"label": "A heading"}),
    "plans:edit_heading": kept_by_coordinator(
        "heading", "heading_id", body=version_of("heading", label="Another wording")
    ),
    "plans:move_heading": kept_by_coordinator(
        "second_heading", "heading_id", get=False, body=lambda town: {"move": f"up:{town.second_heading.version}"}
    ),
    "plans:withdraw_heading": kept_by_coordinator(
        "second_heading", "heading_id", body=version_of("second_heading", reason=REASON)
    ),
}

OWNERS_WORDS = {
    "owners-TOTAL_FORMS": "1",
    "owners-INITIAL_FORMS": "0",
    "owners-0-label": "The team",
    "owners-0-kind": "team",
    "owners-0-part": "accountable",
}
ACTION_WORDS = {"text": "An action", "marking": "OFFICIAL", "kind": "none", "version": "0"} | OWNERS_WORDS

ACTIONS_ROWS = {
    "actions:plans_page": Row(get=SIGNED_IN),
    "actions:plan_page": Row(get=READERS, kwargs=of("plan", "plan_id"), hidden=BOARD_MEMBER),
    "actions:arrange_plan": Row(get=COORDINATOR, kwargs=of("plan", "plan_id"), hidden=BOARD_MEMBER),
    "actions:add_action": kept_by_coordinator("plan", "plan_id", body=lambda town: ACTION_WORDS),
    "actions:quarter_page": Row(get=READERS, kwargs=of("plan", "plan_id"), hidden=BOARD_MEMBER),
    "actions:schedule_quarter": kept_by_coordinator(
        "plan", "plan_id", get=False, body=lambda town: {"quarter": "2026-3"}
    ),
    "actions:open_quarter": kept_by_coordinator(
        "scheduled_period",
        "period_id",
        get=False,
        body=lambda town: {"asked": "Please update."} | day("returns_due_on", town.scheduled_period.returns_due_on),
    ),
    "actions:action_page": Row(get=READERS, kwargs=of("action", "action_id"), hidden=BOARD_MEMBER),
    "actions:rate_action": kept_by_coordinator(
        "said_action", "action_id", body=version_of("said_action", **RATING_WORDS)
    ),
    "actions:edit_action": kept_by_coordinator(
        "action",
        "action_id",
        body=version_of("action", **{k: v for k, v in ACTION_WORDS.items() if k != "version"}, read_words=""),
    ),
    "actions:move_action": kept_by_coordinator(
        "said_action", "action_id", get=False, body=lambda town: {"move": f"up:{town.said_action.version}"}
    ),
    "actions:withdraw_action": kept_by_coordinator("action", "action_id", body=version_of("action", reason=REASON)),
    "actions:hold_action": kept_by_coordinator(
        "action",
        "action_id",
        body=lambda town: (
            version_of("action", reason=REASON)(town) | day("review_by", town.today + datetime.timedelta(days=30))
        ),
    ),
    # This action is neither on hold nor complete, so the coordinator gets as far as a sentence.
    "actions:resume_action": kept_by_coordinator(
        "said_action", "action_id", body=version_of("said_action", reason=REASON), post_status=422, post_writes=False
    ),
    "actions:reopen_action": kept_by_coordinator(
        "said_action", "action_id", body=version_of("said_action", reason=REASON), post_status=422, post_writes=False
    ),
    "actions:reinstate_action": kept_by_coordinator(
        "said_action", "action_id", body=version_of("said_action", reason=REASON), post_status=422, post_writes=False
    ),
    "actions:update_action": Row(
        get=COORDINATOR | POLICE,
        post=COORDINATOR | POLICE,
        kwargs=of("action", "action_id"),
        body=lambda town: RATING_WORDS | {"text": REASON},
        hidden=BOARD_MEMBER,
    ),
    "actions:meet_milestone": Row(
        get=COORDINATOR | POLICE,
        post=COORDINATOR | POLICE,
        kwargs=of("milestone", "milestone_id"),
        body=lambda town: version_of("milestone")(town) | day("met_on", town.today),
        hidden=BOARD_MEMBER,
    ),
    "actions:submit_nil": Row(post=COORDINATOR | POLICE, kwargs=of("action", "action_id"), hidden=BOARD_MEMBER),
    "actions:revise_update": Row(
        post=POLICE, kwargs=of("update", "update_id"), body=version_of("update"), hidden=BOARD_MEMBER
    ),
    "actions:accept_update": kept_by_coordinator("update", "update_id", get=False, body=version_of("update")),
    "actions:send_back": Row(
        get=COORDINATOR | POLICE_LEAD,
        post=COORDINATOR | POLICE_LEAD,
        kwargs=of("update", "update_id"),
        body=version_of("update", comment=REASON),
        hidden=BOARD_MEMBER,
    ),
    "actions:my_returns": Row(get=SIGNED_IN),
    "actions:return_page": Row(
        get=COORDINATOR | AUDITOR | POLICE,
        kwargs=of("police_return", "return_id"),
        hidden=ADMINISTRATOR | HEALTH | BOARD_MEMBER,
    ),
    "actions:sign_off_return": Row(
        get=POLICE_LEAD,
        post=POLICE_LEAD,
        kwargs=of("ready_return", "return_id"),
        body=lambda town: {
            "shown": fingerprint(return_content(town.ready_return)),
            "statement": "These updates are complete.",
            "confirm": "on",
        },
        hidden=ADMINISTRATOR | HEALTH | BOARD_MEMBER,
    ),
}

NOT_FOR_DRAFTS = MEMBERS - COORDINATOR - AUDITOR
NOT_FOR_ISSUED = NOT_FOR_DRAFTS - BOARD_MEMBER
REPORT_WORDS = {"title": "A report", "purpose": "assurance", "marking": "OFFICIAL"}


def drafted_by_coordinator(thing: str, key: str, **row: Any) -> Row:
    """Return the rule of a page with which the coordinator makes a report, which nobody else may know of."""
    return Row(get=COORDINATOR, post=COORDINATOR, kwargs=of(thing, key), hidden=NOT_FOR_DRAFTS, **row)


REPORTING_ROWS = {
    "reporting:reports": Row(get=SIGNED_IN),
    "reporting:verify": public(
        post=EVERYBODY, post_status=200, post_writes=False, body=lambda town: {"sha256": "0" * 64}
    ),
    "reporting:report_page": Row(
        get=COORDINATOR | AUDITOR | BOARD_MEMBER, kwargs=of("issued_report", "report_id"), hidden=NOT_FOR_ISSUED
    ),
    "reporting:write_report": drafted_by_coordinator(
        "draft_report", "report_id", body=version_of("draft_report", **REPORT_WORDS)
    ),
    "reporting:preview_report": Row(
        get=COORDINATOR | AUDITOR, kwargs=of("draft_report", "report_id"), hidden=NOT_FOR_DRAFTS
    ),
    "reporting:issue_report": drafted_by_coordinator("draft_report", "report_id", body=version_of("draft_report")),
    "reporting:reissue_report": Row(
        get=COORDINATOR,
        post=COORDINATOR,
        kwargs=of("issued_report", "report_id"),
        body=lambda town: {"reason": REASON},
        hidden=NOT_FOR_ISSUED,
    ),
    "reporting:download": Row(
        get=COORDINATOR | AUDITOR | BOARD_MEMBER,
        kwargs=lambda town: {"report_id": town.issued_report.public_id, "kind": "pdf"},
        fixed=frozenset({"kind"}),
        hidden=NOT_FOR_ISSUED,
        get_writes=True,
    ),
    "reporting:start_report": drafted_by_coordinator(
        "snapshot", "snapshot_id", body=lambda town: {"body": town.second_board.pk}
    ),
    "reporting:lock_quarter": kept_by_coordinator("period", "period_id", get=False),
    "reporting:reopen_quarter": kept_by_coordinator("locked_period", "period_id", body=lambda town: {"reason": REASON}),
    "reporting:preview_quarter": Row(get=COORDINATOR, kwargs=of("period", "period_id"), hidden=BOARD_MEMBER),
    "core:job": Row(get=COORDINATOR, kwargs=of("job", "job_id"), hidden=MEMBERS - COORDINATOR),
    "core:job_progress": Row(get=COORDINATOR, kwargs=of("job", "job_id"), hidden=MEMBERS - COORDINATOR),
}

IMPORT_READERS = COORDINATOR | AUDITOR


def first_offer(town: Town) -> dict[str, str]:
    """Return the words of a button of the review: the first row is not part of the plan."""
    return {"about": "t1:2", "answer": Offer("", {"rows": {"t1:2": "ignore"}}).name}


PLAN_NAMES = {"title": "A plan", "level_0": "Heading", "again": "on"}
IMPORT_ROWS = {
    "actions:imports_page": Row(get=IMPORT_READERS, kwargs=of_council),
    "actions:start_import": Row(
        get=COORDINATOR,
        post=COORDINATOR,
        kwargs=of_council,
        body=lambda town: {"text": "Action\tOwner\nDo it\tPolice\n"},
    ),
    "actions:import_into_plan": kept_by_coordinator("plan", "plan_id", body=lambda town: {"text": "Action\tOwner\n"}),
    "actions:plan_export": Row(get=IMPORT_READERS, kwargs=of("plan", "plan_id"), hidden=BOARD_MEMBER, get_writes=True),
    "actions:import_template": Row(get=SIGNED_IN),
    "actions:import_page": Row(get=IMPORT_READERS, kwargs=of("applied_import", "import_id"), hidden=BOARD_MEMBER),
    "actions:review_import": Row(get=COORDINATOR, kwargs=of("waiting_import", "import_id"), hidden=BOARD_MEMBER),
    "actions:answer_import": kept_by_coordinator("waiting_import", "import_id", get=False, body=first_offer),
    "actions:import_row": Row(
        get=COORDINATOR,
        post=COORDINATOR,
        kwargs=lambda town: {"import_id": town.waiting_import.public_id, "key": "t1:2"},
        fixed=frozenset({"key"}),
        body=lambda town: {"cell": PartiesForm.name_of("Police"), "parties": "The police"},
        hidden=BOARD_MEMBER,
    ),
    "actions:import_owners": kept_by_coordinator("waiting_import", "import_id", body=lambda town: {"owner-0": "all"}),
    "actions:import_columns": kept_by_coordinator("waiting_import", "import_id", body=lambda town: {"t1-2": "measure"}),
    "actions:apply_import": kept_by_coordinator(
        "waiting_import", "import_id", body=version_of("waiting_import", **PLAN_NAMES)
    ),
    "actions:forget_answers": kept_by_coordinator("waiting_import", "import_id", get=False),
    "actions:read_import_again": kept_by_coordinator("reading_import", "import_id", get=False),
    "actions:discard_import": kept_by_coordinator("waiting_import", "import_id", get=False),
    "actions:take_back": kept_by_coordinator("applied_import", "import_id", get=False),
    "actions:original_document": Row(get=COORDINATOR, kwargs=of("applied_import", "import_id"), hidden=BOARD_MEMBER),
}

RULES: dict[str, Row] = FRONT_DOOR | ACCOUNTS | PARTNERS_ROWS | PLANS_ROWS | ACTIONS_ROWS | REPORTING_ROWS | IMPORT_ROWS
