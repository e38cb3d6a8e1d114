"""Every answer carries the headers; what no database could keep is refused in words; refusals are pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

pytestmark = [pytest.mark.urls("tests.core.showcase"), pytest.mark.django_db]

PAGES = [
    "/help/",
    "/accessibility/",
    "/privacy/",
    "/accounts/login/",
    "/showcase/",
    "/refused/",
    "/stale/",
    "/nowhere/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_carries_the_headers(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "object-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "nonce" not in policy and "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_signed_in_page_is_never_kept(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("person@example.org", "a long enough test password"))
    assert "no-store" in client.get("/showcase/").headers["Cache-Control"]


def test_the_stylesheet_of_a_colour_is_kept_and_says_what_it_is(client):
    answer = client.get("/brand/1d3f58.css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "--app-brand-background:#1d3f58" in answer.content.decode()
    assert not answer.cookies


@pytest.mark.parametrize("address", ["/brand/red.css", "/brand/1D3F58.css", "/brand/1d3f5.css", "/brand/1d3f58.css}"])
def test_what_is_no_colour_has_no_stylesheet(client, address):
    assert client.get(address).status_code == 404


def assert_refused_in_words(answer):
    assert answer.status_code == 400
    assert "We could not read that" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("address", ["/echo/?q=a%00b", "/echo/?a%00=b", "/echo/%00/", "/echo/?q=1&q=%00"])
def test_nul_in_an_address_is_refused(client, address):
    assert_refused_in_words(client.get(address))


@pytest.mark.parametrize("form", [{"words": "a\x00b"}, {"a\x00": "b"}, {"words": ["fine", "\x00"]}])
def test_nul_in_a_form_is_refused(client, form):
    assert_refused_in_words(client.post("/echo/", form))


def test_half_a_surrogate_pair_in_a_form_is_refused(client):
    body = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n\\ud800\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x; charset=unicode_escape"
    assert_refused_in_words(client.generic("POST", "/echo/", body, kind))


def test_nul_in_the_name_of_a_file_never_arrives(client):
    answer = client.post("/echo/", {"evidence": SimpleUploadedFile("a\x00b.txt", b"words")})
    assert answer.status_code in (200, 400)
    assert b"\x00" not in answer.content


@pytest.mark.parametrize("words", ["Sir Gâr", "“quoted” – 5 £", "emoji 🏛", "line\r\nline", "tab\t", "\ufffd", "ا"])
def test_all_other_words_arrive_as_they_are(client, words):
    answer = client.post("/echo/", {"words": words}, query_params={"q": words})
    assert answer.json() == {"get": {"q": [words]}, "post": {"words": [words]}}


def test_a_refusal_is_a_page_with_its_reason(client):
    answer = client.get("/refused/")
    assert answer.status_code == 403
    assert "Only the lead of a partner signs off its return." in answer.content.decode()


def test_djangos_own_refusal_shows_its_reason_too(client):
    answer = client.get("/denied/")
    assert answer.status_code == 403 and "Reports are read by board members." in answer.content.decode()


def test_a_stale_save_keeps_what_was_typed_and_shows_what_is_saved(client):
    typed = {"name": "Mine <b>words</b>", "slug": "as-typed", "version": "3", "note": "extra", "organisation": "9"}
    answer = client.post("/stale/", typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine &lt;b&gt;words&lt;/b&gt;" in page and "Words of another" in page
    assert '<input type="hidden" name="version" value="7">' in page and 'name="version" value="3"' not in page
    assert '<input type="hidden" name="note" value="extra">' in page
    assert [row["label"] for row in answer.context["differences"]] == ["Name"]  # the slug agrees; keys are not shown


def test_a_missing_form_token_is_a_page_in_words(client):
    client.handler.enforce_csrf_checks = True
    answer = client.post("/echo/", {"words": "x"})
    assert answer.status_code == 403 and "Nothing was saved" in answer.content.decode()


def test_a_missing_form_token_shows_what_was_typed_and_no_password(client):
    client.handler.enforce_csrf_checks = True
    typed = {"words": "Two <b>long</b> sentences.", "password": "a secret of mine", "choice": "green"}
    page = client.post("/echo/", typed).content.decode()
    assert "Two &lt;b&gt;long&lt;/b&gt; sentences." in page and "a secret of mine" not in page
    assert "What you typed" not in client.post("/echo/", {"choice": "green"}).content.decode()


def test_somebody_whose_session_has_ended_keeps_their_words_and_can_sign_in(client):
    answer = client.post("/members/", {"words": "Two long sentences."})
    page = answer.content.decode()
    assert answer.status_code == 403 and "Two long sentences." in page and "nothing was saved" in page
    assert "/accounts/login/?next=%2Fmembers%2F" in page
    assert client.post("/members/", {"choice": "green"}).status_code == 302
    assert client.get("/members/").status_code == 302


def test_a_fault_of_ours_is_a_page_that_needs_nothing(client):
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode() and "A fault of ours" not in answer.content.decode()
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
