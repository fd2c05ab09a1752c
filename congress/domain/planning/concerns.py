"""What organisers are warned of in a programme: it stops nobody, and lasts as long as its cause.

Nothing of it is stored. A thousand items in one room are one concern of a thousand spots, found
in one walk along the clock and not by comparing each with each.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.folding import fold_for_order
from congress.domain.modes import EventMode, ItemMode
from congress.domain.people import fold_name
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import PersonState
from congress.domain.times.time_slots import TimeSlot


class Cause(StrEnum):
    """What is not as it should be."""

    ROOM = "room"  # wanted by several items at the same time
    PERSON = "person"  # likewise
    SEATS = "seats"  # fewer than places
    DAY = "day"  # the item lies outside of all
    MINIMUM = "minimum"  # of people, above the places there are
    NOBODY_THERE = "nobody_there"  # in a room, as everybody takes part online
    NO_LINK = "no_link"  # by which those could take part who do so online


@dataclass(frozen=True)
class Spot:
    """One item that is concerned, and the first of the `others` that stand in its way."""

    item: ItemPlan
    other: ItemPlan | None = None
    others: int = 0


@dataclass(frozen=True)
class Concern:
    """One cause in one room, of one person, or of all that lies outside of the days."""

    cause: Cause
    spots: tuple[Spot, ...]  # in the order of time; none where it is about the congress itself
    room: RoomPlan | None = None
    person: str = ""


@dataclass(frozen=True)
class Online:
    """How people can take part in a congress, and whether it has a link for those online."""

    mode: EventMode = EventMode.ONSITE
    has_link: bool = False

    def is_online_only(self, item: ItemPlan) -> bool:
        """Return whether nobody can come to where an item is."""
        is_apart = self.mode is EventMode.HYBRID and item.mode is ItemMode.ONLINE
        return is_apart or self.mode is EventMode.ONLINE


NOT_ONLINE = Online()


def concerns(
    items: Iterable[ItemPlan],
    rooms: Iterable[RoomPlan],
    days: Sequence[TimeSlot],
    online: Online = NOT_ONLINE,
) -> tuple[Concern, ...]:
    """Return what is wrong with the items that take place: by room, by person, by day."""
    planned = sorted(
        (item for item in items if not item.cancelled), key=lambda item: (item.slot, item.code)
    )
    in_rooms = _by_room(planned)
    by_room = [
        found
        for room in rooms
        for found in (
            _twice(Cause.ROOM, in_rooms[room.code], room=room),
            _short_of_seats(
                (each for each in in_rooms[room.code] if not online.is_online_only(each)), room
            ),
        )
        if found is not None
    ]
    return (
        *(*_without_link(planned, online), *by_room, *_people_twice(planned)),
        *(*_outside(planned, days), *_unreachable(planned), *_nobody_there(planned, online)),
    )


def is_unreachable(item: ItemPlan) -> bool:
    """Return whether a workshop needs more people than it has places for."""
    return None not in {item.minimum, item.places} and (item.minimum or 0) > (item.places or 0)


def has_too_many_places(item: ItemPlan, room: RoomPlan) -> bool:
    """Return whether more people may come than the room has seats."""
    return room.seats is not None and (item.places or 0) > room.seats


def is_within(slot: TimeSlot, days: Iterable[TimeSlot]) -> bool:
    """Return whether a time lies within one of the days of a congress."""
    return any(day.starts_at <= slot.starts_at and slot.ends_at <= day.ends_at for day in days)


def by_item(found: Iterable[Concern]) -> Mapping[str, Sequence[tuple[Concern, Spot]]]:
    """Return what concerns each item, by its code."""
    spots: dict[str, list[tuple[Concern, Spot]]] = defaultdict(list)
    for concern in found:
        for spot in concern.spots:
            spots[spot.item.code].append((concern, spot))
    return spots


def overlapping(items: Sequence[ItemPlan]) -> tuple[Spot, ...]:
    """Return those of the items, given in order of time, that share a moment with another.

    If any earlier one reaches into an item, then the one of the latest end does; if any later
    one begins within it, then the next one does.
    """
    starts = [item.slot.starts_at for item in items]
    ends = sorted(item.slot.ends_at for item in items)
    spots = []
    latest: ItemPlan | None = None
    for position, item in enumerate(items):
        slot = item.slot
        others = bisect_left(starts, slot.ends_at) - bisect_right(ends, slot.starts_at) - 1
        if others:
            reaches_in = latest is not None and latest.slot.overlaps(slot)
            spots.append(Spot(item, latest if reaches_in else items[position + 1], others))
        if latest is None or slot.ends_at > latest.slot.ends_at:
            latest = item
    return tuple(spots)


def _by_room(items: Iterable[ItemPlan]) -> Mapping[str, list[ItemPlan]]:
    found: dict[str, list[ItemPlan]] = defaultdict(list)
    for item in items:
        if item.room is not None:
            found[item.room].append(item)
    return found


def _twice(
    cause: Cause, items: Sequence[ItemPlan], *, room: RoomPlan | None = None, person: str = ""
) -> Concern | None:
    spots = overlapping(items)
    return Concern(cause, spots, room, person) if spots else None


def _short_of_seats(items: Iterable[ItemPlan], room: RoomPlan) -> Concern | None:
    spots = tuple(Spot(item) for item in items if has_too_many_places(item, room))
    return Concern(Cause.SEATS, spots, room) if spots else None


def _people_twice(items: Iterable[ItemPlan]) -> Iterable[Concern]:
    """Go by the name, however it is written; whoever has declined is nowhere."""
    names: dict[str, str] = {}
    taking_part: dict[str, list[ItemPlan]] = defaultdict(list)
    for item in items:
        here = {
            fold_name(person.name): person.name
            for person in item.people
            if person.name and person.state is not PersonState.DECLINED
        }
        for key, name in here.items():  # once, whatever they do in it
            names.setdefault(key, name)
            taking_part[key].append(item)
    for key in sorted(taking_part, key=lambda key: (fold_for_order(names[key]), key)):
        found = _twice(Cause.PERSON, taking_part[key], person=names[key])
        if found is not None:
            yield found


def _without_link(items: Iterable[ItemPlan], online: Online) -> Iterable[Concern]:
    """A link of an item is one too: there may be a meeting for each."""
    is_reached = online.has_link or any(item.online_link for item in items)
    if online.mode is not EventMode.ONSITE and not is_reached:
        yield Concern(Cause.NO_LINK, ())


def _nobody_there(items: Iterable[ItemPlan], online: Online) -> Iterable[Concern]:
    spots = tuple(
        Spot(item) for item in items if item.room is not None and online.is_online_only(item)
    )
    if spots:
        yield Concern(Cause.NOBODY_THERE, spots)


def _outside(items: Iterable[ItemPlan], days: Sequence[TimeSlot]) -> Iterable[Concern]:
    spots = tuple(Spot(item) for item in items if days and not is_within(item.slot, days))
    if spots:
        yield Concern(Cause.DAY, spots)


def _unreachable(items: Iterable[ItemPlan]) -> Iterable[Concern]:
    spots = tuple(Spot(item) for item in items if is_unreachable(item))
    if spots:
        yield Concern(Cause.MINIMUM, spots)
