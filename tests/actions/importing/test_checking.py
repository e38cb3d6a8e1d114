"""What an owner of a document is held to be, among the partners and bodies that the council knows."""

from __future__ import annotations

import pytest

from actions.importing.checking import ALL, KNOWN, PROPOSED, SAID, UNKNOWN, WORDS, Match, Matcher, Party

COUNCIL = Party("organisation", "council", "Ashdown Borough Council", ("ABC", "Prevent Team"), is_council=True)
POLICE = Party("organisation", "police", "Derwent Constabulary", ("Police", "Derwent Police"))
HEALTH = Party("organisation", "health", "North East Shires NHS Foundation Trust", ("NESFT",))
COLLEGE = Party("organisation", "college", "Ashdown College")
BOARD = Party("body", "board", "Prevent Delivery Group", ("PDG",))
PARTIES = (COUNCIL, POLICE, HEALTH, COLLEGE, BOARD)


def match(label: str, **said: str) -> Match:
    return Matcher(PARTIES, said).match(label)


@pytest.mark.parametrize(
    ("label", "target", "certainty"),
    [
        ("Derwent Constabulary", POLICE.target, KNOWN),
        ("the NESFT", HEALTH.target, KNOWN),
        ("Prevent delivery group", BOARD.target, KNOWN),
        ("All partners", ALL, KNOWN),
        ("Derwent Constabulery", POLICE.target, PROPOSED),
        ("Prevnt Team", COUNCIL.target, PROPOSED),
        ("Police SPOC", "role:police", PROPOSED),
        ("Head of Communities", "role:council", PROPOSED),
        ("AC", COLLEGE.target, PROPOSED),
        ("Vale Housing", WORDS, UNKNOWN),
        ("Military Police Museum", WORDS, UNKNOWN),
        ("Police and Crime Commissioner", WORDS, UNKNOWN),
        ("Local police officer", "role:police", PROPOSED),
    ],
)
def test_an_owner_is_matched_by_name_and_proposed_by_likeness(label: str, target: str, certainty: str) -> None:
    found = match(label)
    assert (found.target, found.certainty) == (target, certainty)


def test_a_proposal_that_nobody_took_up_stays_words() -> None:
    assert match("Derwent Constabulery").applied == WORDS
    assert match("Derwent Constabulary").applied == POLICE.target


def test_names_that_share_only_their_last_word_are_not_a_slip_of_the_pen() -> None:
    """ "Events Team" has most letters of "Prevent Team"; a team of the council is all that can be said of it."""
    assert match("Events Team") == Match("role:council", PROPOSED, "it reads like a role or team of the council")


def test_what_a_person_said_comes_first_while_it_still_exists() -> None:
    assert match("Police", police="organisation:health") == Match(HEALTH.target, SAID, "as you said")
    assert match("Police", police="organisation:gone").target == POLICE.target
