"""The frame and the public pages: names, titles, landmarks, the council's own name and colour."""

import re

import pytest

pytestmark = [pytest.mark.urls("tests.core.showcase"), pytest.mark.django_db]

PUBLIC = {
    "/help/": "Help",
    "/accessibility/": "Accessibility statement",
    "/privacy/": "Privacy",
    "/accounts/login/": "Sign in",
    "/accounts/password/reset/": "Set a new password",
    "/accounts/password/reset/done/": "Check your e-mail",
    "/nowhere/": "Page not found",
    "/refused/": "You cannot do this",
    "/stale/": "Somebody else saved this first",
}


@pytest.mark.parametrize(("address", "heading"), PUBLIC.items())
def test_a_public_page_has_one_heading_that_is_its_title(client, address, heading):
    page = client.get(address).content.decode()
    assert re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", page, re.S) == [heading]
    assert f"<title>{heading} – Prevent plan tracker</title>" in page
    assert page.count("<main") == 1 and 'href="#main-content"' in page
    assert "OFFICIAL" in page
    for name in ("Help", "Accessibility statement", "Privacy"):
        assert f">{name}</a>" in page


@pytest.mark.parametrize("address", [*PUBLIC, "/showcase/", "/showcase/?errors&messages"])
def test_no_page_needs_anything_inline_or_from_elsewhere(client, address):
    page = client.get(address).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', page)
    assert "crown" not in page.lower() and "crest" not in page.lower()


def test_the_accessibility_statement_has_every_part_the_law_asks_for(client):
    page = client.get("/accessibility/").content.decode()
    for part in (
        "partially compliant", "Web Content Accessibility Guidelines version 2.2", "not good enough yet",
        "another form", "within 10 working days", "Equality and Human Rights Commission", "prepared on",
    ):  # fmt: skip
        assert part in page


def test_a_page_wears_the_councils_name_and_colour(client):
    page = client.get("/showcase/", {"council": "Sir Gâr <Council>", "colour": "#FFDD00"}).content.decode()
    assert "Sir Gâr &lt;Council&gt;" in page and "<Council>" not in page
    assert '<link rel="stylesheet" href="/brand/ffdd00.css">' in page


@pytest.mark.parametrize("colour", ["", "red", "#12345", '"><script>'])
def test_a_council_without_a_colour_wears_ours(client, colour):
    page = client.get("/showcase/", {"council": "Derby", "colour": colour}).content.decode()
    assert "/brand/" not in page


def test_a_page_with_errors_says_so_in_its_title_and_first(client):
    page = client.get("/showcase/?errors").content.decode()
    assert "<title>Error: Showcase" in page
    assert page.index("govuk-error-summary") < page.index("<h1")


def test_messages_are_banners_with_ids_of_their_own(client):
    page = client.get("/showcase/?messages").content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    for words in ("The update was saved.", "The quarter closes", "Two actions have no update.", "could not be read"):
        assert words in page


def test_signing_out_is_a_form_for_those_who_are_signed_in(client, django_user_model):
    assert "Sign out" not in client.get("/showcase/").content.decode()
    client.force_login(django_user_model.objects.create_user("person@example.org", "a long enough test password"))
    assert re.search(
        r'<form method="post" action="/accounts/logout/">.*Sign out', client.get("/showcase/").content.decode()
    )


def test_a_wrong_password_is_told_in_words(client, django_user_model):
    django_user_model.objects.create_user("person@example.org", "a long enough test password")
    answer = client.post("/accounts/login/", {"login": "person@example.org", "password": "not this one"})
    page = answer.content.decode()
    assert "<title>Error: Sign in" in page and "govuk-error-summary" in page
    assert "not this one" not in page


def test_signing_in_with_nothing_typed_links_to_both_inputs(client):
    page = client.post("/accounts/login/", {}).content.decode()
    for target in ("id_login", "id_password"):
        assert f'href="#{target}"' in page and f'id="{target}"' in page
