"""The field's own lists about organisations and bodies."""

from django.db.models import TextChoices


class Sector(TextChoices):
    """The group headings of Schedule 6, Counter-Terrorism and Security Act 2015, and ours for bodies outside it."""

    LOCAL_GOVERNMENT = "local_government", "Local government"
    CRIMINAL_JUSTICE = "criminal_justice", "Criminal justice"
    EDUCATION = "education", "Education, child care etc."
    HEALTH = "health", "Health and social care"
    POLICE = "police", "Police"
    VOLUNTARY = "voluntary", "Voluntary and community"
    FIRE = "fire", "Fire and rescue"
    GOVERNMENT = "government", "Government"
    OTHER = "other", "Other"


class CouncilKind(TextChoices):
    UNITARY = "unitary", "Unitary authority"
    COUNTY = "county", "County council"
    DISTRICT = "district", "District or borough council"
    METROPOLITAN = "metropolitan", "Metropolitan borough"
    LONDON_BOROUGH = "london_borough", "London borough"
    WELSH = "welsh", "Welsh county or county borough"
    OTHER = "other", "Other"


class BodyKind(TextChoices):
    PREVENT_GROUP = "prevent_group", "Multi-agency Prevent group"
    CSP = "community_safety_partnership", "Community safety partnership"
    CONTEST_BOARD = "contest_board", "CONTEST board"
    SCRUTINY = "scrutiny", "Overview and scrutiny committee"
    CABINET = "cabinet", "Cabinet or executive"
    SAFEGUARDING_ADULTS = "safeguarding_adults_board", "Safeguarding adults board"
    SAFEGUARDING_CHILDREN = "safeguarding_children_board", "Safeguarding children board or partnership"
    HEALTH_WELLBEING = "health_wellbeing_board", "Health and wellbeing board"
    CHANNEL_PANEL = "channel_panel", "Channel panel"
    WORKING_GROUP = "working_group", "Working group"
    PARTNERSHIP = "partnership", "Other partnership"
    OTHER = "other", "Other body"


class Frequency(TextChoices):
    """How often one body reports to another. Not stated is blank."""

    MONTHLY = "monthly", "Monthly"
    QUARTERLY = "quarterly", "Quarterly"
    HALF_YEARLY = "half_yearly", "Half-yearly"
    ANNUAL = "annual", "Annually"
    REGULAR = "regular", "Regularly"
    ONGOING = "ongoing", "Ongoing"
    AS_REQUIRED = "as_required", "As and when required"
