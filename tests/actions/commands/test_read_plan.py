"""`manage.py read_plan`: what it prints, and that a refusal is a sentence."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.actions.importing.files import P, T, word


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.docx"
    table = T(
        [["Ref", "Action", "Lead", "Timescale", "RAG"], ["1.1", "Publish the plan", "Comms Team", "31 March", "Green"]]
    )
    path.write_bytes(word(P("Anytown Prevent Plan 2024/25", "Title"), P("Priority 1: Lead", "Heading 1"), table))
    return path


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("read_plan", *arguments, stdout=out)
    return out.getvalue()


def test_json_has_exactly_the_published_keys(plan_file: Path) -> None:
    told = json.loads(run(str(plan_file), "--json"))
    assert list(told) == ["title", "period_text", "groups", "actions", "warnings"]
    assert (told["title"], told["period_text"]) == ("Anytown Prevent Plan 2024/25", "2024/25")
    assert told["groups"] == [{"label": "Priority 1: Lead", "level": "priority"}]
    action = told["actions"][0]
    assert list(action) == [
        "ref", "text", "group", "owners", "owner_text", "timescale_text", "kind", "start", "end", "ongoing",
        "ambiguous", "rag", "measure", "progress", "extra", "source",
    ]  # fmt: skip
    assert (action["ref"], action["text"], action["group"]) == ("1.1", "Publish the plan", ["Priority 1: Lead"])
    assert (action["owners"], action["rag"], action["end"]) == (["Comms Team"], "green", "2025-03-31")


def test_the_year_helps_short_dates(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("Action\tLead\tBy when\nPublish the plan\tComms Team\tMar 18\n")
    assert json.loads(run(str(path), "--json"))["actions"][0]["end"] is None
    assert json.loads(run(str(path), "--json", "--year", "2017"))["actions"][0]["end"] == "2018-03-31"


def test_for_people_it_prints_a_list_and_a_summary(plan_file: Path) -> None:
    told = run(str(plan_file))
    assert "1.1  Publish the plan" in told and "1 actions, 1 headings, 1 owners" in told


def test_a_refusal_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match="PDF files cannot be read reliably"):
        run(str(path))
    with pytest.raises(CommandError, match="cannot be opened"):
        run(str(tmp_path / "missing.docx"))
