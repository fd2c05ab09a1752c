"""What one more place in a full workshop would change, by working the whole out once more."""

from collections import Counter
from dataclasses import dataclass, replace

from congress.domain.assignment.figures import came_true
from congress.domain.assignment.problem import Assignment, Problem
from congress.domain.wishes import objective, seats_of


@dataclass(frozen=True)
class OneMore:
    """What is different: how many more lists are met, how many fewer people are empty-handed.

    `first` are first wishes that come true besides, `dissatisfaction` is below 0 where there is
    less of it, `moved` are people who get something else.
    """

    met: int
    empty_handed: int
    first: int
    dissatisfaction: int
    moved: int


def full(problem: Problem, assignment: Assignment) -> list[int]:
    """Return the workshops in which no place is left, whoever may stay in one beyond these."""
    taken = Counter(key for _person, key in assignment)
    places = {key: offer.places for key, offer in sorted(problem.offers.items())}
    return [key for key, number in places.items() if number is not None and taken[key] >= number]


def with_one_more(problem: Problem, key: int) -> Problem:
    """Return the problem with one more place in a full workshop."""
    more = replace(problem.offers[key], places=(problem.limit(key) or 0) + 1)
    return replace(problem, offers={**problem.offers, key: more})


def difference(problem: Problem, before: Assignment, after: Assignment) -> OneMore:
    """Return what another assignment of the same people changes."""
    cost, cost_then = objective(problem, before), objective(problem, after)
    had, has = seats_of(before), seats_of(after)
    return OneMore(
        met=cost.unmet - cost_then.unmet,
        empty_handed=cost.empty_handed - cost_then.empty_handed,
        first=_first(problem, after) - _first(problem, before),
        dissatisfaction=cost_then.dissatisfaction - cost.dissatisfaction,
        moved=sum(had.get(each) != has.get(each) for each in problem.people),
    )


def _first(problem: Problem, assignment: Assignment) -> int:
    """Return how many lists have their first wish."""
    by_rank, _any_other = came_true(problem, seats_of(assignment))
    return by_rank[0] if by_rank else 0
