"""How allauth is bent to this site: nobody signs up, people come by invitation."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up, and names from one field."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
