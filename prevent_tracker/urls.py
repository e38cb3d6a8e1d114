"""Every address of the site, room by room."""

from allauth.account import views as account
from django.urls import include, path, re_path

from prevent_tracker.start import start

# Only the account pages that are used. Sign-up is closed and says so: mails about unknown addresses link to it.
accounts = [
    path("signup/", account.signup, name="account_signup"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
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
