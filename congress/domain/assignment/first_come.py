"""What would have come of it had everybody taken a place at once: to compare with the wishes."""

from collections import Counter
from collections.abc import Sequence

from congress.domain.assignment.problem import Assignment, Offer, Problem, Wisher, WishList
from congress.domain.wishes import exclude_each_other


def first_come(problem: Problem, arrived: Sequence[int]) -> Assignment:
    """Return who would have which place if each, as they came, took the best that was left.

    What is fixed is kept. Places, what excludes each other, and the most of one organisation
    count, as they do when workshops are booked; minimum numbers and wishes of groups do not, as
    nobody who books looks after them. What goes only with another is booked after it.
    """
    taking = _Taking(problem)
    for number in arrived:
        person = problem.people[number]
        for each in sorted(problem.lists_of[number], key=taking.goes_only_with_others):
            taking.take_best(person, each)
    return frozenset((number, key) for number, mine in taking.has.items() for key in mine)


class _Taking:
    """The places as they are taken one after the other."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.has = {person.id: set(person.fixed) for person in problem.people.values()}
        self.taken = {key: problem.fixed_by(key).total() for key in problem.offers}
        self.of_one: Counter[tuple[int, str]] = Counter()
        self.allowed: dict[int, dict[str, int]] = {}
        if problem.most_of_one:
            self.allowed = {key: dict(problem.allowed_in(key)) for key in problem.offers}

    def goes_only_with_others(self, each: WishList) -> bool:
        return any(self.problem.offers[key].needs for key in each.ranks)

    def take_best(self, person: Wisher, each: WishList) -> None:
        by_rank = sorted(each.ranks, key=lambda key: (each.ranks[key], key))
        key = next((key for key in by_rank if self._can_have(person, key)), None)
        if key is not None:
            self.has[person.id].add(key)
            self.taken[key] += 1
            self.of_one[key, person.organisation] += 1

    def _can_have(self, person: Wisher, key: int) -> bool:
        offer, mine = self.problem.offers[key], self.has[person.id]
        limit = self.problem.limit(key)
        allowed = self.allowed.get(key, {}).get(person.organisation)
        return (
            key not in person.barred
            and (limit is None or self.taken[key] < limit)
            and (allowed is None or self.of_one[key, person.organisation] < allowed)
            and self._fits(offer, mine)
        )

    def _fits(self, offer: Offer, mine: set[int]) -> bool:
        clashes = any(exclude_each_other(offer, self.problem.offers[each]) for each in mine)
        return not clashes and (not offer.needs or bool(offer.needs & mine))
