"""One's own account: name, password, and the seats one holds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partners import presenters
from partners.domain import memberships
from partners.forms import NameForm
from prevent_tracker.core.refusals import RuleBroken


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """My name and e-mail address, my password, and what I hold, where and until when."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        try:
            memberships.rename_person(person=request.user, name=form.cleaned_data["name"], by=request.user)
        except RuleBroken as broken:
            broken.add_to(form)
        else:
            messages.success(request, "Your name is saved.")
            return redirect("partners:account")
    context = {"form": form, "seats": presenters.seats_of(request.user, timezone.localdate())}
    return render(request, "partners/account.html", context, status=422 if form.errors else 200)
