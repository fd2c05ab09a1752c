"""Correcting who somebody is: what may be corrected, when, how often, and what is told of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from congress.domain import conditions
from congress.domain.conditions import Condition
from congress.domain.errors import Refused
from congress.domain.fields import FIELDS
from congress.domain.own_questions import Given
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


class MailboxAskedEnough(Refused):
    """A mailbox was asked so often within an hour that nobody asks it once more."""


class EditedMeanwhile(Refused):
    """Something else stands now than the form showed from which somebody corrects it."""


class SamePerson(Refused):
    """As corrected it would be somebody who is registered already; said to organisers."""


class NotSavedHere(Refused):
    """The same to an attendee, who learns by mail only what stands against it (SEC-24)."""


class RegisteredThere(Refused):
    """The same to whoever confirms an address, and so reads what is mailed there."""


class AddressLinkOver(Refused):
    """A link to confirm an address was used, overtaken or left too long."""


@dataclass(frozen=True)
class Correction:
    """One field with what it said and what it says now."""

    field: str
    before: str
    after: str


def shown(details: Details, wanted: str) -> Details:
    """Return what somebody's own form shows: the address they asked for, while it waits."""
    return replace(details, email=wanted) if wanted else details


def version_of(details: Details, answers: Given) -> str:
    """Return what tells details and answers from any others, as `Details.version` does."""
    if not answers:
        return details.version
    said = repr(sorted(answers.items()))
    return hashlib.sha256(f"{details.version} {said}".encode()).hexdigest()[:16]


def corrections(before: Details, after: Details) -> tuple[Correction, ...]:
    """Return what differs, in the order of the form."""
    pairs = ((each.name, before.said[each.name], after.said[each.name]) for each in FIELDS)
    return tuple(Correction(*pair) for pair in pairs if pair[1] != pair[2])
