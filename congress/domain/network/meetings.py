"""Which members came to which meetings: one word and a number for each municipality and meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Presence(StrEnum):
    """What a municipality was to one meeting; the first that holds counts."""

    PRESENT = "present"
    ABSENT = "absent"  # registered, and nobody of it came
    REGISTERED = "registered"
    WAITING = "waiting"
    INVITED = "invited"
    NOTHING = "nothing"  # a member of whom nobody is invited or registered
    NO_MEMBER = "no_member"  # on the first day of that meeting


@dataclass(frozen=True)
class Count:
    """How many people of a municipality there are at one meeting."""

    present: int = 0
    registered: int = 0
    waiting: int = 0
    invited: int = 0


@dataclass(frozen=True)
class Cell:
    """What stands where a municipality and a meeting meet."""

    presence: Presence
    people: int = 0


def cell(count: Count, *, belongs: bool, was_checked: bool) -> Cell:
    """Return what a municipality was to a meeting.

    Nobody is called absent before a meeting is over of which it was noted who came. Whoever came
    did so, member or not.
    """
    if count.present:
        return Cell(Presence.PRESENT, count.present)
    if count.registered:
        return Cell(Presence.ABSENT if was_checked else Presence.REGISTERED, count.registered)
    if count.waiting:
        return Cell(Presence.WAITING, count.waiting)
    if not belongs:
        return Cell(Presence.NO_MEMBER)
    return Cell(Presence.INVITED, count.invited) if count.invited else Cell(Presence.NOTHING)


def present(cells: Iterable[Cell]) -> Cell:
    """Return how many municipalities were there, as a cell whose number they are."""
    return Cell(Presence.PRESENT, sum(each.presence is Presence.PRESENT for each in cells))
