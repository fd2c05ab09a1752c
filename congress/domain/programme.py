"""What a programme consists of: items in time slots, with rooms and people."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places, Workshop


class ItemKind(StrEnum):
    """What sort of entry of the programme an item is."""

    PLENARY = "plenary"
    TALK = "talk"
    PRACTICE_EXAMPLE = "practice_example"
    WORKSHOP = "workshop"
    PANEL = "panel"
    BREAK = "break"


class PersonState(StrEnum):
    """How sure it is that somebody takes part; only the confirmed are named in public."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


DIALOGUE_PARTNER = "dialogue_partner"  # further role names are free


@dataclass(frozen=True)
class PublicPerson:
    """Somebody in the programme; without a name (None) it is said "N. N."."""

    name: str | None
    affiliation: Texts
    role: str


@dataclass(frozen=True)
class Face:
    """What the public sees of an item: the part that is released, and only by release."""

    title: Texts
    abstract: Texts
    slot: TimeSlot
    room: Texts
    people: tuple[PublicPerson, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True)
class ProgrammeItem:
    """One released item of the programme; a workshop is an item with places."""

    id: int
    code: str
    kind: ItemKind
    number: int | None
    face: Face
    bookable: bool
    places: Places
    uid: str = ""
    sequence: int = 0
    revised_at: datetime | None = None

    @property
    def slot(self) -> TimeSlot:
        return self.face.slot

    @property
    def workshop(self) -> Workshop:
        """What the rules of booking need of an item with places."""
        return Workshop(self.id, self.face.title, self.face.slot, self.face.cancelled)


@dataclass(frozen=True)
class Slot:
    """All items that start and end at the same moments, in the order of the programme."""

    time: TimeSlot
    items: tuple[ProgrammeItem, ...] = field(default=())

    @property
    def workshops(self) -> tuple[ProgrammeItem, ...]:
        return tuple(item for item in self.items if item.bookable)


def in_slots(items: Sequence[ProgrammeItem]) -> list[Slot]:
    """Group items by time slot, in order of time; parallel items share a slot."""
    slots: dict[TimeSlot, list[ProgrammeItem]] = {}
    for item in sorted(items, key=lambda item: (item.slot, item.number or 0, item.id)):
        slots.setdefault(item.slot, []).append(item)
    return [Slot(time, tuple(members)) for time, members in slots.items()]
