"""Correcting who somebody is: what may be corrected, when, how often, and what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from congress.domain import conditions
from congress.domain.conditions import Condition
from congress.domain.errors import Refused
from congress.domain.fields import FIELDS
from congress.domain.registration_request import Details

# Each brings a mail to a mailbox that nobody has shown to be theirs (SEC-30).
MOST_PER_HOUR = 5
TIME_TO_CONFIRM = timedelta(days=2)

BY_ATTENDEE: Sequence[Condition] = conditions.CHANGING
BY_ORGANISER: Sequence[Condition] = (conditions.active,)
# Asked for in time, an address may be confirmed after the deadline.
CONFIRMING: Sequence[Condition] = (conditions.active, conditions.published)


class TooManyCorrections(Refused):
    """Somebody corrects themselves over and over."""


class SamePerson(Refused):
    """As corrected it would be somebody who is registered already."""


class AddressLinkOver(Refused):
    """A link to confirm an address was used, overtaken or left too long."""


@dataclass(frozen=True)
class Correction:
    """One field with what it said and what it says now."""

    field: str
    before: str
    after: str


def corrections(before: Details, after: Details) -> tuple[Correction, ...]:
    """Return what differs, in the order of the form."""
    pairs = ((each.name, before.said[each.name], after.said[each.name]) for each in FIELDS)
    return tuple(Correction(*pair) for pair in pairs if pair[1] != pair[2])
