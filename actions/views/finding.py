"""Finding the row that a page is about, and putting the page in its council's colours."""

from django.http import HttpRequest

from actions.models import Action, Milestone, PartnerReturn, ProgressUpdate
from actions.queries import for_rows
from partners.policy import find, visible


def find_action(request: HttpRequest, action_id: str) -> Action:
    """Return an action the person may see, with its owners. Raises Http404."""
    action = find(request.user, for_rows(visible(request.user, Action)), public_id=action_id)
    request.council = action.plan.council  # type: ignore[attr-defined]
    return action


def find_update(request: HttpRequest, update_id: str) -> ProgressUpdate:
    """Return an update the person may see. Raises Http404."""
    update = find(request.user, ProgressUpdate, public_id=update_id)
    request.council = update.action.plan.council  # type: ignore[attr-defined]
    return update


def find_milestone(request: HttpRequest, milestone_id: str) -> Milestone:
    """Return a milestone of an action the person may see. Raises Http404."""
    milestone = find(request.user, Milestone, public_id=milestone_id)
    request.council = milestone.action.plan.council  # type: ignore[attr-defined]
    return milestone


def find_return(request: HttpRequest, return_id: str) -> PartnerReturn:
    """Return a partner's return the person may see. Raises Http404."""
    partner_return = find(request.user, PartnerReturn, public_id=return_id)
    request.council = partner_return.partner.council  # type: ignore[attr-defined]
    return partner_return
