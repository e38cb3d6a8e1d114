"""GOV.UK components from one cached macro environment (govuk-frontend-jinja, the markup of govuk-frontend 6.3.0)."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

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
    return mark_safe(str(macro(name)(params)).strip())  # safe: the macros escape


def plain(text: Any) -> str:
    """Return `text` as a bare string: one that was marked safe loses the mark, and so is escaped like any other."""
    return str.__str__(str(text))
