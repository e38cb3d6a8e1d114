"""States and lists about actions, ratings, updates and returns."""

from django.db.models import TextChoices


class ActionState(TextChoices):
    """Delivery status: where the action is in its life. Never the same thing as its RAG rating."""

    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETION_CLAIMED = "completion_claimed", "Completion claimed"
    COMPLETE = "complete", "Complete"
    ON_HOLD = "on_hold", "On hold"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Superseded"
    MERGED = "merged", "Merged"
    CARRIED_FORWARD = "carried_forward", "Carried forward"


CLOSED_STATES = (
    ActionState.COMPLETE,
    ActionState.WITHDRAWN,
    ActionState.SUPERSEDED,
    ActionState.MERGED,
    ActionState.CARRIED_FORWARD,
)
ENDED_WITHOUT_DELIVERY = CLOSED_STATES[1:]


class Rating(TextChoices):
    """RAG rating: confidence in delivering by the agreed date. Worst first is `WORST_FIRST`."""

    COMPLETE = "complete", "Blue"
    ON_TRACK = "on_track", "Green"
    AT_RISK = "at_risk", "Amber"
    OFF_TRACK = "off_track", "Red"
    NOT_STARTED = "not_started", "Not started"
    NOT_RATED = "not_rated", "Not rated"


WORST_FIRST = (
    Rating.OFF_TRACK,
    Rating.AT_RISK,
    Rating.NOT_RATED,
    Rating.NOT_STARTED,
    Rating.ON_TRACK,
    Rating.COMPLETE,
)


class TimescaleKind(TextChoices):
    POINT = "point", "By a date"
    RANGE = "range", "Between dates"
    MILESTONES = "milestones", "Several dates"
    RECURRING = "recurring", "Recurring"
    ONGOING = "ongoing", "Ongoing"
    OPEN_START = "open_start", "From a date, ongoing"
    EVENT = "event", "When something happens"
    UNCLEAR = "unclear", "Needs a person to read"
    NONE = "none", "No timescale"


class OwnerKind(TextChoices):
    ORGANISATION = "organisation", "Organisation"
    ROLE = "role", "Role"
    TEAM = "team", "Team"
    GROUP = "group", "Group or body"
    ALL_PARTNERS = "all_partners", "All partners"
    OTHER = "other", "Other"


class OwnerPart(TextChoices):
    """What an owner's part in the action is. One accountable; the rest joint or supporting."""

    ACCOUNTABLE = "accountable", "Accountable"
    JOINT = "joint", "Joint"
    SUPPORTING = "supporting", "Supporting"


class UpdateState(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned for more"
    ACCEPTED = "accepted", "Accepted"
    FROZEN = "frozen", "Frozen"


class ReturnState(TextChoices):
    """The state of a partner's return: worked out from its updates and sign-offs, never stored."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    READY = "ready", "Ready to sign off"
    SIGNED_OFF = "signed_off", "Signed off"
    STALE = "stale", "Changed since sign-off"
    NOT_RECEIVED = "not_received", "Not received"
    NOTHING_ASKED = "nothing_asked", "Nothing asked"


class RatingSource(TextChoices):
    PARTNER = "partner", "Partner's rating"
    COORDINATOR = "coordinator", "Coordinator's rating"


class ImportState(TextChoices):
    """Where a document that a council gave stands on its way into the plan."""

    READING = "reading", "Being read"
    UNREADABLE = "unreadable", "Could not be read"
    REVIEW = "review", "Waiting for review"
    APPLIED = "applied", "In the plan"
    TAKEN_BACK = "taken_back", "Taken back"
    DISCARDED = "discarded", "Discarded"


class ImportKind(TextChoices):
    UPLOAD = "upload", "Uploaded file"
    PASTE = "paste", "Pasted text"


class AnswerKind(TextChoices):
    """What an answer that a council gave once is about."""

    OWNER = "owner", "Who an owner is"
    COLUMN = "column", "What a column is"
    OWNER_CELL = "owner_cell", "Which owners a cell names"
