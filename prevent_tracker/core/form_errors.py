"""What is wrong with a form, in sentences: for the field itself and for the error summary at the top of the page."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from prevent_tracker.core.components import Params, component, plain
from prevent_tracker.core.forms import DateWidget


def error_sentences(bound: BoundField) -> list[str]:
    """Return what is wrong with a field, as sentences that make sense away from it (in the error summary)."""
    return [_sentence(bound, error) for error in bound.errors.as_data()]


def _sentence(bound: BoundField, error: ValidationError) -> str:
    label = plain(bound.label)
    if _is_djangos_own(bound.field, error):
        if error.code == "required":
            return _ask(bound, label)
        if error.code == "max_length":
            params = error.params or {}
            limit, length = params["limit_value"], params["show_value"]
            return f"{label} must be {limit} characters or fewer. It has {length}."
        if error.code in ("invalid_choice", "invalid_list") and not label.endswith("?"):
            return f"Choose {lower_first(label)} from the list"
    return " ".join(plain(message) for message in error.messages)


def _is_djangos_own(field: forms.Field, error: ValidationError) -> bool:
    """Tell whether an error carries Django's stock words rather than words written for this field."""
    stock: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        stock |= getattr(kind, "default_error_messages", {})
    code = error.code or ""
    ours = field.error_messages.get(code) == stock.get(code)
    return ours and (code == "max_length" or error.message == stock.get(code))


def _ask(bound: BoundField, label: str) -> str:
    """Return what to do about a field that was left empty, in the words GOV.UK uses for its kind."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick the box to confirm: {label}"
    if label.endswith("?"):
        return f"Answer: {label}"
    if isinstance(widget, forms.FileInput):
        return f"Choose a file: {lower_first(label)}"
    verb = "Choose" if isinstance(widget, forms.Select | forms.RadioSelect) else "Enter"
    return f"{verb} {lower_first(label)}"


def lower_first(label: str) -> str:
    """Return a label as it reads inside a sentence: "Due date" becomes "due date", "RAG rating" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def wrong_parts(bound: BoundField) -> set[int]:
    """Return which boxes of a date the errors are about: all three when they do not say."""
    errors = bound.errors.as_data()
    return {part for error in errors for part in (error.params or {}).get("parts", (0, 1, 2))}


def first_input(bound: BoundField) -> str:
    """Return the id of the input an error link moves to; empty for a hidden field."""
    if bound.field.widget.is_hidden:
        return ""
    if isinstance(bound.field.widget, DateWidget):
        return f"{bound.auto_id or bound.html_name}_{min(wrong_parts(bound), default=0)}"
    return bound.auto_id or bound.html_name


def summary_items(form: Any) -> list[Params]:
    """Return `{text, href}` for every error of a form or formset, those about no field first."""
    if isinstance(form, forms.BaseFormSet):
        whole = [{"text": plain(message)} for message in form.non_form_errors()]
        return whole + [item for one in form.forms for item in summary_items(one)]
    items: list[Params] = [{"text": plain(message)} for message in form.non_field_errors()]
    for name in form.errors:
        if name not in form.fields:
            continue
        target = first_input(form[name])
        link = {"href": f"#{target}"} if target else {}
        items += [{"text": sentence} | link for sentence in error_sentences(form[name])]
    return items


def error_summary(candidates: Iterable[Any]) -> SafeString:
    """Return the error summary of the given forms and formsets, or nothing when all is well."""
    found = [item for form in candidates if form and form.is_bound for item in summary_items(form)]
    if not found:
        return SafeString("")
    return component("error-summary", {"titleText": "There is a problem", "errorList": found})
