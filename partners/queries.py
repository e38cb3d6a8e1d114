"""Questions about many seats."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from partners.models import Membership, Partner
from partners.roles import Role


def partners_without_lead(council_ids: Iterable[int], on: datetime.date) -> QuerySet[Partner]:
    """Return the seats whose return nobody can sign off on a day: no partner lead with an account that is open."""
    led = (
        Membership.objects.filter(role=Role.PARTNER_LEAD, partner__isnull=False, user__is_active=True)
        .current(on=on)
        .values("partner")
    )
    return (
        Partner.objects.filter(council__in=council_ids, left_on__isnull=True)
        .exclude(pk__in=led)
        .select_related("organisation", "council")
    )
