"""What somebody wishes for in one choice: a ranking of workshops, any other of them, or none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from congress.domain.errors import Refused
from congress.domain.registration import Closed, UnknownWorkshop, WorkshopCancelled
from congress.domain.slots import Slot


class WishesClosed(Closed, Refused):
    """Wishes for workshops are not ranked any more: their places are being given."""


class NotByWishes(Refused):
    """The places of a choice are not given by wishes, or have been given already."""


class Ranked(NamedTuple):
    """One workshop on a list: `any_other` is what stands there because the rest is welcome too."""

    item_id: int
    rank: int
    any_other: bool = False


@dataclass(frozen=True)
class Wishes:
    """The workshops that somebody ranked, the dearest first, and whether any other will do.

    Without either no place is wanted.
    """

    ranked: tuple[int, ...] = ()
    any_other: bool = False

    @property
    def wants_place(self) -> bool:
        return bool(self.ranked) or self.any_other

    def among(self, offered: Collection[int]) -> "Wishes":
        """Return the wishes for what is offered; whatever is left moves up."""
        return Wishes(tuple(key for key in self.ranked if key in offered), self.any_other)

    def rows(self, offered: Iterable[int]) -> list[Ranked]:
        """Return a line for every workshop that is wished for; all others are of one rank."""
        ranked = [Ranked(key, rank) for rank, key in enumerate(self.ranked, start=1)]
        if not self.any_other:
            return ranked
        last = len(ranked) + 1
        rest = (key for key in offered if key not in self.ranked)
        return [*ranked, *(Ranked(key, last, any_other=True) for key in rest)]

    def ranks(self, offered: Collection[int]) -> dict[int, int]:
        """Return which wish each workshop is that takes place."""
        return {each.item_id: each.rank for each in self.among(offered).rows(offered)}


NO_PLACE = Wishes()


def of_rows(rows: Iterable[Ranked]) -> Wishes:
    """Return the wishes that stand in the lines of one choice."""
    lines = sorted(rows, key=lambda each: (each.rank, each.item_id))
    ranked = tuple(each.item_id for each in lines if not each.any_other)
    return Wishes(ranked, any(each.any_other for each in lines))


def by_choice(slots: Sequence[Slot], rows: Iterable[Ranked]) -> dict[int, Wishes]:
    """Return what somebody wishes for in each choice, by `Slot.key`; in some no place."""
    of_choice = {item.id: slot.key for slot in slots for item in slot.workshops}
    lines: dict[int, list[Ranked]] = {slot.key: [] for slot in slots}
    for each in rows:
        if each.item_id in of_choice:
            lines[of_choice[each.item_id]].append(each)
    return {key: of_rows(found) for key, found in lines.items()}


def offered(slot: Slot) -> list[int]:
    """Return the workshops of a choice that can be wished for, as the programme shows them."""
    return [item.id for item in slot.workshops if not item.face.cancelled]


def in_order(numbers: Mapping[int, int]) -> tuple[int, ...]:
    """Return workshops by the numbers given to them; a number that nobody gave is passed over."""
    return tuple(sorted(numbers, key=lambda key: numbers[key]))


def numbered_alike(numbers: Mapping[int, int]) -> list[tuple[int, list[int]]]:
    """Return every number that several workshops were given, and these, the lowest first."""
    same: dict[int, list[int]] = {}
    for key, number in numbers.items():
        same.setdefault(number, []).append(key)
    return sorted((number, keys) for number, keys in same.items() if len(keys) > 1)


def require_offered(slot: Slot, wishes: Wishes) -> None:
    """Refuse what is no workshop of a choice, does not take place, or is wished for twice."""
    items = {item.id: item for item in slot.workshops}
    for key in wishes.ranked:
        if key not in items or wishes.ranked.count(key) > 1:
            raise UnknownWorkshop
        if items[key].face.cancelled:
            raise WorkshopCancelled(items[key].face.title)
