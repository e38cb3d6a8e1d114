"""States and lists about reports."""

from django.db.models import TextChoices


class ReportState(TextChoices):
    DRAFT = "draft", "Draft"
    ISSUING = "issuing", "Being made"
    ISSUED = "issued", "Issued"
    SUPERSEDED = "superseded", "Superseded"


class FileKind(TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel"
    HTML = "html", "Summary page"


class Purpose(TextChoices):
    DECISION = "decision", "Decision"
    DISCUSSION = "discussion", "Discussion"
    INFORMATION = "information", "Information"
    ASSURANCE = "assurance", "Assurance"
