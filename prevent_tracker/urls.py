"""Every address of the site, room by room."""

from allauth.account import views as account
from django.urls import include, path, re_path
from django.views.decorators.http import require_http_methods

from prevent_tracker.start import start

page = require_http_methods(["GET", "HEAD", "POST"])

# Only the account pages that are used. Sign-up is closed and says so: mails about unknown addresses link to it.
accounts = [
    path("signup/", page(account.signup), name="account_signup"),
    path("login/", page(account.login), name="account_login"),
    path("logout/", page(account.logout), name="account_logout"),
    path("inactive/", page(account.account_inactive), name="account_inactive"),
    path("password/change/", page(account.password_change), name="account_change_password"),
    path("password/reset/", page(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", page(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        page(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        page(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("", start, name="start"),
    path("", include("partners.urls")),
    path("", include("plans.urls")),
    path("", include("actions.urls")),
    path("", include("reporting.urls")),
    path("", include("prevent_tracker.core.urls")),
    path("accounts/", include(accounts)),
]
