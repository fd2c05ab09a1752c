"""Small changes to an assignment: whether they are valid, and whether the whole is better by them.

Everything is worked out from the few people concerned, so that it can be asked for everybody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from operator import add

from congress.domain.assignment.problem import Assignment, Problem, WishList
from congress.domain.wishes import (
    Objective,
    cost,
    exclude_each_other,
    seats_of,
)

Costs = tuple[int, ...]  # the levels of the objective
NOTHING: Costs = Objective().minus(Objective())
NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Exchange:
    """Somebody gets a workshop `by` another, who takes an `other` one or none, at these costs."""

    of: WishList
    key: int
    by: WishList
    other: int | None
    costs: Costs


class Exchanges:
    """A valid assignment, and what could be otherwise in it.

    What somebody has of the time slot of a list is their `own`, what of all other time slots their
    `others`. Somebody takes a workshop or, with None, nothing.
    """

    def __init__(self, problem: Problem, assignment: Assignment) -> None:
        self.problem = problem
        self.has: Mapping[int, AbstractSet[int]] = seats_of(assignment)
        self.at: dict[int, set[int]] = {key: set() for key in problem.offers}
        for person, key in assignment:
            self.at[key].add(person)
        self.of_one = Counter(
            (key, problem.people[person].organisation)
            for person, key in assignment
            if key not in problem.people[person].fixed
        )
        self.allowed = problem.allowed_in if problem.most_of_one else lambda _key: {}
        self.leaving = cache(self._leaving)
        self.cost = cache(
            lambda person: cost(problem, problem.people[person], self.has.get(person, NONE))
        )
        self.together, self.apart = _groups_of(problem.together), _groups_of(problem.apart)
        self.own = {each: self._own(each) for each in problem.lists}
        self._lists_at: dict[int | None, list[WishList]] = defaultdict(list)
        for each, own in self.own.items():
            self._lists_at[own].append(each)
        self.free: dict[int, set[int]] = defaultdict(set)  # what has a place left, by time slot
        for key, offer in problem.offers.items():
            if not self.is_full(key):
                self.free[offer.slot].add(key)

    def _own(self, of: WishList) -> int | None:
        return next((key for key in of.ranks if key in self.has.get(of.person, NONE)), None)

    def others(self, of: WishList) -> AbstractSet[int]:
        return self.has.get(of.person, NONE) - {self.own[of]}

    def is_full(self, key: int) -> bool:
        limit = self.problem.limit(key)
        return limit is not None and len(self.at[key]) >= limit

    # --- what one person may have, by all that is theirs alone ---

    def clash(self, of: WishList, key: int | None) -> int | None:
        """Return with what of somebody's other times a workshop does not go; the first of it."""
        offers, others = self.problem.offers, self.others(of)
        after = others if key is None else others | {key}
        excluding = (
            one
            for one in others
            if key is not None and exclude_each_other(offers[key], offers[one])
        )
        if (found := min(excluding, default=None)) is not None:
            return found
        fixed = self.problem.people[of.person].fixed
        left_alone = (
            one
            for one in others - fixed.keys()
            if offers[one].needs and not offers[one].needs & after
        )
        return min(left_alone, default=None)

    def clashes(self, of: WishList, key: int | None) -> bool:
        return self.clash(of, key) is not None

    def is_alone(self, of: WishList, key: int) -> bool:
        """Return whether a workshop goes only with what somebody does not have."""
        needs = self.problem.offers[key].needs
        return bool(needs) and not needs & (self.others(of) | {key})

    def may_have(self, of: WishList, key: int | None) -> bool:
        """Return whether nothing but others stands between somebody and a workshop."""
        if key is None:
            return not self.clashes(of, None)
        is_theirs = key in of.ranks and key not in self.problem.people[of.person].barred
        return is_theirs and not self.clashes(of, key) and not self.is_alone(of, key)

    def is_beyond_organisation(self, of: WishList, key: int, leaves: int | None = None) -> bool:
        """Return whether one more of somebody's organisation is too many, when another leaves."""
        name = self.problem.people[of.person].organisation
        allowed = self.allowed(key).get(name)
        left = leaves is not None and self.problem.people[leaves].organisation == name
        return allowed is not None and self.of_one[key, name] - left >= allowed

    def meets_its_group(self, person: int, key: int, leaves: int | None = None) -> bool:
        """Return whether somebody who wants to be apart from somebody would not be."""
        here = self.at[key] - {person, leaves}
        return any(group & here for group in self.apart.get(person, ()))

    # --- groups that want to be together ---

    def company(self, of: WishList) -> Iterator[tuple[list[WishList], frozenset[int]]]:
        """Yield with which lists one must end alike, and where others are in any case."""
        for group in self.together.get(of.person, ()):
            people, others_at = self.problem.in_slot(group, of.slot)
            if len(others_at) <= 1:  # else it was torn before
                lists = (self._list_of(each, of.slot) for each in people if each != of.person)
                yield list(lists), others_at

    def _list_of(self, person: int, slot: int) -> WishList:
        return next(each for each in self.problem.lists_of[person] if each.slot == slot)

    def tears(self, changes: Mapping[WishList, int | None]) -> bool:
        """Return whether somebody would not be with their group after some changes."""
        for of, key in changes.items():
            for lists, others_at in self.company(of):
                ends = {changes.get(each, self.own[each]) for each in lists} | {key}
                if len(ends) > 1 or (others_at and ends - others_at - {None}):
                    return True
        return False

    # --- one takes the place of another ---

    def can_leave(self, key: int | None) -> bool:
        """Return whether a workshop still takes place with one less."""
        return key is None or len(self.at[key]) > self.problem.offers[key].least

    def gain(self, of: WishList, key: int | None) -> Costs:
        """Return what it costs more than now, or less, that somebody takes a workshop."""
        person, others = self.problem.people[of.person], self.others(of)
        after = cost(self.problem, person, others if key is None else others | {key})
        return after.minus(self.cost(person.id))

    def for_place_of(self, of: WishList, key: int) -> Iterator["Exchange"]:
        """Yield how others could give a place to somebody with no level but the lots worse by it.

        Whoever gives it takes the place that becomes free, another free one, or none. That it is
        valid in all that concerns both is asked by `is_valid`.
        """
        gain = self.gain(of, key)
        for other in {None, self.own[of]} | self.free[of.slot]:
            for levels, those in self.leaving(key, other).items():
                costs = _sum(gain[:-1], levels)
                if costs <= NOTHING[:-1]:
                    for by, lots in those:
                        yield Exchange(of, key, by, other, (*costs, gain[-1] + lots))

    def _leaving(self, key: int, other: int | None) -> Mapping[Costs, list[tuple[WishList, int]]]:
        """Return who could take another workshop instead, by what that costs, lots apart."""
        found: dict[Costs, list[tuple[WishList, int]]] = defaultdict(list)
        for each in self._lists_at[key]:
            if other != key and self.may_have(each, other):
                *levels, lots = self.gain(each, other)
                found[tuple(levels)].append((each, lots))
        return found

    def is_valid(self, exchange: "Exchange") -> bool:
        """Return whether an exchange keeps every limit."""
        by, other, own = exchange.by, exchange.other, self.own[exchange.of]
        leaves = exchange.of.person if other is not None and other == own else None
        if other is not None and (
            self.is_beyond_organisation(by, other, leaves)
            or self.meets_its_group(by.person, other, leaves)
        ):
            return False
        changes = {exchange.of: exchange.key, by: other}
        return (other == own or self.can_leave(own)) and not self.tears(changes)


def _groups_of(groups: Iterable[frozenset[int]]) -> Mapping[int, list[frozenset[int]]]:
    """Return the groups of everybody who is in one."""
    found: dict[int, list[frozenset[int]]] = {}
    for group in groups:
        for person in group:
            found.setdefault(person, []).append(group)
    return found


def _sum(first: Costs, second: Costs) -> Costs:
    return tuple(map(add, first, second))
