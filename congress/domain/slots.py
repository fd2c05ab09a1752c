"""What stands side by side in the programme: choices of workshops, and what is at one moment."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from congress.domain.programme import ItemKind, ProgrammeItem
from congress.domain.times.time_slots import TimeSlot


@dataclass(frozen=True)
class Slot:
    """What stands side by side in the programme: one choice of workshops, or one moment.

    `time` is when most of it takes place; what is shifted has a time of its own.
    """

    time: TimeSlot
    items: tuple[ProgrammeItem, ...] = field(default=())

    @property
    def key(self) -> int:
        """What tells a choice from others: the lowest of its workshops, whatever joins it later."""
        return min(item.id for item in self.workshops)

    @property
    def workshops(self) -> tuple[ProgrammeItem, ...]:
        return tuple(item for item in self.items if item.bookable)

    @property
    def alongside(self) -> str:
        """The kind of what stands for choice, where it goes along with what is not of it."""
        return next((item.alongside for item in self.workshops), "")

    @property
    def offered(self) -> tuple[ProgrammeItem, ...]:
        """What of it takes place; where all is called off, all of it."""
        return tuple(each for each in self.workshops if not each.face.cancelled) or self.workshops

    @property
    def kind(self) -> ItemKind | None:
        """The kind of what stands for choice; None where that is of several kinds."""
        kinds = {item.kind for item in self.offered}
        return kinds.pop() if len(kinds) == 1 else None


def in_slots(items: Sequence[ProgrammeItem]) -> list[Slot]:
    """Group items in order of time: workshops by choice, and what is at the same moments.

    What begins at once in other rooms is beside it as well, however long it lasts.
    """
    groups = _choices(items)
    by_time = {member.slot: group for group in groups for member in group}
    by_start: defaultdict[datetime, list[list[ProgrammeItem]]] = defaultdict(list)
    for group in groups:
        by_start[group[0].slot.starts_at].append(group)
    for item in items:
        if item.bookable:
            continue
        beside = by_start[item.slot.starts_at]
        group = by_time.get(item.slot) or next(
            (each for each in beside if _are_tracks(item, each)), []
        )
        if not group:
            groups.append(group)
            beside.append(group)
        group.append(item)
        by_time.setdefault(item.slot, group)
    return in_time(map(_as_slot, groups))


def in_time(slots: Iterable[Slot]) -> list[Slot]:
    """Return choices as the day goes, wherever they stood when they were added."""
    return sorted(slots, key=lambda slot: (slot.time, slot.alongside))


def _are_tracks(item: ProgrammeItem, group: Iterable[ProgrammeItem]) -> bool:
    """Return whether an item begins together with others, each of them in a room of its own.

    A break is for all.
    """
    rooms = [each.face.room for each in (item, *group)]
    return (
        all(rooms)
        and rooms[0] not in rooms[1:]
        and all(not _is_for_all(each) for each in (item, *group))
        and {each.slot.starts_at for each in group} == {item.slot.starts_at}
    )


def _is_for_all(item: ProgrammeItem) -> bool:
    """Return whether nobody is elsewhere meanwhile, and nobody chooses it."""
    return item.kind is ItemKind.BREAK or (item.kind is ItemKind.MEAL and not item.bookable)


def workshops_in_order(items: Sequence[ProgrammeItem]) -> list[ProgrammeItem]:
    """Return the workshops as the programme shows them: each choice by its numbers."""
    return [item for slot in in_slots(items) for item in slot.workshops]


def choices(items: Sequence[ProgrammeItem]) -> list[Slot]:
    """Return the workshops among which everybody has one, in the order they were added.

    So a choice that is added comes last, and one whose times are shifted stays where it is.
    """
    groups = _choices(items)
    return [_as_slot(group) for group in sorted(groups, key=lambda group: min(map(_id, group)))]


def _choices(items: Sequence[ProgrammeItem]) -> list[list[ProgrammeItem]]:
    """Part what can be booked; what goes along with the rest is a choice of its own."""
    by_kind: defaultdict[str, list[ProgrammeItem]] = defaultdict(list)
    for item in items:
        if item.bookable:
            by_kind[item.alongside].append(item)
    return [group for members in by_kind.values() for group in _parted(members)]


def _parted(workshops: Sequence[ProgrammeItem]) -> list[list[ProgrammeItem]]:
    """Part workshops so that none overlaps one of another group.

    What is called off joins no groups together, and stands where it would have been.
    """
    groups: list[list[ProgrammeItem]] = []
    ends_at = None
    held = [item for item in workshops if not item.face.cancelled]
    for item in sorted(held, key=_when):
        if ends_at is None or item.slot.starts_at >= ends_at:
            groups.append([])
        groups[-1].append(item)
        ends_at = max(ends_at or item.slot.ends_at, item.slot.ends_at)
    for item in sorted((item for item in workshops if item.face.cancelled), key=_when):
        beside = (group for group in groups if any(item.slot.overlaps(m.slot) for m in group))
        group = next(beside, None)
        if group is None:
            groups.append([item])
        else:
            group.append(item)
    return groups


def _as_slot(items: Iterable[ProgrammeItem]) -> Slot:
    members = sorted(items, key=_in_order)
    counted = [item for item in members if not item.face.cancelled] or members
    times = Counter(sorted(item.slot for item in counted))
    return Slot(times.most_common(1)[0][0], tuple(members))


def _in_order(item: ProgrammeItem) -> tuple[int, list[tuple[int, str]], int]:
    """By number, else by code; "b10" comes after "b9"."""
    parts = re.findall(r"([0-9]+)|([^0-9]+)", item.code)
    return item.number or 0, [(int(digits or 0), text) for digits, text in parts], item.id


def _when(item: ProgrammeItem) -> tuple[TimeSlot, int]:
    return item.slot, item.id


def _id(item: ProgrammeItem) -> int:
    return item.id
