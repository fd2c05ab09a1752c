"""One person in two registrations: which one goes on, and what is said of the person then."""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from congress.domain.errors import Refused
from congress.domain.fields import FIELDS
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details
from congress.domain.standing import Standing


class SeenOtherwise(Refused):
    """Something else would come of merging two registrations than was shown before."""


@dataclass(frozen=True)
class Choice:
    """One field of which both say something else."""

    field: str
    mine: str
    other: str


def goes_on(one: Standing, other: Standing) -> tuple[Standing, Standing]:
    """Return which of two should go on, and the other: who has a place, an address, came first."""

    def worth(each: Standing) -> tuple[bool, bool, int]:
        return each.state is RegistrationState.CONFIRMED, each.has_mailbox, -each.id

    return (one, other) if worth(one) > worth(other) else (other, one)


def choices(mine: Details, other: Details) -> tuple[Choice, ...]:
    """Return what has to be chosen, in the order of the form: what one leaves empty has not."""
    pairs = ((each.name, mine.said[each.name], other.said[each.name]) for each in FIELDS)
    return tuple(Choice(*pair) for pair in pairs if pair[1] != pair[2] and pair[1] and pair[2])


def united(mine: Details, other: Details, of_other: Collection[str]) -> Details:
    """Return what is said of the person then; nothing that one of both says gets lost to nothing.

    `of_other` are the fields that are kept as the other registration has them.
    """
    said = {}
    for name, value in mine.said.items():
        first, second = (other.said[name], value) if name in of_other else (value, other.said[name])
        said[name] = first or second
    return Details.of(said)


def ended_consents(
    mine: AbstractSet[str],
    others: AbstractSet[str],
    taken_back: AbstractSet[str],
    *,
    was_asked: bool,
) -> frozenset[str]:
    """Return which consents do not go on: the stricter answer counts.

    What the one who goes on has agreed to stands if the other registration says the same, or says
    nothing: whom an organiser entered without an answer was not asked.
    """
    refused = (mine - others) if was_asked else (mine & taken_back) - others
    return frozenset(refused)
