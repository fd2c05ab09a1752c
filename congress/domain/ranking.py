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


NOT_WANTED = 0  # as a rank: somebody said that they want no place there


class Ranked(NamedTuple):
    """One workshop on a list: `any_other` is what stands there because the rest is welcome too.

    Whoever wants no place in a choice has said so of each workshop of it (`NOT_WANTED`).
    """

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
        """Return a line for every workshop that is wished for, or for all that none is wanted.

        With any other all that is not ranked is of one rank.
        """
        if not self.wants_place:
            return [Ranked(key, NOT_WANTED) for key in offered]
        ranked = [Ranked(key, rank) for rank, key in enumerate(self.ranked, start=1)]
        if not self.any_other:
            return ranked
        last = len(ranked) + 1
        rest = (key for key in offered if key not in self.ranked)
        return [*ranked, *(Ranked(key, last, any_other=True) for key in rest)]

    def lines(self, offered: Collection[int]) -> list[Ranked]:
        """Return which wish each workshop is that takes place."""
        return [each for each in self.among(offered).rows(offered) if each.rank != NOT_WANTED]


NO_PLACE = Wishes()


def of_rows(rows: Iterable[Ranked]) -> Wishes:
    """Return the wishes that stand in the lines of one choice."""
    lines = sorted(rows, key=lambda each: (each.rank, each.item_id))
    ranked = tuple(each.item_id for each in lines if each.rank != NOT_WANTED and not each.any_other)
    return Wishes(ranked, any(each.any_other for each in lines))


def is_any_other(rows: Collection[Ranked], item_id: int) -> bool:
    """Return whether somebody wants a workshop as any other is welcome, not by a rank of its own.

    One that was added since they said so has no line.
    """
    line = next((each for each in rows if each.item_id == item_id), None)
    return line.any_other if line else any(each.any_other for each in rows)


def by_choice(slots: Sequence[Slot], rows: Iterable[Ranked]) -> dict[int, Wishes]:
    """Return what somebody said of each choice, by `Slot.key`; of some they have said nothing."""
    of_choice = {item.id: slot.key for slot in slots for item in slot.workshops}
    lines: dict[int, list[Ranked]] = {}
    for each in rows:
        if each.item_id in of_choice:
            lines.setdefault(of_choice[each.item_id], []).append(each)
    return {key: of_rows(found) for key, found in lines.items()}


def still(said: Wishes | None, offered: Collection[int]) -> Wishes | None:
    """Return what is left of wishes: nothing is said any more where all that was ranked is gone."""
    left = said.among(offered) if said else None
    return None if said and left == NO_PLACE != said else left


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
