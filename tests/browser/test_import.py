"""Bringing in the plan a council already has: a Word plan, through the page, doubts mended, as it was on paper."""

import re
from pathlib import Path

from docx import Document

from tests.browser.conftest import Visitor

FIRST, SECOND = "Agree a training programme for front line staff", "Brief elected members on the duty"


def own_document(folder: Path) -> tuple[Path, list[str]]:
    """Write a small Word plan with two things in doubt, and return it with its actions' words."""
    document = Document()
    document.add_heading("Anytown Prevent Delivery Plan 2026 - 2028", 0)
    table = document.add_table(rows=1, cols=5)
    rows = [
        ["Ref", "Action", "Lead", "Timescale", "RAG"],
        ["1", FIRST, "Prevent Coordinator and Police", "Spring 2027", ""],
        ["2", SECOND, "Democratic Services", "early 2027", ""],
        ["2", "Publish the plan", "Prevent Coordinator", "March 2027", "Green"],
    ]
    for number, row in enumerate(rows):
        cells = table.rows[0].cells if number == 0 else table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            cell.text = words
    path = folder / "anytown.docx"
    document.save(str(path))
    return path, [row[1] for row in rows[1:]]


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def upload(visitor: Visitor, path: Path) -> None:
    """Give the document, and wait until the worker has read it."""
    page = visitor.page
    page.goto(f"{visitor.site.address}/councils/derby/imports/start/")
    visitor.look()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Read the plan").click()
    for _ in range(200):
        if "/review/" in page.url:
            return
        page.wait_for_timeout(300)
        page.goto(page.url)  # as somebody without JavaScript would, by "Look again"
        if "/imports/" in page.url and "/review/" not in page.url:
            page.get_by_role("link", name=re.compile("Look again|Review")).first.click()
    raise AssertionError(f"{path.name} was not read: {page.inner_text('main')}")


def mend_two_doubts(visitor: Visitor) -> None:
    """Answer the first doubt twice over: each answer leaves one doubt less."""
    for _ in range(2):
        before = visitor.page.locator(".app-import__doubt").count()
        if not before:
            return
        visitor.page.locator(".app-import__doubt button").first.click()
        visitor.page.wait_for_load_state()
        assert visitor.page.locator(".app-import__doubt").count() < before
    visitor.look()


def make_plan(visitor: Visitor, title: str) -> None:
    visitor.page.get_by_role("button", name="Go on to the summary").first.click()
    visitor.look()
    visitor.page.get_by_label("Title").fill(title)
    for box in visitor.page.get_by_role("checkbox").all():
        box.check()
    visitor.page.get_by_role("button", name="Make the plan").click()
    visitor.page.wait_for_load_state()
    visitor.look()


def open_plan(visitor: Visitor, title: str) -> str:
    visitor.page.goto(f"{visitor.site.address}/plans/")
    visitor.page.get_by_role("link", name=title).first.click()
    visitor.look()
    return plain(visitor.page.inner_text("main"))


def bring_in(visitor: Visitor, path: Path, actions: list[str], title: str) -> None:
    upload(visitor, path)
    visitor.look()
    mend_two_doubts(visitor)
    make_plan(visitor, title)
    paper = open_plan(visitor, title)
    missing = [words for words in actions if plain(words) not in paper]
    assert missing == []
    assert f"{len(actions)} actions" in paper


def test_a_plan_is_brought_in_as_it_was_on_paper(visitor, tmp_path):
    path, actions = own_document(tmp_path)
    visitor.sign_in("coordinator.regional")
    bring_in(visitor, path, actions, "Imported plan")
