"""The first thing on a new installation: a council, and somebody who can invite the rest."""

import re

import pytest
from django.core.management import CommandError, call_command

from partners.models import Council, User
from partners.policy import may

pytestmark = pytest.mark.django_db
ARGUMENTS = (
    "Anytown Council",
    "--administrator",
    "First@Anytown.example",
    "--administrator-name",
    "First Administrator",
)


def test_the_first_administrator_sets_a_password_by_mail_and_may_invite(client, mailoutbox):
    call_command("set_up_council", *ARGUMENTS)
    administrator, council = User.objects.get(), Council.objects.get()
    assert may(administrator, "administer", council)

    client.post("/accounts/password/reset/", {"email": "first@anytown.example"})
    link = re.search(r"/accounts/password/reset/key/\S+", mailoutbox[0].body).group()
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "long enough to keep", "password2": "long enough to keep"})
    answer = client.post("/accounts/login/", {"login": "first@anytown.example", "password": "long enough to keep"})
    assert answer.status_code == 302


def test_a_council_is_set_up_once():
    call_command("set_up_council", *ARGUMENTS)
    with pytest.raises(CommandError, match="Anytown Council is set up already"):
        call_command("set_up_council", *ARGUMENTS)
    assert Council.objects.count() == 1


def test_a_colour_that_is_none_is_refused_and_nothing_is_made():
    with pytest.raises(CommandError, match="#1d70b8"):
        call_command("set_up_council", *ARGUMENTS, "--colour", "blue")
    assert not User.objects.exists()
