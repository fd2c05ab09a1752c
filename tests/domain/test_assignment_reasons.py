"""Every reason that somebody reads is true: each is checked by what it says, by brute force."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from congress.domain import wishes
from congress.domain.assignment.explaining import Outcome, Reason, Why, outcomes
from congress.domain.assignment.faults import (
    Alone,
    Fault,
    NotApart,
    NotBoth,
    TooFew,
    TooMany,
    TooManyOfOne,
    Torn,
)
from congress.domain.assignment.problem import (
    Assignment,
    Barred,
    Fixed,
    Offer,
    Problem,
    Wisher,
    WishList,
)
from congress.domain.wishes import Objective
from tests.domain.wish_problems import best, made_up, valid

NUMBER = 100
RARE = 624  # somebody had to leave a place, by nothing but lot
FAULTS = {
    Why.CLASH: (NotBoth, Alone),
    Why.ALONE: (Alone,),
    Why.ORGANISATION: (TooManyOfOne,),
    Why.GROUP: (Torn, NotApart),
    Why.TAKEN: (TooMany,),
    Why.NEEDED: (TooMany,),
    Why.FULL: (TooMany,),
    Why.FULL_LOT: (TooMany,),
    Why.MINIMUM: (TooFew,),
}


def test_every_reason_of_the_best_assignment_is_true() -> None:
    found: Counter[Why] = Counter()
    for number in (*range(NUMBER), RARE):
        problem = made_up(number)
        assignment = best(problem)
        if assignment is not None:
            for each, reason in _reasons(problem, assignment):
                found[reason.why] += 1
                assert _is_true(problem, assignment, each, reason), (number, each, reason)
    assert set(found) == set(Why) - {Why.TIME}, "each is met with, but that nothing stands against"


def test_where_the_search_ended_early_what_could_be_better_is_said() -> None:
    found: Counter[Why] = Counter()
    for number in range(NUMBER):
        problem = made_up(number)
        for assignment in islice(valid(problem), 5):
            for each, reason in _reasons(problem, assignment):
                found[reason.why] += 1
                assert _is_true(problem, assignment, each, reason), (number, each, reason)
    assert found[Why.TIME]


def _reasons(problem: Problem, assignment: Assignment) -> Iterator[tuple[WishList, Reason]]:
    lists = {(each.person, each.slot): each for each in problem.lists}
    for outcome in outcomes(problem, assignment):
        for reason in outcome.reasons:
            yield lists[outcome.person, outcome.slot], reason


def _is_true(problem: Problem, assignment: Assignment, each: WishList, reason: Reason) -> bool:
    person = problem.people[each.person]
    barred = person.barred.get(reason.item)
    if barred is not None:
        return reason.why == barred.value
    now = wishes.objective(problem, assignment)
    moved = _with(problem, assignment, {each: reason.item})
    found = wishes.faults(problem, moved)
    swaps = list(_exchanges(problem, assignment, each, reason.item))
    is_better = any(wishes.objective(problem, swap) < now for _by, swap in swaps)
    by_lot = any(_is_by_lot(problem, assignment, each, reason.item, *swap) for swap in swaps)
    moves_more = wishes.objective(problem, moved).minus(now) > Objective().minus(Objective())
    there = [problem.people[who] for who, key in assignment if key == reason.item]
    come = [other for other in there if reason.item not in other.keeps]
    in_any_case = [other for other in come if reason.item in other.fixed]
    had_it = reason.item in person.keeps
    return {
        Why.TAKEN: had_it and come == in_any_case != [],
        Why.NEEDED: had_it and by_lot and come != in_any_case,
        Why.CLASH: reason.other in _against(found, reason.item),
        Why.KEPT: not found and problem.least_change and moves_more,
        Why.TIME: is_better or not (found or moves_more),
        Why.FULL: not (by_lot or is_better),
        Why.FULL_LOT: by_lot and not had_it,
        Why.MINIMUM: all(isinstance(fault, TooFew) for fault in found),
    }.get(reason.why, True) and _is_named(reason.why, found)


def _against(found: list[Fault], item: int) -> set[int]:
    """Return with what a workshop does not go: both cannot be had, or that goes only with more."""
    excluded = {
        key for each in found if isinstance(each, NotBoth) for key in (each.first, each.second)
    }
    return (excluded | {each.workshop for each in found if isinstance(each, Alone)}) - {item}


def _is_named(why: Why, found: list[Fault]) -> bool:
    """Return whether what would be wrong is what the reason says, where it says that."""
    return why not in FAULTS or any(isinstance(fault, FAULTS[why]) for fault in found)


def _is_by_lot(
    problem: Problem, now: Assignment, each: WishList, item: int, by: WishList, swap: Assignment
) -> bool:
    people = problem.people
    is_equal = wishes.objective(problem, now).minus(wishes.objective(problem, swap))[:-1]
    return (
        not any(is_equal)
        and by.ranks[item] == each.ranks[item]
        and people[by.person].lot < people[each.person].lot
    )


def _exchanges(
    problem: Problem, assignment: Assignment, each: WishList, item: int
) -> Iterator[tuple[WishList, Assignment]]:
    """Yield every valid assignment in which one gives somebody their place, whatever they get."""
    for by in problem.lists:
        if by.slot == each.slot and (by.person, item) in assignment:
            for other in (None, *by.ranks):
                swap = _with(problem, assignment, {each: item, by: other})
                if not wishes.faults(problem, swap):
                    yield by, swap


def _with(
    problem: Problem, assignment: Assignment, changes: dict[WishList, int | None]
) -> Assignment:
    gone = {(each.person, key) for each in changes for key in each.ranks}
    come = {(each.person, key) for each, key in changes.items() if key is not None}
    return (assignment - gone) | come


# --- the sentences, one by one --------------------------------------------------------------------

A, B, C = 1, 2, 3


def test_of_equal_wishes_the_lot_decides_and_says_how_many_there_were() -> None:
    ann = Wisher(1, lot=1, ranks={A: 1, B: 2})
    ben = Wisher(2, lot=2, ranks={A: 1, B: 2})
    problem = Problem({A: Offer(A, A, 1), B: Offer(B, A, 1)}, {1: ann, 2: ben})

    assert list(outcomes(problem, frozenset({(1, A), (2, B)}))) == [
        Outcome(1, A, A, 1, "wish", 1),
        Outcome(2, A, B, 2, "wish", 2, (Reason(A, 1, Why.FULL_LOT, first=2, places=1, lot=2),)),
    ]


def test_who_would_have_nothing_instead_makes_no_room() -> None:
    ann = Wisher(1, lot=2, ranks={A: 1})
    ben = Wisher(2, lot=1, ranks={A: 1, B: 2})
    problem = Problem({A: Offer(A, A, 1), B: Offer(B, A, 1)}, {1: ann, 2: ben})

    assert list(outcomes(problem, frozenset({(1, A), (2, B)})))[1].reasons == (
        Reason(A, 1, Why.FULL, first=2, places=1, lot=1),
    )


def test_who_has_a_place_in_any_case_has_wished_as_well() -> None:
    ann = Wisher(1, lot=2, ranks={A: 1, B: 2}, fixed={A: Fixed.BY_HAND})
    ben = Wisher(2, lot=1, ranks={A: 1, B: 2})
    problem = Problem({A: Offer(A, A, 1), B: Offer(B, A, 1)}, {1: ann, 2: ben})

    assert list(outcomes(problem, frozenset({(1, A), (2, B)})))[1].reasons == (
        Reason(A, 1, Why.FULL, first=2, places=1, lot=1, fixed=1),
    )


def test_who_loses_their_place_to_a_decision_by_hand_reads_no_lot() -> None:
    had = frozenset({A})
    ann = Wisher(1, lot=1, ranks={A: 1, B: 2}, keeps=had)
    ben = Wisher(2, lot=2, ranks={A: 1, B: 2}, keeps=had)
    cem = Wisher(3, lot=3, fixed={A: Fixed.BY_HAND})
    offers = {A: Offer(A, A, 2), B: Offer(B, A, 2)}
    problem = Problem(offers, {1: ann, 2: ben, 3: cem}, least_change=True)

    [_ann, of_ben, _cem] = outcomes(problem, frozenset({(1, A), (2, B), (3, A)}))
    assert [each.why for each in of_ben.reasons] == [Why.TAKEN]


def test_who_keeps_a_fixed_place_that_they_had_keeps_it() -> None:
    ann = Wisher(1, lot=1, fixed={A: Fixed.ROLE}, keeps=frozenset({A}))
    problem = Problem({A: Offer(A, A, 1)}, {1: ann}, least_change=True)

    assert [each.how for each in outcomes(problem, frozenset({(1, A)}))] == ["booked"]


def test_any_other_is_no_wish_of_their_own() -> None:
    ann = Wisher(1, lot=1, ranks={A: 1, B: 2, C: 2}, others=frozenset({B, C}))
    offers = {A: Offer(A, A, 0), B: Offer(B, A, 1), C: Offer(C, A, 0)}
    problem = Problem(offers, {1: ann})

    [got] = outcomes(problem, frozenset({(1, B)}))
    assert (got.any_other, [each.any_other for each in got.reasons]) == (True, [False])
    [nothing] = outcomes(problem, frozenset())
    assert [each.any_other for each in nothing.reasons] == [False, True, True]


def test_a_clash_names_with_what() -> None:
    offers = {A: Offer(A, A, 1, excludes=frozenset({C})), B: Offer(B, A, 1), C: Offer(C, C, 1)}
    late = Wisher(1, lot=1, ranks={A: 1, B: 2, C: 1})
    out = Wisher(2, lot=2, ranks={A: 1}, barred={A: Barred.CLASH}, against={A: 99})
    problem = Problem(offers, {1: late, 2: out})

    found = [each.reasons for each in outcomes(problem, frozenset({(1, B), (1, C)}))]
    assert [(each.why, each.other) for mine in found for each in mine] == [
        (Why.CLASH, C),
        (Why.CLASH, 99),
    ]


def test_a_fixed_place_says_why_and_whether_it_was_wished_for() -> None:
    ann = Wisher(1, lot=1, ranks={A: 1, B: 2}, fixed={B: Fixed.ROLE})
    ben = Wisher(2, lot=2, ranks={B: 1}, barred={B: Barred.BY_HAND})
    problem = Problem({A: Offer(A, A, 1), B: Offer(B, A, 1)}, {1: ann, 2: ben})

    assert list(outcomes(problem, frozenset({(1, B)}))) == [
        Outcome(1, A, B, 2, "role", 1),
        Outcome(2, A, None, None, "none", 2, (Reason(B, 1, Why.BY_HAND, 1, 1, lot=2, fixed=1),)),
    ]


def test_who_had_the_place_before_keeps_it() -> None:
    ann = Wisher(1, lot=1, ranks={A: 1, B: 2}, keeps=frozenset({B}))
    ben = Wisher(2, lot=2, ranks={A: 1, B: 2}, keeps=frozenset({B}))
    problem = Problem({A: Offer(A, A, 1), B: Offer(B, A, 2)}, {1: ann, 2: ben}, least_change=True)

    found = outcomes(problem, frozenset({(1, B), (2, A)}))
    assert [(each.item, each.rank, each.how) for each in found] == [
        (B, 2, "booked"),
        (A, 1, "wish"),
    ]


def test_whose_leaving_would_call_another_workshop_off_stays_there() -> None:
    ann = Wisher(1, lot=1, ranks={A: 1, B: 2})
    problem = Problem({A: Offer(A, A, 9), B: Offer(B, A, 9, least=1)}, {1: ann})

    assert [each.reasons[0].why for each in outcomes(problem, frozenset({(1, B)}))] == [Why.MINIMUM]
