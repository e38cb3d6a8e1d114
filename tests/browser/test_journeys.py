"""The main job, end to end, in a browser: rating, return, sign-off, lock, report, download.

The journeys follow each other on one site, as a quarter does: each starts from what the one before it left.
"""

import io
import re

import openpyxl
import pikepdf
import pytest

from tests.browser.conftest import Visitor

PLAN = "Prevent Strategy and Delivery Plan"
ACTION = "Brief key officers"
ISSUE = "The officer who wrote the briefing has left."
ASK = "Agree who writes the briefing."


def open_plan(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.site.address}/plans/")
    visitor.follow(PLAN)


def row_of(visitor: Visitor, words: str):
    return visitor.page.get_by_role("row").filter(has_text=words)


def fill_date(visitor: Visitor, day: str, month: str, year: str) -> None:
    """Fill the date boxes that are shown."""
    for box, value in (("Day", day), ("Month", month), ("Year", year)):
        visitor.page.locator("input:visible").and_(visitor.page.get_by_label(box)).first.fill(value)


def test_a_coordinator_changes_a_rating_in_three_interactions(visitor):
    visitor.sign_in("coordinator.barking")
    open_plan(visitor)
    visitor.picture("plan-page")
    row_of(visitor, ACTION).get_by_role("link", name="Change").click()  # one
    visitor.look()
    visitor.page.get_by_label("Green: on track").check()  # two
    visitor.press("Save rating")  # three
    assert "On track" in row_of(visitor, ACTION).inner_text()


def test_red_is_refused_without_its_reasons_and_nothing_typed_is_lost(visitor):
    visitor.sign_in("coordinator.barking")
    open_plan(visitor)
    row_of(visitor, ACTION).get_by_role("link", name="Change").click()
    visitor.page.get_by_label("Red: off track").check()
    visitor.page.get_by_label("What is the issue?").fill(ISSUE)
    visitor.press("Save rating")
    assert visitor.page.get_by_role("alert").is_visible()
    assert visitor.page.get_by_label("What is the issue?").input_value() == ISSUE

    visitor.page.get_by_label("What is being done to recover?").fill("A stand-in is being found.")
    visitor.page.get_by_label("What does it mean for the plan?").fill("Partners go without the profile.")
    visitor.page.get_by_label("What do you ask of the board?").fill(ASK)
    visitor.page.get_by_label("Why this rating?").fill("Nobody is left to write it.")
    fill_date(visitor, "31", "12", "2029")
    visitor.press("Save rating")
    assert "Off track" in row_of(visitor, ACTION).inner_text()


def test_the_filter_is_a_shareable_address(visitor):
    visitor.sign_in("coordinator.barking")
    open_plan(visitor)
    visitor.page.get_by_label("RAG rating").select_option(label="Off track")
    visitor.press("Apply filters")
    visitor.page.wait_for_url("**rating=off_track**")
    visitor.page.reload()
    assert row_of(visitor, ACTION).count() == 1
    assert row_of(visitor, "Put the strategy, the plan").count() == 0


def own_return(visitor: Visitor):
    """Return the part of the partner lead's page that is their return to South Staffordshire."""
    return visitor.page.get_by_role("region", name=re.compile("South Staffordshire"))


def update_again(visitor: Visitor, words: str) -> None:
    own_return(visitor).get_by_role("link", name="Read or change").first.click()
    visitor.look()
    visitor.press("Open it again")
    visitor.page.get_by_label("What has happened this quarter?").fill(words)
    visitor.press("Submit update")


def test_a_partner_lead_updates_and_signs_off(visitor):
    visitor.sign_in("lead.probation")
    visitor.page.goto(f"{visitor.site.address}/returns/")
    visitor.look()
    update_again(visitor, "Both prisons now send their lists a month ahead.")
    assert "Ready to sign off" in own_return(visitor).inner_text()
    own_return(visitor).get_by_role("button", name="Read and sign off the return").click()
    visitor.look()
    visitor.picture("return-page")
    assert "a month ahead" in visitor.page.inner_text("main")
    visitor.page.get_by_role("checkbox").check()
    visitor.press("Sign off this return")
    assert "Signed off" in visitor.page.inner_text("main")


def test_a_later_edit_makes_the_sign_off_stale_visibly(visitor):
    visitor.sign_in("lead.probation")
    visitor.page.goto(f"{visitor.site.address}/returns/")
    update_again(visitor, "One prison now sends its list a month ahead.")
    assert "Changed since sign-off" in own_return(visitor).inner_text()


def test_a_partner_lead_edits_no_other_partners_action(visitor):
    visitor.sign_in("lead.probation")
    open_plan(visitor)
    assert row_of(visitor, ACTION).get_by_role("link", name="Change").count() == 0
    row_of(visitor, ACTION).get_by_role("link", name=re.compile(ACTION)).click()
    visitor.look()
    address = visitor.page.url
    answer = visitor.page.goto(address.split("?")[0] + "rag/")
    assert answer.status == 403
    visitor.look()
    assert "coordinator" in visitor.page.inner_text("main")


def test_a_contributor_drafts_and_cannot_sign_off(visitor):
    visitor.sign_in("contributor.barking")
    visitor.page.goto(f"{visitor.site.address}/returns/")
    visitor.look()
    assert visitor.page.get_by_role("button", name="Read and sign off the return").count() == 0


@pytest.fixture(scope="module")
def issued() -> dict:
    """What the coordinator issued, for the board member to find."""
    return {}


def test_the_quarter_is_locked_and_the_report_issued(visitor, issued):
    visitor.sign_in("coordinator.barking")
    open_plan(visitor)
    visitor.follow("Quarter", exact=True)
    visitor.press("Lock the quarter")
    visitor.page.get_by_label("Community Safety Partnership").check()
    visitor.press("Start the report")
    issued["title"] = visitor.page.get_by_label("Title").input_value()
    visitor.page.get_by_label("Overall position").fill("Most of the plan is on track; the briefing has no author.")
    visitor.press("Save and go on to issue")
    visitor.press("Issue the report")
    visitor.page.get_by_role("link", name=re.compile("report", re.I)).first.wait_for()
    visitor.page.goto(f"{visitor.site.address}/reports/")
    until_issued(visitor, issued["title"])


def until_issued(visitor: Visitor, title: str) -> None:
    """Read the list of reports again until the worker has issued this one."""
    for _ in range(100):
        if row_of(visitor, title).get_by_text("Issued", exact=True).count():
            return
        visitor.page.wait_for_timeout(300)
        visitor.page.reload()
    raise AssertionError(f"{title} was not issued: {visitor.page.inner_text('main')}")


def test_a_board_member_downloads_what_is_on_the_screen(visitor, issued):
    visitor.sign_in("board.barking")
    visitor.page.goto(f"{visitor.site.address}/reports/")
    visitor.look()
    visitor.follow(issued["title"])
    visitor.picture("report-page")
    screen = visitor.page.inner_text("main")
    assert ISSUE in screen
    assert ASK in screen

    pdf = download(visitor, "Download PDF")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.Lang == "en-GB"
        assert document.Root.MarkInfo.Marked
        assert str(document.docinfo["/Title"]) == issued["title"]

    workbook = openpyxl.load_workbook(io.BytesIO(download(visitor, "Download Excel")))
    words = {str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value}
    assert any(ISSUE in value for value in words)
    assert not any(cell.data_type == "f" for sheet in workbook for row in sheet.iter_rows() for cell in row)
    red = re.search(r"Off track\s+(\d+) of (\d+)", screen)
    assert count_in(workbook, "Red") == (int(red[1]), int(red[2]))


def download(visitor: Visitor, name: str) -> bytes:
    """Download a file by its link, and check that it is the one whose fingerprint the page shows."""
    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("link", name=re.compile(name)).click()
    with open(waiting.value.path(), "rb") as file:
        return file.read()


def count_in(workbook, rating: str) -> tuple[int, int]:
    """Return (actions with the rating, all actions) as the table of the plan sheet has them."""
    sheet = workbook["Plan"]
    header, *rows = [[cell.value for cell in row] for row in sheet[sheet.tables["PlanTable"].ref]]
    ratings = [str(row[header.index("RAG")]) for row in rows]
    return sum(rating in value for value in ratings), len(ratings)


def test_drafts_are_not_for_the_board(visitor):
    visitor.sign_in("board.barking")
    answer = visitor.page.goto(f"{visitor.site.address}/plans/")
    assert answer.status == 200
    assert PLAN not in visitor.page.inner_text("main")


def test_the_rating_is_changed_without_javascript(visitor_without_javascript):
    visitor = visitor_without_javascript
    page = visitor.page
    visitor.sign_in("coordinator.southstaffs", look=False)
    page.goto(f"{visitor.site.address}/plans/")
    page.get_by_role("link", name=re.compile("Prevent Action Plan")).first.click()
    page.get_by_role("link", name="Change the RAG rating").first.click()
    page.get_by_label("Amber: at risk").check()
    page.get_by_label("What is the issue?").fill("Waiting for a reply.")
    page.get_by_role("button", name="Save rating").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("What is the issue?").input_value() == "Waiting for a reply."
