"""Moving programme items: what is refused, and what an organiser is warned of."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, time
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.programme import PersonState
from congress.domain.texts import Texts
from congress.domain.time_slots import TimeSlot

HOURS, MINUTES = 24, 60
_CLOCK = re.compile(
    r"(?P<hours>[0-9]{1,2})(?:\s?[.:]\s?)?(?P<minutes>[0-9]{2})?\s*(?:uhr|h)?", re.IGNORECASE
)


class EndsBeforeStart(Refused):
    """An item would end before it begins, or at the same moment."""


class OutsideCongress(Refused):
    """An item would lie outside the days of its congress."""

    def __init__(self, days: Sequence[TimeSlot]) -> None:
        super().__init__(days)
        self.days = tuple(days)


class EditedMeanwhile(Refused):
    """Somebody else saved the item after this form was opened."""


class TitleMissing(Refused):
    """An item needs a title in German."""


@dataclass(frozen=True)
class PersonEntry:
    """One row of the people of an item; without a name it is "N. N." of an affiliation."""

    name: str
    affiliation: str
    role: str
    state: PersonState


@dataclass(frozen=True)
class ItemEdit:
    """The working values of an item as an organiser wants them."""

    title: Texts
    abstract: Texts
    slot: TimeSlot
    room_id: int | None
    people: tuple[PersonEntry, ...]
    is_cancelled: bool

    @property
    def version(self) -> str:
        """What tells these values from any others: two organisers do not overwrite each other."""
        values = (
            sorted(self.title.items()),
            sorted(self.abstract.items()),
            self.slot.starts_at.astimezone(UTC).isoformat(),
            self.slot.ends_at.astimezone(UTC).isoformat(),
            self.room_id,
            [(each.name, each.affiliation, each.role, str(each.state)) for each in self.people],
            self.is_cancelled,
        )
        return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Neighbour:
    """Another item, as far as it can stand in the way."""

    title: Texts
    slot: TimeSlot
    room_id: int | None
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
    """Return the clock time that somebody wrote in a usual form: 10.30, 10:30 Uhr, 9 h, 0930."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    return time(hours, minutes) if hours < HOURS and minutes < MINUTES else None


def require_fits(slot: TimeSlot, days: Sequence[TimeSlot]) -> None:
    """Refuse a time that is none, or outside the days of the congress."""
    if slot.ends_at <= slot.starts_at:
        raise EndsBeforeStart
    if not any(day.starts_at <= slot.starts_at and slot.ends_at <= day.ends_at for day in days):
        raise OutsideCongress(days)


def clashes(edit: ItemEdit, others: Sequence[Neighbour]) -> list[Clash]:
    """Return the rooms and people that another item has at the same time."""
    if edit.is_cancelled:
        return []
    names = {person.name for person in edit.people if person.name}
    found = []
    for other in others:
        if other.is_cancelled or not edit.slot.overlaps(other.slot):
            continue
        if edit.room_id is not None and edit.room_id == other.room_id:
            found.append(Clash(ClashKind.ROOM, other.title))
        found += [
            Clash(ClashKind.PERSON, other.title, name) for name in sorted(names & other.people)
        ]
    return found
