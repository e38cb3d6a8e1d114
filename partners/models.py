"""People, organisations, councils, seats, bodies and memberships."""

import datetime

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser, Group
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from guardian.models import GroupObjectPermissionBase

from partners.enums import BodyKind, CouncilKind, Frequency, Sector
from partners.roles import ROLES, Role, Seat, permissions_of_seat
from prevent_tracker.core.audit import tracked
from prevent_tracker.core.models import PublicId, Versioned


class UserManager(BaseUserManager):
    """Makes people by e-mail address; there are no usernames."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(PublicId, AbstractUser):
    """A person who works for an organisation in some partnership. Never deleted: deactivated."""

    username = first_name = last_name = None
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150)
    deactivated_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()
    history = tracked(excluded_fields=["password", "last_login"])

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name


class Organisation(PublicId, Versioned):
    """Any body, known once, however many councils it serves."""

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=30, choices=Sector.choices)
    is_specified_authority = models.BooleanField(
        null=True, blank=True, help_text="Listed in Schedule 6 of the 2015 Act. Unknown is allowed."
    )
    history = tracked()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Council(Versioned):
    """The tenant: an organisation that owns plans. `slug` is its public name in URLs."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="council")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=CouncilKind.choices, default=CouncilKind.OTHER)
    gss_code = models.CharField(
        "GSS code", max_length=9, blank=True, validators=[RegexValidator(r"^[ENSW]\d{8}$", "Like E09000002.")]
    )
    brand_colour = models.CharField(
        max_length=7, blank=True, validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "Like #1d70b8.")]
    )
    rag_key = models.JSONField(
        default=dict,
        blank=True,
        help_text="The council's own labels and wording by rating code; blank is the usual key.",
    )
    history = tracked()

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        permissions = permissions_of_seat(Seat.COUNCIL)

    def __str__(self) -> str:
        return self.name


class Partner(PublicId, Versioned):
    """An organisation's seat in one council's partnership. The council's own organisation has one too."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seats")
    position = models.PositiveIntegerField(default=0)
    aliases = models.JSONField(default=list, blank=True, help_text="Other names the council's documents use.")
    left_on = models.DateField(null=True, blank=True)
    history = tracked()

    class Meta:
        ordering = ["position", "organisation__name"]
        default_permissions = ()
        permissions = permissions_of_seat(Seat.PARTNER)
        constraints = [models.UniqueConstraint(fields=["council", "organisation"], name="one_seat_per_organisation")]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_the_council(self) -> bool:
        """True for the council's own seat (its services and roles)."""
        return self.organisation_id == self.council.organisation_id


class GovernanceBody(PublicId, Versioned):
    """A group, partnership or committee. `reports_to` makes a graph: several parents, each with a rhythm."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="bodies")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, choices=BodyKind.choices, default=BodyKind.OTHER)
    aliases = models.JSONField(default=list, blank=True)
    chair_role = models.CharField(max_length=200, blank=True)
    members_text = models.JSONField(default=list, blank=True, help_text="Its members as the documents name them.")
    meets = models.CharField(max_length=60, blank=True, help_text="How often it meets, in words.")
    position = models.PositiveIntegerField(default=0)
    reports_to = models.ManyToManyField("self", through="ReportingLine", symmetrical=False, related_name="reports_from")
    history = tracked()

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "governance bodies"
        default_permissions = ()
        permissions = permissions_of_seat(Seat.BODY)
        constraints = [models.UniqueConstraint(fields=["council", "name"], name="one_body_per_name")]

    def __str__(self) -> str:
        return self.name


class ReportingLine(models.Model):
    """One body reports to another, this often, for this purpose."""

    from_body = models.ForeignKey(GovernanceBody, on_delete=models.PROTECT, related_name="lines_up")
    to_body = models.ForeignKey(GovernanceBody, on_delete=models.PROTECT, related_name="lines_down")
    frequency = models.CharField(max_length=20, choices=Frequency.choices, blank=True)
    frequency_text = models.CharField(max_length=200, blank=True, help_text="The words as the documents print them.")
    purpose = models.CharField(max_length=300, blank=True)
    history = tracked()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["from_body", "to_body", "purpose"], name="one_line_per_purpose")]

    def __str__(self) -> str:
        return f"{self.from_body} to {self.to_body}"


INVITATION_LASTS = datetime.timedelta(days=14)
EXACTLY_ONE_SEAT = (
    Q(council__isnull=False, partner__isnull=True, body__isnull=True)
    | Q(council__isnull=True, partner__isnull=False, body__isnull=True)
    | Q(council__isnull=True, partner__isnull=True, body__isnull=False)
)


class AtSeat(models.Model):
    """A role at exactly one seat: a council, a partner or a governance body."""

    role = models.CharField(max_length=20, choices=Role.choices)
    council = models.ForeignKey(Council, null=True, blank=True, on_delete=models.PROTECT)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT)
    body = models.ForeignKey(GovernanceBody, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        abstract = True

    @property
    def seat(self) -> Council | Partner | GovernanceBody:
        return self.council or self.partner or self.body

    @property
    def seat_council(self) -> Council:
        """The council whose partnership this seat belongs to."""
        return self.council or self.seat.council


class MembershipQuerySet(models.QuerySet):
    def current(self, *, on: datetime.date) -> "MembershipQuerySet":
        """Memberships in force on a day (the last day included)."""
        return self.filter(from_on__lte=on).filter(Q(until_on__isnull=True) | Q(until_on__gte=on))

    def in_council(self, council: Council) -> "MembershipQuerySet":
        return self.filter(Q(council=council) | Q(partner__council=council) | Q(body__council=council))


class Membership(PublicId, AtSeat):
    """A person holds a role at a seat, from a day, until a day. Ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+", editable=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    objects = MembershipQuerySet.as_manager()
    history = tracked()

    class Meta:
        ordering = ["-from_on", "pk"]
        constraints = [models.CheckConstraint(condition=EXACTLY_ONE_SEAT, name="membership_at_exactly_one_seat")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.seat}"

    @property
    def sentence(self) -> str:
        return ROLES[self.role].sentence

    def is_current(self, on: datetime.date) -> bool:
        return self.from_on <= on and (self.until_on is None or self.until_on >= on)


class InvitationQuerySet(models.QuerySet):
    def waiting(self) -> "InvitationQuerySet":
        """Invitations neither accepted nor withdrawn; the link of an old one may have expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def in_council(self, council: Council) -> "InvitationQuerySet":
        return self.filter(Q(council=council) | Q(partner__council=council) | Q(body__council=council))


class Invitation(PublicId, AtSeat):
    """A person asked by e-mail to take a role at a seat. The link in the e-mail is signed and expires."""

    email = models.EmailField("e-mail address")
    name = models.CharField(max_length=150)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    objects = InvitationQuerySet.as_manager()
    history = tracked()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [models.CheckConstraint(condition=EXACTLY_ONE_SEAT, name="invitation_at_exactly_one_seat")]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}, {self.seat}"

    @property
    def expires_at(self) -> datetime.datetime:
        """When the link in the e-mail stops working."""
        return self.invited_at + INVITATION_LASTS


# guardian's direct-foreign-key tables: a grant goes when its seat goes, and a re-used key inherits nothing.


class CouncilGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Council, on_delete=models.CASCADE)


class PartnerGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Partner, on_delete=models.CASCADE)


class GovernanceBodyGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(GovernanceBody, on_delete=models.CASCADE)
