"""Signing in, and being locked out for a while: in words, and without telling who has an account."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.builders import PASSWORD, make_council, make_person
from tests.kept import kept

pytestmark = pytest.mark.django_db
WRONG = "The e-mail address or the password is not right. Try again, or set a new password."
LOCKED = "Too many attempts for this e-mail address. Wait five minutes, then try again."


@pytest.fixture(autouse=True)
def no_attempts_yet():
    cache.clear()


@kept
def person():
    return make_person("coordinator", make_council("Testbury"))


def sign_in(email: str, password: str) -> str:
    answer = Client().post(reverse("account_login"), {"login": email, "password": password})
    return answer.url if answer.status_code == 302 else answer.content.decode()


def test_a_wrong_password_and_an_unknown_person_read_the_same(person):
    for email in (person.email, "nobody@example.org"):
        page = sign_in(email, "not the password")
        assert WRONG in page and "govuk-error-summary" in page and "E-mail address" in page
    assert sign_in(person.email, PASSWORD) == reverse("start")


def test_after_five_wrong_passwords_the_right_one_has_to_wait_too(person):
    for _ in range(5):
        assert WRONG in sign_in(person.email, "not the password")
    assert LOCKED in sign_in(person.email, "not the password")
    assert LOCKED in sign_in(person.email, PASSWORD)


@pytest.mark.parametrize(("proxies", "shut_out"), [(1, False), (0, True)])
def test_behind_a_proxy_each_browser_has_attempts_of_its_own(person, settings, proxies, shut_out):
    """Without the setting everybody comes from the proxy's address, and one person uses up the attempts of all."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for number in range(12):
        said = {"login": f"nobody{number}@example.org", "password": "x"}
        Client().post(reverse("account_login"), said, headers={"x-forwarded-for": "198.51.100.7"})
    said = {"login": person.email, "password": PASSWORD}
    answer = Client().post(reverse("account_login"), said, headers={"x-forwarded-for": "203.0.113.9"})
    assert (answer.status_code != 302) is shut_out


def test_what_is_no_address_is_said_to_be_none():
    for name, field in (("account_login", "login"), ("account_reset_password", "email")):
        page = Client().post(reverse(name), {field: "nobody", "password": "x"}).content.decode()
        assert "Enter an e-mail address in the form name@example.org" in page


def test_a_password_is_changed_in_the_sites_own_words(person):
    client = Client()
    client.force_login(person)
    page = client.post(reverse("account_change_password"), {}).content.decode()
    for words in ("Enter current password", "Enter new password", "Enter new password, once more"):
        assert words in page
    new = "three words unlike each other"
    said = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), said).status_code == 302
    assert client.get(reverse("start")).status_code == 302, "signed out"
    assert sign_in(person.email, new) == reverse("start")
