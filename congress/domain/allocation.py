"""How the places of workshops are given: to whoever comes first, or by wishes that people rank.

By wishes nobody takes a place until all wishes are in; then they are given at once, and from then
on the workshops of that time are like any others, with a waiting list each.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from congress.domain.congresses import Congress
from congress.domain.errors import Refused
from congress.domain.programme import ALWAYS_CHOSEN, NamedItem, ProgrammeItem
from congress.domain.slots import Slot, choices, in_time
from congress.domain.workshops import Allocation


class AllocationEditedMeanwhile(Refused):
    """Somebody else saved how places are given after this form was opened."""


@dataclass(eq=False)
class StillWaiting(Refused):
    """People wait for workshops whose places were to be given by wishes: how many for which."""

    workshops: tuple[tuple[NamedItem, int], ...]


@dataclass(eq=False)
class WishesAfterBeginning(Refused):
    """Wishes would still be ranked when the congress has begun."""

    starts_at: datetime


class WishesBeforeOpening(Refused):
    """Wishes would be over before anybody can register."""


@dataclass(frozen=True)
class Wanted:
    """How places are to be given in choices, by `Slot.key`, and until when wishes are ranked."""

    said: Mapping[int, Allocation | None]
    until: datetime | None


def of_slot(slot: Slot, by_default: Allocation) -> Allocation:
    """Return how places of a choice are given: as said of any of its workshops, else as usual.

    What is usual is so of workshops and placements: whoever comes first has the day or a meal.
    Places that were given by wishes stay so, whatever is said or usual since.
    """
    if is_assigned(slot):
        return Allocation.WISHES
    is_usual = any(item.kind in ALWAYS_CHOSEN for item in slot.workshops)
    return said_of(slot) or (by_default if is_usual else Allocation.FIRST_COME)


def is_assigned(slot: Slot) -> bool:
    """Return whether the places of a choice were given by wishes already."""
    return is_any_assigned(slot.workshops)


def is_any_assigned(items: Iterable[ProgrammeItem]) -> bool:
    """Return whether any places were given by wishes already."""
    return any(item.assigned_at is not None for item in items)


def by_wishes(items: Sequence[ProgrammeItem], by_default: Allocation) -> list[Slot]:
    """Return the choices whose places are given by wishes, assigned or not."""
    if not uses_wishes(by_default, items) and not is_any_assigned(items):
        return []
    found = (slot for slot in choices(items) if of_slot(slot, by_default) is Allocation.WISHES)
    return in_time(found)


def taking_wishes(items: Sequence[ProgrammeItem], by_default: Allocation) -> list[Slot]:
    """Return the choices in which nobody takes a place yet, as wishes come first."""
    return [slot for slot in by_wishes(items, by_default) if not is_assigned(slot)]


def assigned(items: Sequence[ProgrammeItem]) -> list[Slot]:
    """Return the choices whose places were given by wishes, whatever is usual since."""
    if not is_any_assigned(items):
        return []
    return in_time(slot for slot in choices(items) if is_assigned(slot))


def to_give(
    items: Sequence[ProgrammeItem], by_default: Allocation, *, least_change: bool
) -> list[Slot]:
    """Return the choices whose places are to be given, or were given and are to change little."""
    return assigned(items) if least_change else taking_wishes(items, by_default)


def where_now(slots: Iterable[Slot], workshops: Iterable[int]) -> Slot | None:
    """Return the choice in which most of these workshops are by now, the first ones counting more.

    One of them may have been moved to another choice since, or all of them, or be gone.
    """
    of_item = {item.id: slot for slot in slots for item in slot.workshops}
    found = [of_item[key] for key in workshops if key in of_item]
    return max(found, key=found.count, default=None)


def unassigned(items: Sequence[ProgrammeItem], by_default: Allocation) -> frozenset[int]:
    """Return the workshops in which nobody takes a place yet, by their numbers."""
    return frozenset(
        item.id for slot in taking_wishes(items, by_default) for item in slot.workshops
    )


def said_of(slot: Slot) -> Allocation | None:
    """Return what is said of a choice; None where it is as in the congress."""
    return next((item.allocation for item in slot.workshops if item.allocation is not None), None)


def saying(
    items: Sequence[ProgrammeItem], said: Mapping[int, Allocation | None]
) -> list[ProgrammeItem]:
    """Return the items as they are once something is said of choices, by `Slot.key`."""
    by_item = {
        item.id: said[slot.key]
        for slot in choices(items)
        if slot.key in said
        for item in slot.workshops
    }
    return [replace(item, allocation=by_item.get(item.id, item.allocation)) for item in items]


def version_of(slots: Iterable[Slot], until: datetime | None) -> str:
    """Return what tells how places are given from any other way."""
    said = [
        (slot.key, str(said_of(slot)), is_assigned(slot), [item.id for item in slot.workshops])
        for slot in sorted(slots, key=lambda slot: slot.key)
    ]
    day = until.astimezone(UTC).isoformat() if until else ""
    return hashlib.sha256(repr((said, day)).encode()).hexdigest()[:16]


def require_before(until: datetime | None, congress: Congress) -> None:
    """Refuse a last day for wishes that nobody could keep, or that is too late; one may be over."""
    if until is not None and until > congress.starts_at:
        raise WishesAfterBeginning(congress.starts_at)
    if until is not None and until <= congress.period.opens_at:
        raise WishesBeforeOpening


@dataclass(frozen=True)
class Kept:
    """What an item has to say of its choice after it was moved, or another one to it."""

    allocation: Allocation | None
    assigned_at: datetime | None


def after_moves(items: Sequence[ProgrammeItem], moved: Collection[int]) -> dict[int, Kept]:
    """Return what items have to say otherwise: what is moved to a choice becomes as that is.

    A choice that is moved whole stays as it was.
    """
    found: dict[int, Kept] = {}
    for slot in choices(items):
        stayed = [item for item in slot.workshops if item.id not in moved] or slot.workshops
        kept = Kept(
            next((each.allocation for each in stayed if each.allocation is not None), None),
            next((each.assigned_at for each in stayed if each.assigned_at is not None), None),
        )
        for item in slot.workshops:
            if Kept(item.allocation, item.assigned_at) != kept:
                found[item.id] = kept
    return found


def parted(
    before: Sequence[ProgrammeItem], after: Sequence[ProgrammeItem], moved: Collection[int]
) -> frozenset[int]:
    """Return what was moved away from all it stood beside, so that wishes for it mean nothing."""
    was, becomes = _beside(before), _beside(after)
    here = [key for key in moved if key in was and key in becomes]
    return frozenset(
        key for key in here if was[key] != becomes[key] and was[key] & becomes[key] == {key}
    )


def _beside(items: Sequence[ProgrammeItem]) -> dict[int, set[int]]:
    return {
        item.id: {each.id for each in slot.workshops}
        for slot in choices(items)
        for item in slot.workshops
    }


class Saying(Protocol):
    """An item, stored or planned, as far as it says how places are given."""

    @property
    def allocation(self) -> Allocation | None: ...


def uses_wishes(by_default: Allocation, items: Iterable[Saying]) -> bool:
    """Return whether any places are given by wishes; most congresses know none."""
    return by_default is Allocation.WISHES or any(
        item.allocation is Allocation.WISHES for item in items
    )
