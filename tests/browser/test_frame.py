"""The frame and every part in a real browser: axe, 320 px, keyboard, no JavaScript, forced colours, strict policy."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.urls("tests.core.showcase"), pytest.mark.django_db(transaction=True)]

PAGES = [
    "/help/",
    "/accessibility/",
    "/privacy/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/refused/",
    "/stale/",
    "/showcase/",
    "/showcase/?errors&messages&council=Sir G%C3%A2r&colour=%23ffdd00",
]


@pytest.fixture
def complaints(page):
    """What the browser complained about: refused styles and scripts, and errors in ours."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda line: found.append(line.text) if line.type in ("error", "warning") else None)
    return found


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_is_accessible_and_fits(live_server, page, check_page, complaints, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in PAGES:
        page.goto(live_server.url + address)
        check_page(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert [line for line in complaints if "status of 40" not in line] == []


def test_the_policy_is_in_force_in_the_browser(live_server, page, complaints):
    page.goto(live_server.url + "/help/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p id=planted style=\"color:red\">x</p>')")
    assert any("Content Security Policy" in line for line in complaints)


SUMMARY_LINKS = {
    "Enter title": "id_title",
    "Enter password": "id_password",
    "Enter issue": "id_issue",
    "Choose heading": "id_heading",
    "Choose RAG rating": "id_rating",
    "Choose partners": "id_partners",
    "Tick the box to confirm: I have read what is on this page": "id_agree",
    "Enter due date": "id_due_0",
    "Choose a file: evidence file": "id_evidence",
}


def test_the_summary_has_the_focus_and_its_links_move_it_to_the_input(live_server, page):
    page.goto(live_server.url + "/showcase/?errors")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    for name, target in SUMMARY_LINKS.items():
        page.get_by_role("link", name=name, exact=True).press("Enter")
        expect(page.locator(f"#{target}")).to_be_focused()


def test_the_first_tab_stop_skips_to_the_page(live_server, page):
    page.goto(live_server.url + "/showcase/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    skip.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def test_filters_are_open_on_a_wide_screen_and_behind_a_button_on_a_phone(live_server, page):
    page.goto(live_server.url + "/showcase/")
    expect(page.get_by_label("Words in the action")).to_be_visible()
    expect(page.get_by_role("button", name="Hide filters")).to_be_hidden()
    page.set_viewport_size({"width": 320, "height": 800})
    page.reload()
    expect(page.get_by_label("Words in the action")).to_be_hidden()
    page.get_by_role("button", name="Show filters").press("Enter")
    expect(page.get_by_label("Words in the action")).to_be_visible()


def test_a_table_becomes_labelled_blocks_on_a_phone(live_server, page):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live_server.url + "/showcase/")
    cell = page.locator(".app-table--reflow tbody td[data-label=Timescale]").first
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Timescale: "'
    assert cell.bounding_box()["width"] > 200


def test_a_small_table_sorts_in_the_browser(live_server, page):
    page.goto(live_server.url + "/showcase/")
    page.get_by_role("button", name="On track").click()
    page.get_by_role("button", name="On track").click()
    first = page.locator("table[data-module=moj-sortable-table] tbody tr").first
    expect(first).to_contain_text("Quarter 2")


def test_everything_is_there_without_javascript(live_server, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(live_server.url + "/showcase/?errors")
    for label in ("Words in the action", "Title", "Issue", "Day"):
        expect(page.get_by_label(label, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Reports")).to_be_visible()
    context.close()


def test_ratings_can_be_told_apart_in_forced_colours(live_server, browser):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(live_server.url + "/help/")
    tags = page.locator(".app-rag")
    assert len(set(tags.all_inner_texts())) == 6
    borders = tags.evaluate_all("all => all.map(e => getComputedStyle(e).borderTopStyle)")
    assert set(borders[:5]) == {"solid"} and borders[5] == "dashed"
    context.close()


def test_nothing_moves_for_those_who_ask_for_less_motion(live_server, browser):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(live_server.url + "/showcase/?errors")
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()


def test_text_may_be_spaced_out(live_server, page):
    """WCAG 1.4.12: nothing is cut off or pushed sideways."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live_server.url + "/showcase/")
    page.evaluate(
        "for (const e of document.querySelectorAll('*')) Object.assign(e.style, "
        "{lineHeight: '1.5', letterSpacing: '0.12em', wordSpacing: '0.16em'})"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_signed_out_reader_sees_the_council_in_the_tab(live_server, page):
    page.goto(live_server.url + "/showcase/?council=Derby")
    expect(page).to_have_title(re.compile("Showcase – Prevent plan tracker"))
    expect(page.locator("header")).to_contain_text("Derby")
