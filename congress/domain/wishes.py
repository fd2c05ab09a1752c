"""Ranked wishes for workshops: when an assignment is valid, and which of two is the better one.

Plain rules that look at any assignment, whoever made it: a solver, an organiser, a test. What is
assigned are all time slots of a congress that take wishes, at once. The formula stands in
docs/assignment.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from congress.domain.assignment.faults import (
    Alone,
    Fault,
    NotApart,
    NotBoth,
    NotKept,
    NotWished,
    TooFew,
    TooMany,
    TooManyOfOne,
    Torn,
)
from congress.domain.assignment.problem import (
    Assignment,
    Fixed,
    Offer,
    Problem,
    Wisher,
    WishList,
)

# --- what is wrong with an assignment -------------------------------------------------------------


def faults(problem: Problem, assignment: Assignment) -> list[Fault]:
    """Return everything that is wrong with an assignment; nothing where it is valid."""
    has = seats_of(assignment)
    at: dict[int, set[int]] = {key: set() for key in problem.offers}
    for number, key in assignment:
        at[key].add(number)
    return [
        *_faults_of_people(problem, has),
        *_faults_of_workshops(problem, at),
        *_faults_of_groups(problem, has, at),
    ]


def seats_of(assignment: Assignment) -> dict[int, set[int]]:
    """Return the workshops of everybody who has one."""
    found: dict[int, set[int]] = {}
    for number, key in assignment:
        found.setdefault(number, set()).add(key)
    return found


def _faults_of_people(problem: Problem, has: Mapping[int, set[int]]) -> Iterator[Fault]:
    offers = problem.offers
    for person in problem.people.values():
        mine = has.get(person.id, set())
        yield from (NotKept(person.id, key) for key in person.fixed if key not in mine)
        for key in sorted(mine - person.fixed.keys()):
            if key not in person.ranks or key in person.barred:
                yield NotWished(person.id, key)
            if offers[key].needs and not offers[key].needs & mine:
                yield Alone(person.id, key)
        yield from _both(problem, person, mine)


def _both(problem: Problem, person: Wisher, keys: Iterable[int]) -> Iterator[NotBoth]:
    """Yield what somebody cannot have both of; whoever carries both, or had them, can."""
    had = {key for key, why in person.fixed.items() if why is not Fixed.BY_HAND}
    for first, second in combinations(sorted(keys), 2):
        is_either_or = exclude_each_other(problem.offers[first], problem.offers[second])
        if is_either_or and not {first, second} <= had:
            yield NotBoth(person.id, first, second)


def exclude_each_other(first: Offer, second: Offer) -> bool:
    """Return whether nobody has both of two workshops."""
    return first.slot == second.slot or second.id in first.excludes or first.id in second.excludes


def _faults_of_workshops(problem: Problem, at: Mapping[int, set[int]]) -> Iterator[Fault]:
    for key, people in sorted(at.items()):
        limit, least = problem.limit(key), problem.offers[key].least
        if limit is not None and len(people) > limit:
            yield TooMany(key, limit, len(people))
        if len(people) < least:
            yield TooFew(key, least, len(people))
        if problem.most_of_one:
            wished = [each for each in people if key not in problem.people[each].fixed]
            of_each = Counter(problem.people[each].organisation for each in wished)
            for name, allowed in problem.allowed_in(key).items():
                if of_each[name] > allowed:
                    yield TooManyOfOne(name, key, of_each[name])


def _faults_of_groups(
    problem: Problem, has: Mapping[int, set[int]], at: Mapping[int, set[int]]
) -> Iterator[Fault]:
    slots = sorted({offer.slot for offer in problem.offers.values()})
    for group in problem.together:
        for slot in slots:
            own, others_at = problem.in_slot(group, slot)
            if len(others_at) > 1:
                continue  # it was torn before
            ends = {_in_slot(problem, has.get(each, set()), slot) for each in own}
            if len(ends) > 1 or (others_at and ends - {others_at, frozenset()}):
                yield Torn(group, slot)
    for group in problem.apart:
        for key, people in at.items():
            here = group & people
            if len(here) > 1 and any(key not in problem.people[each].fixed for each in here):
                yield NotApart(group, key)


def _in_slot(problem: Problem, keys: Iterable[int], slot: int) -> frozenset[int]:
    return frozenset(key for key in keys if problem.offers[key].slot == slot)


# --- which of two is better -----------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Objective:
    """What an assignment costs, in the order in which it counts: the lower, the better.

    `empty_handed`: people who wished for something and have nothing at all. `unmet`: lists, one
    per person and time slot, with nothing of theirs. `moved`: places that somebody had and has not
    any more (only where least is to change). `dissatisfaction`: the sum of rank − 1. `uneven`: of
    each person the lists that end badly, beyond the first. `lots`: how far down their lists people
    come, times how low their number is.
    """

    empty_handed: int = 0
    unmet: int = 0
    moved: int = 0
    dissatisfaction: int = 0
    uneven: int = 0
    lots: int = 0

    def __add__(self, other: "Objective") -> "Objective":
        return Objective(
            self.empty_handed + other.empty_handed,
            self.unmet + other.unmet,
            self.moved + other.moved,
            self.dissatisfaction + other.dissatisfaction,
            self.uneven + other.uneven,
            self.lots + other.lots,
        )

    def minus(self, other: "Objective") -> tuple[int, ...]:
        """Return how much more it costs than another, level by level."""
        return (
            self.empty_handed - other.empty_handed,
            self.unmet - other.unmet,
            self.moved - other.moved,
            self.dissatisfaction - other.dissatisfaction,
            self.uneven - other.uneven,
            self.lots - other.lots,
        )


def weight_of_lot(problem: Problem, lot: int) -> int:
    """Return how much the one counts whom a lot fell to: the first most, and everybody a little."""
    return len(problem.people) + 1 - lot


def objective(problem: Problem, assignment: Assignment) -> Objective:
    """Return what an assignment costs; that it is valid is asked by `faults`."""
    has = seats_of(assignment)
    people = problem.people.values()
    return sum((cost(problem, each, has.get(each.id, set())) for each in people), Objective())


def cost(problem: Problem, person: Wisher, mine: AbstractSet[int]) -> Objective:
    """Return what one person costs who has these workshops; an assignment costs the sum of all."""
    lists = problem.lists_of[person.id]
    ranks = [rank_of(each, mine) for each in lists]
    got = [rank for rank in ranks if rank is not None]
    bad = sum(each.is_bad(rank) for each, rank in zip(lists, ranks, strict=True))
    places = sum(each.place(rank) for each, rank in zip(lists, ranks, strict=True))
    return Objective(
        empty_handed=bool(lists) and not (got or person.fixed),
        unmet=len(lists) - len(got),
        moved=len(person.keeps - mine) if problem.least_change else 0,
        dissatisfaction=sum(got) - len(got),
        uneven=max(0, bad - 1),
        lots=weight_of_lot(problem, person.lot) * places,
    )


def rank_of(of: WishList, mine: AbstractSet[int]) -> int | None:
    """Return which wish of a list came true; None for none of them."""
    return next((rank for key, rank in of.ranks.items() if key in mine), None)


# --- what no assignment can keep ------------------------------------------------------------------


def contradictions(problem: Problem) -> list[Fault]:
    """Return what is fixed beyond a limit, and minimum numbers for which there are too few people.

    Where several minimum numbers compete for the same people only a solver can tell.
    """
    found: list[Fault] = []
    people = problem.people
    may = Counter(
        key
        for each in problem.lists
        for key in each.ranks
        if can_have(problem, people[each.person], key)
    )
    for key, offer in sorted(problem.offers.items()):
        fixed = problem.fixed_by(key).total()
        limit = problem.limit(key)
        if limit is not None and fixed > limit:
            found.append(TooMany(key, offer.places or 0, fixed))
        most = fixed + may[key] if limit is None else min(fixed + may[key], limit)
        if most < offer.least:
            found.append(TooFew(key, offer.least, most))
    for person in people.values():
        found += _both(problem, person, person.fixed)
        found += (
            NotBoth(person.id, key, other)
            for key, other in person.against.items()
            if key not in person.barred
        )
    return found


def can_have(problem: Problem, person: Wisher, key: int) -> bool:
    """Return whether nothing that is settled keeps somebody from a workshop."""
    settled = (problem.offers[each] for each in person.fixed)
    wanted = problem.offers[key]
    return key not in person.barred and not any(exclude_each_other(wanted, one) for one in settled)
