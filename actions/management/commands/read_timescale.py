"""Show how the words of a timescale are read: `manage.py read_timescale --year 2023 "Feb 2024 - March 2025"`."""

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actions.domain.timescales import read_timescale


class Command(BaseCommand):
    help = "Print how each timescale is read, as one JSON object a line. Touches no data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("texts", nargs="+", metavar="TEXT", help='a timescale; "-" alone reads lines YEAR<TAB>TEXT')
        parser.add_argument(
            "--year", type=year_argument, help="the first year of the plan that the timescales stand in"
        )

    def handle(self, *args: Any, texts: list[str], year: int | None = None, **options: Any) -> None:
        if texts != ["-"]:
            for text in texts:
                self._print(text, year)
            return
        bad = 0
        for number, line in enumerate(_lines(), start=1):
            try:
                given, text = _year_and_text(line)
            except ValueError as error:
                bad += 1
                self.stderr.write(f"Line {number}: {error}")
            else:
                self._print(text, given or year)
        if bad:
            raise CommandError(f"{bad} {'line was' if bad == 1 else 'lines were'} not read.", returncode=1)

    def _print(self, text: str, year: int | None) -> None:
        # ASCII only, so that no console, whatever its encoding, can refuse the words of a plan.
        self.stdout.write(json.dumps(read_timescale(text, year=year).as_json()))


def _lines() -> Iterator[bytes]:
    """The lines of standard input, as bytes, so that one line in another encoding spoils only itself."""
    source = getattr(sys.stdin, "buffer", None)
    for line in source or sys.stdin:
        yield line if isinstance(line, bytes) else line.encode()


def _year_and_text(line: bytes) -> tuple[int | None, str]:
    """The year, if one is given, and the words. Raises ValueError with a sentence for people."""
    try:
        words = line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8 text.") from None
    year, tab, text = words.partition("\t")
    if not tab:
        raise ValueError("there is no tab. Write the year, a tab, and the timescale; the year may be empty.")
    try:
        return (year_argument(year.strip()) if year.strip() else None), text
    except ArgumentTypeError as wrong:
        raise ValueError(f"{wrong} Leave it empty if the year is not known.") from None


def year_argument(words: str) -> int:
    """Return the year that an option gives. Raises ArgumentTypeError with a sentence."""
    if not (words.isascii() and words.isdigit() and len(words) == 4):
        raise ArgumentTypeError(f"“{words[:20]}” is not a year of four digits.")
    return int(words)
