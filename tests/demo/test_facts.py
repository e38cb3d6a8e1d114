"""The demo's data says what the published documents say, and says it in words of its own."""

import re
from collections import Counter

import pytest

from actions.domain.timescales import read_timescale
from partners.enums import BodyKind, Frequency, Sector
from prevent_tracker.demo.read import COUNCILS, TOLD, council_file, organisations, people, story_file
from tests.demo.seeds import PRESENT, answer, published_runs, runs_of

# headings, actions, partners besides the council, bodies, reporting lines, cycles, stages, projects, implications
COUNTS = {
    "barking-and-dagenham": (20, 38, 10, 7, 10, 3, 0, 0, 0),
    "south-staffordshire": (22, 37, 13, 5, 0, 1, 0, 0, 0),
    "dudley": (8, 0, 8, 5, 4, 5, 0, 0, 0),
    "thurrock": (14, 0, 5, 9, 5, 1, 5, 0, 0),
    "derby": (5, 0, 9, 2, 0, 0, 0, 6, 10),
}


@pytest.mark.parametrize("slug", COUNCILS)
def test_counts(slug):
    file = council_file(slug)
    lists = (file.headings, file.actions, file.partners, file.bodies, file.lines, file.cycles, file.stages)
    assert tuple(map(len, (*lists, file.projects, file.implications))) == COUNTS[slug]


def test_barking_and_dagenham_prints_number_36_twice_and_no_timescale():
    actions = council_file("barking-and-dagenham").actions
    assert [ref for ref, times in Counter(action.ref for action in actions).items() if times > 1] == ["36"]
    assert len({action.printed_owner for action in actions}) == 26
    assert max(len(action.owners) for action in actions) == 5
    assert sum("Prevent Coordinator" in action.owners for action in actions) == 21
    assert [(a.ref, a.target) for a in actions if a.target] == [("5", 70), ("36", 80), ("37", 80)]
    assert not any(action.timescale for action in actions)


def test_south_staffordshire_prints_no_number_and_26_timescales():
    actions = council_file("south-staffordshire").actions
    printed = [action.timescale for action in actions if action.timescale]
    assert (len(printed), len(set(printed))) == (26, 15)
    assert not any(action.ref for action in actions)
    assert sum(len(action.owners) > 1 for action in actions) == 6


def test_dudley_prints_every_objective_as_number_1():
    assert [heading.ref for heading in council_file("dudley").headings] == ["", "", *["1"] * 6]


def test_the_last_stage_of_thurrocks_route_has_no_date():
    *dated, last = council_file("thurrock").stages
    assert [stage.date_text for stage in dated] == ["20/9/17", "28/9/17", "Nov 17", "Mar 18"]
    assert (last.date_text, last.date, len(last.bodies)) == ("", None, 5)


def test_derby_has_ten_implications_of_which_four_have_text():
    assert sum(bool(each.text) for each in council_file("derby").implications) == 4


def test_probation_is_one_organisation_with_a_seat_in_every_council():
    assert all("probation" in [p.organisation for p in council_file(slug).partners] for slug in COUNCILS)
    seats = Counter(partner.organisation for slug in COUNCILS for partner in council_file(slug).partners)
    shared = {"probation": 5, "nelft": 2, "dudley-trust": 2, "home-office": 2}
    assert {key: number for key, number in seats.items() if number > 1} == shared


def test_every_code_in_the_files_is_one_of_ours():
    assert {facts.sector for facts in organisations().values()} <= set(Sector.values)
    for slug in COUNCILS:
        file = council_file(slug)
        assert {body.kind for body in file.bodies} <= set(BodyKind.values)
        assert {line.frequency for line in file.lines} <= {"", *Frequency.values}
        assert {owner for action in file.actions for owner in action.owners} == set(file.owners)


def test_nobody_in_the_demo_has_a_name():
    """People are role titles: an e-mail address and a name without anything that could be a person's name."""
    titles = re.compile(r"coordinator|lead|officer|member|auditor|administrator", re.IGNORECASE)
    assert all(titles.search(person.name) for person in people())
    assert all("." not in person.name for person in people())


def test_no_action_text_holds_a_year_that_would_stand_still():
    texts = [action.text for slug in COUNCILS for action in council_file(slug).actions]
    assert not [text for text in texts if re.search(r"\b(19|20)\d\d\b", text)]


# --- Against the checked answers, where they are at hand ----------------------------------------------------------


@pytest.mark.parametrize("slug", PRESENT)
def test_headings_are_as_printed(slug):
    file, expected = council_file(slug), answer(slug)
    assert [(h.label, h.ref or None) for h in file.headings] == [(g["label"], g["ref"]) for g in expected["groups"]]
    by_key = {heading.key: heading.label for heading in file.headings if heading.key}
    assert [by_key.get(heading.under) for heading in file.headings] == [g["parent"] for g in expected["groups"]]
    labels = {level["label"] for level in file.plan.levels} | {h.level_label for h in file.headings if h.level_label}
    assert labels == {level["label"] for level in expected["levels"]}
    unprinted = {level["label"] for level in file.plan.levels if not level.get("printed", True)}
    assert unprinted == {level["label"] for level in expected["levels"] if not level["printed"]}


@pytest.mark.parametrize("slug", PRESENT)
def test_actions_are_as_printed_but_for_their_wording(slug):
    file, expected = council_file(slug), answer(slug)["actions"]
    by_key = {heading.key: heading.label for heading in file.headings if heading.key}
    ours = [(a.ref, by_key[a.under], a.owners, a.printed_owner, a.timescale) for a in file.actions]
    assert ours == [
        (a["ref"] or "", a["group"][-1], a["owners"], a["owner_text"], a["timescale_text"] or "") for a in expected
    ]
    assert not {action.text for action in file.actions} & {action["text"] for action in expected}


@pytest.mark.parametrize("slug", PRESENT)
def test_timescales_are_read_as_the_answers_say(slug):
    file, expected = council_file(slug), answer(slug)["actions"]
    for action, right in zip(file.actions, expected, strict=True):
        year = file.plan.starts_on.year
        read = read_timescale(action.timescale, year=year, plan_start=file.plan.starts_on, plan_end=file.plan.ends_on)
        found = read.as_json()
        assert {key: found[key] for key in ("kind", "start", "end")} == {
            key: right[key] for key in ("kind", "start", "end")
        }, action.timescale


@pytest.mark.parametrize("slug", PRESENT)
def test_the_plan_is_as_printed(slug):
    plan, expected = council_file(slug).plan, answer(slug)
    assert (plan.title.lower(), plan.period_text or None) == (expected["title"].lower(), expected["period_text"])
    assert plan.starts_on == plan.ends_on == expected["period_start"] or (
        [str(plan.starts_on), str(plan.ends_on)] == [expected["period_start"], expected["period_end"]]
    )
    targets = [(n, a.target) for n, a in enumerate(council_file(slug).actions, start=1) if a.target]
    assert targets == [(target["action_order"], target["value"]) for target in expected["targets"]]


@pytest.mark.parametrize("slug", PRESENT)
def test_governance_is_as_printed(slug):
    file, expected = council_file(slug), answer(slug)["governance"]
    assert [(b.name, b.aliases, b.chair or None, b.members, b.meets or None) for b in file.bodies] == [
        (b["name"], b["aliases"], b["chair"], b["members"], b["meets"]) for b in expected["bodies"]
    ]
    assert [(x.source, x.target, x.frequency or None, x.frequency_text or None, x.purpose) for x in file.lines] == [
        (x["from"], x["to"], x["frequency"], x["frequency_text"], x["purpose"]) for x in expected["reporting_lines"]
    ]
    assert [vars(cycle) for cycle in file.cycles] == expected["cycles"]


@pytest.mark.parametrize("slug", PRESENT)
def test_every_partner_that_is_named_has_a_seat_of_its_sector(slug):
    file = council_file(slug)
    seats = {name: partner.organisation for partner in file.partners for name in partner.printed}
    seats |= dict.fromkeys(file.council.aliases, file.council.organisation)
    for named in answer(slug)["partner_organisations"]:
        organisation = organisations()[seats[named["name"]]]
        assert Sector(organisation.sector).label == named["sector"], named["name"]
        assert organisation.specified == named["specified_authority"], named["name"]


@pytest.mark.parametrize("slug", PRESENT)
def test_route_projects_and_implications_are_as_printed(slug):
    file, expected = council_file(slug), answer(slug)
    ours = [(s.date_text, s.date and str(s.date), s.precision, s.status, s.bodies) for s in file.stages]
    assert ours == [
        (s["date_text"] or "", s["date"], s["precision"] or "", s["status"], s["bodies"])
        for s in expected["document_control"]
    ]
    named = [row["name"] for row in (*expected["projects"], *expected["funding"])]
    assert [project.name for project in file.projects] == named
    assert [(i.heading, bool(i.text)) for i in file.implications] == [
        (i["heading"], i["text"] is not None) for i in expected["implications"]
    ]


@pytest.mark.parametrize("slug", PRESENT)
def test_no_text_of_ours_shares_six_words_in_a_row_with_a_published_document(slug):
    file = council_file(slug)
    ours = [action.text for action in file.actions] + [implication.text for implication in file.implications]
    if slug in TOLD:
        ours += [beat.say for story in story_file(slug).stories.values() for beat in story.beats]
    assert not [text for text in ours if runs_of(text) & published_runs()]
