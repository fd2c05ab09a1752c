"""What a run comes to in figures, and what had come of the same lists in order of arrival."""

import json

from congress.domain import wishes
from congress.domain.assignment import comparing
from congress.domain.assignment.faults import NotApart, TooFew, Torn
from congress.domain.assignment.figures import Compared, Figures, WorkshopFigures, figures
from congress.domain.assignment.first_come import first_come
from congress.domain.assignment.lots import lots
from congress.domain.assignment.problem import Fixed, Offer, Problem, Wisher
from tests.domain.wish_problems import PEOPLE, made_up

A, B, C = 1, 2, 3
MORNING, NOON = 1, 3


def test_figures_count_lists_by_rank_and_each_workshop() -> None:
    offers = {
        A: Offer(A, MORNING, 1),
        B: Offer(B, MORNING, 2, least=1),
        C: Offer(C, NOON, None),
    }
    people = {
        1: Wisher(1, 1, {A: 1, B: 2}),
        2: Wisher(2, 2, {A: 1}),
        3: Wisher(3, 3, {B: 1, C: 1}, fixed={C: Fixed.ROLE}),
        4: Wisher(4, 4, {A: 1, B: 1}, others=frozenset({A, B})),
    }
    seats = frozenset({(1, A), (3, C), (3, B), (4, B)})

    assert figures(Problem(offers, people), seats, [2, 1, 3, 4]) == Figures(
        people=4,
        lists=4,
        by_rank=(2, 0),
        unmet=1,
        empty_handed=1,
        moved=0,
        worse=0,
        workshops=(
            WorkshopFigures(A, 1, 0, first=2, wished=3, taken=1, by_rank=(1, 0), fixed=0),
            WorkshopFigures(
                B, 2, 1, first=1, wished=3, taken=2, by_rank=(1, 0), fixed=0, any_other=1
            ),
            WorkshopFigures(C, None, 0, first=1, wished=1, taken=1, by_rank=(0, 0), fixed=1),
        ),
        first_come=Compared(by_rank=(2, 1), unmet=1, empty_handed=1, dissatisfaction=1),
        any_other=1,
        dissatisfaction=0,
        settled={"role": 1},
    )


def test_where_least_is_to_change_those_moved_and_those_worse_off_are_counted() -> None:
    offers = {A: Offer(A, A, 1), B: Offer(B, A, 1)}
    people = {
        1: Wisher(1, 1, {A: 1, B: 2}, keeps=frozenset({A})),
        2: Wisher(2, 2, {A: 1, B: 2}, keeps=frozenset({B})),
    }
    problem = Problem(offers, people, least_change=True)

    found = figures(problem, frozenset({(2, A), (1, B)}), [1, 2])

    assert (found.moved, found.worse) == (2, 1)


def test_figures_are_stored_and_read_again() -> None:
    problem = made_up(1)
    found = figures(problem, first_come(problem, PEOPLE), PEOPLE)

    assert Figures.of(json.loads(json.dumps(found.as_json()))) == found


def test_whoever_comes_first_keeps_to_every_limit_that_bookings_keep_to() -> None:
    kinds = {
        type(fault)
        for number in range(300)
        for fault in wishes.faults(made_up(number), first_come(made_up(number), PEOPLE))
    } - {type(each) for number in range(300) for each in wishes.contradictions(made_up(number))}

    assert kinds <= {TooFew, Torn, NotApart}


def test_a_lot_is_drawn_from_the_seed_alone() -> None:
    assert lots("seed", [1, 2, 3, 4]) == {3: 1, 1: 2, 2: 3, 4: 4}
    assert lots("seed", [4, 3, 2, 1]) == lots("seed", [1, 2, 3, 4])
    assert lots("other", [1, 2, 3, 4]) != lots("seed", [1, 2, 3, 4])


def test_full_is_where_no_place_is_left_also_once_fewer_are_beyond_the_places() -> None:
    """Two were in the only place of A, and one of them moves: nobody else may come."""
    people = {who: Wisher(who, who, {A: 1, B: 2}, keeps=frozenset({A})) for who in (1, 2)}
    offers = {A: Offer(A, MORNING, 1), B: Offer(B, MORNING, 2), C: Offer(C, NOON, None)}

    problem = Problem(offers, people, least_change=True)

    assert comparing.full(problem, frozenset({(1, A), (2, B)})) == [A]
