"""Write docs/states.md from the models."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from prevent_tracker.core.states import document

PAGE = Path("docs") / "states.md"


class Command(BaseCommand):
    help = "Writes docs/states.md from the states and transitions of the models."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; fail when the page has drifted.")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        page = settings.BASE_DIR / PAGE
        wanted = document()
        if not check:
            page.write_text(wanted, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != wanted:
            raise CommandError(f"{PAGE} differs from the models. Run: manage.py state_diagrams")
