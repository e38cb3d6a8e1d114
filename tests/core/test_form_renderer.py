"""Each Django widget comes out as its GOV.UK component, with label, hint and error; nothing typed becomes markup."""

import datetime
import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import mark_safe

from prevent_tracker.core.form_errors import error_summary, lower_first
from prevent_tracker.core.forms import GovukDateField, HintedRadios
from prevent_tracker.core.govuk import field_group
from tests.core.showcase import EveryWidget

FULL = {
    "title": "Plan", "email": "person@example.org", "password": "secret words", "number": "4", "share": "2.5",
    "search": "schools", "issue": "None", "note": "A note", "heading": "2", "grouped": "b", "rating": "at_risk",
    "plain_radios": "on_track", "partners": ["police", "health"], "plain_checkboxes": ["probation"], "agree": "on",
    "due_0": "31", "due_1": "3", "due_2": "2027", "one_box": "1 May 2026", "many": ["police"], "secret": "s",
}  # fmt: skip


def full_form(**changes) -> EveryWidget:
    data = MultiValueDict({k: v if isinstance(v, list) else [v] for k, v in (FULL | changes).items()})
    return EveryWidget(data, {"evidence": SimpleUploadedFile("minutes.txt", b"words")})


def tags(html: str, name: str) -> list[str]:
    return re.findall(rf"<{name}\b[^>]*>", html)


COMPONENT_OF = {
    "title": ('class="govuk-input"', 'type="text"'),
    "email": ('class="govuk-input"', 'type="email"', 'autocomplete="email"', 'spellcheck="false"'),
    "password": ("govuk-password-input", 'type="password"', 'autocomplete="current-password"'),
    "number": ('type="text"', 'inputmode="numeric"', "govuk-input--width-4"),
    "share": ('type="text"', 'inputmode="decimal"'),
    "search": ('type="search"',),
    "issue": ("govuk-character-count", 'data-maxlength="200"', "<textarea"),
    "note": ('class="govuk-textarea"', 'rows="5"'),
    "heading": ("<select", 'class="govuk-select"', '<option value="2">Priority 2</option>'),
    "grouped": ("<optgroup", "govuk-select"),
    "rating": ('class="govuk-radios"', "Slipping by up to three months.", "govuk-radios__hint"),
    "plain_radios": ('type="radio"', 'id="id_plain_radios"', 'id="id_plain_radios-2"'),
    "partners": ("govuk-checkboxes", 'type="checkbox"', "NHS trust and board."),
    "plain_checkboxes": ('type="checkbox"', 'id="id_plain_checkboxes"'),
    "agree": ("govuk-checkboxes", 'type="checkbox"', 'value="on"', "govuk-checkboxes__hint"),
    "due": ("govuk-date-input", 'id="id_due_0"', 'name="due_2"', 'inputmode="numeric"', 'role="group"'),
    "one_box": ('class="govuk-input"', 'name="one_box"'),
    "evidence": ('class="govuk-file-upload"', 'type="file"'),
    "many": ("<select", "multiple", 'class="govuk-select"'),
    "secret": ('type="hidden"', 'value="hidden words"'),
}


def test_no_widget_is_left_out():
    assert set(COMPONENT_OF) == set(EveryWidget().fields)


@pytest.mark.parametrize("name", COMPONENT_OF)
def test_a_widget_is_its_component(name):
    html = EveryWidget()[name].as_field_group()
    for part in COMPONENT_OF[name]:
        assert part in html


@pytest.mark.parametrize("name", [name for name in COMPONENT_OF if name != "secret"])
def test_every_visible_widget_has_a_label_that_points_at_it(name):
    html = EveryWidget()[name].as_field_group()
    targets = re.findall(r'<label[^>]* for="([^"]+)"', html)
    assert targets and all(f'id="{target}"' in html for target in targets)


@pytest.mark.parametrize("name", [n for n, f in EveryWidget.base_fields.items() if f.required and n != "secret"])
def test_an_empty_field_shows_its_error_and_the_summary_links_to_an_input_that_is_there(name):
    form = EveryWidget({}, {})
    html = str(form)
    group = form[name].as_field_group()
    assert "govuk-form-group--error" in group and "govuk-error-message" in group
    assert re.search(r'aria-describedby="[^"]*-error', group)
    link = re.search(rf'href="#(id_{name}(?:_0)?)"', error_summary([form]))
    assert link and re.search(rf'<(input|textarea|select)[^>]*\bid="{link[1]}"', html)


def test_what_was_typed_is_kept():
    form = full_form(email="not an address")
    html = str(form)
    for part in ('value="not an address"', 'value="Plan"', ">None</textarea>", 'value="31"', 'value="2027"'):
        assert part in html
    assert "secret words" not in html
    assert 'value="2" selected' in html
    assert re.search(r'value="at_risk" checked', html)
    assert re.search(r'value="police" checked', html) and re.search(r'value="health" checked', html)
    assert re.search(r'name="agree" type="checkbox" value="on" checked', html)


def test_many_checkboxes_are_not_radios():
    html = EveryWidget()["plain_checkboxes"].as_field_group()
    assert 'type="radio"' not in html and len(tags(html, "input")) == 3


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", mark_safe("<script>alert(1)</script>")])
@pytest.mark.parametrize("widget", [
    forms.TextInput, forms.Textarea, forms.PasswordInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select,
    forms.FileInput, forms.CheckboxInput, forms.SelectMultiple, HintedRadios, None,
])  # fmt: skip
def test_a_label_hint_choice_or_error_never_becomes_markup(text, widget):
    class Hostile(forms.Form):
        field = (
            forms.ChoiceField(label=text, help_text="<b>hint</b>", choices=[(text, text)], widget=widget)
            if widget
            else GovukDateField(label=text, help_text="<b>hint</b>")
        )

    form = Hostile({"field": text, "field_0": text, "field_1": text, "field_2": text})
    form.errors.clear()
    form.add_error("field", text)
    html = str(form) + str(error_summary([form]))
    assert "<script" not in html and "<b>" not in html
    assert "&lt;script&gt;" in html


def test_help_text_that_was_marked_safe_stays_markup():
    class Rules(forms.Form):
        password = forms.CharField(help_text=mark_safe("<ul><li>At least 12 characters</li></ul>"))

    assert "<li>At least 12 characters</li>" in str(Rules())


def test_optional_fields_say_so_only_where_some_are_required():
    assert "Note (optional)" in EveryWidget()["note"].as_field_group()
    assert "Title (optional)" not in EveryWidget()["title"].as_field_group()

    class AllOptional(forms.Form):
        words = forms.CharField(required=False)

    assert "(optional)" not in str(AllOptional())


def test_nothing_is_enforced_by_the_browser_alone():
    html = str(EveryWidget())
    assert " required" not in html and "maxlength=" not in html.replace("data-maxlength=", "")
    assert "placeholder" not in html and "style=" not in html


def test_options_of_one_field():
    field = EveryWidget()["rating"]
    html = field_group(field, legend_class="govuk-fieldset__legend--l", heading=True, inline=True, hint="Said here.")
    assert "<h1" in html and "govuk-radios--inline" in html and "Said here." in html
    assert "govuk-visually-hidden" in field_group(EveryWidget()["title"], hide_label=True)
    assert "As it is printed" not in field_group(EveryWidget()["title"], hint="")


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"title": ""}, "Enter title"),
    ({"email": ""}, "Enter e-mail address"),
    ({"rating": ""}, "Choose RAG rating"),
    ({"agree": ""}, "Tick the box to confirm: I have read what is on this page"),
    ({"rating": "purple"}, "Choose RAG rating from the list"),
    ({"title": "x" * 61}, "Title must be 60 characters or fewer. It has 61."),
    ({"issue": "y" * 201}, "Issue must be 200 characters or fewer. It has 201."),
    ({"due_0": "", "due_1": "", "due_2": ""}, "Enter due date"),
])  # fmt: skip
def test_djangos_stock_errors_become_sentences_that_stand_alone(changes, sentence):
    assert f">{sentence}</a>" in re.sub(r"\s*\n\s*", "", error_summary([full_form(**changes)]))


def test_an_authors_own_words_are_kept():
    class Own(forms.Form):
        issue = forms.CharField(error_messages={"required": "Say what stands in the way."})
        question = forms.CharField(label="What stands in the way?")

    summary = error_summary([Own({})])
    assert "Say what stands in the way." in summary and "Answer: What stands in the way?" in summary


def test_the_summary_puts_the_whole_form_first_and_takes_formsets_and_many_forms():
    class Line(forms.Form):
        words = forms.CharField()

    lines = forms.formset_factory(Line, extra=0, min_num=2, validate_min=True)
    formset = lines({"f-TOTAL_FORMS": "2", "f-INITIAL_FORMS": "0", "f-0-words": ""}, prefix="f")
    summary = error_summary([full_form(title=""), formset])
    assert summary.index("The form as a whole is not right.") < summary.index("Enter title")
    assert "#id_title" in summary and "#id_f-0-words" in summary
    assert error_summary([EveryWidget(), None, ""]) == ""


def test_only_the_wrong_boxes_of_a_date_are_marked_and_the_link_goes_there():
    form = full_form(due_1="")
    group = form["due"].as_field_group()
    assert [tag.count("govuk-input--error") for tag in tags(group, "input")] == [0, 1, 0]
    assert 'href="#id_due_1"' in error_summary([form])
    assert "Due date must include a month" in group


def test_a_disabled_field_is_disabled():
    class Closed(forms.Form):
        words = forms.CharField(disabled=True, initial="kept")
        rating = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, disabled=True)
        due = GovukDateField(disabled=True, initial=datetime.date(2026, 5, 1))

    for field in Closed():
        html = field.as_field_group()
        assert all(" disabled" in tag for tag in tags(html, "input"))


@pytest.mark.parametrize(("label", "inside"), [
    ("Due date", "due date"), ("RAG rating", "RAG rating"), ("E-mail", "e-mail"), ("A reason", "a reason"), ("", ""),
])  # fmt: skip
def test_a_label_inside_a_sentence(label, inside):
    assert lower_first(label) == inside
