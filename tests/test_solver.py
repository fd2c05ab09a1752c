"""The assignment that HiGHS finds: valid, and as good as what two other ways find on their own."""

from dataclasses import replace
from random import Random

import pytest

from congress import solver
from congress.domain import wishes
from congress.domain.assignment.faults import TooFew, TooFewTogether, TooMany
from congress.domain.assignment.problem import Fixed, Offer, Problem, Wisher
from congress.domain.assignment.solved import Impossible, Solved
from congress.highs import best
from tests.assignments import best_of_all, by_flow, one_slot, small, weighed
from tests.domain.wish_problems import made_up


def solve(problem: Problem) -> Solved | Impossible:
    return best(problem, 30, lambda _name, _share: None)


def shuffled(problem: Problem, seed: int) -> Problem:
    """The same, told in another order."""
    people = list(problem.people.items())
    Random(seed).shuffle(people)
    return replace(problem, people=dict(people))


@pytest.mark.parametrize("first", range(0, 1000, 50))
def test_120_people_with_three_of_six_workshops_get_the_best_there_is(first):
    for seed in range(first, first + 50):
        problem = one_slot(seed)

        found = solve(problem)

        assert isinstance(found, Solved), seed
        assert wishes.faults(problem, found.assignment) == [], seed
        assert found.is_proven, seed
        reached = wishes.objective(problem, found.assignment)
        assert weighed(problem, reached) == by_flow(problem), seed
        again = solve(shuffled(problem, seed))
        assert isinstance(again, Solved), seed
        assert again.assignment == found.assignment, seed


@pytest.mark.parametrize("first", range(0, 200, 20))
def test_with_every_limit_nothing_is_better_or_possible_at_all(first):
    for seed in range(first, first + 20):
        problem = small(seed)
        least = best_of_all(problem)

        found = solve(problem)

        if least is None:
            assert isinstance(found, Impossible), seed
            assert found.faults, seed
        else:
            assert isinstance(found, Solved), seed
            assert wishes.faults(problem, found.assignment) == [], seed
            assert wishes.objective(problem, found.assignment) == least, seed
            assert found.is_proven, seed


# Of these the linear programme has no whole best point, so that branch and bound takes over.
@pytest.mark.parametrize("seed", [7, 19, 48, 135])
def test_what_a_linear_programme_does_not_solve_is_branched_over(seed):
    problem = small(seed)

    found = solve(problem)

    assert isinstance(found, Solved)
    assert wishes.objective(problem, found.assignment) == best_of_all(problem)


def two_workshops(first: Offer, second: Offer, *people: Wisher) -> Problem:
    return Problem({first.id: first, second.id: second}, {each.id: each for each in people})


def test_in_whatever_order_workshops_are_the_same_comes_of_it():
    problem = made_up(200)  # several assignments are equally good, lots and all
    turned = replace(problem, offers=dict(reversed(list(problem.offers.items()))))

    found, again = solve(problem), solve(turned)

    assert isinstance(found, Solved)
    assert isinstance(again, Solved)
    assert again.assignment == found.assignment


def test_the_lot_decides_between_two_with_the_same_wish_whoever_was_first():
    problem = two_workshops(
        Offer(1, 0, 1),
        Offer(2, 0, 1),
        Wisher(1, lot=2, ranks={1: 1, 2: 2}),
        Wisher(2, lot=1, ranks={1: 1, 2: 2}),
    )

    found = solve(problem)

    assert isinstance(found, Solved)
    assert found.assignment == {(2, 1), (1, 2)}


def test_nobody_has_the_last_wish_twice_where_two_can_share_that():
    offers = {key: Offer(key, slot, 1) for key, slot in ((1, 0), (2, 0), (3, 1), (4, 1))}
    ranks = {1: 1, 2: 2, 3: 1, 4: 2}
    problem = Problem(offers, {1: Wisher(1, 1, ranks), 2: Wisher(2, 2, ranks)})

    found = solve(problem)

    assert isinstance(found, Solved)
    assert wishes.objective(problem, found.assignment).uneven == 0
    assert {number for number, key in found.assignment if key in {1, 3}} == {1, 2}


def test_more_by_hand_than_places_are_named():
    by_hand = {1: Fixed.BY_HAND}
    people = [Wisher(number, number, fixed=by_hand) for number in (1, 2)]
    problem = two_workshops(Offer(1, 0, 1), Offer(2, 0, 1), *people)

    assert solve(problem) == Impossible((TooMany(1, 1, 2),))


def test_a_minimum_for_which_too_few_wished_is_named():
    problem = two_workshops(Offer(1, 0, 9, least=2), Offer(2, 0, 9), Wisher(1, 1, {1: 1}))

    assert solve(problem) == Impossible((TooFew(1, 2, 1),))


def test_minimums_that_compete_for_the_same_people_are_named_together():
    people = [Wisher(number, number, {1: 1, 2: 2}) for number in (1, 2, 3)]
    problem = two_workshops(Offer(1, 0, 9, least=2), Offer(2, 0, 9, least=2), *people)

    found = solve(problem)

    assert isinstance(found, Impossible)
    [fault] = found.faults
    assert isinstance(fault, TooFewTogether)
    assert sum(number for _key, number in fault.missing) == 1


def test_the_fewest_move_where_least_is_to_change():
    """One place more in the first: one of two who want it goes there, the others stay."""
    keeps = {1: frozenset({1}), 2: frozenset({2}), 3: frozenset({2})}
    people = [
        Wisher(number, lot=4 - number, ranks={1: 1, 2: 2}, keeps=kept)
        for number, kept in keeps.items()
    ]
    problem = replace(two_workshops(Offer(1, 0, 1), Offer(2, 0, 3), *people), least_change=True)

    stays = solve(problem)
    freely = solve(replace(problem, least_change=False))

    assert isinstance(stays, Solved)
    assert stays.assignment == {(1, 1), (2, 2), (3, 2)}
    assert isinstance(freely, Solved)
    assert freely.assignment == {(3, 1), (1, 2), (2, 2)}


def test_a_process_of_its_own_solves_it_and_says_how_it_goes():
    stages: list[tuple[str, int]] = []

    found = solver.solve(one_slot(1), seconds=30, on_stage=lambda *said: stages.append(said))

    assert isinstance(found, Solved)
    assert found.version.startswith("HiGHS ")
    assert {"building", "empty_handed", "unmet", "dissatisfaction", "uneven", "lots"} <= {
        name for name, _share in stages
    }
    assert [share for _name, share in stages] == sorted(share for _name, share in stages)


def test_whoever_does_not_want_it_any_more_stops_it():
    with pytest.raises(solver.Stopped):
        solver.solve(one_slot(1), seconds=30, should_stop=lambda: True)


def together(number: int) -> Problem:
    """So many people in groups of three, of which a linear programme tears some."""
    problem = one_slot(2, number, 8, number // 8)
    groups = [frozenset(range(first, first + 3)) for first in range(1, number - 3, 3)]
    return replace(problem, together=tuple(groups))


def test_what_is_over_its_time_says_how_much_better_it_could_be():
    """Also where every level after the first is only as it came."""
    problem = together(400)

    found = None
    for seconds in (0.3, 0.6, 1.2, 2.4, 4.8, 9.6):  # until it is enough for anything at all
        try:
            found = solver.solve(problem, seconds=seconds)
        except solver.Unsolved:
            continue
        break

    assert isinstance(found, Solved)
    assert wishes.faults(problem, found.assignment) == []
    assert all(level.bound <= level.value for level in found.levels)
