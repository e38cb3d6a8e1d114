"""States are moved in words, refreshed safely, and drawn from the code."""

import pytest
from django.core.management import CommandError, call_command

from plans.models import Plan
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.states import diagram, move, stateful_models, transitions_of
from tests.builders import make_council, make_plan


def test_the_states_document_is_what_the_code_says():
    call_command("state_diagrams", check=True)


def test_a_document_that_has_drifted_is_noticed(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    call_command("state_diagrams")
    call_command("state_diagrams", check=True)
    page = tmp_path / "docs" / "states.md"
    page.write_text(page.read_text(encoding="utf-8").replace("draft --> live", "draft --> closed"), encoding="utf-8")
    with pytest.raises(CommandError, match="manage.py state_diagrams"):
        call_command("state_diagrams", check=True)


@pytest.mark.parametrize("model", stateful_models())
def test_every_transition_says_what_it_means_and_is_drawn(model):
    drawn = diagram(model)
    arrows = list(transitions_of(model))
    assert arrows
    for source, name, target, meaning in arrows:
        assert f"    {source} --> {target}: {name}" in drawn
        assert meaning.endswith(".")


def test_a_move_that_the_state_does_not_allow_is_refused_in_words():
    plan = Plan(title="A plan")
    with pytest.raises(RuleBroken, match="This plan is draft, so it cannot be closed."):
        move(plan, "close", "closed")
    assert plan.state == "draft"


@pytest.mark.django_db
def test_refreshing_a_row_brings_its_state_too():
    plan = make_plan(make_council())
    other = Plan.objects.get(pk=plan.pk)
    move(other, "close", "closed")
    other.title = "Another title"
    other.save()
    plan.refresh_from_db(fields=["title"])
    assert (plan.title, plan.state) == ("Another title", "live")
    plan.refresh_from_db(fields=["state"])
    assert plan.state == "closed"
    plan.refresh_from_db()
    with pytest.raises(AttributeError):
        plan.state = "live"
