"""Where to go next: back to where a person came from, never to another site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Return the address in `next` (of the form, else of the address) when it is one of ours, else `otherwise`."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith("/") else otherwise


def asked_move(request: HttpRequest) -> tuple[str, int]:
    """Return the direction and the version that a move button was pressed with ("up:3")."""
    direction, _, version = request.POST.get("move", "").partition(":")
    return "up" if direction == "up" else "down", version_of(version)


def asked_version(request: HttpRequest) -> int:
    """Return the version that a button was pressed with."""
    return version_of(request.POST.get("version", ""))


def version_of(words: str) -> int:
    """Return a version sent by a page. A missing or unreadable one is 0, which is old: the save is told as stale."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0
