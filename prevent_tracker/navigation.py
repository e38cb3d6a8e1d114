"""The links under the header: what the reader's roles lead to."""

import re

from django.http import HttpRequest
from django.urls import reverse

from partners.context import site
from partners.models import Council
from partners.policy import Access, access_for


def navigation(request: HttpRequest) -> dict:
    """Return `navigation_items`, `{text, href, current}` each; none for somebody who is not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "navigation_items": [
            {"text": text, "href": href, "current": _is_here(request.path, *places)}
            for text, href, *places in _links(access_for(user), site(request)["site_council"])
        ]
    }


def _is_here(path: str, *places: str) -> bool:
    """Whether an address is at one of the places; a council's own page is where its last part belongs."""
    path = re.sub(r"^/councils/[^/]+(?=/)", "", path)
    return any(path == place if place == "/" else path.startswith(place) for place in places)


def _links(access: Access, council: Council | None) -> list[tuple[str, ...]]:
    """Return (text, address, where it counts as the current page ...) of every link."""
    links: list[tuple[str, ...]] = [("Start", reverse("start"), reverse("start"))]
    if access.plan_council_ids:
        parts = ("/plans/", "/headings/", "/actions/", "/milestones/", "/updates/", "/imports/")
        links.append(("Plans", reverse("actions:plans_page"), *parts))
    if access.partners("contribute"):
        links.append(("My returns", reverse("actions:my_returns"), "/returns/"))
    if access.councils("view_reports") or access.bodies("read_papers"):
        links.append(("Reports", reverse("reporting:reports"), "/reports/"))
    if people := people_council(access, council):
        links.append(
            ("People", reverse("partners:people", args=[people.slug]), "/people/", "/memberships/", "/invitations/")
        )
    return links


def people_council(access: Access, council: Council | None) -> Council | None:
    """Return the council whose people the link leads to: the page's own, else the only one whose people one sees."""
    seen = access.councils("administer") | access.councils("coordinate") | access.councils("view_history")
    councils = {m.seat_council.pk: m.seat_council for m in access.memberships if m.seat_council.pk in seen}
    if council is not None:
        return councils.get(council.pk)
    return next(iter(councils.values())) if len(councils) == 1 else None
