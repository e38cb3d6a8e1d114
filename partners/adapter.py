"""How allauth is bent to this site: nobody signs up, people come by invitation."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up, and refusals that say what to do next without telling who has an account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is not right. Try again, or set a new password.",
        "too_many_login_attempts": "Too many attempts for this e-mail address. Wait five minutes, then try again.",
        "enter_current_password": "The current password is not right.",
        "incorrect_password": "The password is not right.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
