"""What every page knows: whose colours it wears, and which councils the reader belongs to."""

from django.http import HttpRequest

from partners.policy import access_for


def site(request: HttpRequest) -> dict:
    """Return `site_council` (whose page this is: set on the request by a view, else the reader's only council)."""
    user = getattr(request, "user", None)
    council = getattr(request, "council", None)
    if council is None and user is not None and user.is_authenticated:
        councils = {m.seat_council for m in access_for(user).memberships}
        council = councils.pop() if len(councils) == 1 else None
    return {"site_council": council}
