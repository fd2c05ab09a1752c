"""Moving programme items: what is refused, and what an organiser is warned of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot

HOURS, MINUTES = 24, 60
NOON = 12
_CLOCK = re.compile(
    r"(?P<hours>[0-9]{1,2})(?:\s?(?:[.:]|uhr|h)\s?)?(?P<minutes>[0-9]{2})?\s*(?:uhr|h)?"
    r"(?:(?P<half>[ap])\.?\s?m\.?)?",
    re.IGNORECASE,
)


class EndsBeforeStart(Refused):
    """An item would end before it begins, or at the same moment."""


@dataclass(eq=False)
class OutsideCongress(Refused):
    """An item would lie outside the days of its congress."""

    days: tuple[TimeSlot, ...]


class EditedMeanwhile(Refused):
    """Somebody else saved the item after this form was opened."""


class TitleMissing(Refused):
    """An item needs a title in German."""


@dataclass(frozen=True)
class Neighbour:
    """Another item, as far as it can stand in the way."""

    title: Texts
    slot: TimeSlot
    room: str | None  # a room's code
    people: frozenset[str]  # names
    is_cancelled: bool = False


class ClashKind(StrEnum):
    """What is claimed twice at the same time."""

    ROOM = "room"
    PERSON = "person"


@dataclass(frozen=True)
class Clash:
    """A room or a person that two items want at the same time: a warning, not a refusal."""

    kind: ClashKind
    title: Texts  # of the other item
    name: str = ""  # of the person


def read_clock(text: str) -> time | None:
    """Return the clock time that somebody wrote in a usual form.

    10.30, 10:30 Uhr, 10 Uhr 30, 10h30, 9 h, 0930, 1.15 pm.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if found["half"]:
        if not 1 <= hours <= NOON:
            return None
        hours = hours % NOON + NOON * (found["half"].lower() == "p")
    return time(hours, minutes) if hours < HOURS and minutes < MINUTES else None


def require_fits(slot: TimeSlot, days: Sequence[TimeSlot]) -> None:
    """Refuse a time that is none, or outside the days of the congress."""
    if slot.ends_at <= slot.starts_at:
        raise EndsBeforeStart
    if not any(day.starts_at <= slot.starts_at and slot.ends_at <= day.ends_at for day in days):
        raise OutsideCongress(tuple(days))


def clashes(plan: ItemPlan, others: Sequence[Neighbour]) -> list[Clash]:
    """Return the rooms and people that another item has at the same time."""
    if plan.cancelled:
        return []
    names = {person.name for person in plan.people if person.name}
    found = []
    for other in others:
        if other.is_cancelled or not plan.slot.overlaps(other.slot):
            continue
        if plan.room is not None and plan.room == other.room:
            found.append(Clash(ClashKind.ROOM, other.title))
        twice = sorted(names & other.people)
        found += [Clash(ClashKind.PERSON, other.title, name) for name in twice]
    return found
