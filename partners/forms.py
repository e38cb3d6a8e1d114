"""Forms about people: signing in, an invitation, a membership, its end, a new account, one's own name."""

import datetime
from typing import Any

from allauth.account import forms as allauth
from django import forms

from partners.domain.memberships import SeatRow
from partners.models import Council, GovernanceBody, Partner
from partners.roles import ROLES, Role, Seat
from prevent_tracker.core.forms import GovukDateField, HintedRadios, LineField

AT_A_PARTNER = [role for role, rule in ROLES.items() if rule.seat == Seat.PARTNER]
AT_A_BODY = [role for role, rule in ROLES.items() if rule.seat == Seat.BODY]


E_MAIL = "E-mail address"
NOT_AN_ADDRESS = "Enter an e-mail address in the form name@example.org"


class SignInForm(allauth.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = E_MAIL
        self.fields["login"].error_messages["invalid"] = NOT_AN_ADDRESS


class ForgottenPasswordForm(allauth.ResetPasswordForm):
    """Where the link to a new password is sent."""

    email = forms.EmailField(label=E_MAIL, error_messages={"invalid": NOT_AN_ADDRESS})


NEW, AGAIN = "New password", "New password, once more"


class NewPasswordForm(allauth.ResetPasswordKeyForm):
    """A password in place of a forgotten one."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label, self.fields["password2"].label = NEW, AGAIN


class ChangedPasswordForm(allauth.ChangePasswordForm):
    """A password in place of one that is known."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Current password"
        self.fields["password1"].label, self.fields["password2"].label = NEW, AGAIN


class SeatForm(forms.Form):
    """A role, the seat it is held at, and the days. Only this council's seats can be chosen."""

    role = forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        error_messages={"required": "Choose a role"},
        widget=HintedRadios(hints={role: rule.sentence for role, rule in ROLES.items()}),
    )
    partner = forms.ModelChoiceField(
        label="Organisation",
        help_text="For a partner lead or a contributor",
        queryset=Partner.objects.none(),
        to_field_name="public_id",
        required=False,
    )
    body = forms.ModelChoiceField(
        label="Governance body",
        help_text="For a board member",
        queryset=GovernanceBody.objects.none(),
        to_field_name="public_id",
        required=False,
    )
    from_on = GovukDateField(label="First day")
    until_on = GovukDateField(
        label="Last day", help_text="Leave this empty when no end is agreed. You can end it later.", required=False
    )

    def __init__(self, *args: Any, council: Council, today: datetime.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.council = council
        self.fields["from_on"].initial = today
        self.fields["partner"].queryset = council.partners.filter(left_on__isnull=True).select_related("organisation")
        self.fields["body"].queryset = council.bodies.all()

    def clean(self) -> dict[str, Any]:
        role = self.cleaned_data.get("role")
        if role in AT_A_PARTNER and not self.cleaned_data.get("partner") and "partner" not in self.errors:
            self.add_error("partner", "Choose the organisation they work for")
        if role in AT_A_BODY and not self.cleaned_data.get("body") and "body" not in self.errors:
            self.add_error("body", "Choose the governance body they sit on")
        return self.cleaned_data

    @property
    def seat(self) -> SeatRow:
        """The seat that the chosen role is held at. Ask a valid form only."""
        role = self.cleaned_data["role"]
        if role in AT_A_PARTNER:
            return self.cleaned_data["partner"]
        return self.cleaned_data["body"] if role in AT_A_BODY else self.council

    def membership(self) -> dict[str, Any]:
        """Return what the domain functions take: role, seat and days."""
        days = {name: self.cleaned_data[name] for name in ("from_on", "until_on")}
        return {"role": self.cleaned_data["role"], "seat": self.seat} | days


class InvitationForm(SeatForm):
    """Who is invited, to which role, where and when."""

    name = LineField(label="Name", max_length=150, error_messages={"required": "Enter their name"})
    email = forms.EmailField(
        label=E_MAIL,
        max_length=254,
        help_text="The invitation is sent here, and they sign in with it",
        error_messages={"invalid": NOT_AN_ADDRESS},
    )
    field_order = ["name", "email", "role", "partner", "body", "from_on", "until_on"]

    def invitation(self) -> dict[str, Any]:
        """Return what `invite` takes."""
        return self.membership() | {name: self.cleaned_data[name] for name in ("name", "email")}


class EndForm(forms.Form):
    """The last day of a membership."""

    until_on = GovukDateField(
        label="Last day",
        help_text="They keep the role until the end of this day. Yesterday’s date ends it at once.",
    )


class PasswordForm(forms.Form):
    """The password of a new account."""

    password = forms.CharField(
        label="Choose a password",
        help_text="At least 12 characters. Three words that do not belong together make a good one.",
        error_messages={"required": "Choose a password"},
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NameForm(forms.Form):
    """One's own name."""

    name = LineField(
        label="Your name",
        max_length=150,
        help_text="Your colleagues see it beside what you write and sign",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
