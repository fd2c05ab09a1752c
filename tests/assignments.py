"""Random problems of an assignment, and two other ways to solve them that know no solver."""

from collections.abc import Iterator
from itertools import product
from random import Random

from congress.domain import wishes
from congress.domain.assignment.problem import (
    Assignment,
    Barred,
    Fixed,
    Offer,
    Problem,
    Wisher,
)
from congress.domain.wishes import Objective

NOTHING = None


def small(seed: int) -> Problem:
    """Return a small problem with a few of every limit there is."""
    random = Random(seed)
    slots = random.choice((1, 2, 2))
    per_slot = random.choice((2, 3))
    keys = range(1, 1 + slots * per_slot)
    number = random.randint(2, 3 if slots * per_slot > 4 else 5)
    slot_of = {key: (key - 1) // per_slot for key in keys}
    offers = {}
    for key in keys:
        others = [each for each in keys if slot_of[each] != slot_of[key]]
        offers[key] = Offer(
            id=key,
            slot=slot_of[key],
            places=random.choice((None, 0, 1, 1, 2, 2, 3)),
            least=random.choices((0, 1, 2), (14, 2, 1))[0],
            excludes=frozenset(each for each in others if random.random() < 0.15),
            needs=frozenset(others[:1]) if others and random.random() < 0.1 else frozenset(),
        )
    lots = random.sample(range(1, number + 1), number)
    people = {}
    for who in range(1, number + 1):
        ranks: dict[int, int] = {}
        for slot in range(slots):
            there = [key for key in keys if slot_of[key] == slot]
            chosen = random.sample(there, random.randint(0, len(there)))
            ranks |= {key: rank for rank, key in enumerate(chosen, 1)}
            if chosen and random.random() < 0.2:  # any other
                ranks |= {key: len(chosen) + 1 for key in there if key not in chosen}
        fixed = {}
        if random.random() < 0.15:
            fixed[random.choice(keys)] = random.choice(list(Fixed))
        barred = {key: random.choice(list(Barred)) for key in ranks if random.random() < 0.08}
        keeps = {random.choice(list(ranks))} if ranks and random.random() < 0.5 else set()
        people[who] = Wisher(
            id=who,
            lot=lots[who - 1],
            ranks=ranks,
            organisation=random.choice(("", "a", "b")),
            fixed=fixed,
            barred={key: why for key, why in barred.items() if key not in fixed},
            keeps=frozenset(keeps),
        )
    group = frozenset(random.sample(list(people), 2)) if random.random() < 0.5 else frozenset()
    is_together = random.random() < 0.5
    return Problem(
        offers,
        people,
        most_of_one=random.choice((0, 0, 1, 2)),
        together=(group,) if group and is_together else (),
        apart=(group,) if group and not is_together else (),
        least_change=random.random() < 0.3,
    )


def every(problem: Problem) -> Iterator[Assignment]:
    """Yield everything that could be assigned, valid or not, fixed places in all of it."""
    fixed = {(each.id, key) for each in problem.people.values() for key in each.fixed}
    lists = problem.lists
    for choice in product(*((NOTHING, *each.ranks) for each in lists)):
        chosen = {(of.person, key) for of, key in zip(lists, choice, strict=True) if key}
        yield frozenset(fixed | chosen)


def best_of_all(problem: Problem) -> Objective | None:
    """Return the least objective of everything that is valid, tried one by one."""
    valid = (each for each in every(problem) if not wishes.faults(problem, each))
    return min((wishes.objective(problem, each) for each in valid), default=None)


def one_slot(seed: int, people: int = 120, workshops: int = 6, places: int = 20) -> Problem:
    """Return people who rank three of some workshops at one time, some of them much liked."""
    random = Random(seed)
    liked = [random.random() ** 2 + 0.05 for _each in range(workshops)]
    lots = random.sample(range(1, people + 1), people)
    found = {}
    for who in range(1, people + 1):
        left, ranks = list(range(1, workshops + 1)), {}
        for rank in (1, 2, 3):
            key = random.choices(left, [liked[each - 1] for each in left])[0]
            left.remove(key)
            ranks[key] = rank
        found[who] = Wisher(who, lots[who - 1], ranks)
    return Problem({key: Offer(key, 0, places) for key in range(1, workshops + 1)}, found)


def by_flow(problem: Problem) -> int:
    """Return the least cost of one time slot without other limits than places, by shortest paths.

    Each person in turn is let in on the cheapest way, on which others may make room. All levels
    are one whole number here, each so much heavier than all below that none makes up for another.
    """
    flow = _Flow(problem)
    for each in problem.lists:
        flow.let_in(each.person)
    return flow.cost


def weighed(problem: Problem, objective: Objective) -> int:
    """Return an objective of one time slot as `by_flow` weighs it."""
    unmet, dissatisfaction = _weights(problem)
    return objective.unmet * unmet + objective.dissatisfaction * dissatisfaction + objective.lots


def _weights(problem: Problem) -> tuple[int, int]:
    most_lots = sum(
        wishes.weight_of_lot(problem, problem.people[each.person].lot) * each.last
        for each in problem.lists
    )
    dissatisfaction = most_lots + 1
    most = sum(each.last for each in problem.lists) * dissatisfaction + most_lots
    return most + 1, dissatisfaction


class _Flow:
    """Places of one time slot while people are let in, one by one."""

    def __init__(self, problem: Problem) -> None:
        unmet, dissatisfaction = _weights(problem)
        self._costs: dict[int, dict[int | None, int]] = {}
        for each in problem.lists:
            lot = wishes.weight_of_lot(problem, problem.people[each.person].lot)
            of_person: dict[int | None, int] = {
                key: (rank - 1) * dissatisfaction + lot * each.place(rank)
                for key, rank in each.ranks.items()
            }
            self._costs[each.person] = of_person | {NOTHING: unmet + lot * each.place(None)}
        self._places = {key: offer.places or 0 for key, offer in problem.offers.items()}
        self._inside: dict[int, set[int]] = {key: set() for key in problem.offers}
        self.cost = 0

    def let_in(self, person: int) -> None:
        """Let somebody in on the cheapest way."""
        cost: dict[int | None, int] = dict(self._costs[person])
        by: dict[int | None, tuple[int, int | None]] = dict.fromkeys(cost, (person, NOTHING))
        moved = True
        while moved:  # as Bellman and Ford: a longer way may be cheaper
            moved = False
            for held in [key for key in cost if key is not NOTHING and self._is_full(key)]:
                for other in self._inside[held]:
                    mine = self._costs[other]
                    for wanted, price in mine.items():
                        way = cost[held] + price - mine[held]
                        if wanted != held and way < cost.get(wanted, way + 1):
                            cost[wanted], by[wanted] = way, (other, held)
                            moved = True
        ends = [key for key in cost if key is NOTHING or not self._is_full(key)]
        end = min(ends, key=lambda key: cost[key])
        self.cost += cost[end]
        at: int | None = end
        while True:
            who, held_by = by[at]
            if at is not NOTHING:
                self._inside[at].add(who)
            if who == person:
                return
            if held_by is not NOTHING:
                self._inside[held_by].remove(who)
            at = held_by

    def _is_full(self, key: int | None) -> bool:
        return key is not NOTHING and len(self._inside[key]) >= self._places[key]
