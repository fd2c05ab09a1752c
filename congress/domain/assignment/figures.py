"""What an assignment comes to, in the figures of which an organiser decides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from congress.domain.assignment.first_come import first_come
from congress.domain.assignment.problem import Assignment, Fixed, Problem, Wisher
from congress.domain.wishes import objective, rank_of, seats_of


@dataclass(frozen=True)
class WorkshopFigures:
    """How much one workshop was wished for, and who has it; `by_rank` counts from rank 1.

    `first` are the people who put it before all others, `wished` those on whose list it stands,
    also where they have a place in any case; `by_rank` are those whose wish came true, `any_other`
    those who had not ranked it but any other was welcome to.
    """

    id: int
    places: int | None
    least: int
    first: int
    wished: int
    taken: int
    by_rank: tuple[int, ...]
    fixed: int
    any_other: int = 0


@dataclass(frozen=True)
class Compared:
    """What would have come of the same lists in order of arrival."""

    by_rank: tuple[int, ...]
    unmet: int
    empty_handed: int
    dissatisfaction: int
    any_other: int = 0


@dataclass(frozen=True)
class Figures:
    """The figures of a run.

    `people` have lists, of which `by_rank` counts how many got their first wish, their second, …,
    and `any_other` how many got one that they had not ranked, as any other was welcome too;
    `unmet` lists got nothing; `empty_handed` people have nothing at all. Beside them `settled`
    counts what was wished for at a time of which somebody has a place in any case, by why. Where
    least was to change, `moved` people lose a place that they had, and `worse` have less.
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
    any_other: int = 0
    dissatisfaction: int = 0
    settled: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return them as they are stored."""
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return them as they were stored, before any other was counted by itself too."""
        by_rank = enumerate(stored["by_rank"])
        added_up = {"dissatisfaction": sum(rank * number for rank, number in by_rank)}
        workshops = tuple(WorkshopFigures(**_ranked(each)) for each in stored["workshops"])
        compared = Compared(**_ranked(stored["first_come"]))
        return cls(**added_up | _ranked(stored) | {"workshops": workshops, "first_come": compared})


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
    by_rank, any_other = came_true(problem, has)
    by_rank_of_coming, any_other_of_coming = came_true(problem, seats_of(came))
    return Figures(
        people=sum(bool(lists) for lists in problem.lists_of.values()),
        lists=len(problem.lists),
        by_rank=by_rank,
        unmet=cost.unmet,
        empty_handed=cost.empty_handed,
        moved=sum(is_moved for is_moved, _is_worse in changes),
        worse=sum(is_worse for _is_moved, is_worse in changes),
        workshops=_workshops(problem, has),
        first_come=Compared(
            by_rank=by_rank_of_coming,
            unmet=cost_of_coming.unmet,
            empty_handed=cost_of_coming.empty_handed,
            dissatisfaction=cost_of_coming.dissatisfaction,
            any_other=any_other_of_coming,
        ),
        any_other=any_other,
        dissatisfaction=cost.dissatisfaction,
        settled=_settled(problem),
    )


def _change(problem: Problem, person: Wisher, mine: set[int]) -> tuple[bool, bool]:
    """Return whether somebody loses a place they had, and whether something of less worth came."""
    if not problem.least_change:
        return False, False
    worse = any(
        each.place(rank_of(each, mine)) > each.place(rank_of(each, person.keeps))
        for each in problem.lists_of[person.id]
    )
    return bool((person.keeps | person.loses) - mine), worse


def came_true(problem: Problem, has: Mapping[int, set[int]]) -> tuple[tuple[int, ...], int]:
    """Return how many lists got their first wish, their second, …, and how many any other."""
    ranks = Counter(
        problem.people[each.person].ranked(key)
        for each in problem.lists
        for key in each.ranks.keys() & has.get(each.person, set())
    )
    return _counted(ranks, _last(problem)), ranks[None]


def _last(problem: Problem) -> int:
    """Return the last rank that anybody gave."""
    ranks = (
        problem.people[each.person].ranked(key) or 0 for each in problem.lists for key in each.ranks
    )
    return max(ranks, default=0)


def _settled(problem: Problem) -> dict[str, int]:
    """Return how many wished at a time of which they have a place in any case, by why."""
    found: Counter[str] = Counter()
    for person in problem.people.values():
        wished = {problem.offers[key].slot for key in person.ranks}
        why: dict[int, Fixed] = {}
        for key in person.fixed:
            why.setdefault(problem.offers[key].slot, person.has_by(key))
        found.update(str(why[slot]) for slot in why.keys() & wished)
    return dict(sorted(found.items()))


def _counted(ranks: Mapping[int | None, int], last: int) -> tuple[int, ...]:
    return tuple(ranks.get(rank, 0) for rank in range(1, last + 1))


def _workshops(problem: Problem, has: Mapping[int, set[int]]) -> tuple[WorkshopFigures, ...]:
    first = first_wishes(problem)
    wished = Counter(key for each in problem.people.values() for key in each.ranks)
    taken = Counter(key for mine in has.values() for key in mine)
    ranks: dict[int, Counter[int | None]] = {key: Counter() for key in problem.offers}
    for each in problem.lists:
        for key in each.ranks.keys() & has.get(each.person, set()):
            ranks[key][problem.people[each.person].ranked(key)] += 1
    last = _last(problem)
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
            any_other=ranks[key][None],
        )
        for key, offer in sorted(problem.offers.items())
    )


def first_wishes(problem: Problem) -> Counter[int]:
    """Return how many put each workshop before all others of its time; "any" puts none first.

    Whoever has a place in any case has wished as well.
    """
    return Counter(
        key for person in problem.people.values() for key in person.ranks if person.ranked(key) == 1
    )
