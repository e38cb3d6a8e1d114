"""The parties that a council knows, for owners in its documents, and owners made of what they were found to be."""

from collections.abc import Iterable, Sequence

from actions.domain.owners import OwnerSpec
from actions.domain.plan_rows import OwnerRow
from actions.enums import OwnerKind
from actions.importing.checking import ALL, Party, kind_of_words
from partners.models import Council, GovernanceBody, Partner

LONGEST_LABEL = 300


def parties_of(council: Council) -> list[Party]:
    """Return the council's present partners and its bodies, with every name that is known for each. Two queries."""
    partners = council.partners.filter(left_on=None).select_related("organisation")
    found = [
        Party(
            "organisation",
            partner.public_id,
            str(partner),
            tuple(filter(None, (partner.organisation.short_name, *map(str, partner.aliases)))),
            partner.organisation_id == council.organisation_id,
        )
        for partner in partners
    ]
    found = [
        Party(p.kind, p.id, p.name, (*p.names, council.name, f"{council.name} Council", "the council", "council"), True)
        if p.is_council
        else p
        for p in found
    ]
    bodies = council.bodies.all()
    return found + [Party("body", body.public_id, body.name, tuple(map(str, body.aliases))) for body in bodies]


def names_of(parties: Iterable[Party]) -> list[str]:
    """Return every name of every party, for taking owner cells apart."""
    return sorted({name for party in parties for name in (party.name, *party.names)} - {"council", "the council"})


class Seats:
    """The partners and bodies of a council by their ids, fetched once. Two queries."""

    def __init__(self, council: Council):
        self.partners = {p.public_id: p for p in council.partners.select_related("organisation", "council")}
        self.bodies: dict[str, GovernanceBody] = {body.public_id: body for body in council.bodies.all()}
        self.council_seat: Partner | None = next(
            (p for p in self.partners.values() if p.organisation_id == council.organisation_id), None
        )

    def specs(self, owners: Sequence[OwnerRow]) -> list[OwnerSpec]:
        """Return the owners of an action. Where none of them has a seat the council's own answers, with the first."""
        specs = self.exactly(owners)
        if specs and not any(spec.partner for spec in specs):
            first = specs[0]
            specs[0] = OwnerSpec(first.kind, first.label, first.part, self.council_seat, first.body)
        return specs

    def exactly(self, owners: Sequence[OwnerRow]) -> list[OwnerSpec]:
        """Return the owners as they are, the one without a seat as well."""
        return [self._spec(owner) for owner in owners]

    def _spec(self, owner: OwnerRow) -> OwnerSpec:
        label = shortened(owner.label, LONGEST_LABEL)
        kind, _, public_id = owner.target.partition(":")
        partner, body = self.partners.get(public_id), self.bodies.get(public_id)
        if kind == "organisation" and partner:
            return OwnerSpec(OwnerKind.ORGANISATION, label, owner.part, partner)
        if kind == "role" and partner:
            return OwnerSpec(owner.kind or kind_of_words(label), label, owner.part, partner)
        if kind == "body" and body:
            return OwnerSpec(owner.kind or OwnerKind.GROUP, label, owner.part, None, body)
        if kind == ALL:
            return OwnerSpec(OwnerKind.ALL_PARTNERS, label, owner.part)
        return OwnerSpec(owner.kind or kind_of_words(label), label, owner.part)


def shortened(words: str, longest: int) -> str:
    """Return words that fit a column, ending with an ellipsis where they were cut."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
