"""Addresses with a fault planted in each, which the matrix must find."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path
from django.views.decorators.http import require_safe

from partners.policy import allow, find
from plans.models import Plan
from prevent_tracker.core.refusals import Refused


@require_safe
def unscoped(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Shows any council's plan."""
    plan = get_object_or_404(Plan, public_id=plan_id)
    allow(request.user, "edit", plan)
    return HttpResponse(plan.title)


@require_safe
def telling(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Hides another council's plan, but answers differently when there is one."""
    if Plan.objects.filter(public_id=plan_id).exists():
        plan = find(request.user, Plan, public_id=plan_id)
        allow(request.user, "edit", plan)
        return HttpResponse(plan.title)
    return HttpResponse("There is no such plan.", status=404)


@require_safe
def writing(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Counts its visitors in the plan's note."""
    plan = find(request.user, Plan, public_id=plan_id)
    allow(request.user, "edit", plan)
    Plan.objects.filter(pk=plan.pk).update(note=f"{plan.note}.")
    return HttpResponse(plan.title)


@require_safe
def silent(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Refuses without saying why."""
    plan = find(request.user, Plan, public_id=plan_id)
    if request.user.memberships.first().role != "coordinator":
        raise Refused("")
    return HttpResponse(plan.title)


@require_safe
def leaking(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Lists every council's plans beside one's own."""
    plan = find(request.user, Plan, public_id=plan_id)
    allow(request.user, "edit", plan)
    return HttpResponse(", ".join(Plan.objects.values_list("title", flat=True)))


@require_safe
def counting(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Says how many plans there are on the whole site."""
    plan = find(request.user, Plan, public_id=plan_id)
    allow(request.user, "edit", plan)
    return HttpResponse(f"{plan.title}, one of {Plan.objects.count()}")


@require_safe
def open_to_all(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Asks for no role."""
    return HttpResponse(find(request.user, Plan, public_id=plan_id).title)


@require_safe
def sound(request: HttpRequest, plan_id: str) -> HttpResponse:
    """No fault: the control of the controls."""
    plan = find(request.user, Plan, public_id=plan_id)
    allow(request.user, "edit", plan)
    if not plan.title:
        raise Http404
    return HttpResponse(plan.title)


VIEWS = (unscoped, telling, writing, silent, leaking, counting, open_to_all, sound)
urlpatterns = [
    *(path(f"planted/{view.__name__}/<str:plan_id>/", view, name=view.__name__) for view in VIEWS),
    path("", include("prevent_tracker.urls")),
]
