"""Small assignments by wishes, made up, and the best of all that are valid, by trying them all."""

from collections.abc import Iterator
from itertools import product
from random import Random

from congress.domain import wishes
from congress.domain.assignment.lots import lots
from congress.domain.assignment.problem import (
    Assignment,
    Barred,
    Fixed,
    Offer,
    Problem,
    Seat,
    Wisher,
)

PEOPLE = range(1, 5)
SLOTS = {10: (10, 11, 12), 20: (20, 21)}  # with their workshops
RARELY = 0.15
BEFORE = (Fixed.BY_HAND, Fixed.ROLE, Fixed.BOOKED)


def made_up(number: int) -> Problem:
    """Return a problem of four people, two time slots, five workshops, and some of every limit."""
    random = Random(number)
    numbers = lots(str(number), PEOPLE)
    offers = dict(_offers(random))
    people = {each: _wisher(random, each, numbers[each], offers) for each in PEOPLE}
    groups = [frozenset(random.sample(PEOPLE, 2)) for _ in range(2)]
    return Problem(
        offers=offers,
        people=people,
        most_of_one=random.choice((0, 0, 1)),
        together=tuple(groups[:1]) if random.random() < 2 * RARELY else (),
        apart=tuple(groups[1:]) if random.random() < 2 * RARELY else (),
        least_change=random.random() < 2 * RARELY,
    )


def _offers(random: Random) -> Iterator[tuple[int, Offer]]:
    for slot, keys in SLOTS.items():
        for key in keys:
            other = random.choice(SLOTS[30 - slot])
            is_bound = random.random() < RARELY
            yield (
                key,
                Offer(
                    id=key,
                    slot=slot,
                    places=random.choice((1, 1, 2, 3, None)),
                    least=int(random.random() < RARELY),
                    excludes=frozenset({other} if random.random() < RARELY else ()),
                    needs=frozenset({other} if is_bound and slot > 10 else ()),
                ),
            )


def _wisher(random: Random, number: int, lot: int, offers: dict[int, Offer]) -> Wisher:
    ranks: dict[int, int] = {}
    others: set[int] = set()
    for keys in SLOTS.values():
        ranked = random.sample(keys, random.randint(0, len(keys)))
        mine = {key: rank for rank, key in enumerate(ranked, start=1)}
        if random.random() < RARELY:  # any other
            others |= set(keys) - set(ranked)
            mine |= dict.fromkeys(set(keys) - set(ranked), len(ranked) + 1)
        ranks |= mine
    every = sorted(offers)
    barred = {random.choice(every): random.choice(list(Barred))} if random.random() < RARELY else {}
    fixed = {random.choice(every): random.choice(BEFORE)} if random.random() < RARELY else {}
    organisation = random.choice(("", "a", "b"))
    keeps = frozenset(random.choice(keys) for keys in SLOTS.values())
    is_held = {key: why is Fixed.BY_HAND and key in keeps for key, why in fixed.items()}
    return Wisher(
        id=number,
        lot=lot,
        ranks=ranks,
        others=frozenset(others),
        organisation=organisation,
        fixed={key: Fixed.HELD if is_held[key] else why for key, why in fixed.items()},
        barred={key: why for key, why in barred.items() if key not in fixed},
        keeps=keeps,
    )


def valid(problem: Problem) -> Iterator[Assignment]:
    """Yield every valid assignment."""
    fixed = {(each.id, key) for each in problem.people.values() for key in each.fixed}
    ends: list[list[Seat | None]] = [
        [None, *((each.person, key) for key in each.ranks if _can_have(problem, each.person, key))]
        for each in problem.lists
    ]
    for chosen in product(*ends):
        assignment = frozenset(fixed | {seat for seat in chosen if seat is not None})
        if not wishes.faults(problem, assignment):
            yield assignment


def _can_have(problem: Problem, person: int, key: int) -> bool:
    return key not in problem.people[person].barred


def best(problem: Problem) -> Assignment | None:
    """Return the best assignment; None where none is valid."""
    return min(valid(problem), key=lambda each: wishes.objective(problem, each), default=None)
