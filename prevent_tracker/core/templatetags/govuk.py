"""Template tags: any GOV.UK component, form fields, the error summary, RAG tags, lists, pages and sorted headings."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from prevent_tracker.core import brand
from prevent_tracker.core.components import Params, component, plain
from prevent_tracker.core.form_errors import error_summary
from prevent_tracker.core.govuk import field_group

register = template.Library()

RAG_WORDS = {
    "complete": "Complete",
    "on_track": "On track",
    "at_risk": "At risk",
    "off_track": "Off track",
    "not_started": "Not started",
    "not_rated": "Not rated",
}


def parameters(words: Params) -> Params:
    """Return tag keywords as component parameters: `icon_type` is iconType, `hint__text` is {"hint": {"text": ...}}."""
    params: Params = {}
    for name, value in words.items():
        *path, last = name.split("__")
        level = params
        for step in path:
            level = level.setdefault(_camel(step), {})
        level[last.replace("_", "-") if path[-1:] == ["attributes"] else _camel(last)] = value
    return params


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


@register.simple_tag
def govuk(name: str, params: Params | None = None, /, **words: Any) -> SafeString:
    """Render the GOV.UK component `name`: `{% govuk "tag" text=words classes="govuk-tag--grey" %}`."""
    return component(name, (params or {}) | parameters(words))


@register.simple_tag
def govuk_field(field: BoundField, **options: Any) -> SafeString:
    """Render one form field with options; without any it is the same as `{{ field.as_field_group }}`."""
    return field_group(field, **options)


@register.simple_tag
def govuk_error_summary(*forms: Any) -> SafeString:
    """Render the error summary of the given forms and formsets; nothing when they are well."""
    return error_summary(forms)


@register.simple_tag
@lru_cache(maxsize=512)
def rag(rating: str | None, word: str = "") -> SafeString:
    """Render a rating as word, colour and shape. `word` replaces the default one with the council's own.

    Raises KeyError on a code that is not a rating.
    """
    code = str(rating or "not_rated")
    default = RAG_WORDS[code]
    return format_html('<strong class="app-rag app-rag--{}">{}</strong>', code, plain(word) or default)


@register.simple_tag
def summary_list(rows: Iterable[Sequence[Any]], classes: str = "") -> SafeString:
    """Render `(label, value)` or `(label, value, href, link words)` rows. A value that was rendered stays HTML."""
    return component("summary-list", {"classes": classes, "rows": [_summary_row(*row) for row in rows]})


def _summary_row(label: Any, value: Any, href: str = "", words: str = "Change") -> Params:
    if value is None or value == "":
        value = "Not given"
    kind = "html" if isinstance(value, SafeString) else "text"
    row: Params = {"key": {"text": plain(label)}, "value": {kind: str(value)}}
    if href:
        action = {"href": href, "text": words, "visuallyHiddenText": plain(label)}
        row["actions"] = {"items": [action]}
    return row


@register.simple_tag
def banner(message: Message, number: int) -> SafeString:
    """Render one of Django's messages as a notification banner; `number` keeps the ids on a page apart."""
    params: Params = {"text": plain(message), "titleId": f"message-{number}"}
    kinds = {
        "success": {"type": "success"},
        "error": {"titleText": "There is a problem", "role": "alert", "classes": "app-banner--error"},
    }
    return component("notification-banner", params | kinds.get(message.level_tag, {}))


def _address(context: template.Context, **changes: Any) -> str:
    """Return the query of the present address with some parts changed."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Page, name: str = "page") -> SafeString:
    """Render the pages of a Django Page, keeping the rest of the address; nothing when there is only one."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    items = [
        {"ellipsis": True}
        if number == page.paginator.ELLIPSIS
        else {"number": number, "href": _address(context, **{name: number}), "current": number == page.number}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    params: Params = {"items": items, "landmarkLabel": "Pages"}
    if page.has_previous():
        params["previous"] = {"href": _address(context, **{name: page.previous_page_number()})}
    if page.has_next():
        params["next"] = {"href": _address(context, **{name: page.next_page_number()})}
    return component("pagination", params)


@register.simple_tag(takes_context=True)
def sort_heading(context: template.Context, label: str, key: str, default: str = "", classes: str = "") -> SafeString:
    """Render a column heading whose link sorts by `?sort=key`, and by `?sort=-key` when it already does."""
    request = context.get("request")
    now = (request.GET.get("sort") if request else "") or default
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    address = _address(context, sort=f"-{key}" if now == key else key)
    return format_html(
        '<th scope="col" class="govuk-table__header {}" aria-sort="{}"><a class="app-sort" href="{}">{}</a></th>',
        classes, direction, address, plain(label),
    )  # fmt: skip


@register.simple_tag
def brand_stylesheet(colour: str | None) -> str:
    """Return the address of the stylesheet of a council's colour; empty when it has none, or none that is a colour."""
    digits = brand.hex_digits(colour)
    return reverse("core:brand_stylesheet", args=[digits]) if digits else ""
