"""Middleware: headers that every answer carries, input that no page can take, and refusals as pages.

Each is a function that takes the rest of the site (`get_response`) and returns a function of the request.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.defaults import bad_request

from prevent_tracker.core import views
from prevent_tracker.core.refusals import Refused, StaleSave

GetResponse = Callable[[HttpRequest], HttpResponse]

# None of these is used, so no script that ever got in could use them either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
        "midi", "payment", "usb",
    )
)  # fmt: skip


def plain_headers(get_response: GetResponse) -> GetResponse:
    """Add the security headers Django has no setting for. A page that says nothing about caching is never kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response

    return middleware


# PostgreSQL cannot store NUL and a search on SQLite ends at it; half a surrogate pair cannot be written as UTF-8.
UNREADABLE = re.compile("[\x00\ud800-\udfff]")


def _words_of(request: HttpRequest) -> Iterator[str]:
    yield request.path_info
    for query in (request.GET, request.POST):
        for name, values in query.lists():
            yield name
            yield from values
    for name, files in request.FILES.lists():
        yield name
        yield from (file.name or "" for file in files)


def refuse_unreadable_input(get_response: GetResponse) -> GetResponse:
    """Answer 400, in words, to an address or form that holds characters no database could keep."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            unreadable = any(UNREADABLE.search(words) for words in _words_of(request))
        except UnreadablePostError:  # the browser went away half-way; nobody is there to read the answer
            unreadable = True
        return bad_request(request, SuspiciousOperation("unreadable input")) if unreadable else get_response(request)

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Send whoever is not signed in to the sign-in page; but never lose the words of a form they sent."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if views.typed_words(request):
            return views.signed_out(request)
        return super().handle_no_permission(request, view_func)


def refusals_as_pages(get_response: GetResponse) -> GetResponse:
    """Turn `Refused` into the 403 page with its reason, and `StaleSave` into the 409 page that keeps what was typed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return views.refused(request, exception.reason)
        if isinstance(exception, StaleSave):
            return views.conflict(request, exception)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
