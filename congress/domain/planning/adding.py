"""A further item of a programme: when it is proposed to be, and what it takes from another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import NAMESPACE_OID, uuid4, uuid5

from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import ItemKind, PersonState
from congress.domain.slugs import free_code
from congress.domain.times.time_slots import TimeSlot

USUAL_LENGTH = timedelta(hours=1)


@dataclass(frozen=True)
class Spot:
    """What a further item has to look at of one that is there."""

    slot: TimeSlot
    number: int | None
    cancelled: bool


def slot_after(day: TimeSlot, spots: Iterable[Spot]) -> TimeSlot | None:
    """Return the time after the last item of a day, as far as the day goes; None: it is full."""
    ends = [
        spot.slot.ends_at
        for spot in spots
        if not spot.cancelled and day.starts_at <= spot.slot.starts_at < day.ends_at
    ]
    starts_at = max([day.starts_at, *ends])
    ends_at = min(starts_at + USUAL_LENGTH, day.ends_at)
    return TimeSlot(starts_at, ends_at) if starts_at < ends_at else None


def next_number(spots: Sequence[Spot]) -> int:
    """Return the number after the highest one."""
    return max((spot.number or 0 for spot in spots), default=0) + 1


def another_like(plan: ItemPlan, spots: Sequence[Spot]) -> ItemPlan:
    """Return an item like this one, with a number of its own.

    It is in no room yet, as no room holds both at once, and in none online. Who takes part in the
    one has not agreed to take part in the other.
    """
    return replace(
        plan,
        code="",
        number=next_number(spots) if plan.number is not None else None,
        room=None,
        online_link="",
        cancelled=False,
        people=tuple(
            replace(person, state=PersonState.REQUESTED)
            for person in plan.people
            if person.state is not PersonState.DECLINED
        ),
    )


def uid_of(congress_id: int, plan: ItemPlan, form_key: str) -> str:
    """Return what tells a new item from all others, the same for the same form sent twice.

    A form whose values are others by now, as after going back, adds another item. Without the
    key of a form every item is one of its own.
    """
    if not form_key:
        return str(uuid4())
    return str(uuid5(NAMESPACE_OID, repr((congress_id, form_key, replace(plan, code="")))))


def code_of(kind: ItemKind, number: int | None, taken: Iterable[str]) -> str:
    """Return the short name of a new item, which stays whatever becomes of its number."""
    return free_code(f"{kind} {number}" if number is not None else kind, taken)
