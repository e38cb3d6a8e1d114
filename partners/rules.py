"""Who may see and change people, seats and bodies."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from partners.models import Council, GovernanceBody, Invitation, Membership, Organisation, Partner, User
from partners.policy import YES, Access, Decision, no, rule, sees

NOT_ADMINISTRATOR = "Only a council administrator may invite people and change memberships."
NOT_COORDINATOR = "Only the council's Prevent coordinator may do this."


@sees(Council)
def councils(access: Access) -> QuerySet[Council]:
    return Council.objects.filter(pk__in=access.council_ids)


@sees(Organisation)
def organisations(access: Access) -> QuerySet[Organisation]:
    return Organisation.objects.filter(seats__council__in=access.plan_council_ids).distinct()


@sees(Partner)
def partners(access: Access) -> QuerySet[Partner]:
    return Partner.objects.filter(council__in=access.plan_council_ids).select_related("organisation", "council")


@sees(GovernanceBody)
def bodies(access: Access) -> QuerySet[GovernanceBody]:
    """The bodies of every council whose plans one reads, and one's own bodies."""
    return GovernanceBody.objects.filter(
        Q(council__in=access.plan_council_ids) | Q(pk__in=access.bodies("read_papers"))
    ).select_related("council")


@sees(Membership)
def memberships(access: Access) -> QuerySet[Membership]:
    """Administrators, coordinators and auditors read their council's memberships; everyone reads their own."""
    councils = access.councils("administer") | access.councils("coordinate") | access.councils("view_history")
    return Membership.objects.filter(
        Q(council__in=councils) | Q(partner__council__in=councils) | Q(body__council__in=councils) | Q(user=access.user)
    ).select_related("user", "council", "partner__organisation", "partner__council", "body__council")


@sees(Invitation)
def invitations(access: Access) -> QuerySet[Invitation]:
    councils = access.councils("administer")
    return Invitation.objects.filter(
        Q(council__in=councils) | Q(partner__council__in=councils) | Q(body__council__in=councils)
    ).select_related("council", "partner__organisation", "partner__council", "body__council")


@sees(User)
def people(access: Access) -> QuerySet[User]:
    """Those who see who is who see the people who hold, or have held, a seat in their council's partnership."""
    councils = access.councils("administer") | access.councils("coordinate") | access.councils("view_history")
    return User.objects.filter(
        Q(memberships__council__in=councils)
        | Q(memberships__partner__council__in=councils)
        | Q(memberships__body__council__in=councils)
        | Q(pk=access.user.pk)
    ).distinct()


@rule("administer", Council)
def may_administer(access: Access, council: Council) -> Decision:
    return YES if council.pk in access.councils("administer") else no(NOT_ADMINISTRATOR)


@rule("coordinate", Council)
def may_coordinate(access: Access, council: Council) -> Decision:
    return YES if council.pk in access.councils("coordinate") else no(NOT_COORDINATOR)


@rule("view_people", Council)
def may_view_people(access: Access, council: Council) -> Decision:
    held = access.councils("administer") | access.councils("coordinate") | access.councils("view_history")
    return (
        YES if council.pk in held else no("Only the council's administrator, coordinator and auditor see who is who.")
    )


@rule("arrange", Council)
def may_arrange(access: Access, council: Council) -> Decision:
    """Whether organisations may be given seats, and governance bodies added, in the council's partnership."""
    if council.pk in access.councils("administer") | access.councils("coordinate"):
        return YES
    return no("Only the council's administrator or Prevent coordinator may change who is in the partnership.")


@rule("deactivate", User)
def may_deactivate(access: Access, person: User) -> Decision:
    """Whether an account may be closed, or opened again: by an administrator of every council the person works with."""
    if not access.councils("administer"):
        return no(NOT_ADMINISTRATOR)
    if person.pk == access.user.pk:
        return no("You cannot deactivate your own account. Ask another administrator.")
    held = person.memberships.select_related("council", "partner", "body")
    today = timezone.localdate()
    lasting = [m for m in held if m.until_on is None or m.until_on >= today] or list(held)
    councils = {m.council_id or m.seat.council_id for m in lasting}
    if councils <= access.councils("administer"):
        return YES
    return no(
        f"{person} also works with another council, so you cannot deactivate the account. "
        "You can end their memberships in your own council."
    )


@rule("rename", User)
def may_rename(access: Access, person: User) -> Decision:
    return YES if person.pk == access.user.pk else no("You can only change your own name.")


@rule("contribute", Partner)
def may_contribute(access: Access, partner: Partner) -> Decision:
    if partner.pk in access.partners("contribute"):
        return YES
    return no(f"You do not write updates for {partner}. You may only update your own organisation's actions.")


@rule("sign_off", Partner)
def may_sign_off(access: Access, partner: Partner) -> Decision:
    if partner.pk in access.partners("sign_off"):
        return YES
    return no(f"Only a partner lead of {partner} may sign off its return.")
