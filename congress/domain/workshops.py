"""Places: how many there are, who comes first, and which workshops exclude each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from congress.domain.errors import Refused
from congress.domain.modes import ItemMode
from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot


class Allocation(StrEnum):
    """How places are given, in a congress or in one choice of workshops."""

    FIRST_COME = "first_come"
    WISHES = "wishes"


class Availability(StrEnum):
    """What a visitor is told about places."""

    UNLIMITED = "unlimited"
    FREE = "free"
    FEW = "few"
    WAITING = "waiting"  # no free place, but the waiting list is open
    FULL = "full"  # no free place and no waiting list


@dataclass(frozen=True)
class Places:
    """The places of a congress or a workshop; a capacity of None has no limit.

    `overbooked` is how far the organiser lowered the capacity below the places already taken:
    nobody is removed, and nobody gets in before it is made up. `lets_pass` is where whoever waits
    beside a free place cannot have it, because of a quota, and others can. `held_back` are empty
    places of a congress that only people of some kinds get (`domain.kinds`).
    """

    capacity: int | None = None
    taken: int = 0
    waiting: int = 0
    waiting_list_open: bool = True
    overbooked: int = 0
    lets_pass: bool = False
    held_back: int = 0

    @property
    def empty(self) -> int | None:
        """Places nobody sits on, held back or not."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def kept_empty(self) -> int:
        """How many of the empty places are held back; more may be held back than are empty."""
        return min(self.held_back, self.empty or 0)

    @property
    def left(self) -> int | None:
        """Places everybody can have, whether or not they are promised to the queue."""
        return None if self.empty is None else max(0, self.empty - self.held_back)

    @property
    def is_free(self) -> bool:
        """Whether there is a place that everybody can have, promised to the queue or not."""
        return self.left is None or self.left > 0

    @property
    def has_free_place(self) -> bool:
        """A place that became free belongs to the waiting list first."""
        is_others = self.waiting > 0 and not self.lets_pass
        return self.capacity is None or (self.is_free and not is_others)

    def counted(self, taken: int, waiting: int) -> "Places":
        """Return the places with more or fewer people on them and waiting for them."""
        taken, waiting = self.taken + taken, self.waiting + waiting
        too_many = _too_many(self.capacity, taken)
        return replace(self, taken=taken, waiting=waiting, overbooked=too_many)

    def resized(self, capacity: int | None, *, waiting_list_open: bool) -> "Places":
        """Return as many places as there are from now on; too few for those inside is noted."""
        return replace(
            self,
            capacity=capacity,
            waiting_list_open=waiting_list_open,
            overbooked=_too_many(capacity, self.taken),
        )

    @property
    def availability(self) -> Availability:
        if self.capacity is None:
            return Availability.UNLIMITED
        if self.has_free_place:
            few = (self.left or 0) <= max(2, self.capacity // 10)
            return Availability.FEW if few else Availability.FREE
        return Availability.WAITING if self.waiting_list_open else Availability.FULL


def _too_many(capacity: int | None, taken: int) -> int:
    return 0 if capacity is None else max(0, taken - capacity)


@dataclass(frozen=True)
class Workshop:
    """What the rules of booking need to know of a programme item with places."""

    id: int
    title: Texts
    slot: TimeSlot
    cancelled: bool = False
    topic: str = ""  # what others offer as well; nobody books one of them twice
    alongside: str = ""  # the kind of what goes along with all that is not of this kind
    mode: ItemMode = ItemMode.BOTH  # how one can be there, where the congress is hybrid
    group: str = ""  # of which nobody has more than one
    only_with: str = ""  # the topic without which nobody has it
    by_wishes: bool = False  # its places are given by wishes, and have not been given yet

    def excludes(self, other: "Workshop") -> bool:
        """Return whether nobody can have both: they overlap, or are bound to be one of several."""
        return self.meets(other) or self.is_twin_of(other) or self.is_beside(other)

    def meets(self, other: "Workshop") -> bool:
        """Return whether they are at one time, and none of them goes along with the other."""
        return self.alongside == other.alongside and self.slot.overlaps(other.slot)

    def is_beside(self, other: "Workshop") -> bool:
        """Return whether both are among those of which one can have one."""
        return bool(self.group) and self.group == other.group

    def needs(self, other: "Workshop") -> bool:
        """Return whether nobody has this one without the other."""
        return bool(self.only_with) and self.only_with == other.topic

    def is_twin_of(self, other: "Workshop") -> bool:
        """Return whether both offer the same."""
        return bool(self.topic) and self.topic == other.topic


@dataclass(eq=False)
class WorkshopsClash(Refused):
    """Two chosen workshops overlap in time; nobody can sit in both."""

    first: Workshop
    second: Workshop


class WorkshopTwice(WorkshopsClash):
    """Two chosen workshops are the same one, offered twice."""


class OnlyOneOf(WorkshopsClash):
    """Two chosen workshops are among those of which one can have one."""


@dataclass(eq=False)
class OnlyWith(Refused):
    """The first is to be had only together with the second."""

    first: Workshop
    second: Workshop


class NeededFor(OnlyWith):
    """The second cannot be given up while somebody keeps the first, which goes only with it."""


def require_no_clash(chosen: Sequence[Workshop]) -> None:
    """Refuse workshops that overlap in time, and the same one twice."""
    for first, second in combinations(chosen, 2):
        if (reason := why_not_both(first, second)) is not None:
            raise reason


def why_not_both(first: Workshop, second: Workshop) -> WorkshopsClash | None:
    """Return why nobody can have both."""
    if first.is_twin_of(second):
        return WorkshopTwice(first, second)
    if first.is_beside(second):
        return OnlyOneOf(first, second)
    return WorkshopsClash(first, second) if first.meets(second) else None
