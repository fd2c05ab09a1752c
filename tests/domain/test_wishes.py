"""Ranked wishes: what is wrong with an assignment, and what it costs."""

from dataclasses import replace

import pytest

from congress.domain import wishes
from congress.domain.assignment.faults import (
    Alone,
    NotApart,
    NotBoth,
    NotKept,
    NotWished,
    TooFew,
    TooMany,
    TooManyOfOne,
    Torn,
)
from congress.domain.assignment.problem import Barred, Fixed, Offer, Problem, Wisher
from congress.domain.wishes import Objective

MORNING, NOON = 0, 1
OFFERS = {
    1: Offer(1, MORNING, places=1),
    2: Offer(2, MORNING, places=2),
    3: Offer(3, NOON, places=2, excludes=frozenset({1})),
    4: Offer(4, NOON, places=None, needs=frozenset({2})),
}
ALL = {1: 1, 2: 2, 3: 1, 4: 2}
ANNA, BERT, CLEO = 1, 2, 3


def problem(**people: Wisher) -> Problem:
    return Problem(OFFERS, {each.id: each for each in people.values()})


TWO = problem(anna=Wisher(ANNA, 1, ALL), bert=Wisher(BERT, 2, ALL))


def with_anna(**more: object) -> Problem:
    anna = replace(TWO.people[ANNA], **more)  # type: ignore[arg-type]
    return replace(TWO, people={**TWO.people, ANNA: anna})


@pytest.mark.parametrize(
    ("of", "seats", "faults"),
    [
        (TWO, [], []),
        (TWO, [(ANNA, 1), (BERT, 2), (BERT, 4)], []),
        # more than places
        (TWO, [(ANNA, 1), (BERT, 1)], [TooMany(1, 1, 2)]),
        # two of one time, and what excludes each other
        (TWO, [(ANNA, 1), (ANNA, 2)], [NotBoth(ANNA, 1, 2)]),
        (TWO, [(ANNA, 1), (ANNA, 3)], [NotBoth(ANNA, 1, 3)]),
        # what goes only with another
        (TWO, [(ANNA, 4)], [Alone(ANNA, 4)]),
        # what was not wished for, or cannot be had
        (with_anna(ranks={1: 1}), [(ANNA, 2)], [NotWished(ANNA, 2)]),
        (with_anna(barred={2: Barred.CLASH}), [(ANNA, 2)], [NotWished(ANNA, 2)]),
        # what somebody has in any case, wished for or not
        (with_anna(fixed={2: Fixed.ROLE}), [], [NotKept(ANNA, 2)]),
        (with_anna(ranks={}, fixed={2: Fixed.BY_HAND}), [(ANNA, 2)], []),
        # whoever carries both, or had both, can have both; by hand is asked
        (with_anna(fixed={1: Fixed.ROLE, 3: Fixed.BOOKED}), [(ANNA, 1), (ANNA, 3)], []),
        (
            with_anna(fixed={1: Fixed.ROLE, 3: Fixed.BY_HAND}),
            [(ANNA, 1), (ANNA, 3)],
            [NotBoth(ANNA, 1, 3)],
        ),
        (with_anna(fixed={1: Fixed.ROLE, 3: Fixed.HELD}), [(ANNA, 1), (ANNA, 3)], []),
    ],
)
def test_what_is_wrong(of, seats, faults):
    assert wishes.faults(of, frozenset(seats)) == faults


def test_a_minimum_is_kept():
    offers = {**OFFERS, 2: replace(OFFERS[2], least=2)}
    of = replace(TWO, offers=offers)

    assert wishes.faults(of, frozenset({(ANNA, 2)})) == [TooFew(2, 2, 1)]
    assert wishes.faults(of, frozenset({(ANNA, 2), (BERT, 2)})) == []


def test_places_booked_beyond_stay_and_let_nobody_else_in():
    booked = {1: Fixed.BOOKED}
    people = {number: Wisher(number, number, fixed=booked) for number in (ANNA, BERT)}
    of = Problem(OFFERS, {**people, CLEO: Wisher(CLEO, 3, ALL)})
    there = frozenset({(ANNA, 1), (BERT, 1)})

    assert wishes.faults(of, there) == []
    assert wishes.faults(of, there | {(CLEO, 1)}) == [TooMany(1, 2, 3)]
    again = {key: replace(each, keeps=frozenset(each.fixed)) for key, each in people.items()}
    assert replace(of, people=again, least_change=True).limit(1) == len(there), "counted once"


def test_of_one_organisation_so_many_are_in_a_workshop():
    people = {
        number: Wisher(number, number, {2: 1}, organisation=name)
        for number, name in ((ANNA, "town"), (BERT, "town"), (CLEO, ""))
    }
    of = Problem(OFFERS, people, most_of_one=1)

    assert wishes.faults(of, frozenset({(ANNA, 2), (CLEO, 2)})) == []
    assert wishes.faults(of, frozenset({(ANNA, 2), (BERT, 2)})) == [TooManyOfOne("town", 2, 2)]


PAIR = frozenset({ANNA, BERT})


@pytest.mark.parametrize(
    ("seats", "torn", "not_apart"),
    [
        ([], [], []),
        ([(ANNA, 2), (BERT, 2)], [], [NotApart(PAIR, 2)]),
        ([(ANNA, 1), (BERT, 2)], [Torn(PAIR, MORNING)], []),
        ([(ANNA, 2)], [Torn(PAIR, MORNING)], []),
    ],
)
def test_groups_are_together_or_apart(seats, torn, not_apart):
    together, apart = replace(TWO, together=(PAIR,)), replace(TWO, apart=(PAIR,))

    assert wishes.faults(together, frozenset(seats)) == torn
    assert wishes.faults(apart, frozenset(seats)) == not_apart


def test_a_group_goes_where_one_of_it_is_in_any_case():
    of = replace(with_anna(fixed={2: Fixed.BY_HAND}), together=(PAIR,))

    assert wishes.faults(of, frozenset({(ANNA, 2), (BERT, 2)})) == []
    assert wishes.faults(of, frozenset({(ANNA, 2)})) == []
    assert wishes.faults(of, frozenset({(ANNA, 2), (BERT, 1)})) == [Torn(PAIR, MORNING)]


# Anna's lot counts 2, Bert's 1: there are two people.
@pytest.mark.parametrize(
    ("of", "seats", "cost"),
    [
        # nobody has anything: of two lists each, both end badly; a lot counts each place down
        (TWO, [], Objective(2, 4, 0, 0, 2, 2 * 4 + 1 * 4)),
        (TWO, [(ANNA, 1), (BERT, 2)], Objective(0, 2, 0, 1, 1, 2 * (0 + 2) + 1 * (1 + 2))),
        # whoever has something in any case is not empty-handed, and that list is settled
        (with_anna(fixed={1: Fixed.ROLE}), [(ANNA, 1)], Objective(1, 3, 0, 0, 1, 2 * 2 + 1 * 4)),
        # one wish alone is no bad end when it comes true
        (problem(anna=Wisher(ANNA, 1, {1: 1, 3: 1})), [(ANNA, 1)], Objective(0, 1, 0, 0, 0, 1)),
        # "any other" has one rank
        (problem(anna=Wisher(ANNA, 1, {1: 1, 2: 1})), [(ANNA, 2)], Objective(0, 0, 0, 0, 0, 0)),
    ],
)
def test_what_an_assignment_costs(of, seats, cost):
    assert wishes.objective(of, frozenset(seats)) == cost


def test_what_somebody_had_counts_only_where_least_is_to_change():
    of = with_anna(keeps=frozenset({1}))
    seats = frozenset({(ANNA, 2)})

    assert wishes.objective(of, seats).moved == 0
    assert wishes.objective(replace(of, least_change=True), seats).moved == 1


def test_levels_count_in_their_order():
    assert Objective(0, 9, 9, 9, 9, 9) < Objective(1, 0, 0, 0, 0, 0)
    assert Objective(0, 0, 9, 9, 9, 9) < Objective(0, 1, 0, 0, 0, 0)
    assert Objective(0, 0, 0, 9, 9, 9) < Objective(0, 0, 1, 0, 0, 0)
    assert Objective(0, 0, 0, 0, 9, 9) < Objective(0, 0, 0, 1, 0, 0)
    assert Objective(0, 0, 0, 0, 0, 9) < Objective(0, 0, 0, 0, 1, 0)


def test_what_no_assignment_can_keep():
    by_hand = {1: Fixed.BY_HAND}
    people = [Wisher(number, number, {2: 1}, fixed=by_hand) for number in (ANNA, BERT)]
    of = replace(
        problem(anna=people[0], bert=people[1]),
        offers={**OFFERS, 2: replace(OFFERS[2], least=1)},
    )

    # Both sit in the first at that time, so nobody is left for the second.
    assert wishes.contradictions(of) == [TooMany(1, 1, 2), TooFew(2, 1, 0)]


def test_whoever_has_a_place_by_hand_stays_beyond_the_places_but_nobody_else_comes_in():
    held = Wisher(ANNA, 1, fixed={1: Fixed.HELD}, keeps=frozenset({1}))
    given = Wisher(BERT, 2, fixed={1: Fixed.BY_HAND})
    offers = {**OFFERS, 1: replace(OFFERS[1], places=0)}

    alone, both = (
        replace(problem(**people), offers=offers, least_change=True)
        for people in ({"anna": held}, {"anna": held, "bert": given})
    )

    assert wishes.contradictions(alone) == []
    assert wishes.contradictions(both) == [TooMany(1, 0, 2)]
