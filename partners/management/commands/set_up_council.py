"""`manage.py set_up_council`: the first thing on a new installation, run by whoever runs the site."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from partners.domain.memberships import grant_membership
from partners.domain.organisations import create_council, create_organisation
from partners.enums import CouncilKind, Sector
from partners.models import Council, Organisation, User
from partners.roles import Role
from prevent_tracker.core.refusals import RuleBroken


class Command(BaseCommand):
    help = "Set up a council and its first administrator, who then sets a password by 'I have forgotten my password'."

    def add_arguments(self, parser):
        parser.add_argument("name", help="The council's name, for example 'Anytown Borough Council'")
        parser.add_argument("--kind", choices=CouncilKind.values, default=CouncilKind.OTHER)
        parser.add_argument("--colour", default="", help="The council's colour, for example '#1d70b8'")
        parser.add_argument(
            "--administrator", required=True, metavar="E-MAIL", help="The first administrator's address"
        )
        parser.add_argument("--administrator-name", required=True, metavar="NAME", help="Their name")

    @transaction.atomic
    def handle(self, *args, **options):
        try:
            council = self.set_up_council(options["name"], options["kind"], options["colour"])
            administrator = User.objects.filter(email=options["administrator"].lower()).first()
            if administrator is None:
                administrator = User.objects.create_user(options["administrator"], name=options["administrator_name"])
            grant_membership(
                user=administrator, role=Role.COUNCIL_ADMIN, seat=council, from_on=timezone.localdate(), by=None
            )
        except RuleBroken as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{council} is set up. {administrator.email} administers it: they open the site, choose "
            "'I have forgotten my password', set one, and invite everybody else."
        )

    def set_up_council(self, name: str, kind: str, colour: str) -> Council:
        """Return the new council; an organisation that is known already (it sits at another council) is used."""
        organisation = Organisation.objects.filter(name__iexact=name.strip()).first() or create_organisation(
            name=name, sector=Sector.LOCAL_GOVERNMENT, is_specified_authority=True
        )
        if hasattr(organisation, "council"):
            raise RuleBroken(f"{organisation} is set up already.")
        return create_council(
            organisation=organisation, slug=slugify(name)[:50], name=name.strip(), kind=kind, brand_colour=colour
        )
