"""The doors at which people are ticked off: that of the congress, and those of what they booked."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from congress.domain.errors import Refused
from congress.domain.programme import ItemKind, ProgrammeItem


class NotADoor(Refused):
    """What is named does not take place on this day, or nobody has a place in it."""


class NotBookedHere(Refused):
    """Somebody has no place in what a door leads to."""


class UnknownCode(Refused):
    """What was read is no code of anybody at this congress."""


class CodeReplaced(Refused):
    """Somebody has got another code since: whoever shows this one may be somebody else."""


def doors_of(items: Iterable[ProgrammeItem], day: date, zone: ZoneInfo) -> list[ProgrammeItem]:
    """Return what has a door of its own on a day; a whole day has that of the congress."""
    return [
        item
        for item in items
        if item.can_be_had
        and item.kind is not ItemKind.DAY
        and item.slot.starts_at.astimezone(zone).date() == day
    ]
