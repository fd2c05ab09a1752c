"""Two entries of one organisation made one: which facts it has then."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, fields, replace

from congress.domain.errors import Refused
from congress.domain.network.organisations import OrganisationFacts, district_for


class BothInOnePlace(Refused):
    """Both stand where only one of them can, for example in one cohort."""


@dataclass(frozen=True)
class Side:
    """One of the two entries."""

    id: int
    facts: OrganisationFacts


def united(kept: Side, other: Side, of_other: Collection[str] = ()) -> OrganisationFacts:
    """Return what is known of both: what the one that goes on lacks comes from the other.

    `of_other` names what is taken from the other one although both say something.
    """
    taken = {
        each.name: getattr(other.facts, each.name)
        for each in fields(OrganisationFacts)
        if each.name in of_other or getattr(kept.facts, each.name) in {None, ""}
    }
    facts = replace(kept.facts, **taken)
    successor = facts.successor_id
    return replace(
        facts,
        district=district_for(facts.ags, facts.district),
        successor_id=None if successor in {kept.id, other.id} else successor,
        suggested=kept.facts.suggested or other.facts.suggested,
    )


def differing(one: Side, other: Side) -> list[str]:
    """Return the names of what both say, and say differently: there one can choose.

    Not where the official key decides.
    """
    decided = {"suggested"} | ({"district"} if one.facts.ags or other.facts.ags else set())
    return [
        name
        for name in one.facts.changes_to(other.facts)
        if name not in decided
        and getattr(one.facts, name) not in {None, ""}
        and getattr(other.facts, name) not in {None, ""}
    ]


def mark_of(one: Side, other: Side) -> str:
    """Return what tells these two from what they are once somebody has changed one."""
    both = sorted((each.id, each.facts.version) for each in (one, other))
    return hashlib.sha256(repr(both).encode()).hexdigest()[:32]
