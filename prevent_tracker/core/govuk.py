"""GOV.UK components: one cached macro environment, and the form renderer that gives each Django widget its component.

`component(name, params)` renders any component of govuk-frontend. `GovukRenderer` is the FORM_RENDERER: `{{ form }}` and
`{{ form.field.as_field_group }}` then come out as GOV.UK form groups. `error_summary(forms)` lists what is wrong, with
links that move the focus to the first input. Labels, hints and errors are escaped even when they were marked safe;
only the help text of a field may carry HTML, and only when it was marked safe (Django's password rules are).
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

from prevent_tracker.core.forms import DateWidget

Params = dict[str, Any]


@cache
def environment() -> Environment:
    """Return the one Jinja environment that holds the macros of govuk-frontend-jinja. Everything is autoescaped."""
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def macro(name: str) -> Callable[[Params], str]:
    """Return the macro of the component `name` ("summary-list"). Raises jinja2.TemplateNotFound when there is none."""
    template = environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    return getattr(template.module, "govuk" + name.title().replace("-", ""))


def component(name: str, params: Params) -> SafeString:
    """Return the HTML of the component `name` with govuk-frontend's own parameter names."""
    return mark_safe(str(macro(name)(params)).strip())  # noqa: S308 (the macros escape)


def plain(text: Any) -> str:
    """Return `text` as a bare string: one that was marked safe loses the mark, and so is escaped like any other."""
    return str.__str__(str(text))


class GovukRenderer(TemplatesSetting):
    """Renders forms and fields as GOV.UK components, and everything else from the templates in settings."""

    form_template_name = "govuk/form"
    field_template_name = "govuk/field"

    def render(self, template_name: str, context: Mapping[str, Any], request: Any = None) -> SafeString:
        if template_name == self.field_template_name:
            return field_group(context["field"])
        if template_name == self.form_template_name:
            hidden = [field.as_widget() for field in context["hidden_fields"]]
            visible = [field.as_field_group() for field, _ in context["fields"]]
            return mark_safe("\n".join(hidden + visible))  # noqa: S308 (both lists are rendered HTML)
        return super().render(template_name, context, request)


# --- One field ---------------------------------------------------------------------------------------------------


def field_group(bound: BoundField, **options: Any) -> SafeString:
    """Return a field with its label, hint and error as the GOV.UK component of its widget.

    Options: label_class, legend_class, heading, hint, classes, inline, small, optional, hide_label
    (`docs/pages.md` says what each does).
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return bound.as_widget()
    for kind, render in COMPONENTS:
        if isinstance(widget, kind):
            return render(bound, options)
    return _any_other(bound, options)


def _label(bound: BoundField, options: Params) -> str:
    label = plain(bound.label)
    says_optional = options.get("optional", any(field.required for field in bound.form.fields.values()))
    if bound.field.required or not says_optional or label.endswith("(optional)"):
        return label
    return f"{label} (optional)"


def _hint(bound: BoundField, options: Params) -> Params | None:
    words = str(options.get("hint", bound.help_text) or "")
    if not words:
        return None
    return {"html": words} if isinstance(words, SafeString) else {"text": words}


def _error(bound: BoundField) -> Params | None:
    sentences = error_sentences(bound)
    return {"text": " ".join(sentences)} if sentences else None


KNOWN_ATTRIBUTES = {
    # said by a parameter of the component, or by the server, or (placeholder) not at all: it vanishes as one types
    "class", "id", "type", "name", "value", "placeholder", "maxlength", "minlength", "rows", "cols", "required",
    "autocomplete", "inputmode", "spellcheck", "min", "max", "step", "autofocus", "multiple", "disabled",
    "aria-describedby", "aria-invalid",
}  # fmt: skip


def _attributes(attrs: Mapping[str, Any]) -> Params:
    return {
        name: {"value": value, "optional": True} if isinstance(value, bool) else plain(value)
        for name, value in attrs.items()
        if name not in KNOWN_ATTRIBUTES and value is not None
    }


def _classes(bound: BoundField, options: Params, *more: str) -> str:
    given = (bound.field.widget.attrs.get("class"), options.get("classes"), *more)
    return " ".join(part for part in given if part)


def _common(bound: BoundField, options: Params) -> Params:
    params = {
        "id": bound.auto_id or bound.html_name,
        "name": bound.html_name,
        "hint": _hint(bound, options),
        "errorMessage": _error(bound),
        "disabled": bound.field.disabled,
        "classes": _classes(bound, options),
        "attributes": _attributes(bound.field.widget.attrs),
    }
    return {name: value for name, value in params.items() if value}


def _labelled(bound: BoundField, options: Params) -> Params:
    hidden = "govuk-visually-hidden" if options.get("hide_label") else ""
    label = {
        "text": _label(bound, options),
        "classes": options.get("label_class") or hidden or "govuk-label--s",
        "isPageHeading": options.get("heading", False),
    }
    return _common(bound, options) | {"label": label}


def _fieldset(bound: BoundField, options: Params) -> Params:
    hidden = "govuk-visually-hidden" if options.get("hide_label") else ""
    legend = {
        "text": _label(bound, options),
        "classes": options.get("legend_class") or hidden or "govuk-fieldset__legend--s",
        "isPageHeading": options.get("heading", False),
    }
    return {"legend": legend}


def _value(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else plain(value)


def _input(bound: BoundField, options: Params) -> SafeString:
    widget = bound.field.widget
    params = _labelled(bound, options) | {"value": _value(bound), "type": widget.input_type}
    if isinstance(widget, forms.NumberInput):
        # Spinners and scroll wheels change numbers unseen, so a number is text with a numeric keyboard.
        whole = isinstance(bound.field, forms.IntegerField) and not isinstance(bound.field, forms.FloatField)
        params |= {"type": "text", "inputmode": "numeric" if whole else "decimal", "spellcheck": False}
    if isinstance(widget, forms.EmailInput):
        params |= {"spellcheck": False, "autocomplete": "email"}
    for name in ("autocomplete", "inputmode", "spellcheck"):
        if name in widget.attrs:
            params[name] = widget.attrs[name]
    return component("input", params)


def _password(bound: BoundField, options: Params) -> SafeString:
    params = _labelled(bound, options)
    params["autocomplete"] = bound.field.widget.attrs.get("autocomplete", "current-password")
    return component("password-input", params)


def _textarea(bound: BoundField, options: Params) -> SafeString:
    rows = bound.field.widget.attrs.get("rows", 5)
    params = _labelled(bound, options) | {"value": _value(bound), "rows": 5 if str(rows) == "10" else rows}
    limit = getattr(bound.field, "max_length", None)
    if limit is None:
        return component("textarea", params)
    return component("character-count", params | {"maxlength": limit})


def _file(bound: BoundField, options: Params) -> SafeString:
    params = _labelled(bound, options)
    params["multiple"] = bool(bound.field.widget.attrs.get("multiple"))
    return component("file-upload", params)


def _options(bound: BoundField) -> list[Params]:
    """Return every option of a choice widget, in order; the groups of grouped choices are laid flat."""
    widget = bound.field.widget
    groups = widget.optgroups(bound.html_name, widget.format_value(bound.value()), {})
    return [option for _, subgroup, _ in groups for option in subgroup]


def _option_label(bound: BoundField, option: Params) -> str:
    label = plain(option["label"])
    if label == "---------":
        return "Choose one" if bound.field.required else "None"
    return label


def _select(bound: BoundField, options: Params) -> SafeString:
    widget = bound.field.widget
    if widget.allow_multiple_selected or any(group for group, _, _ in widget.optgroups("", [], {})):
        return _any_other(bound, options)
    items = [
        {
            "value": plain(option["value"]),
            "text": _option_label(bound, option),
            "selected": option["selected"],
            "attributes": _attributes({k: v for k, v in option["attrs"].items() if k != "selected"}),
        }
        for option in _options(bound)
    ]
    return component("select", _labelled(bound, options) | {"items": items})


def _choice_items(bound: BoundField) -> list[Params]:
    hints = getattr(bound.field.widget, "hints", {})
    items = []
    for option in _options(bound):
        value = plain(option["value"])
        item = {"value": value, "text": _option_label(bound, option), "checked": option["selected"]}
        if hint := hints.get(value):
            item["hint"] = {"text": plain(hint)}
        if bound.field.disabled or option["attrs"].get("disabled"):
            item["disabled"] = True
        attributes = _attributes({k: v for k, v in option["attrs"].items() if k not in ("checked", "disabled")})
        items.append(item | ({"attributes": attributes} if attributes else {}))
    return items


def _choices(name: str) -> Callable[[BoundField, Params], SafeString]:
    """Return the renderer of a component that asks with a legend and one input per choice."""

    def render(bound: BoundField, options: Params) -> SafeString:
        params = _common(bound, options)
        params.pop("attributes", None)  # a widget's own attributes are on each input already
        params["idPrefix"] = params.pop("id")
        modifiers = [f"govuk-{name}--{size}" for size in ("inline", "small") if options.get(size)]
        params["classes"] = _classes(bound, options, *modifiers)
        params |= {"fieldset": _fieldset(bound, options), "items": _choice_items(bound)}
        return component(name, params)

    return render


def _one_checkbox(bound: BoundField, options: Params) -> SafeString:
    params = _common(bound, options)
    params["idPrefix"] = params.pop("id")
    item = {
        "hint": params.pop("hint", None),
        "value": plain(bound.field.widget.attrs.get("value", "on")),
        "text": plain(bound.label),
        "checked": bound.field.widget.check_test(bound.value()),
        "disabled": bound.field.disabled,
        "attributes": params.pop("attributes", {}),
    }
    return component("checkboxes", params | {"items": [item]})


def _date(bound: BoundField, options: Params) -> SafeString:
    params = _common(bound, options)
    values = bound.field.widget.boxes(bound.value())
    wrong = _wrong_parts(bound)
    params["items"] = [
        {
            "id": f"{params['id']}_{index}",
            "name": f"{bound.html_name}_{index}",
            "label": label,
            "value": values[index],
            "classes": f"govuk-input--width-{width}" + (" govuk-input--error" if index in wrong else ""),
            "attributes": {"disabled": {"value": bound.field.disabled, "optional": True}},
        }
        for index, (label, width) in enumerate((("Day", 2), ("Month", 2), ("Year", 4)))
    ]
    return component("date-input", params | {"fieldset": _fieldset(bound, options)})


def _any_other(bound: BoundField, options: Params) -> SafeString:
    """Return a widget that GOV.UK has no component for: its own HTML inside a GOV.UK form group."""
    error, hint = _error(bound), _hint(bound, options)
    target = bound.id_for_label or bound.auto_id
    described = [f"{target}-hint"] * bool(hint) + [f"{target}-error"] * bool(error)
    style = "govuk-select" if isinstance(bound.field.widget, forms.Select) else "govuk-input"
    attrs = {"class": _classes(bound, options, style, f"{style}--error" if error else "")}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    parts = [component("label", _labelled(bound, options)["label"] | {"for": target})]
    if hint:
        parts.append(component("hint", hint | {"id": f"{target}-hint"}))
    if error:
        parts.append(component("error-message", error | {"id": f"{target}-error"}))
    parts.append(bound.as_widget(attrs=attrs))
    group = "govuk-form-group govuk-form-group--error" if error else "govuk-form-group"
    return mark_safe(f'<div class="{group}">{"".join(parts)}</div>')  # noqa: S308 (every part is rendered HTML)


# The first kind that fits decides, so a widget comes before the one it is made from: many checkboxes are a subclass of
# radios, which are a subclass of select.
COMPONENTS: list[tuple[type[forms.Widget], Callable[[BoundField, Params], SafeString]]] = [
    (DateWidget, _date),
    (forms.CheckboxSelectMultiple, _choices("checkboxes")),
    (forms.RadioSelect, _choices("radios")),
    (forms.Select, _select),
    (forms.CheckboxInput, _one_checkbox),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
    (forms.Textarea, _textarea),
    (Input, _input),
]


# --- What is wrong -----------------------------------------------------------------------------------------------


def error_sentences(bound: BoundField) -> list[str]:
    """Return what is wrong with a field, as sentences that make sense away from it (in the error summary)."""
    return [_sentence(bound, error) for error in bound.errors.as_data()]


def _sentence(bound: BoundField, error: ValidationError) -> str:
    label = plain(bound.label)
    if _is_djangos_own(bound.field, error):
        if error.code == "required":
            return _ask(bound, label)
        if error.code == "max_length":
            limit, length = error.params["limit_value"], error.params["show_value"]
            return f"{label} must be {limit} characters or fewer. It has {length}."
        if error.code in ("invalid_choice", "invalid_list") and not label.endswith("?"):
            return f"Choose {lower_first(label)} from the list"
    return " ".join(plain(message) for message in error.messages)


def _is_djangos_own(field: forms.Field, error: ValidationError) -> bool:
    """Tell whether an error carries Django's stock words rather than words written for this field."""
    stock: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        stock |= getattr(kind, "default_error_messages", {})
    return field.error_messages.get(error.code) == stock.get(error.code) and (
        error.code == "max_length" or error.message == stock.get(error.code)
    )


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


def _wrong_parts(bound: BoundField) -> set[int]:
    """Return which boxes of a date the errors are about: all three when they do not say."""
    errors = bound.errors.as_data()
    return {part for error in errors for part in (error.params or {}).get("parts", (0, 1, 2))}


def first_input(bound: BoundField) -> str:
    """Return the id of the input an error link moves to; empty for a hidden field."""
    if bound.field.widget.is_hidden:
        return ""
    if isinstance(bound.field.widget, DateWidget):
        return f"{bound.auto_id or bound.html_name}_{min(_wrong_parts(bound), default=0)}"
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
