"""Spots what looks like details of an identifiable person in free text. It warns; it never blocks, and never edits.

Cases live in other systems. People paste from them by mistake, so every box for free text is read before it is kept,
and whoever wrote it is asked to check.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

NHS_NUMBER = re.compile(r"(?<![\d-])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?![\d-])")
NI_NUMBER = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.I
)
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
BIRTH = re.compile(rf"\b(?:d\.?o\.?b\b\.?|date of birth|birth ?date)|\bborn (?:on |in )?(?:the )?(?:\d|{MONTHS})", re.I)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? [A-Z]|\b[A-Z][a-z'’]+ (?:[A-Z]\.? )?[A-Z][a-z'’]+\b")
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
PHONE = re.compile(r"(?<!\d)(?:\+44 ?(?:\(0\))? ?|0)(?:\d[ -]?){9,10}(?!\d)")
WORDS = re.compile(r"\b(?:referrals?|channel cases?|nominals?)\b", re.I)
NEARBY = 80  # letters between a postcode and a name that make them one address


@dataclass(frozen=True)
class Finding:
    """Words that look like somebody's details: `what` they look like, and the words themselves."""

    what: str
    words: str

    @property
    def sentence(self) -> str:
        return f"“{self.words}” looks like {self.what}."


def case_details(text: str, *, vocabulary: bool = True) -> list[Finding]:
    """Return what in `text` looks like details of an identifiable person, each thing once.

    With `vocabulary`, the words of casework as well ("referral", "Channel case", "nominal"); a plan's own wording uses
    those rightly, so it is read without.
    """
    found = chain(_numbers(text), _addresses(text), _casework(text) if vocabulary else ())
    return list(dict.fromkeys(found))


def _numbers(text: str) -> Iterator[Finding]:
    for match in NHS_NUMBER.finditer(text):
        if is_nhs_number("".join(match.groups())):
            yield Finding("an NHS number", match[0])
    yield from _each(NI_NUMBER, "a National Insurance number", text)
    yield from _each(BIRTH, "a date of birth", text)


def _addresses(text: str) -> Iterator[Finding]:
    for match in POSTCODE.finditer(text):
        around = text[max(0, match.start() - NEARBY) : match.end() + NEARBY]
        if NAME.search(around.replace(match[0], "")):
            yield Finding("a postcode beside a name", match[0])
    yield from _each(E_MAIL, "an e-mail address", text)
    for match in PHONE.finditer(text):
        yield Finding("a telephone number", match[0].strip(" -"))


def _casework(text: str) -> Iterator[Finding]:
    yield from _each(WORDS, "something about a case", text)


def _each(pattern: re.Pattern[str], what: str, text: str) -> Iterator[Finding]:
    return (Finding(what, match[0]) for match in pattern.finditer(text))


def is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits are an NHS number, by its check digit (NHS Data Dictionary, modulus 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    return len(digits) == 10 and check != 10 and check == int(digits[9])
