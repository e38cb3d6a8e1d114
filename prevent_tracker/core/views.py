"""Pages that belong to no room: accessibility, privacy, help; the council's colour; refusals and conflicts."""

from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from prevent_tracker.core import brand
from prevent_tracker.core.forms import DateWidget, tidy_text
from prevent_tracker.core.refusals import StaleSave


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that regulation 8 of SI 2018/952 asks for."""
    return render(request, "pages/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people who use the site."""
    return render(request, "pages/privacy.html")


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to do the common things, and whom to ask."""
    return render(request, "pages/help.html")


@login_not_required
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand_stylesheet(request: HttpRequest, colour: str) -> HttpResponse:
    """The stylesheet of one colour. The colour is the address, so it says nothing about any council and never ages."""
    return HttpResponse(brand.brand_css(colour), content_type="text/css; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What a person sees when a form's token is missing or old: nothing was saved, how to go on, what they typed."""
    words = (
        "The page had been open too long, or your browser does not keep cookies for this site. "
        "Nothing was saved. Go back, reload the page and send it again."
    )
    return render(request, "403.html", {"reason": words, "typed": typed_words(request)}, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """What a person sees whose session ended before they sent a form: what they typed, and the way to sign in."""
    return render(request, "signed_out.html", {"typed": typed_words(request)}, status=403)


def typed_words(request: HttpRequest) -> list[str]:
    """Return what a person typed in sentences into the form they sent, in its order; no password is ever shown."""
    return [
        value.strip()
        for name, values in request.POST.lists()
        for value in values
        if " " in value.strip() and "password" not in name
    ]


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """The 403 page, with the reason in words."""
    return render(request, "403.html", {"reason": reason}, status=403)


def conflict(request: HttpRequest, stale: StaleSave) -> HttpResponse:
    """The 409 page: what the person typed beside what is saved now, and a way to keep either.

    Whatever they typed is carried along in hidden inputs, so choosing their own version saves it over the newer one
    knowingly: the form then carries the version they have just been shown.
    """
    typed = [(name, values) for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "version")]
    differences = (_difference(field, stale.current, request.POST) for field in stale.current._meta.concrete_fields)
    context = {
        "subject": str(stale.current),
        "differences": [difference for difference in differences if difference]
        + [{"label": label, "mine": mine, "theirs": theirs} for label, mine, theirs in stale.further if mine != theirs],
        "typed": [(name, value) for name, values in typed for value in values],
        "version": stale.current.version,
    }
    return render(request, "409.html", context, status=409)


def _difference(field: models.Field, current: models.Model, post: QueryDict) -> dict[str, str] | None:
    """Return `{label, mine, theirs}` for a field that was typed and is not what is saved; None for all others."""
    theirs = getattr(current, field.attname)
    if f"{field.name}_0" in post:
        mine = " ".join(filter(None, DateWidget().value_from_datadict(post, None, field.name)))
        theirs = " ".join(filter(None, DateWidget().boxes(theirs)))
    elif field.name in post:
        mine, theirs = tidy_text(str(post[field.name])).strip(), "" if theirs is None else str(theirs)
    else:
        return None
    if not field.editable or field.is_relation or mine == tidy_text(theirs).strip():
        return None
    label = str(field.verbose_name)
    words = {str(value): str(word) for value, word in field.flatchoices}
    return {"label": label[:1].upper() + label[1:], "mine": words.get(mine, mine), "theirs": words.get(theirs, theirs)}
