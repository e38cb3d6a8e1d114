"""Every form with free text is read by the guard, and every page of one asks for the check and takes it."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest
from django import forms

import actions
import partners
import plans
import reporting
from prevent_tracker.core.guarded_forms import GuardedForm, is_free_text
from tests.access.conftest import built_world, world  # noqa: F401  # a town with something for every page
from tests.access.rules import RULES

ROOMS = (partners, plans, actions, reporting)
DOCUMENT = "the words of a document: the import reads it whole, and asks before it is applied"
COLLEAGUE = "the name of a colleague who uses the site, asked for as such"
NOT_KEPT = "looked for, and kept nowhere"
NOT_GUARDED = {
    "actions.forms.imports.StartForm": DOCUMENT,
    "actions.forms.imports.PartiesForm": DOCUMENT,
    "actions.forms.imports.NewPlanForm": DOCUMENT,
    "partners.forms.InvitationForm": COLLEAGUE,
    "partners.forms.NameForm": COLLEAGUE,
    "reporting.forms.VerifyForm": NOT_KEPT,
}
TELEPHONE = "Ring 07700 900123."


def modules_of(room: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if "migrations" not in found.name:
            yield importlib.import_module(found.name)


def forms_of_the_project() -> list[type[forms.BaseForm]]:
    found = {
        thing
        for room in ROOMS
        for module in modules_of(room)
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, forms.BaseForm) and thing.__module__ == module.__name__
    }
    return sorted(found, key=name_of)


def name_of(form: type) -> str:
    return f"{form.__module__}.{form.__qualname__}"


def unguarded(found: list[type[forms.BaseForm]]) -> list[str]:
    return [
        name_of(form)
        for form in found
        if any(map(is_free_text, form.base_fields.values())) and not issubclass(form, GuardedForm)
    ]


def test_every_form_with_free_text_is_guarded_or_says_why_not():
    assert unguarded(forms_of_the_project()) == sorted(NOT_GUARDED)


def test_a_form_that_is_not_guarded_is_found():
    class Careless(forms.Form):
        words = forms.CharField()

    class Careful(GuardedForm):
        words = forms.CharField()

    assert [name.rsplit(".", 1)[1] for name in unguarded([Careless, Careful])] == ["Careless"]


def test_a_form_cannot_leave_the_guard_out_by_its_own_clean():
    class Forgetful(GuardedForm):
        words = forms.CharField()

        def clean(self):
            return self.cleaned_data

    assert not Forgetful({"words": TELEPHONE}).is_valid()
    form = Forgetful({"words": TELEPHONE, "checked": "on"})
    assert form.is_valid() and form.entered() == {"words": TELEPHONE}


# --- Through every page --------------------------------------------------------------------------------------------

WITHOUT = {
    "partners:accept_invitation": "a password",
    "partners:account": COLLEAGUE,
    "partners:invite": COLLEAGUE,
    "actions:start_import": DOCUMENT,
    "actions:import_into_plan": DOCUMENT,
    "actions:import_row": DOCUMENT,
    "actions:apply_import": DOCUMENT,
}


def pages_with_words() -> list[str]:
    """Return every address whose good answer holds a sentence: it has a space in it, which no code or key has."""
    return [name for name, row in RULES.items() if row.post and name not in WITHOUT and ":" in name]


def sentences_of(body: dict) -> list[str]:
    return [key for key, value in body.items() if isinstance(value, str) and " " in value]


@pytest.mark.django_db
@pytest.mark.parametrize("name", pages_with_words())
def test_each_page_asks_for_the_check_and_takes_it(name, world):  # noqa: F811
    row = RULES[name]
    body = row.body(world.home)
    asker = next(each for each in world.personas if each.name in row.post and each.name != "anonymous")
    path = row.address(name, "own", world.home, world.away)
    page = world.ask(asker, "GET", path).body if row.get is not None else b""
    for key in sentences_of(body):
        if page and f'name="{key}"'.encode() not in page:
            continue  # asked for only at times
        told = body | {key: f"{body[key]} {TELEPHONE}"}
        asked = world.ask(asker, "POST", path, told)
        box = key.rpartition("-")[0] + "-checked" if "-" in key else "checked"
        assert asked.status == 422 and not asked.changed, f"{key} is not read"
        assert f'name="{box}"'.encode() in asked.body, f"the page does not ask about {key}"
        taken = world.ask(asker, "POST", path, told | {box: "on"})
        assert taken.status == row.post_status
