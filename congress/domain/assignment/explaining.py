"""What everybody gets of an assignment, and for each wish above it why it did not come true.

Each reason is checked by what it says (`Why`), for a valid assignment that nothing is better than.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from congress.domain.assignment.exchanges import NOTHING, Exchange, Exchanges
from congress.domain.assignment.figures import first_wishes
from congress.domain.assignment.problem import (
    Assignment,
    Barred,
    Fixed,
    Problem,
    Wisher,
    WishList,
)


class Why(StrEnum):
    """Why a wish did not come true; the first that is true."""

    BY_HAND = "by_hand"  # organisers decided it
    MODE = "mode"  # it is on site only, or online only
    CLASH = "clash"  # it does not go with what they have at another time
    ALONE = "alone"  # it goes only with another that they do not have
    ORGANISATION = "organisation"  # as many of their organisation as may be are in it
    GROUP = "group"  # their group would not be together, or not apart
    TAKEN = "taken"  # they had it; all who have come in were put there by hand or have a part in it
    NEEDED = "needed"  # they had it; others have come in, so that one who had it had to leave
    FULL_LOT = "full_lot"  # somebody with the same wish of it is in, by nothing but a better lot
    FULL = "full"  # no swap with one person in it is possible without making the whole worse
    MINIMUM = "minimum"  # without them another workshop would have too few people
    KEPT = "kept"  # they keep the place they had, as least was to change
    TIME = "time"  # nothing stands against it: the search ended before it was through


OF_BARRED = {
    Barred.BY_HAND: Why.BY_HAND,
    Barred.CLASH: Why.CLASH,
    Barred.MODE: Why.MODE,
    Barred.ALONE: Why.ALONE,
}


@dataclass(frozen=True)
class Reason:
    """Why somebody does not have a workshop that they ranked above what they got.

    `first` put it before all others of its time, for so many `places`, of which `fixed` were given
    in any case. With `any_other` it is no wish of its own: any other was welcome too. It clashes
    with an `other`, where that is known.
    """

    item: int
    rank: int
    why: Why
    first: int
    places: int | None
    lot: int
    fixed: int = 0
    any_other: bool = False
    other: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return asdict(self)


@dataclass(frozen=True)
class Outcome:
    """What somebody gets of one time slot, how, and why nothing that they ranked higher.

    With `any_other` it is none that they ranked themselves: any other was welcome too.
    """

    person: int
    slot: int
    item: int | None
    rank: int | None
    how: str  # as of a fixed place; by "wish", or "none"
    lot: int
    reasons: tuple[Reason, ...] = ()
    any_other: bool = False


def outcomes(problem: Problem, assignment: Assignment) -> Iterator[Outcome]:
    """Yield what everybody gets of each time slot for which they have a list or a place.

    Of several places of one slot that somebody keeps the first stands for all.
    """
    explaining = _Explaining(problem, assignment)
    for person in problem.people.values():
        said: set[int] = set()
        for key in person.fixed:
            slot, rank = problem.offers[key].slot, person.ranks.get(key)
            if slot not in said:
                how, is_other = person.has_by(key), key in person.others
                yield Outcome(person.id, slot, key, rank, how, person.lot, any_other=is_other)
            said.add(slot)
        for each in problem.lists_of[person.id]:
            said.add(each.slot)
            yield explaining.of(person, each)
        for slot in sorted({problem.offers[key].slot for key in person.loses} - said):
            yield Outcome(person.id, slot, None, None, "none", person.lot)


def _how(person: Wisher, own: int | None) -> str:
    """Return how somebody comes by what they get of a list; what they had before they keep."""
    if own is None:
        return "none"
    return Fixed.BOOKED if own in person.keeps else "wish"


class _Explaining:
    def __init__(self, problem: Problem, assignment: Assignment) -> None:
        self.problem = problem
        self.first = first_wishes(problem)
        self.exchanges = Exchanges(problem, assignment)

    def of(self, person: Wisher, each: WishList) -> Outcome:
        own = self.exchanges.own[each]
        rank = None if own is None else each.ranks[own]
        reasons = tuple(
            self._reason(person, each, key)
            for key, higher in sorted(each.ranks.items(), key=lambda wish: (wish[1], wish[0]))
            if rank is None or higher < rank
        )
        return Outcome(
            person.id,
            each.slot,
            own,
            rank,
            _how(person, own),
            person.lot,
            reasons,
            any_other=own in person.others,
        )

    def _reason(self, person: Wisher, each: WishList, key: int) -> Reason:
        why = self.why_not(person, each, key)
        return Reason(
            item=key,
            rank=each.ranks[key],
            why=why,
            first=self.first[key],
            places=self.problem.offers[key].places,
            lot=person.lot,
            fixed=self.problem.fixed_by(key).total(),
            any_other=key in person.others,
            other=self._against(person, each, key) if why is Why.CLASH else None,
        )

    def _against(self, person: Wisher, each: WishList, key: int) -> int | None:
        """Return with what of somebody's a workshop clashes; what they carry elsewhere has none."""
        return person.against.get(key) if key in person.barred else self.exchanges.clash(each, key)

    def why_not(self, person: Wisher, each: WishList, key: int) -> Why:
        """Return why somebody does not have what they wished for more than what they have."""
        if key in person.barred:
            return OF_BARRED[person.barred[key]]
        if (why := self._why_alone(each, key)) is not None:
            return why
        return (
            self._why_full(each, key) if self.exchanges.is_full(key) else self._why_free(each, key)
        )

    def _why_alone(self, each: WishList, key: int) -> Why | None:
        """Return what stands against it however many places there are."""
        now = self.exchanges
        if now.clashes(each, key):
            return Why.CLASH
        if now.is_alone(each, key):
            return Why.ALONE
        if now.is_beyond_organisation(each, key):
            return Why.ORGANISATION
        if now.meets_its_group(each.person, key) or not self._group_may_have(each, key):
            return Why.GROUP
        return None

    def _group_may_have(self, each: WishList, key: int) -> bool:
        """Return whether everybody who wants to be with somebody could have a workshop."""
        return all(
            (not others_at or key in others_at)
            and all(self.exchanges.may_have(other, key) for other in lists)
            for lists, others_at in self.exchanges.company(each)
        )

    def _why_full(self, each: WishList, key: int) -> Why:
        had_it = key in self.problem.people[each.person].keeps
        if had_it and self._is_taken(key):
            return Why.TAKEN
        for exchange in self.exchanges.for_place_of(each, key):
            is_by_lot = self._is_by_lot(exchange)
            if (is_by_lot or exchange.costs < NOTHING) and self.exchanges.is_valid(exchange):
                by_lot = Why.NEEDED if had_it else Why.FULL_LOT
                return by_lot if is_by_lot else Why.TIME
        return Why.FULL

    def _is_taken(self, key: int) -> bool:
        """Return whether all who have come into a workshop have the place in any case."""
        people = self.problem.people
        come = [people[each] for each in self.exchanges.at[key] if key not in people[each].keeps]
        return bool(come) and all(key in each.fixed for each in come)

    def _is_by_lot(self, exchange: Exchange) -> bool:
        """Return whether nothing but a better lot is for whoever has what both wish for alike."""
        of, by, key = exchange.of, exchange.by, exchange.key
        people = self.problem.people
        return (
            exchange.costs[:-1] == NOTHING[:-1]
            and by.ranks[key] == of.ranks[key]
            and people[by.person].lot < people[of.person].lot
        )

    def _why_free(self, each: WishList, key: int) -> Why:
        now = self.exchanges
        if now.tears({each: key}):
            return Why.GROUP
        if not now.can_leave(now.own[each]):
            return Why.MINIMUM
        return Why.KEPT if now.gain(each, key) > NOTHING else Why.TIME
