"""Form fields and widgets that every room uses: a date in three boxes, long text, choices with a hint under each."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from prevent_tracker.core.words import day_words

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST, LATEST = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)  # of any date that a person types
DAY, MONTH, YEAR = 0, 1, 2
PART_NAMES = ("a day", "a month", "a year")


class HintedRadios(forms.RadioSelect):
    """Radios with a hint under each item: `hints` is `{value: sentence}`."""

    def __init__(self, *args: Any, hints: Mapping[str, str] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}


class HintedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes with a hint under each item: `hints` is `{value: sentence}`."""

    def __init__(self, *args: Any, hints: Mapping[str, str] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}


class DateWidget(forms.MultiWidget):
    """Day, month and year in three boxes, as GOV.UK asks for dates. Its value is a date, or the three words typed."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()], attrs)

    def boxes(self, value: Any) -> list[str]:
        """Return what the three boxes hold: a date taken apart, or the words as they were typed."""
        return value if isinstance(value, list) else self.decompress(value)

    def decompress(self, value: datetime.date | None) -> list[str]:
        if not value:
            return ["", "", ""]
        return [str(value.day), str(value.month), str(value.year)]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return [(data.get(f"{name}_{index}") or "").strip() for index in (DAY, MONTH, YEAR)]


class GovukDateField(forms.Field):
    """A date asked for in three boxes; gives a `datetime.date` or None, and its errors are plain sentences.

    `earliest` and `latest` (dates, both allowed themselves) bound it. The month may be a number or its name.
    The wording follows the GOV.UK date input's error messages.
    """

    widget = DateWidget

    def __init__(self, *, earliest: datetime.date = EARLIEST, latest: datetime.date = LATEST, **kwargs: Any):
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date) or value is None:
            return value
        words = [*value, "", "", ""][:3]
        if not any(words):
            return None
        missing = [part for part in (DAY, MONTH, YEAR) if not words[part]]
        if missing:
            names = " and ".join(PART_NAMES[part] for part in missing)
            raise self._wrong(f"must include {names}", missing)
        return self._read(words)

    def _read(self, words: list[str]) -> datetime.date:
        month = _month(words[MONTH])
        if not re.fullmatch(r"[0-9]{4}", words[YEAR]):
            raise self._wrong("must have a year with 4 numbers", [YEAR])
        try:
            day = int(words[DAY]) if re.fullmatch(r"[0-9]{1,2}", words[DAY]) else 0
            return datetime.date(int(words[YEAR]), month, day)
        except ValueError:
            raise self._wrong("must be a real date", [DAY, MONTH, YEAR]) from None

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value and value < self.earliest:
            raise self._wrong(f"must be {day_words(self.earliest)} or later", [DAY, MONTH, YEAR])
        if value and value > self.latest:
            raise self._wrong(f"must be {day_words(self.latest)} or earlier", [DAY, MONTH, YEAR])

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _wrong(self, rule: str, parts: list[int]) -> ValidationError:
        return ValidationError(f"{self.label or 'The date'} {rule}", code="invalid", params={"parts": parts})


def _month(word: str) -> int:
    """Return the number of a month written as a number or as (the start of) its English name; 0 when it is neither."""
    if re.fullmatch(r"[0-9]{1,2}", word):
        return int(word)
    start = word.lower()[:3]
    return MONTHS.index(start) + 1 if start in MONTHS else 0


# Characters that Word, PDF readers and slides leave in pasted text, and that neither Excel nor Word files may hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
# Characters that nobody sees: they turn the words after them round, or pass for words in an empty field.
UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def tidy_text(words: str) -> str:
    """Return typed or pasted text with every line end as one newline; control and unseen characters taken out."""
    return UNSEEN.sub("", UNPRINTABLE.sub("", LINE_ENDS.sub("\n", words)))


class LineField(forms.CharField):
    """One line of text: a line end in what was pasted is a space."""

    def to_python(self, value: Any) -> str:
        return super().to_python(" ".join(tidy_text(value).split()) if isinstance(value, str) else value) or ""


class ProseField(forms.CharField):
    """Long text. A line end counts as one character, as the counter beside it says, whatever the browser sends."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(tidy_text(value) if isinstance(value, str) else value) or ""
