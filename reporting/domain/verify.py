"""Is this file genuine? Answered to anyone, saying no more than the report's number, edition and date."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from prevent_tracker.core.refusals import RuleBroken
from reporting.enums import FileKind, ReportState
from reporting.models import IssuedFile

SHA256 = re.compile(r"[0-9a-f]{64}")
NOT_A_FINGERPRINT = "Enter a SHA-256: 64 characters, each a number or a letter from a to f."


class Verdict(StrEnum):
    GENUINE = "genuine"
    SUPERSEDED = "superseded"
    NOT_OURS = "not ours"


@dataclass(frozen=True)
class Verification:
    """What anybody may be told about a file. Number, edition, kind and day are empty when it is not ours."""

    verdict: Verdict
    sha256: str
    number: str = ""
    edition: int = 0
    kind: str = ""
    issued_on: datetime.date | None = None


def verify(text: str) -> Verification:
    """Say whether a SHA-256, pasted in any case and with any spaces, is of a file that was issued here. One query.

    Raises RuleBroken when it is not a SHA-256 at all.
    """
    sha256 = re.sub(r"[\s:-]", "", text).lower()
    if not SHA256.fullmatch(sha256):
        raise RuleBroken({"sha256": [NOT_A_FINGERPRINT]})
    file = IssuedFile.objects.filter(sha256=sha256).select_related("report").defer("content").first()
    if file is None:
        return Verification(Verdict.NOT_OURS, sha256)
    report = file.report
    verdict = Verdict.SUPERSEDED if report.state == ReportState.SUPERSEDED else Verdict.GENUINE
    issued_on = timezone.localdate(report.issued_at) if report.issued_at else None
    return Verification(verdict, sha256, report.public_id, report.edition, FileKind(file.kind).label, issued_on)
