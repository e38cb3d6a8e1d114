"""Bringing in the plan a council already has: a Word plan, through the page, doubts mended, as it was on paper."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.papers import FLAT, Line, Paper, flat_plan, papers

PAPERS = papers()
LEAVE = "Leave it as it is"
KINDS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def give(visitor: Visitor, paper: Paper) -> None:
    """Choose the document on the page that asks for it, and wait until the worker has read it."""
    visitor.page.locator("input[type=file]").set_input_files(
        {"name": paper.name, "mimeType": KINDS["docx"], "buffer": paper.content}
    )
    have_it_read(visitor)


def have_it_read(visitor: Visitor) -> None:
    """Press the button of the page that asks for the document, and wait for the review."""
    page = visitor.page
    page.get_by_role("button", name="Read the plan").click()
    for _ in range(100):
        page.wait_for_load_state()
        if "/review/" in page.url:
            return
        look_again = page.get_by_role("link", name="Look again")
        if look_again.count():  # the page goes on by itself where there is JavaScript, else by looking again
            look_again.click()
    raise AssertionError(f"It was not read: {page.inner_text('main')}")


def doubts(visitor: Visitor):
    return visitor.page.locator(".app-import__doubt")


def mend_two_doubts(visitor: Visitor) -> None:
    """Take another reading of an owner or a timescale for one, and leave another as it is: each is one less."""
    found = doubts(visitor).count()
    assert found >= 2
    others = doubts(visitor).filter(has=visitor.page.get_by_role("button", name=re.compile("^(One owner|The |In )")))
    other = others.first if others.count() else doubts(visitor).filter(has_text=re.compile("owns this|mean more")).first
    other.get_by_role("button").first.click()
    expect(doubts(visitor)).to_have_count(found - 1)
    doubts(visitor).last.get_by_role("button", name=LEAVE).click()
    expect(doubts(visitor)).to_have_count(found - 2)


def make_plan(visitor: Visitor, title: str, *, look: bool = True) -> None:
    page = visitor.page
    page.get_by_role("button", name="Go on to the summary").first.click()
    page.wait_for_load_state()
    if look:
        visitor.look()
    page.get_by_label("Title of the plan").fill(title)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def open_plan(visitor: Visitor, title: str) -> None:
    visitor.page.goto(f"{visitor.site.address}/plans/")
    visitor.page.get_by_role("link", name=title, exact=True).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(title)


def assert_as_on_paper(visitor: Visitor, lines: tuple[Line, ...], headings: list[str]) -> None:
    """Assert that the plan's page has every action in its order, each with its number, owners and timescale in words."""
    table = visitor.page.locator("table.app-plan")
    rows = table.locator("tr.govuk-table__row[id]").all()
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        said = [plain(words) for words in row.locator(".app-prose").all_inner_texts()]
        owners = [plain(line.owner_text)] if line.owner_text else []
        times = [plain(line.timescale_text)] if line.timescale_text else []
        assert sorted(said) == sorted([plain(line.text), *owners, *times])
        if line.ref:
            assert row.locator(".app-table__ref").inner_text() == line.ref
    shown = [plain(words) for words in table.locator(".app-table__group").all_inner_texts()]
    assert len(shown) == len(headings)
    assert all(words.endswith(plain(label)) for words, label in zip(shown, headings, strict=True)), shown


def bring_in(visitor: Visitor, paper: Paper, council: str, title: str) -> None:
    visitor.page.goto(f"{visitor.site.address}/councils/{council}/imports/start/")
    visitor.look()
    give(visitor, paper)
    visitor.look()
    mend_two_doubts(visitor)
    visitor.look()
    make_plan(visitor, title)
    open_plan(visitor, title)
    visitor.look()


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_a_plan_is_brought_in_as_it_was_on_paper(visitor, paper):
    visitor.sign_in("coordinator.regional", look=False)
    title = f"Plan of {paper}"
    bring_in(visitor, paper, "derby", title)
    assert_as_on_paper(visitor, paper.lines, paper.headings)


def test_a_plan_is_brought_in_without_javascript(visitor_without_javascript):
    visitor, paper = visitor_without_javascript, PAPERS[-1]
    visitor.sign_in("coordinator.regional", look=False)
    visitor.page.goto(f"{visitor.site.address}/councils/thurrock/imports/start/")
    give(visitor, paper)
    mend_two_doubts(visitor)
    make_plan(visitor, "Without a script", look=False)
    open_plan(visitor, "Without a script")
    assert_as_on_paper(visitor, paper.lines, paper.headings)


CHANGED = (
    replace(FLAT[0], timescale_text="June 2027"),
    FLAT[1],
    replace(FLAT[2], text="Publish the plan for residents and for visitors"),
    Line("5", "Write to the head teacher of every school", "Prevent Coordinator", "May 2027", ()),
)


def test_a_later_document_is_compared_taken_over_in_part_and_taken_back(visitor):
    page = visitor.page
    visitor.sign_in("coordinator.regional", look=False)
    page.goto(f"{visitor.site.address}/councils/dudley/imports/start/")
    give(visitor, flat_plan())
    make_plan(visitor, "Compared plan", look=False)
    visitor.follow("Change the plan")
    visitor.follow("Compare it with a document")
    give(visitor, flat_plan(CHANGED))
    page.get_by_role("button", name="Go on to the differences").first.click()
    visitor.look()
    assert_the_differences(visitor)
    page.get_by_label("Action, 2. Publish the plan").uncheck()
    page.get_by_role("button", name="Take over what is ticked").click()
    visitor.look()
    its_import = page.url
    open_plan(visitor, "Compared plan")
    assert_as_on_paper(visitor, (CHANGED[0], FLAT[1], FLAT[2], CHANGED[3], FLAT[3]), [])
    page.goto(its_import)
    visitor.press("Take the import back")
    expect(page.get_by_text("The plan is again as it was.")).to_be_visible()
    open_plan(visitor, "Compared plan")
    assert_as_on_paper(visitor, FLAT, [])


def assert_the_differences(visitor: Visitor) -> None:
    """What changed and what is new is ticked; what is missing is not."""
    ticked = {
        box.get_attribute("id").partition(":")[0] for box in visitor.page.get_by_role("checkbox", checked=True).all()
    }
    left = {
        box.get_attribute("id").partition(":")[0] for box in visitor.page.get_by_role("checkbox", checked=False).all()
    }
    assert (ticked, left) == ({"change", "add"}, {"withdraw"})
    expect(visitor.page.get_by_text("Only in the document: 1")).to_be_visible()
    expect(visitor.page.get_by_text("Missing from the document: 1")).to_be_visible()


LINES = """Amberley Prevent plan 2026-2028

This plan says what the partnership will do.
It was written by many.

Priority 1: Understanding
Brief the police on the local profile
Lead: Amberley Police
Train the staff of every library
"""


def say_that_lines_are_actions(visitor: Visitor, council: str, *places: str, look: bool) -> None:
    """Paste the text, in which no list is one of actions, and say of the lines that they are."""
    page = visitor.page
    page.goto(f"{visitor.site.address}/councils/{council}/imports/start/")
    page.get_by_label("Or paste the text of the plan").fill(LINES)
    have_it_read(visitor)
    expect(page.get_by_text("No actions were found. If the document")).to_be_visible()
    for place in places:
        for around in page.locator("ol.app-import summary").all():
            around.click()
        if look:
            visitor.look()
        page.get_by_role("link", name=f"Not right? {place}", exact=True).click()
        if look:
            visitor.look()
        page.get_by_role("button", name="It is an action", exact=True).click()
    expect(page.locator(".app-import__row").filter(has_text="Brief the police").first).to_contain_text(
        "Amberley Police"
    )
    if look:
        visitor.look()


def test_lines_of_text_are_put_right_one_by_one(visitor):
    visitor.sign_in("coordinator.regional", look=False)
    say_that_lines_are_actions(visitor, "dudley", "line 7", "line 9", look=True)
    make_plan(visitor, "Said line by line", look=False)
    open_plan(visitor, "Said line by line")
    police = Line("", "Brief the police on the local profile", "Amberley Police", "", ())
    library = Line("", "Train the staff of every library", "", "", ())
    assert_as_on_paper(visitor, (police, library), ["Priority 1: Understanding"])


def test_lines_of_text_are_put_right_without_javascript(visitor_without_javascript):
    visitor_without_javascript.sign_in("coordinator.regional", look=False)
    say_that_lines_are_actions(visitor_without_javascript, "thurrock", "line 7", look=False)
