"""The rooms of a congress as organisers change them: all at once, in their order."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.errors import Refused
from congress.domain.programme import NamedItem
from congress.domain.slugs import free_code
from congress.domain.texts import REQUIRED_LANGUAGE, Texts


class RoomsEditedMeanwhile(Refused):
    """Somebody else saved the rooms after this form was opened."""


@dataclass(eq=False)
class RoomInUse(Refused):
    """A room was to go in which items are planned."""

    name: Texts
    items: Sequence[NamedItem]


@dataclass(frozen=True)
class RoomsChange:
    """What is otherwise afterwards; `kept` are the rooms before and after, by pairs."""

    added: Sequence[RoomPlan]
    removed: Sequence[RoomPlan]
    kept: Sequence[tuple[RoomPlan, RoomPlan]]
    is_reordered: bool

    @property
    def renamed(self) -> list[tuple[RoomPlan, RoomPlan]]:
        return [(was, now) for was, now in self.kept if dict(was.name) != dict(now.name)]

    @property
    def reseated(self) -> list[tuple[RoomPlan, RoomPlan]]:
        return [(was, now) for was, now in self.kept if was.seats != now.seats]

    def __bool__(self) -> bool:
        parts = (self.added, self.removed, self.renamed, self.reseated, self.is_reordered)
        return any(parts)


def version_of(rooms: Iterable[RoomPlan]) -> str:
    """Return what tells these rooms from any others."""
    values = [(room.code, sorted(room.name.items()), room.seats) for room in rooms]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def with_codes(rooms: Sequence[RoomPlan]) -> tuple[RoomPlan, ...]:
    """Return the rooms with a code for each that has none, made of its name."""
    taken = [room.code for room in rooms if room.code]
    found = []
    for room in rooms:
        code = room.code or free_code(room.name.get(REQUIRED_LANGUAGE, ""), taken)
        taken.append(code)
        found.append(replace(room, code=code))
    return tuple(found)


def change_of(before: Sequence[RoomPlan], after: Sequence[RoomPlan]) -> RoomsChange:
    """Compare rooms by their codes."""
    then, now = ({room.code: room for room in rooms} for rooms in (before, after))
    kept = [code for code in then if code in now]
    return RoomsChange(
        added=[room for room in after if room.code not in then],
        removed=[room for room in before if room.code not in now],
        kept=[(then[code], now[code]) for code in kept],
        is_reordered=kept != [code for code in now if code in then],
    )


def require_empty(change: RoomsChange, items: Mapping[str, Sequence[NamedItem]]) -> None:
    """Refuse that a room goes in which anything is planned."""
    for room in change.removed:
        if items.get(room.code):
            raise RoomInUse(room.name, items[room.code])
