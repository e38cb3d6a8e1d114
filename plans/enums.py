"""States and lists about plans and reporting periods."""

from django.db.models import TextChoices


class PlanState(TextChoices):
    DRAFT = "draft", "Draft"
    LIVE = "live", "Live"
    CLOSED = "closed", "Closed"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PeriodState(TextChoices):
    SCHEDULED = "scheduled", "Scheduled"
    OPEN = "open", "Open"
    LOCKED = "locked", "Locked"
    REPORTED = "reported", "Reported"
    CLOSED = "closed", "Closed"


class Marking(TextChoices):
    """Government security classification, printed in capitals at the top and bottom of every page."""

    OFFICIAL = "OFFICIAL", "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"


class Precision(TextChoices):
    """How exactly a date is known. Blank where there is none."""

    DAY = "day", "Day"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    TERM = "term", "Term"
    HALF_YEAR = "half_year", "Half-year"
    YEAR = "year", "Year"


class DocumentKind(TextChoices):
    """What kind of document the plan is: some councils publish a strategy whose actions are kept elsewhere."""

    DELIVERY_PLAN = "delivery_plan", "Delivery plan"
    ACTION_PLAN = "action_plan", "Action plan"
    STRATEGY = "strategy", "Strategy"
    COMMITTEE_REPORT = "committee_report", "Committee report"
