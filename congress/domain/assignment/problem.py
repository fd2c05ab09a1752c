"""What an assignment by wishes is made of: workshops, people with their lists, every limit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

Seat = tuple[int, int]  # a person and a workshop
Assignment = frozenset[Seat]


class Fixed(StrEnum):
    """Why somebody has a place whatever was wished; the first of several counts."""

    BY_HAND = "by_hand"  # organisers decided it
    ROLE = "role"  # they carry the workshop
    BOOKED = "booked"  # they had it before
    HELD = "held"  # organisers decided it, and they have it already


KEPT = frozenset({Fixed.BOOKED, Fixed.HELD})  # what nobody is given, as they have it


class Barred(StrEnum):
    """Why somebody cannot have what they wished for."""

    BY_HAND = "by_hand"  # organisers decided it
    CLASH = "clash"  # they have a place elsewhere that excludes it, or carry another at its time
    MODE = "mode"  # it is on site only, or online only
    ALONE = "alone"  # it goes only with another that they do not have


@dataclass(frozen=True)
class Offer:
    """A workshop, as far as its assignment goes; `places` of None has no limit.

    Nobody has two of one `slot`, nor one that it `excludes`, nor it without one that it `needs`.
    """

    id: int
    slot: int
    places: int | None
    least: int = 0  # people without whom it does not take place
    excludes: frozenset[int] = frozenset()
    needs: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Wisher:
    """Somebody with wishes, or with a place that counts: `ranks` from 1, "any" has equal ones.

    `others` are those that they did not rank themselves: any other is welcome too.
    `keeps` is what they have so far, where another assignment is to change as little as possible.
    `loses` is what they have so far and do not keep in any case. `against` says of a fixed or
    barred workshop which place elsewhere excludes it, or which other they carry at its time.
    """

    id: int
    lot: int  # from 1, drawn: the lower comes first where all else is equal
    ranks: Mapping[int, int] = field(default_factory=dict)
    others: frozenset[int] = frozenset()
    organisation: str = ""
    fixed: Mapping[int, Fixed] = field(default_factory=dict)
    barred: Mapping[int, Barred] = field(default_factory=dict)
    keeps: frozenset[int] = frozenset()
    loses: frozenset[int] = frozenset()
    against: Mapping[int, int] = field(default_factory=dict)

    def has_by(self, key: int) -> Fixed:
        """Return why somebody has a fixed place; one that they had before they only keep."""
        why = self.fixed[key]
        return Fixed.BOOKED if key in self.keeps and why is not Fixed.HELD else why

    def ranked(self, key: int) -> int | None:
        """Return which wish of their own a workshop is."""
        return None if key in self.others else self.ranks.get(key)


@dataclass(frozen=True)
class WishList:
    """What somebody ranked in one time slot that is not settled by a fixed place."""

    person: int
    slot: int
    ranks: Mapping[int, int] = field(hash=False)

    @cached_property
    def last(self) -> int:
        """The rank of the last wish."""
        return max(self.ranks.values())

    def is_bad(self, rank: int | None) -> bool:
        """Whether somebody comes off badly: with nothing, or with the last of several wishes."""
        return rank is None or rank == self.last > 1

    def place(self, rank: int | None) -> int:
        """How far down the list somebody comes, from 0; nothing is one further than the last."""
        return self.last if rank is None else rank - 1


@dataclass(frozen=True)
class Problem:
    """Who wishes for what, and every limit.

    Of one organisation at most `most_of_one` are in a workshop (0: as many as want to). Whoever is
    in a group of `together` has the same workshop as its others, of `apart` another one than them.
    """

    offers: Mapping[int, Offer]
    people: Mapping[int, Wisher]
    most_of_one: int = 0
    together: tuple[frozenset[int], ...] = ()
    apart: tuple[frozenset[int], ...] = ()
    least_change: bool = False

    @cached_property
    def lists(self) -> tuple[WishList, ...]:
        """Every list that is to be met, in the order of the lots."""
        return tuple(each for lists in self.lists_of.values() for each in lists)

    @cached_property
    def lists_of(self) -> Mapping[int, tuple[WishList, ...]]:
        """Whose lists are to be met, in the order of the lots."""
        in_order = sorted(self.people.values(), key=lambda person: person.lot)
        return {person.id: tuple(self._lists_of(person)) for person in in_order}

    def _lists_of(self, person: Wisher) -> Iterator[WishList]:
        settled = {self.offers[key].slot for key in person.fixed}
        by_slot: dict[int, dict[int, int]] = {}
        for key, rank in sorted(person.ranks.items()):
            by_slot.setdefault(self.offers[key].slot, {})[key] = rank
        for slot, ranks in sorted(by_slot.items()):
            if slot not in settled:
                yield WishList(person.id, slot, ranks)

    def limit(self, key: int) -> int | None:
        """How many may be in a workshop: as many as there are places, or are in it beyond these."""
        places = self.offers[key].places
        return None if places is None else max(places, self._staying[key])

    @cached_property
    def _staying(self) -> Counter[int]:
        """How many can stay in a workshop that they have a place in, by workshop."""
        found: Counter[int] = Counter()
        for person in self.people.values():
            settled = {self.offers[key].slot for key in person.fixed}
            booked = {key for key, why in person.fixed.items() if why in KEPT}
            kept = {
                key
                for key in person.keeps - person.barred.keys()
                if key in person.fixed or self.offers[key].slot not in settled
            }
            found.update(booked | kept)
        return found

    def fixed_by(self, key: int) -> Counter[Fixed]:
        """How many have a place in a workshop in any case, by why."""
        return self._fixed.get(key, Counter())

    @cached_property
    def _fixed(self) -> dict[int, Counter[Fixed]]:
        found: dict[int, Counter[Fixed]] = {}
        for person in self.people.values():
            for key, why in person.fixed.items():
                found.setdefault(key, Counter())[why] += 1
        return found

    def allowed_in(self, key: int) -> Mapping[str, int]:
        """Return how many more of each organisation may be in a workshop than are in any case."""
        return self._allowed.get(key, {})

    @cached_property
    def _allowed(self) -> dict[int, dict[str, int]]:
        fixed: Counter[tuple[int, str]] = Counter()
        names: dict[int, set[str]] = {}
        for person in self.people.values():
            fixed.update((key, person.organisation) for key in person.fixed)
            for key in person.ranks if person.organisation else ():
                names.setdefault(key, set()).add(person.organisation)
        return {
            key: {name: max(0, self.most_of_one - fixed[key, name]) for name in sorted(found)}
            for key, found in names.items()
        }

    def in_slot(self, group: Iterable[int], slot: int) -> tuple[list[int], frozenset[int]]:
        """Return who of a group has a list in a slot, and where others of it are in any case."""
        people = [self.people[each] for each in sorted(group) if each in self.people]
        own, at = [], set()
        for person in people:
            fixed = {key for key in person.fixed if self.offers[key].slot == slot}
            at |= fixed
            if not fixed and any(self.offers[key].slot == slot for key in person.ranks):
                own.append(person.id)
        return own, frozenset(at)
