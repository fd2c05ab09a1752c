"""So many of each organisation: who gets a place, who waits on which reserve list, who is next."""

from dataclasses import replace

import pytest

from congress.domain.hall import CONGRESS, NEWCOMER, NOBODY, Hall, Person
from congress.domain.merging import Merge
from congress.domain.moves import Grant, Queue, Release
from congress.domain.places import MoveUp, PassOn, Register, Resize, Withdraw, decide
from congress.domain.quotas import Delegation, QuotaReached, Spelling, Spellings
from congress.domain.repeating import after
from congress.domain.room import ByHand
from congress.domain.workshops import Availability, Places
from tests.domain.halls import hall, inside, moves, outside, refusal

FROM_UNNA = replace(NOBODY, quota_key="unna")
COMES, WAITS = Grant(NEWCOMER, CONGRESS), Queue(NEWCOMER, CONGRESS)
FREE = Places(capacity=10, taken=4, lets_pass=True)
SHUT = replace(FREE, waiting_list_open=False)


def of(key, person):
    return replace(person, quota_key=key)


def here(places: Places, *people: Person, quota: int = 2, **own: int | None) -> Hall:
    """A congress with a quota; the queue is whoever waits, in the order named."""
    keys = {each.quota_key for each in people} | {"unna"}
    delegations = {
        key: Delegation(
            own.get(key, quota),
            sum(each.in_congress for each in people if each.quota_key == key),
            sum(each.waits_for(CONGRESS) for each in people if each.quota_key == key),
        )
        for key in keys - {""}
    }
    queue = tuple(each.id for each in people if each.waits_for(CONGRESS))
    found = hall(places.counted(0, len(queue)), (), *people, lines={CONGRESS: queue})
    return replace(found, delegations=delegations)


TWO = (of("unna", inside(1)), of("unna", inside(2)))
THIRD, FOURTH = of("unna", outside(3)), of("unna", outside(4))
OTHER = of("lunen", outside(5))
PRIVATE = outside(6)
FULL = Places(capacity=2, taken=2, lets_pass=True)


@pytest.mark.parametrize(
    ("case", "newcomer", "expected"),
    [
        (here(FREE, TWO[0]), FROM_UNNA, [COMES]),
        (here(FREE, *TWO), FROM_UNNA, [WAITS]),
        (here(FREE, *TWO, THIRD), FROM_UNNA, [WAITS]),
        (here(FREE, *TWO, THIRD), replace(NOBODY, quota_key="lunen"), [COMES]),
        (here(FREE, *TWO, THIRD), NOBODY, [COMES]),
        (here(FREE, *TWO, unna=3), FROM_UNNA, [COMES]),
        (here(FREE, *TWO, unna=None), FROM_UNNA, [COMES]),
        (here(FREE, unna=0), FROM_UNNA, [WAITS]),
        (here(FULL, *TWO), NOBODY, [WAITS]),
    ],
    ids=[
        "the second of two",
        "the third waits though places are free",
        "the fourth waits behind the third",
        "another organisation passes the reserve list",
        "whoever comes for themselves passes it too",
        "an organisation with a number of its own",
        "an organisation without a limit",
        "an organisation of which nobody may come",
        "full is full for everybody",
    ],
)
def test_who_gets_a_place(case, newcomer, expected):
    assert moves(case, Register((), newcomer)) == expected


def test_without_a_waiting_list_whoever_is_beyond_is_told_why():
    assert refusal(here(SHUT, *TWO), Register((), FROM_UNNA)) is QuotaReached


@pytest.mark.parametrize(
    ("by_hand", "expected"),
    [
        (ByHand(), QuotaReached),
        (ByHand(waits=frozenset({CONGRESS})), [WAITS]),
        (ByHand(beyond=frozenset({CONGRESS})), [COMES]),
    ],
    ids=["asked first", "to the reserve list", "beyond the quota"],
)
def test_an_organiser_says_what_is_to_be_beyond_the_quota(by_hand, expected):
    case, wanted = here(FREE, *TWO), Register((), FROM_UNNA, by_hand)
    if isinstance(expected, list):
        assert moves(case, wanted) == expected
    else:
        assert refusal(case, wanted) is expected


def up(person):
    return Grant(person, CONGRESS, moved_up=True)


@pytest.mark.parametrize(
    ("case", "gone", "next_up"),
    [
        (here(FREE, *TWO, THIRD, FOURTH), 1, [up(3)]),
        (here(FREE, *TWO, of("lunen", inside(7)), THIRD), 7, []),
        (here(FULL, *TWO, OTHER, THIRD), 1, [up(5)]),
        (here(FULL, *TWO, THIRD, OTHER), 1, [up(3)]),
        (here(FULL, *TWO, PRIVATE, THIRD), 1, [up(6)]),
        (here(FULL, TWO[0], TWO[1], THIRD, OTHER, unna=1), 1, [up(5)]),
        (here(FREE, *TWO, THIRD), 3, []),
    ],
    ids=[
        "the first of the reserve list",
        "somebody of another organisation leaves",
        "where the congress is full, whoever stands first and may",
        "which can be the reserve person",
        "or somebody who comes for themselves",
        "an organisation that is still full is passed over",
        "the reserve person leaves",
    ],
)
def test_who_is_next_when_somebody_withdraws(case, gone, next_up):
    assert moves(case, Withdraw(gone)) == [Release(gone, CONGRESS), *next_up]


def test_more_places_go_to_everybody_who_may_have_one():
    case = here(FULL, *TWO, THIRD, OTHER, PRIVATE, FOURTH)
    decision = decide(case, Resize({CONGRESS: (None, True)}))
    assert list(decision.moves) == [up(5), up(6)]
    assert decision.delegations == {"lunen": Delegation(2, 1, 0)}
    assert {person for person, _key in decision.passed_over} == {3, 4}


def test_a_raised_quota_lets_in_the_next_and_a_lowered_one_removes_nobody():
    raised = here(FREE, *TWO, THIRD, FOURTH, quota=3)
    assert moves(raised, PassOn(frozenset())) == [up(3)]
    assert moves(here(FREE, *TWO, THIRD, quota=1), PassOn(frozenset())) == []


@pytest.mark.parametrize(
    ("case", "overbook", "expected"),
    [
        (here(FREE, *TWO, THIRD), False, QuotaReached),
        (here(FREE, *TWO, THIRD), True, [up(3)]),
        (here(FREE, *TWO, THIRD, unna=3), False, [up(3)]),
    ],
)
def test_out_of_turn_an_organiser_keeps_to_the_quota_unless_told_otherwise(
    case, overbook, expected
):
    wanted = MoveUp(3, CONGRESS, overbook)
    if isinstance(expected, list):
        assert moves(case, wanted) == expected
    else:
        assert refusal(case, wanted) is expected


def test_of_two_registrations_of_one_person_one_counts():
    """The place that is inherited is no other one, and the reserve person moves up."""
    case = here(FREE, *TWO, THIRD)
    assert moves(case, Merge(1, 2)) == [Release(2, CONGRESS), up(3)]
    stands = after(case, decide(case, Merge(1, 2)))
    assert stands.delegations["unna"] == Delegation(2, 2, 0)
    waits_and_sits = moves(case, Merge(3, 1))
    assert waits_and_sits == [Release(1, CONGRESS), Grant(3, CONGRESS)]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (FREE.counted(0, 3), Availability.FREE),
        (replace(FREE, taken=9).counted(0, 3), Availability.FEW),
        (replace(FREE, taken=10).counted(0, 3), Availability.WAITING),
        (replace(FREE, lets_pass=False).counted(0, 3), Availability.WAITING),
    ],
)
def test_reserve_people_hide_no_free_places(places, expected):
    assert places.availability is expected


def test_spellings_find_those_they_count_with():
    known = Spellings(
        [
            Spelling("stadt rheine", "rheine", "rheine"),
            Spelling("rheine (elm)", "elm rheine", "=rheine (elm)"),
            Spelling("rheine, stadt", "rheine", "=rheine, stadt"),
        ]
    )
    assert known.find("rheine, stadt", "rheine").key == "=rheine, stadt"  # told apart
    assert known.find("rheine", "rheine").key == "rheine"
    assert known.find("rehine", "rehine") is None
    assert [each.key for each in known.mistyped("rehine")] == ["=rheine, stadt", "rheine"]
