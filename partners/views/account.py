"""One's own account: name, password, and the seats one holds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partners import presenters
from partners.domain import memberships
from partners.forms import NameForm
from prevent_tracker.core.answers import carried_out, status_of


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """My name and e-mail address, my password, and what I hold, where and until when."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if carried_out(form, lambda: memberships.rename_person(person=request.user, by=request.user, **form.cleaned_data)):
        messages.success(request, "Your name is saved.")
        return redirect("partners:account")
    context = {"form": form, "seats": presenters.seats_of(request.user, timezone.localdate())}
    return render(request, "partners/account.html", context, status=status_of(form))
