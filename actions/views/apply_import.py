"""The end of a review: a summary and one confirm, or the differences to tick; and files to take away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from actions.domain import imports as domain
from actions.domain.exporting import export_plan
from actions.domain.import_applying import apply_as_plan, apply_to_plan, compare_import
from actions.exports.plan_xlsx import write_template
from actions.forms.imports import NewPlanForm, TakeForm
from actions.models import PlanImport
from actions.presenters.import_offers import shown_doubts
from actions.presenters.import_review import Totals
from actions.presenters.import_summary import differences_shown, initial_facts
from actions.views.imports import find_import, find_reviewed
from partners.policy import allow, find
from plans.models import Plan
from prevent_tracker.core.answers import carried_out, status_of
from prevent_tracker.core.words import counted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATE_NAME = "Prevent plan template.xlsx"


@require_http_methods(["GET", "POST"])
def apply_import(request: HttpRequest, import_id: str) -> HttpResponse:
    """Confirm what was understood: a new plan is made, or what is ticked is taken over."""
    one = find_reviewed(request, import_id)
    if one is None:
        return redirect("actions:import_page", import_id)
    return make_plan(request, one) if one.makes_plan else take_over(request, one)


def make_plan(request: HttpRequest, one: PlanImport) -> HttpResponse:
    """The summary of a new plan, and the one confirm."""
    draft, rows = domain.draft_of(one), domain.rows_of_import(one)
    data = request.POST if request.method == "POST" else None
    form = NewPlanForm(data, levels=rows.levels, initial=initial_facts(one, draft))
    plan = carried_out(
        form, lambda: apply_as_plan(one=one, by=request.user, today=timezone.localdate(), **form.fields_of_plan())
    )
    if plan:
        messages.success(
            request,
            f"The plan is here, with {counted(len(rows.rows), 'action')}. It is a draft until you make it live.",
        )
        return redirect("actions:plan_page", plan.public_id)
    return render(
        request, "actions/imports/apply_import.html", summary_context(one, form, draft), status=status_of(form)
    )


def summary_context(one: PlanImport, form, draft) -> dict:
    """Return what both ends of a review show."""
    owners = domain.owners_of(one, draft)
    doubts = shown_doubts(draft, one.answers.get(domain.SETTLED, []))
    return {
        "one": one,
        "form": form,
        "totals": Totals.of(draft, owners, len(doubts)).lines,
        "proposed": len(domain.proposals(owners)),
        "findings": domain.findings_of(draft),
    }


def take_over(request: HttpRequest, one: PlanImport) -> HttpResponse:
    """The differences between the file and the plan, to tick."""
    compared = compare_import(one)
    shown = differences_shown(compared)
    data = request.POST if request.method == "POST" else None
    form = TakeForm(data, offered=shown.offered, initial={"version": one.version, "seen": compared.seen})
    plan = carried_out(form, lambda: apply_to_plan(
        one=one, by=request.user, version=form.cleaned_data["version"], seen=form.cleaned_data["seen"],
        ticked=form.cleaned_data["take"], checked=form.cleaned_data["checked"],
    ))  # fmt: skip
    if plan:
        taken = len(form.cleaned_data["take"])
        verb = "was" if taken == 1 else "were"
        messages.success(request, f"{counted(taken, 'difference')} {verb} taken over into the plan.")
        return redirect("actions:import_page", one.public_id)
    ticked = data.getlist("take") if data is not None else shown.ticked
    context = summary_context(one, form, domain.draft_of(one)) | {
        "shown": shown, "ticked": set(ticked), "seen": compared.seen, "has_base": compared.has_base
    }  # fmt: skip
    return render(request, "actions/imports/take_over.html", context, status=status_of(form))


# --- Files -----------------------------------------------------------------------------------------------------------


@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """A clean workbook to fill in."""
    return download(write_template(), TEMPLATE_NAME, XLSX)


@require_safe
def plan_export(request: HttpRequest, plan_id: str) -> HttpResponse:
    """The plan as a workbook that imports back."""
    plan = find(request.user, Plan, public_id=plan_id)
    request.council = plan.council  # type: ignore[attr-defined]
    allow(request.user, "export", plan)
    name, content = export_plan(plan=plan, by=request.user)
    return download(content, name, XLSX)


@require_safe
def original_document(request: HttpRequest, import_id: str) -> HttpResponse:
    """The document as it was given, to whoever gave it. Never shown by the browser, only saved."""
    one = find_import(request, import_id, "download")
    return download(bytes(one.original.content), one.original.name, "application/octet-stream")


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file to save."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox"
    return response
