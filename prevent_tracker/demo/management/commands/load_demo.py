"""`manage.py load_demo`: put five real councils into an empty database, to look at."""

import datetime
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from prevent_tracker.demo import accounts
from prevent_tracker.demo.load import holds_anything, load

NOT_HERE = (
    "This site runs with DEBUG off, so it may be a real one. The demo is not loaded. "
    "To load it all the same, add --yes-demo."
)
NOT_EMPTY = "This database holds something else. The demo is only loaded into an empty one, so nothing was done."
LOADED_ALREADY = "The demo is loaded already, so nothing was done."
FILE_LOST = (
    "{file} does not hold this database's password. To make new passwords for the demo accounts, add --new-passwords."
)
NOT_DEMO = "There is no demo in this database, so there are no passwords to make."


class Command(BaseCommand):
    help = "Load the demo: five councils, four reported quarters and an open one. Only into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today", type=_day, metavar="YYYY-MM-DD", help="load the demo as it looks on this day (default: today)"
        )
        parser.add_argument("--yes-demo", action="store_true", help="load it although DEBUG is off")
        parser.add_argument("--new-passwords", action="store_true", help="make new passwords for the demo accounts")

    def handle(self, **options) -> None:
        if not settings.DEBUG and not options["yes_demo"]:
            raise CommandError(NOT_HERE)
        if options["new_passwords"]:
            self._renew()
        elif accounts.is_loaded():
            self._show_again()
        elif holds_anything():
            raise CommandError(NOT_EMPTY)
        else:
            self._load(options["today"] or timezone.localdate())

    def _load(self, today: datetime.date) -> None:
        started = monotonic()
        self.stdout.write("Loading the demo ...")
        table = load(today=today, say=lambda words: self.stdout.write(f"  {words}"))
        self.stdout.write(f"Loaded in {monotonic() - started:.0f} seconds.\n\n{table}")

    def _show_again(self) -> None:
        self.stdout.write(LOADED_ALREADY)
        self.stdout.write(accounts.kept_accounts() or FILE_LOST.format(file=accounts.accounts_file()))

    def _renew(self) -> None:
        if not accounts.is_loaded():
            raise CommandError(NOT_DEMO)
        self.stdout.write(accounts.renew_passwords())


def _day(words: str) -> datetime.date:
    return datetime.date.fromisoformat(words)
