"""Importing a plan: give the document, look at what was understood, answer, apply, take back."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.domain import imports as domain
from actions.domain.import_parties import parties_of
from actions.domain.taking_back import take_back_import, touched_since
from actions.enums import ImportState
from actions.forms.imports import COLUMN_ROLES, ColumnsForm, DayForm, OwnersForm, PartiesForm, StartForm, WordsForm
from actions.importing.draft import DraftAction, DraftPlan
from actions.importing.grid import Table
from actions.importing.own_workbook import reads_itself
from actions.models import PlanImport
from actions.presenters.import_offers import (
    actions_of_row,
    cells_of,
    find_line,
    find_row,
    kind_of_table,
    line_offers,
    offers_about,
    row_offers,
    shown_doubts,
    table_offers,
)
from actions.presenters.import_review import (
    Strip,
    Totals,
    column_examples,
    line_words,
    rows_of,
    strip_near,
    strip_of,
    strips_of,
)
from actions.presenters.import_summary import made_words
from actions.views.edits import editable_plan
from partners.models import Council
from partners.policy import allow, find, may
from plans.models import Plan
from prevent_tracker.core.addresses import way_back
from prevent_tracker.core.answers import carried_out, status_of
from prevent_tracker.core.jobs import last_job, reap
from prevent_tracker.core.refusals import RuleBroken

STRIPS_ON_A_PAGE = 100
ANSWERED_ALREADY = "That question was answered already."
Carried = Callable[[], Any]


def find_import(request: HttpRequest, import_id: str, verb: str = "review") -> PlanImport:
    """Return an import the person may look into. Raises Http404, Refused."""
    one = find(request.user, PlanImport, public_id=import_id)
    request.council = one.council  # type: ignore[attr-defined]
    allow(request.user, verb, one)
    return one


def find_reviewed(request: HttpRequest, import_id: str) -> PlanImport | None:
    """Return an import that waits for review; None when it no longer does, or not yet."""
    one = find_import(request, import_id)
    return one if one.state == ImportState.REVIEW else None


# --- Beginning -------------------------------------------------------------------------------------------------------


@require_safe
def imports_page(request: HttpRequest, council: str) -> HttpResponse:
    """Everything that the council imported, newest first."""
    found = find(request.user, Council, slug=council)
    request.council = found  # type: ignore[attr-defined]
    allow(request.user, "view_imports", found)
    page = Paginator(domain.imports_of(found), 50).get_page(request.GET.get("page"))
    context = {"council": found, "page": page, "may_start": may(request.user, "coordinate", found)}
    return render(request, "actions/imports/imports_page.html", context)


@require_http_methods(["GET", "POST"])
def start_import(request: HttpRequest, council: str) -> HttpResponse:
    """Give the document that a new plan is made from."""
    found = find(request.user, Council, slug=council)
    request.council = found  # type: ignore[attr-defined]
    allow(request.user, "coordinate", found)
    return begun(request, found, None)


@require_http_methods(["GET", "POST"])
def import_into_plan(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Give a document that a plan is compared with."""
    plan = editable_plan(request, plan_id)
    return begun(request, plan.council, plan)


def begun(request: HttpRequest, council: Council, plan: Plan | None) -> HttpResponse:
    """Keep what was given and go on to its reading, or show the form."""
    form = StartForm(request.POST, request.FILES) if request.method == "POST" else StartForm()
    given = carried_out(
        form,
        lambda: domain.start_import(
            council=council, plan=plan, by=request.user, again=form.cleaned_data["again"], **form.given()
        ),
    )
    if given:
        job = last_job(kind=domain.WORK, subject=given.public_id)
        return redirect("core:job", job.public_id) if job else redirect("actions:import_page", given.public_id)
    context = {"council": council, "plan": plan, "form": form, "knows": "again" in form.errors}
    return render(request, "actions/imports/start_import.html", context, status=status_of(form))


@require_safe
def import_page(request: HttpRequest, import_id: str) -> HttpResponse:
    """Where an import stands; one that waits for review leads on to it."""
    one = find_import(request, import_id, "view")
    may_review = may(request.user, "review", one)
    if one.state == ImportState.REVIEW and may_review:
        return redirect("actions:review_import", one.public_id)
    reap()
    job = last_job(kind=domain.WORK, subject=one.public_id)
    applied = one.state == ImportState.APPLIED and one.plan is not None
    context = {
        "one": one,
        "may_review": may_review,
        "may_download": may(request.user, "download", one),
        "job": job,
        "waiting": job is not None and job.unfinished,
        "did": made_words(one.made),
        "touched": touched_since(one, one.plan) if applied else "",
    }
    return render(request, "actions/imports/import_page.html", context)


# --- Reviewing -------------------------------------------------------------------------------------------------------


@require_safe
def review_import(request: HttpRequest, import_id: str) -> HttpResponse:
    """The document as it was beside the plan as understood; what is in doubt comes first."""
    one = find_reviewed(request, import_id)
    if one is None:
        return redirect("actions:import_page", import_id)
    draft = domain.draft_of(one)
    doubts = shown_doubts(draft, one.answers.get(domain.SETTLED, []))
    owners = domain.owners_of(one, draft)
    strips = strips_of_import(one)
    context = {
        "one": one,
        "draft": draft,
        "doubts": doubts,
        "totals": Totals.of(draft, owners, len(doubts)).lines,
        "owners": len(owners),
        "settled": domain.are_settled(owners),
        "proposed": domain.proposals(owners),
        "findings": domain.findings_of(draft),
        "page": page_asked(request, strips),
        "columns_said": columns_said(one, draft),
        "has_columns": bool(draft.columns) and not reads_itself(domain.document_of(one)),
    }
    return render(request, "actions/imports/review_import.html", context)


def columns_said(one: PlanImport, draft: DraftPlan) -> dict[str, str]:
    """Return {heading: what it is} of the columns that are read as somebody said, here or of an earlier document."""
    said, names = one.answers.get("columns", {}), dict(COLUMN_ROLES)
    columns = [column for column in draft.columns if str(column.column) in said.get(column.table, {})]
    return {" ".join(column.heading.split()): names[column.role] for column in columns if column.heading.strip()}


def page_asked(request: HttpRequest, strips: Sequence[Strip]) -> Page:
    """Return the page of the document that the address asks for, by its number or by a row that is on it."""
    strip = strip_near(strips, request.GET.get("row", ""))
    of_row = strips.index(strip) // STRIPS_ON_A_PAGE + 1 if strip else 1
    return Paginator(strips, STRIPS_ON_A_PAGE).get_page(request.GET.get("page", of_row))


def strips_of_import(one: PlanImport) -> list[Strip]:
    """Return the rows of the import's document, each beside what is understood of it so far."""
    return strips_of(domain.document_of(one), domain.draft_of(one), one.answers.get("rows"))


def place_in_review(one: PlanImport, key: str) -> str:
    """Return the address at which the review shows a row, or the rows of a table."""
    address, strip = reverse("actions:review_import", args=[one.public_id]), strip_near(strips_of_import(one), key)
    return f"{address}?row={strip.key or strip.table}#{strip.anchor}" if strip else address


@require_POST
def answer_import(request: HttpRequest, import_id: str) -> HttpResponse:
    """Take the answer whose button was pressed, and understand the document again."""
    one = find_reviewed(request, import_id)
    if one is None:
        return redirect("actions:import_page", import_id)
    settled, about = one.answers.get(domain.SETTLED, []), request.POST.get("about", "")
    offers = offers_about(about, domain.draft_of(one), domain.document_of(one), settled)
    offer = next((each for each in offers if each.name == request.POST.get("answer")), None)
    if offer is None:
        messages.info(request, ANSWERED_ALREADY)
    else:
        told(request, lambda: domain.answer_import(one=one, answer=offer.answer, by=request.user))
    one.refresh_from_db()
    return redirect(way_back(request, place_in_review(one, about)))


def told(request: HttpRequest, act: Carried, done: str = "") -> bool:
    """Do `act`; say so, or say which rule it breaks."""
    try:
        act()
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return False
    if done:
        messages.success(request, done)
    return True


@require_http_methods(["GET", "POST"])
def import_row(request: HttpRequest, import_id: str, key: str) -> HttpResponse:
    """One row or line of the document: its words, what was understood, and every other way to read it."""
    one = find_reviewed(request, import_id)
    if one is None:
        return redirect("actions:import_page", import_id)
    draft, document = domain.draft_of(one), domain.document_of(one)
    (table, row), line = find_row(document, key), find_line(document, key)
    if table is None and line is None:
        return redirect("actions:review_import", import_id)
    actions = actions_of_row(draft, key)
    words_forms = forms_of_row(request, actions)
    form = next((each for each in words_forms if each.is_bound), None)
    if form and carried_out(form, lambda: domain.answer_import(one=one, answer=form.answer(), by=request.user)):
        return redirect("actions:import_row", import_id, key)
    strip, back = strip_of(strips_of_import(one), key), place_in_review(one, key)
    context = {"one": one, "key": key, "strip": strip, "form": form, "forms": words_forms, "back": back}
    if table is not None:
        context |= row_context(table, row, draft, strip, is_own=reads_itself(document))
    elif line is not None:
        context |= {"place": str(line.where), "cells": [line_words(line)], "groups": line_offers(key, draft, document)}
    return render(request, "actions/imports/import_row.html", context, status=status_of(form))


def forms_of_row(request: HttpRequest, actions: Sequence[DraftAction]) -> list[WordsForm]:
    """Return a form for each owner cell and timescale of a row, to say in other words what they mean."""
    data = request.POST if request.method == "POST" else None
    owners = {action.owner_text: "\n".join(action.owners) for action in actions if action.owner_text}
    times = dict.fromkeys(action.timescale_text for action in actions if action.timescale_text)
    return [
        *(PartiesForm(data, words=words, initial={"parties": parties}) for words, parties in owners.items()),
        *(DayForm(data, words=words) for words in times),
    ]


def row_context(
    table: Table, row: int | None, draft: DraftPlan, strip: Strip | None, *, is_own: bool
) -> dict[str, Any]:
    """Return what the page of a row shows of it; of a whole table when `row` is None.

    `is_own`: the tracker's own workbook, which says itself what its tables and columns are.
    """
    what_table = [] if is_own else [("What is the whole table?", table_offers(table, kind_of_table(table, draft)))]
    if row is None:
        return {"place": str(table.where), "rows": rows_of(table), "groups": what_table, "is_own": is_own}
    return {
        "place": str(table.where_of(row)),
        "cells": [cell.text for cell in cells_of(table, row)],
        "groups": [*row_offers(table, row, draft, strip.kind if strip else "", is_own=is_own), *what_table],
        "is_own": is_own,
    }


@require_http_methods(["GET", "POST"])
def import_owners(request: HttpRequest, import_id: str) -> HttpResponse:
    """Say what each owner is: a partner, somebody's role there, a group, or its words alone."""
    one = find_reviewed(request, import_id)
    if one is None:
        return redirect("actions:import_page", import_id)
    owners, parties = domain.owners_of(one, domain.draft_of(one)), parties_of(one.council)
    form = OwnersForm(request.POST if request.method == "POST" else None, owners=owners, parties=parties)
    if carried_out(form, lambda: domain.say_owners(one=one, targets=form.targets(), by=request.user)):
        messages.success(request, "The owners are saved, and remembered for the council’s next document.")
        return redirect("actions:review_import", import_id)
    context = {"one": one, "form": form, "rows": form.rows()}
    return render(request, "actions/imports/import_owners.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def import_columns(request: HttpRequest, import_id: str) -> HttpResponse:
    """Say what each column is."""
    one = find_reviewed(request, import_id)
    if one is None:
        return redirect("actions:import_page", import_id)
    draft, document = domain.draft_of(one), domain.document_of(one)
    places, examples = {table.key: str(table.where) for table in document.tables}, column_examples(draft, document)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, columns=draft.columns, places=places, examples=examples)
    if carried_out(form, lambda: domain.answer_import(one=one, answer=form.answer(), by=request.user)):
        messages.success(request, "The document was understood again with these columns.")
        return redirect("actions:review_import", import_id)
    context = {"one": one, "form": form}
    return render(request, "actions/imports/import_columns.html", context, status=status_of(form))


# --- What becomes of it ----------------------------------------------------------------------------------------------


@require_POST
def forget_answers(request: HttpRequest, import_id: str) -> HttpResponse:
    """Begin the review again, without the answers given here."""
    one = find_import(request, import_id)
    told(request, lambda: domain.forget_answers(one=one, by=request.user), "The review begins again.")
    return redirect("actions:import_page", import_id)


@require_POST
def read_import_again(request: HttpRequest, import_id: str) -> HttpResponse:
    """Read the document once more, after its reading was cut short."""
    one = find_import(request, import_id)
    told(request, lambda: domain.read_again(one=one, by=request.user), "The document is being read again.")
    return redirect("actions:import_page", import_id)


@require_POST
def discard_import(request: HttpRequest, import_id: str) -> HttpResponse:
    """Leave the document out of any plan."""
    one = find_import(request, import_id)
    told(request, lambda: domain.discard_import(one=one, by=request.user), "The import is discarded. The file is kept.")
    return redirect("actions:import_page", import_id)


@require_POST
def take_back(request: HttpRequest, import_id: str) -> HttpResponse:
    """Undo everything that an import did."""
    one = find_import(request, import_id)
    told(request, lambda: take_back_import(one=one, by=request.user), "The import is taken back.")
    return redirect("actions:import_page", import_id)
