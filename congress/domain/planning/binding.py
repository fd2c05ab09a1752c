"""Which items can be bound to each other: one of several, or one only together with another."""

from collections.abc import Mapping
from typing import Protocol

from congress.domain.errors import Refused
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import GOES_ALONG, ItemKind
from congress.domain.times.time_slots import TimeSlot


class Bound(Protocol):
    """What has to be known of an item that one can book."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> ItemKind: ...
    @property
    def slot(self) -> TimeSlot: ...
    @property
    def same_as(self) -> str: ...
    @property
    def one_of(self) -> str: ...
    @property
    def only_with(self) -> str: ...


class NotTheFirstOfSeveral(Refused):
    """What is one of several is to name the first of them, and is none itself."""


class NotToGoWith(Refused):
    """What an item goes only with is to be another that one can book, and bound to none."""


class NeverTogether(Refused):
    """Nobody could have both: they are at one time, or of those of which one has one."""


def require_possible(plan: ItemPlan, others: Mapping[str, Bound]) -> None:
    """Refuse bindings that mean nothing; `others` are all others that one can book, by code.

    What is new has no code yet, and nothing names it.
    """
    is_there = bool(plan.code)
    if plan.one_of:
        first = others.get(plan.one_of)
        is_named = is_there and any(each.one_of == plan.code for each in others.values())
        if first is None or first.one_of or is_named:
            raise NotTheFirstOfSeveral
    if not plan.only_with:
        return
    other = others.get(plan.only_with)
    is_needed = is_there and any(each.only_with == plan.code for each in others.values())
    if other is None or other.only_with or other.same_as or is_needed:
        raise NotToGoWith
    if excludes(plan, other):
        raise NeverTogether


def excludes(plan: Bound, other: Bound) -> bool:
    """Return whether nobody could have both an item and the one that it goes only with."""
    kinds = {plan.kind, other.kind}
    goes_along = len(kinds) > 1 and bool(kinds & GOES_ALONG)
    at_one_time = plan.slot.overlaps(other.slot) and not goes_along
    is_of_group = (plan.one_of or plan.code) == (other.one_of or other.code)
    return at_one_time or is_of_group or plan.same_as == other.code
