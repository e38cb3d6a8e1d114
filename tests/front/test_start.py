"""The start page: what needs the reader, of one council or all, and what it says when there is nothing."""

import pytest

from tests import builders

pytestmark = pytest.mark.django_db


def page_of(client, address: str = "/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_who_holds_no_role_is_told_what_to_do(client):
    client.force_login(builders.make_person())
    assert "You hold no role at the moment" in page_of(client)


def test_who_has_nothing_to_do_is_told_so_and_led_to_the_plan(client):
    council = builders.make_council("Amberley")
    plan = builders.make_plan(council, "The plan of Amberley")
    client.force_login(builders.make_person("auditor", council))
    page = page_of(client)
    assert "Nothing needs you now" in page and "look at the plan" in page
    assert f"/plans/{plan.public_id}/" in page and "No quarter is open." in page


def test_a_board_member_is_led_to_reports_and_not_to_plans(client):
    council = builders.make_council("Amberley")
    builders.make_plan(council, "The plan of Amberley")
    client.force_login(builders.make_person("board_member", builders.make_body(council)))
    page = page_of(client)
    assert "The plan of Amberley" not in page
    assert 'href="/reports/"' in page and 'href="/plans/"' not in page


@pytest.mark.parametrize(
    ("role", "texts"),
    [
        ("coordinator", ["Start", "Plans", "Reports", "People"]),
        ("council_admin", ["Start", "Plans", "People"]),
        ("auditor", ["Start", "Plans", "Reports", "People"]),
        ("partner_lead", ["Start", "Plans", "My returns"]),
        ("contributor", ["Start", "Plans", "My returns"]),
        ("board_member", ["Start", "Reports"]),
    ],
)
def test_the_links_under_the_header_follow_from_the_role(client, role, texts):
    council = builders.make_council()
    seats = {
        "partner_lead": builders.make_partner,
        "contributor": builders.make_partner,
        "board_member": builders.make_body,
    }
    client.force_login(builders.make_person(role, seats.get(role, lambda c: c)(council)))
    items = client.get("/").context["navigation_items"]
    assert [item["text"] for item in items] == texts
    assert [item["text"] for item in items if item["current"]] == ["Start"]
    for item in items:
        assert client.get(item["href"]).status_code == 200, item


@pytest.mark.parametrize(
    ("address", "text"),
    [("people/", "People"), ("people/invite/", "People"), ("imports/", "Plans"), ("plans/add/", "Plans")],
)
def test_a_councils_own_page_is_marked_where_it_belongs(client, address, text):
    council = builders.make_council()
    person = builders.make_person("coordinator", council)
    builders.join(person, "council_admin", council)
    client.force_login(person)
    items = client.get(f"/councils/{council.slug}/{address}").context["navigation_items"]
    assert [item["text"] for item in items if item["current"]] == [text]


def test_two_councils_are_shown_together_or_one_alone_and_no_third(client):
    first, second, third = (builders.make_council(name) for name in ("Amberley", "Birchwood", "Zedborough"))
    person = builders.make_person("council_admin", first)
    builders.join(person, "council_admin", second)
    client.force_login(person)
    both, one = page_of(client), page_of(client, f"/?council={second.slug}")
    needs = f"/councils/{first.slug}/people/", f"/councils/{second.slug}/people/"
    assert all(address in both for address in needs)
    assert needs[0] not in one and needs[1] in one
    answers = [client.get(f"/?council={slug}") for slug in (third.slug, "zzz")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert b"Zedborough" not in answers[0].content


@pytest.mark.parametrize("number", [1, 3])
def test_the_start_page_reads_as_much_for_three_councils_as_for_one(client, number, django_assert_num_queries):
    person = builders.make_person()
    for _ in range(number):
        council = builders.make_council()
        builders.make_action(builders.make_plan(council), builders.make_partner(council))
        builders.join(person, "coordinator", council)
        builders.join(person, "council_admin", council)
    client.force_login(person)
    with django_assert_num_queries(17):
        assert client.get("/").status_code == 200
