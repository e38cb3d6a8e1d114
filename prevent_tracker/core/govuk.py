"""The form renderer: each Django widget comes out as its GOV.UK component.

`GovukRenderer` is the FORM_RENDERER: `{{ form }}` and `{{ form.field.as_field_group }}` are GOV.UK form groups. Labels,
hints, choices and errors are escaped even when they were marked safe; only the help text of a field may carry HTML,
and only when it was marked safe (Django's password rules are). Components are in `components.py`, the words of errors
and the error summary in `form_errors.py`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.forms.widgets import Input
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from prevent_tracker.core.components import Params, component, plain
from prevent_tracker.core.form_errors import error_sentences, wrong_parts
from prevent_tracker.core.forms import DateWidget
from prevent_tracker.core.guarded_forms import NEVER, CheckInput


class GovukRenderer(TemplatesSetting):
    """Renders forms and fields as GOV.UK components, and everything else from the templates in settings."""

    form_template_name = "govuk/form"
    field_template_name = "govuk/field"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        if template_name == self.field_template_name:
            return field_group(context["field"])
        if template_name == self.form_template_name:
            hidden = [field.as_widget() for field in context["hidden_fields"]]
            visible = [field.as_field_group() for field, _ in context["fields"]]
            return mark_safe("\n".join(hidden + visible))  # safe: both lists are rendered HTML
        return SafeString(super().render(template_name, context, request))


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
        fraction = isinstance(bound.field, forms.DecimalField | forms.FloatField)
        params |= {"type": "text", "inputmode": "decimal" if fraction else "numeric", "spellcheck": False}
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
        return _grouped_select(bound, options)
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


def _check(bound: BoundField, options: Params) -> SafeString:
    """Return the guard's place: what never to write; or what was found, with the checkbox that answers for it."""
    form: Any = bound.form
    if not form.findings:
        return SafeString("") if form.says_never else component("hint", {"text": NEVER})
    return format_html(
        '<div class="app-check">{}<ul class="govuk-list govuk-list--bullet">{}</ul>'
        '<p class="govuk-body">If they are about a person of concern, take them out: they belong in another system. '
        "If not, say so and save again.</p>{}</div>",
        component("warning-text", {"text": FOUND, "iconFallbackText": "Warning"}),
        format_html_join("", "<li>{}</li>", ((finding.sentence,) for finding in dict.fromkeys(form.findings))),
        _one_checkbox(bound, options),
    )


def _date(bound: BoundField, options: Params) -> SafeString:
    params = _common(bound, options)
    values = bound.field.widget.boxes(bound.value())
    wrong = wrong_parts(bound)
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


def _grouped_select(bound: BoundField, options: Params) -> SafeString:
    """Return a select with groups, or with several choices: the GOV.UK component knows neither."""
    widget = bound.field.widget
    inner = SafeString("")
    for group, members, _ in widget.optgroups(bound.html_name, widget.format_value(bound.value()), {}):
        rows = [
            (plain(option["value"]), mark_safe(" selected" if option["selected"] else ""), _option_label(bound, option))
            for option in members
        ]
        listed = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        inner += format_html('<optgroup label="{}">{}</optgroup>', plain(group), listed) if group else listed
    attrs = _bare_attributes(bound, options, "govuk-select") | {
        "id": bound.auto_id or bound.html_name,
        "name": bound.html_name,
        "multiple": widget.allow_multiple_selected,
        "disabled": bound.field.disabled,
    }
    return _around(bound, options, format_html("<select{}>{}</select>", flatatt(attrs), inner))


def _any_other(bound: BoundField, options: Params) -> SafeString:
    """Return a widget that GOV.UK has no component for: its own HTML inside a GOV.UK form group."""
    return _around(bound, options, bound.as_widget(attrs=_bare_attributes(bound, options, "govuk-input")))


def _bare_attributes(bound: BoundField, options: Params, style: str) -> Params:
    target = bound.auto_id or bound.html_name
    hint, error = bool(_hint(bound, options)), bool(_error(bound))
    described = [f"{target}-hint"] * hint + [f"{target}-error"] * error
    attrs = {"class": _classes(bound, options, style, f"{style}--error" if error else "")}
    return attrs | ({"aria-describedby": " ".join(described)} if described else {})


def _around(bound: BoundField, options: Params, control: SafeString) -> SafeString:
    """Return a control with its label, hint and error, as the components have them."""
    target, hint, error = bound.auto_id or bound.html_name, _hint(bound, options), _error(bound)
    parts = [component("label", _labelled(bound, options)["label"] | {"for": bound.id_for_label or target})]
    if hint:
        parts.append(component("hint", hint | {"id": f"{target}-hint"}))
    if error:
        parts.append(component("error-message", error | {"id": f"{target}-error"}))
    modifier = " govuk-form-group--error" if error else ""
    return format_html('<div class="govuk-form-group{}">{}{}</div>', modifier, mark_safe("".join(parts)), control)


FOUND = "Some words look like details of a person. Nothing has been saved yet."

# The first kind that fits decides, so a widget comes before the one it is made from: many checkboxes are a subclass of
# radios, which are a subclass of select.
COMPONENTS: list[tuple[type[forms.Widget], Callable[[BoundField, Params], SafeString]]] = [
    (DateWidget, _date),
    (forms.CheckboxSelectMultiple, _choices("checkboxes")),
    (forms.RadioSelect, _choices("radios")),
    (forms.Select, _select),
    (CheckInput, _check),
    (forms.CheckboxInput, _one_checkbox),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
    (forms.Textarea, _textarea),
    (Input, _input),
]
