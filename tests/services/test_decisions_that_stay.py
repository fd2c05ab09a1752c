"""What organisers decided by hand outlives the release, as long as it is so, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress import solver
from congress.domain.access import ATTENDEE, Actor
from congress.domain.assignment.problem import Fixed
from congress.domain.assignment.run_records import RunRecord
from congress.domain.assignment.runs import RunState
from congress.domain.planning import calling_off as calling_off_rules
from congress.domain.registration_request import WishedWorkshop
from congress.extensions import db
from congress.models import (
    AssignmentOutcome,
    AuditLine,
    ProgrammeItem,
    Registration,
    WishDecision,
)
from congress.queries import assignment_records
from congress.queries.planning import scheduling
from congress.queries.registrations import get_own
from congress.services import changing, promoting
from congress.services.assigning import deciding
from congress.services.planning import calling_off
from congress.services.planning import releasing as publishing
from tests.builders import WORKSHOPS_START
from tests.services.assignment_house import LATER, ORGANISER, House
from tests.services.hand_made import GIVEN, NEVER, NONE_THEN, decide, gives_way, leave, stands
from tests.services.test_assigning_again import LEAST, book, change, confirmed, release, work_out


@pytest.fixture
def house(session) -> House:
    return House()


def choose(person: Registration, item: ProgrammeItem, actor: Actor = ATTENDEE) -> None:
    """Take a workshop in place of what somebody has at that time."""
    if not actor.is_attendee:
        return book(person, item)
    db.session.rollback()
    wanted = [WishedWorkshop(item.id)]
    return changing.change_workshops(person.id, wanted, actor=actor, now=LATER)


def test_whoever_was_placed_by_hand_stays_though_somebody_else_has_nothing(house):
    first, second = gives_way(house)
    assert stands(house) == [(first.id, 1, GIVEN)]

    run = work_out(house, LEAST)
    release(house, run)

    assert (confirmed(first), confirmed(second)) == ({1}, set())
    hows = select(AssignmentOutcome.how).where(AssignmentOutcome.run_id == run.id)
    assert db.session.scalars(hows.order_by(AssignmentOutcome.registration_id)).all() == [
        "held",
        "none",
    ]
    assert run.figures["settled"] == {"held": 1}
    assert stands(house) == [(first.id, 1, GIVEN)]


def test_an_exported_run_has_it_and_comes_out_the_same_again(house):
    first, second = gives_way(house)
    run = work_out(house, LEAST)
    found = assignment_records.find(house.id, run.id)
    assert found is not None

    exported = RunRecord.of_text(found.as_text())
    again = solver.solve(exported.problem, seconds=9)

    fixed = {number: dict(each.fixed) for number, each in exported.problem.people.items()}
    assert fixed == {first.id: {house.one.id: Fixed.HELD}, second.id: {}}
    assert (again.levels, again.assignment) == (exported.levels, exported.assignment)


def test_once_it_is_taken_back_they_move(house):
    first, second = gives_way(house)
    db.session.rollback()
    deciding.take_back(house.id, first.id, house.one.id, actor=ORGANISER, now=LATER)
    assert stands(house) == []

    release(house, work_out(house, LEAST))

    assert (confirmed(first), confirmed(second)) == ({3}, {1})


@pytest.mark.parametrize("what", [NEVER, NONE_THEN])
def test_nobody_comes_in_later_where_organisers_ruled_it_out(house, what):
    person, other = house.register(house.one), house.register(house.two)
    decide(house, what, person, house.one)
    release(house, work_out(house))

    release(house, work_out(house, LEAST))

    assert (confirmed(person), confirmed(other)) == (set(), {2})
    assert stands(house) == [(person.id, 1, what)]


def moved(house: House, person: Registration) -> None:
    choose(person, house.three, ORGANISER)


def changed(house: House, person: Registration) -> None:
    choose(person, house.three)


def left(_house: House, person: Registration) -> None:
    leave(person)


def back_again(house: House, person: Registration) -> None:
    """It is another place now, whatever it was once."""
    choose(person, house.three)
    choose(person, house.one)


def left_and_took_back(_house: House, person: Registration) -> None:
    booking = leave(person)
    changing.take_back(person.id, booking, actor=ATTENDEE, now=LATER)


def withdrew(_house: House, person: Registration) -> None:
    db.session.rollback()
    changing.withdraw(person.id, actor=ATTENDEE, now=LATER)


def called_off(house: House, _person: Registration) -> None:
    change(house.one, cancelled=True)
    publishing.release(house.id, actor=ORGANISER, now=LATER)


def chose_beside(house: House, person: Registration) -> None:
    choose(person, house.late)


@pytest.mark.parametrize(
    ("what", "happens", "expected"),
    [
        (GIVEN, chose_beside, True),
        (GIVEN, moved, False),
        (GIVEN, changed, False),
        (GIVEN, left, False),
        (GIVEN, back_again, False),
        (GIVEN, left_and_took_back, True),
        (GIVEN, withdrew, False),
        (GIVEN, called_off, False),
        (NEVER, changed, True),
        (NEVER, moved, True),
        (NEVER, withdrew, False),
        (NEVER, called_off, True),
        (NONE_THEN, chose_beside, True),
        (NONE_THEN, changed, False),
        (NONE_THEN, moved, False),
        (NONE_THEN, withdrew, False),
        (NONE_THEN, called_off, True),
    ],
)
def test_it_holds_as_long_as_it_is_so(house, what, happens, expected):
    person = house.register(house.one, house.two)
    decide(house, what, person, house.one)
    change(house.late, allocation="first_come")
    release(house, work_out(house))

    happens(house, person)

    assert stands(house) == ([(person.id, 1, what)] if expected else [])


@pytest.mark.parametrize(
    ("what", "is_lifted"), [(NEVER, True), (NONE_THEN, True), ("another", False)]
)
def test_organisers_who_give_just_that_by_hand_lift_it(house, what, is_lifted):
    person = house.register(house.one, house.two)
    if what == "another":
        decide(house, NEVER, person, house.two)
    else:
        decide(house, what, person, house.one)
    release(house, work_out(house))
    lines = select(AuditLine.verb).where(AuditLine.verb.like("wish%taken_back"))

    book(person, house.one)

    assert (stands(house) == []) is is_lifted
    assert len(db.session.scalars(lines).all()) == is_lifted
    release(house, work_out(house, LEAST))
    assert confirmed(person) == {1}


def test_organisers_who_let_somebody_move_up_lift_it(house):
    person, other = house.register(house.two), house.register(house.one)
    decide(house, NEVER, person, house.one)
    release(house, work_out(house))
    choose(person, house.one)
    assert confirmed(person) == {2}
    [waits] = [each for each in get_own(person.id).standing.bookings if each.item.number == 1]
    assert stands(house) == [(person.id, 1, NEVER)]

    promoting.promote_booking(waits.id, overbook=True, actor=ORGANISER, now=LATER)

    assert (confirmed(person), confirmed(other)) == ({1}, {1})
    assert stands(house) == []


def test_whoever_took_a_free_place_against_it_gives_it_up_and_is_named(house):
    person = house.register(house.one, house.two)
    decide(house, NEVER, person, house.three)
    release(house, work_out(house))
    choose(person, house.three)

    run = work_out(house, LEAST)
    assert run.figures["moved"] == 1
    release(house, run)

    assert confirmed(person) == {1}


def test_in_no_case_is_whenever_the_workshop_is(house):
    first, second = house.register(house.one, house.two), house.register(house.one, house.two)
    decide(house, NEVER, first, house.two)
    decide(house, NONE_THEN, second, house.two)
    release(house, work_out(house))
    start = WORKSHOPS_START + timedelta(hours=7)
    change(house.two, starts_at=start, ends_at=start + timedelta(hours=1))

    publishing.release(house.id, actor=ORGANISER, now=LATER)

    assert stands(house) == [(first.id, 2, NEVER), (second.id, 1, NONE_THEN)]


def test_nobody_is_put_where_they_are_to_be_in_no_case(house):
    ruled_out, other = house.register(house.one), house.register(house.one)
    change(house.one, capacity=2)
    decide(house, NEVER, ruled_out, house.three)
    release(house, work_out(house))
    db.session.rollback()
    seen = calling_off_rules.mark_of(scheduling.get_edited(house.one.id), 0)

    calling_off.call_off(house.one.id, into=house.three.id, seen=seen, actor=ORGANISER, now=LATER)

    assert 3 in confirmed(other)
    assert 3 not in confirmed(ruled_out)


def test_what_was_decided_and_cannot_be_kept_any_more_is_named(house):
    """They stay beyond the places there are; nobody else comes in by hand as well."""
    first, second = gives_way(house)
    change(house.one, capacity=0, overbooked=1)
    assert work_out(house, LEAST).state is RunState.DONE
    decide(house, GIVEN, second, house.one)

    run = work_out(house, LEAST)

    assert run.state is RunState.CONTRADICTION
    assert run.contradictions == [
        {"fault": "TooMany", "workshop": house.one.id, "places": 0, "people": 2}
    ]
    assert confirmed(first) == {1}


def test_a_newer_decision_counts_and_the_older_is_gone(house):
    first, second = gives_way(house)
    decide(house, GIVEN, first, house.two)
    assert stands(house) == [(first.id, 2, GIVEN)]

    release(house, work_out(house, LEAST))

    assert (confirmed(first), confirmed(second)) == ({2}, {1})
    assert stands(house) == [(first.id, 2, GIVEN)]
    assert len(db.session.scalars(select(WishDecision.id)).all()) == 1
