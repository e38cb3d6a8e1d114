"""Is this file genuine? A page for anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from prevent_tracker.core.answers import carried_out, status_of
from prevent_tracker.core.words import day_words
from reporting.domain.verify import verify as verify_fingerprint
from reporting.forms import VerifyForm


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Paste a SHA-256 or choose a file: genuine, superseded or not ours, and no more than number, edition and date."""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    found = carried_out(form, lambda: verify_fingerprint(form.fingerprint))
    context = {"form": form, "found": found, "issued": day_words(found.issued_on) if found else ""}
    return render(request, "reporting/verify.html", context, status=status_of(form))
