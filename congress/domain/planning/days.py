"""The days of a congress as organisers change them: all at once, and the items go along.

A day that is moved takes its items with it, by the clock; a day with anything in it stays.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from congress.domain.congress_file.plan import DayPlan
from congress.domain.errors import Refused
from congress.domain.planning.concerns import is_within
from congress.domain.programme import Face, NamedItem
from congress.domain.registration import DEADLINES, RegistrationPeriod, end_of_day
from congress.domain.times.local_time import later_by_days
from congress.domain.times.time_slots import TimeSlot


class DaysEditedMeanwhile(Refused):
    """Somebody else saved the days after this form was opened."""


class DaysUnseen(Refused):
    """Who would be told is not as it was looked at by whoever wants to move days."""


@dataclass(eq=False)
class DayInUse(Refused):
    """A day was to go on which items are planned."""

    day: date
    items: Sequence[NamedItem]


@dataclass(eq=False)
class ItemsOutside(Refused):
    """Items would no longer lie within a day."""

    items: Sequence[NamedItem]


@dataclass(eq=False)
class DeadlineLeftBehind(Refused):
    """A deadline would lie after the last day: letters would offer what is over."""

    closes_at: datetime


@dataclass(frozen=True)
class WantedDay:
    """A day as it is to be; `was` is the date it has now, None for a new one."""

    was: date | None
    day: DayPlan


@dataclass(frozen=True)
class Planned:
    """An item as far as days concern it: its name, when it is planned and, if so, public."""

    named: NamedItem
    slots: tuple[TimeSlot, ...]  # as planned, and as published
    cancelled: bool = False


@dataclass(frozen=True)
class DaysChange:
    """What is otherwise afterwards."""

    before: tuple[DayPlan, ...]
    wanted: tuple[WantedDay, ...]  # in their order

    @property
    def after(self) -> tuple[DayPlan, ...]:
        return tuple(each.day for each in self.wanted)

    @cached_property
    def moves(self) -> Mapping[date, date]:
        """To which date each day that is moved goes."""
        dates = ((each.was, each.day.day) for each in self.wanted)
        return {was: now for was, now in dates if was is not None and was != now}

    def __bool__(self) -> bool:
        return self.before != self.after or bool(self.moves)

    def moved(self, slot: TimeSlot, zone: ZoneInfo) -> TimeSlot:
        """Return when something takes place afterwards: as long after the start of its day."""
        day = day_of(slot, self.before, zone)
        if day is None or day not in self.moves:
            return slot
        days = (self.moves[day] - day).days
        starts_at = later_by_days(slot.starts_at, days, zone)
        ends_at = later_by_days(slot.ends_at, days, zone)
        return TimeSlot(starts_at, ends_at if ends_at > starts_at else starts_at + slot.duration)

    def moved_face(self, face: Face, zone: ZoneInfo) -> Face:
        """Return what an item shows afterwards."""
        return replace(face, slot=self.moved(face.slot, zone))


def day_of(slot: TimeSlot, days: Iterable[DayPlan], zone: ZoneInfo) -> date | None:
    """Return the day something begins on: the one open then, else that of its date."""
    days = tuple(days)
    is_open = (day.day for day in days if day.slot.starts_at <= slot.starts_at < day.slot.ends_at)
    local = slot.starts_at.astimezone(zone).date()
    return next(is_open, next((day.day for day in days if day.day == local), None))


def version_of(days: Iterable[DayPlan]) -> str:
    """Return what tells these days from any others."""
    values = [
        (day.day, *(each.astimezone(UTC) for each in (day.slot.starts_at, day.slot.ends_at)))
        for day in days
    ]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def mark_of_days(state: str, before: Sequence[DayPlan], after: Sequence[DayPlan]) -> str:
    """Return what a question about other days rests on: who is told follows from it."""
    return f"{state}-{version_of(before)}-{version_of(after)}"


def change_of(before: Sequence[DayPlan], wanted: Sequence[WantedDay]) -> DaysChange:
    """Return what changes; the days are in their order."""
    in_order = sorted(wanted, key=lambda each: each.day.slot.starts_at)
    return DaysChange(tuple(before), tuple(in_order))


def require_holds(change: DaysChange, items: Sequence[Planned], zone: ZoneInfo) -> None:
    """Refuse that a day goes on which anything is planned, or that an item is left outside.

    What lies outside already is warned of, and hinders nobody.
    """
    kept = {each.was for each in change.wanted}
    for day in change.before:
        if day.day not in kept:
            here = _named(items, partial(_is_on, day.day, change.before, zone))
            if here:
                raise DayInUse(day.day, here)
    slots_before = [day.slot for day in change.before]
    slots_after = [day.slot for day in change.after]
    outside = _named(
        [item for item in items if not item.cancelled],
        lambda slot: (
            is_within(slot, slots_before) and not is_within(change.moved(slot, zone), slots_after)
        ),
    )
    if outside:
        raise ItemsOutside(outside)


def require_deadlines(
    change: DaysChange,
    period: RegistrationPeriod,
    zone: ZoneInfo,
    wishes_until: datetime | None = None,
) -> None:
    """Refuse that the days move to before a deadline; one that lies after them may stay there."""
    ends = [end_of_day(days[-1].day, zone) for days in (change.before, change.after)]
    for moment in (*(getattr(period, name) for name in DEADLINES), wishes_until):
        if moment is not None and ends[1] < moment <= ends[0]:
            raise DeadlineLeftBehind(moment)


def _is_on(day: date, days: Sequence[DayPlan], zone: ZoneInfo, slot: TimeSlot) -> bool:
    return day_of(slot, days, zone) == day


def _named(items: Iterable[Planned], is_meant: Callable[[TimeSlot], bool]) -> list[NamedItem]:
    return [item.named for item in items if any(map(is_meant, item.slots))]
