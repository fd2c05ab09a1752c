"""How the places of workshops are given: to whoever comes first, or by wishes that people rank.

By wishes nobody takes a place until all wishes are in; then they are given at once, and from then
on the workshops of that time are like any others, with a waiting list each.
"""

from collections.abc import Iterable, Sequence

from congress.domain.programme import ProgrammeItem
from congress.domain.slots import Slot, choices
from congress.domain.workshops import Allocation


def of_slot(slot: Slot, by_default: Allocation) -> Allocation:
    """Return how places of a choice are given: as said of any of its workshops, else as usual."""
    said = (item.allocation for item in slot.workshops if item.allocation is not None)
    return next(said, by_default)


def is_assigned(slot: Slot) -> bool:
    """Return whether the places of a choice were given by wishes already."""
    return any(item.assigned_at is not None for item in slot.workshops)


def by_wishes(items: Sequence[ProgrammeItem], by_default: Allocation) -> list[Slot]:
    """Return the choices whose places are given by wishes, assigned or not."""
    if not _can_be(items, by_default):
        return []
    return [slot for slot in choices(items) if of_slot(slot, by_default) is Allocation.WISHES]


def taking_wishes(items: Sequence[ProgrammeItem], by_default: Allocation) -> list[Slot]:
    """Return the choices in which nobody takes a place yet, as wishes come first."""
    return [slot for slot in by_wishes(items, by_default) if not is_assigned(slot)]


def assigned(items: Sequence[ProgrammeItem], by_default: Allocation) -> list[Slot]:
    """Return the choices whose places were given by wishes."""
    return [slot for slot in by_wishes(items, by_default) if is_assigned(slot)]


def unassigned(items: Sequence[ProgrammeItem], by_default: Allocation) -> frozenset[int]:
    """Return the workshops in which nobody takes a place yet, by their numbers."""
    return frozenset(
        item.id for slot in taking_wishes(items, by_default) for item in slot.workshops
    )


def _can_be(items: Iterable[ProgrammeItem], by_default: Allocation) -> bool:
    """Return whether it is worth looking at the choices: most congresses know no wishes."""
    return by_default is Allocation.WISHES or any(item.allocation is not None for item in items)
