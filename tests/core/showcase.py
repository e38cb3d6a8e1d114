"""A site of sample pages, for tests: every widget, every part, every refusal. Its URLconf is this module."""

import datetime
from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from partners.models import Council
from prevent_tracker import urls as site
from prevent_tracker.core.forms import GovukDateField, HintedCheckboxes, HintedRadios, ProseField
from prevent_tracker.core.refusals import Refused, StaleSave

PAGE = Path(__file__).with_name("showcase.html")
RATINGS = [("on_track", "On track"), ("at_risk", "At risk"), ("off_track", "Off track")]
PARTNERS = [("police", "Police"), ("health", "Health"), ("probation", "Probation")]


class EveryWidget(forms.Form):
    title = forms.CharField(max_length=60, help_text="As it is printed in the plan.")
    email = forms.EmailField(label="E-mail address")
    password = forms.CharField(widget=forms.PasswordInput)
    number = forms.IntegerField(
        label="Number of sessions", widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"})
    )
    share = forms.DecimalField(label="Share of staff trained", required=False)
    search = forms.CharField(widget=forms.TextInput(attrs={"type": "search"}), required=False)
    issue = ProseField(max_length=200, help_text="What stands in the way.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    heading = forms.ChoiceField(choices=[("", "---------"), ("1", "Priority 1"), ("2", "Priority 2")])
    grouped = forms.ChoiceField(choices=[("North", [("a", "Hill"), ("b", "Vale")])], required=False)
    rating = forms.ChoiceField(
        label="RAG rating",
        choices=RATINGS,
        widget=HintedRadios(hints={"at_risk": "Slipping by up to three months.", "off_track": "Needs the board."}),
    )
    plain_radios = forms.ChoiceField(choices=RATINGS, widget=forms.RadioSelect)
    partners = forms.MultipleChoiceField(
        choices=PARTNERS, widget=HintedCheckboxes(hints={"health": "NHS trust and board."})
    )
    plain_checkboxes = forms.MultipleChoiceField(choices=PARTNERS, widget=forms.CheckboxSelectMultiple, required=False)
    agree = forms.BooleanField(label="I have read what is on this page", help_text="All of it.")
    due = GovukDateField(label="Due date", help_text="For example, 31 3 2027.", earliest=datetime.date(2026, 4, 1))
    one_box = forms.DateField(label="Date in one box", required=False)
    evidence = forms.FileField(label="Evidence file")
    many = forms.MultipleChoiceField(choices=PARTNERS, required=False)
    secret = forms.CharField(widget=forms.HiddenInput, initial="hidden words")

    def clean(self):
        raise forms.ValidationError("The form as a whole is not right.")


class Filters(forms.Form):
    q = forms.CharField(label="Words in the action", required=False)
    rating = forms.ChoiceField(choices=[("", "All ratings"), *RATINGS], required=False)
    partner = forms.ChoiceField(choices=[("", "All partners"), *PARTNERS], required=False)
    overdue = forms.BooleanField(label="Overdue only", required=False)


ROWS = [
    {
        "ref": ref,
        "text": f"{text} " * length,
        "owner": "Council, Police, NHS trust",
        "timescale": "By end of Quarter 2 and every year after that",
        "due": due,
        "rating": rating,
        "updated": "3 July 2026",
    }
    for ref, text, length, due, rating in (
        ("1", "Train front-line staff in every school and college.", 1, "31 March 2027", "on_track"),
        ("", "Review the local risk picture with partners.", 2, "", "at_risk"),
        ("36", "Antidisestablishmentarianism-" * 3, 1, "30 June 2026", "off_track"),
        ("36", "Set up the group.", 1, "1 May 2026", "complete"),
        ("37", "Publish the plan.", 1, "1 December 2026", "not_started"),
        ("38", "Write to parents.", 1, "1 December 2026", None),
    )
]


@login_not_required
def showcase(request: HttpRequest) -> HttpResponse:
    """Every part on one page; `?errors` binds the form, `?messages` adds banners, `?council=` dresses the page."""
    form = EveryWidget({}, {}) if "errors" in request.GET else EveryWidget()
    if "messages" in request.GET:
        messages.success(request, "The update was saved.")
        messages.info(request, "The quarter closes on 14 October.")
        messages.warning(request, "Two actions have no update.")
        messages.error(request, "The file could not be read.")
    if name := request.GET.get("council"):
        request.council = Council(name=name, brand_colour=request.GET.get("colour", ""))
    context = {
        "form": form,
        "filters": Filters(request.GET, auto_id="filter_%s"),
        "rows": ROWS,
        "page": Paginator(range(300), 30).get_page(request.GET.get("page", 4)),
        "summary": [("Owner", "Police"), ("Last update", ""), ("Due date", "31 March 2027", "/help/")],
        "navigation_items": [
            {"text": "Start", "href": "/", "current": True},
            {"text": "Plan", "href": "/plan/"},
            {"text": "Reports", "href": "/reports/"},
        ],
    }
    return HttpResponse(engines["django"].from_string(PAGE.read_text()).render(context, request))


@login_not_required
def stale(request: HttpRequest) -> HttpResponse:
    current = Council(name="Words of another", slug="as-typed")
    current.version = 7
    raise StaleSave(current)


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    raise Refused("Only the lead of a partner signs off its return.")


@login_not_required
def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Reports are read by board members.")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("A fault of ours.")


@login_not_required
def echo(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"get": dict(request.GET.lists()), "post": dict(request.POST.lists())})


def members(request: HttpRequest) -> HttpResponse:
    return HttpResponse("For those who have signed in.")


urlpatterns = [
    path("members/", members),
    path("showcase/", showcase),
    path("stale/", stale),
    path("refused/", refused),
    path("denied/", denied),
    path("broken/", broken),
    path("echo/", echo),
    *site.urlpatterns,
]
