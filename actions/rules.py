"""Who may see and change actions, updates and returns."""

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When

from actions.domain.owners import answering_owner
from actions.enums import OwnerPart
from actions.models import SAID, Action, ActionOwner, Milestone, PartnerReturn, PlanImport, ProgressUpdate
from partners.models import Council
from partners.policy import YES, Access, Decision, no, rule, sees
from partners.rules import NOT_COORDINATOR, may_contribute, may_sign_off
from plans.models import Plan
from plans.rules import READ_ONLY_PLAN, may_edit_plan

NOT_YOUR_ACTION = "Your organisation does not own this action. You can read it, but only its owners update it."


def contributing_partner_ids(access: Access) -> frozenset[int]:
    """Return the seats for which the person writes updates."""
    return access.partners("contribute")


@sees(Action)
def actions(access: Access) -> QuerySet[Action]:
    """Every unrestricted action of one's councils; a restricted one only for coordinator, auditor and its owners."""
    whole_councils = access.councils("coordinate") | access.councils("view_history")
    mine = ActionOwner.objects.filter(partner__in=contributing_partner_ids(access)).values("action")
    return Action.objects.filter(
        Q(plan__council__in=whole_councils)
        | Q(plan__council__in=access.plan_council_ids, is_restricted=False)
        | Q(plan__council__in=access.plan_council_ids, pk__in=mine)
    ).select_related("plan__council", "objective")


@sees(ProgressUpdate)
def updates(access: Access) -> QuerySet[ProgressUpdate]:
    """What was said is seen by everybody who sees the action.

    Drafts are seen by their own partner, the seat that answers for the action (it may take them over), the coordinator
    and the auditor.
    """
    mine = contributing_partner_ids(access)
    answering = (
        ActionOwner.objects.filter(action=OuterRef("action"), partner__isnull=False)
        .order_by(Case(When(part=OwnerPart.ACCOUNTABLE, then=0), default=1), "position")
        .values("partner")[:1]
    )
    return (
        ProgressUpdate.objects.filter(action__in=actions(access))
        .alias(answering_seat=Subquery(answering))
        .filter(
            Q(state__in=SAID)
            | Q(partner__in=mine)
            | Q(answering_seat__in=mine)
            | Q(period__plan__council__in=access.councils("coordinate") | access.councils("view_history"))
        )
        .select_related("action__plan__council", "period", "partner__organisation")
    )


@sees(PartnerReturn)
def returns(access: Access) -> QuerySet[PartnerReturn]:
    """One's own organisation's returns; all of a council's for its coordinator and auditor."""
    councils = access.councils("coordinate") | access.councils("view_history")
    return PartnerReturn.objects.filter(
        Q(partner__in=contributing_partner_ids(access)) | Q(period__plan__council__in=councils)
    ).select_related("partner__organisation", "partner__council", "period__plan__council")


@rule("edit", Action)
def may_edit_action(access: Access, action: Action) -> Decision:
    """Whether the words, heading, owners and timescale of the action may be changed."""
    return may_edit_plan(access, action.plan)


@rule("rate", Action)
def may_rate(access: Access, action: Action) -> Decision:
    """Whether the person may set the rating directly, as the coordinator does."""
    return may_edit_plan(access, action.plan)


@rule("update", Action)
def may_update(access: Access, action: Action) -> Decision:
    """Whether the person may write the period's update: for a seat that owns the action, or on behalf of one."""
    if action.plan.council_id in access.councils("coordinate"):
        return YES
    return YES if updating_partner_ids(access, action) else no(NOT_YOUR_ACTION)


@sees(Milestone)
def milestones(access: Access) -> QuerySet[Milestone]:
    return Milestone.objects.filter(action__in=actions(access)).select_related("action__plan__council")


@rule("meet", Milestone)
def may_meet(access: Access, milestone: Milestone) -> Decision:
    """Whether the person may say when the milestone was met: for the accountable seat, or as the coordinator."""
    plan = milestone.action.plan
    if may_edit_plan(access, plan):
        return YES
    answering = answering_owner(milestone.action.owners.all())
    if answering is None or answering.partner_id not in contributing_partner_ids(access):
        return no("Only the accountable partner and the council's Prevent coordinator say when a milestone was met.")
    return YES if plan.is_editable else no(READ_ONLY_PLAN)


def updating_partner_ids(access: Access, action: Action) -> list[int]:
    """Return the seats, in printed order of ownership, for which the person may update the action."""
    mine = contributing_partner_ids(access)
    return [owner.partner_id for owner in action.owners.all() if owner.partner_id in mine]


@rule("edit", ProgressUpdate)
def may_edit_update(access: Access, update: ProgressUpdate) -> Decision:
    """Whether its words may be changed: by its own seat, by the one that answers, by whoever wrote it on behalf."""
    if update.action.plan.council_id in access.councils("coordinate") and update.on_behalf:
        return YES
    mine = contributing_partner_ids(access)
    answering = answering_owner(update.action.owners.all())
    if answering is not None and answering.partner_id in mine:
        return YES
    return may_contribute(access, update.partner)


@rule("moderate", ProgressUpdate)
def may_moderate(access: Access, update: ProgressUpdate) -> Decision:
    """Whether the update may be accepted as it stands."""
    if update.action.plan.council_id in access.councils("coordinate"):
        return YES
    return no(NOT_COORDINATOR)


@rule("send_back", ProgressUpdate)
def may_send_back(access: Access, update: ProgressUpdate) -> Decision:
    """Whether more may be asked for: by the coordinator, or by a lead within their own organisation."""
    if may_moderate(access, update) or may_sign_off(access, update.partner):
        return YES
    return no("Only the council's Prevent coordinator or the organisation's own partner lead sends an update back.")


@rule("sign_off", PartnerReturn)
def may_sign_off_return(access: Access, partner_return: PartnerReturn) -> Decision:
    return may_sign_off(access, partner_return.partner)


@sees(PlanImport)
def imports(access: Access) -> QuerySet[PlanImport]:
    """The imports of one's councils; who may look into one is a rule, so that a refusal says why.

    The bytes of the document are read by whoever asks for them: it may be large, and most pages only name it.
    """
    rows = PlanImport.objects.filter(council__in=access.plan_council_ids).defer("original__content")
    return rows.select_related("council", "plan__council", "original", "started_by", "applied_by")


@rule("view", PlanImport)
def may_view_import(access: Access, one: PlanImport) -> Decision:
    """Coordinators and auditors read what was imported, when and by whom."""
    if one.council_id in access.councils("coordinate") | access.councils("view_history"):
        return YES
    return no("Only the council's coordinator and auditor see what was imported.")


@rule("review", PlanImport)
def may_review(access: Access, one: PlanImport) -> Decision:
    """Whether questions about the document may be answered, and it may be applied, taken back or discarded."""
    return YES if one.council_id in access.councils("coordinate") else no(NOT_COORDINATOR)


@rule("download", PlanImport)
def may_download_original(access: Access, one: PlanImport) -> Decision:
    """A stranger's file is handed back to whoever gave it, and to nobody else."""
    if may_review(access, one) and one.original.given_by_id == access.user.pk:
        return YES
    return no("The original document can be downloaded only by the coordinator who gave it.")


@rule("view_imports", Council)
def may_view_imports(access: Access, council: Council) -> Decision:
    if council.pk in access.councils("coordinate") | access.councils("view_history"):
        return YES
    return no("Only the council's coordinator and auditor see what was imported.")


@rule("export", Plan)
def may_export(access: Access, plan: Plan) -> Decision:
    """Whether the whole plan, restricted actions included, may be taken away as a workbook."""
    if plan.council_id in access.councils("coordinate") | access.councils("view_history"):
        return YES
    return no("Only the council's coordinator and auditor take the whole plan away as a workbook.")
