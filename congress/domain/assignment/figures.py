"""What an assignment comes to, in the figures of which an organiser decides."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from congress.domain.assignment.first_come import first_come
from congress.domain.assignment.problem import Assignment, Problem, Wisher, WishList
from congress.domain.wishes import objective, rank_of, seats_of


@dataclass(frozen=True)
class WorkshopFigures:
    """How much one workshop was wished for, and who has it; `by_rank` counts from rank 1.

    `first` are the people who put it before all others, `wished` those on whose list it stands,
    also where they have a place in any case; `by_rank` are those whose wish came true.
    """

    id: int
    places: int | None
    least: int
    first: int
    wished: int
    taken: int
    by_rank: tuple[int, ...]
    fixed: int


@dataclass(frozen=True)
class Compared:
    """What would have come of the same lists in order of arrival."""

    by_rank: tuple[int, ...]
    unmet: int
    empty_handed: int
    dissatisfaction: int


@dataclass(frozen=True)
class Figures:
    """The figures of a run.

    `people` have lists, of which `by_rank` counts how many got their first wish, their second, …;
    `unmet` lists got nothing; `empty_handed` people have nothing at all. Where least was to
    change, `moved` people lose a place that they had, and `worse` have less than they had.
    """

    people: int
    lists: int
    by_rank: tuple[int, ...]
    unmet: int
    empty_handed: int
    moved: int
    worse: int
    workshops: tuple[WorkshopFigures, ...]
    first_come: Compared

    def as_json(self) -> dict[str, Any]:
        """Return them as they are stored."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return them as they were stored."""
        workshops = tuple(WorkshopFigures(**_ranked(each)) for each in stored["workshops"])
        compared = Compared(**_ranked(stored["first_come"]))
        return cls(**_ranked(stored) | {"workshops": workshops, "first_come": compared})


def _ranked(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {**stored, "by_rank": tuple(stored["by_rank"])}


def figures(problem: Problem, assignment: Assignment, arrived: Sequence[int]) -> Figures:
    """Return the figures of an assignment; people `arrived` in that order, first come first."""
    has = seats_of(assignment)
    came = first_come(problem, arrived)
    cost, cost_of_coming = objective(problem, assignment), objective(problem, came)
    changes = [
        _change(problem, person, has.get(person.id, set())) for person in problem.people.values()
    ]
    return Figures(
        people=sum(bool(lists) for lists in problem.lists_of.values()),
        lists=len(problem.lists),
        by_rank=_by_rank(problem, problem.lists, has),
        unmet=cost.unmet,
        empty_handed=cost.empty_handed,
        moved=sum(is_moved for is_moved, _is_worse in changes),
        worse=sum(is_worse for _is_moved, is_worse in changes),
        workshops=_workshops(problem, has),
        first_come=Compared(
            by_rank=_by_rank(problem, problem.lists, seats_of(came)),
            unmet=cost_of_coming.unmet,
            empty_handed=cost_of_coming.empty_handed,
            dissatisfaction=cost_of_coming.dissatisfaction,
        ),
    )


def _change(problem: Problem, person: Wisher, mine: set[int]) -> tuple[bool, bool]:
    """Return whether somebody loses a place they had, and whether something of less worth came."""
    if not problem.least_change:
        return False, False
    worse = any(
        each.place(rank_of(each, mine)) > each.place(rank_of(each, person.keeps))
        for each in problem.lists_of[person.id]
    )
    return bool(person.keeps - mine), worse


def _by_rank(
    problem: Problem, lists: Iterable[WishList], has: Mapping[int, set[int]]
) -> tuple[int, ...]:
    ranks = Counter(rank_of(each, has.get(each.person, set())) for each in lists)
    return _counted(ranks, max((each.last for each in problem.lists), default=0))


def _counted(ranks: Mapping[int | None, int], last: int) -> tuple[int, ...]:
    return tuple(ranks.get(rank, 0) for rank in range(1, last + 1))


def _workshops(problem: Problem, has: Mapping[int, set[int]]) -> tuple[WorkshopFigures, ...]:
    first = first_wishes(problem)
    wished = Counter(key for each in problem.people.values() for key in each.ranks)
    taken = Counter(key for mine in has.values() for key in mine)
    ranks: dict[int, Counter[int | None]] = {key: Counter() for key in problem.offers}
    for each in problem.lists:
        for key in each.ranks.keys() & has.get(each.person, set()):
            ranks[key][each.ranks[key]] += 1
    last = max((each.last for each in problem.lists), default=0)
    return tuple(
        WorkshopFigures(
            id=key,
            places=offer.places,
            least=offer.least,
            first=first[key],
            wished=wished[key],
            taken=taken[key],
            by_rank=_counted(ranks[key], last),
            fixed=problem.fixed_by(key).total(),
        )
        for key, offer in sorted(problem.offers.items())
    )


def first_wishes(problem: Problem) -> Counter[int]:
    """Return how many put each workshop before all others of its time; "any" puts none first.

    Whoever has a place in any case has wished as well.
    """
    found: Counter[int] = Counter()
    for person in problem.people.values():
        tops: dict[int, list[int]] = {}
        for key, rank in person.ranks.items():
            if rank == 1:
                tops.setdefault(problem.offers[key].slot, []).append(key)
        found.update(keys[0] for keys in tops.values() if len(keys) == 1)
    return found
