"""Assignments by wishes from the first to the next: what was decided, given up and kept counts."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE
from congress.domain.assigning import RunOutOfDate
from congress.domain.assignment.runs import RunKind, RunState
from congress.domain.modes import NotInThisMode
from congress.domain.planning import calling_off as calling_off_rules
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import AssignmentRun, ProgrammeItem, Registration, WishDecision
from congress.queries import assignment_runs
from congress.queries.assignment_runs import Run
from congress.queries.invariants import list_broken
from congress.queries.planning import scheduling
from congress.queries.registrations import get_own
from congress.services import changing
from congress.services.assigning import asking, deciding, releasing
from congress.services.planning import calling_off
from congress.worker import assigning
from tests.builders import WORKSHOPS_START, a_workshop
from tests.queries_counter import count_queries
from tests.services.assignment_house import LATER, ORGANISER, House, has, letters, write_letters
from tests.wishes import BY_WISHES, wishes

LEAST = RunKind.LEAST_CHANGE


@pytest.fixture
def house(session) -> House:
    return House()


def work_out(house: House, kind: RunKind = RunKind.FIRST) -> Run:
    db.session.rollback()
    number = asking.ask(house.id, kind, actor=ORGANISER, now=LATER)
    assigning.assign()
    db.session.rollback()
    run = assignment_runs.find(house.id, number)
    assert run is not None
    return run


def release(house: House, run: Run) -> None:
    db.session.rollback()
    seen = run.inputs_hash
    releasing.release(house.id, run.id, seen_hash=seen, actor=ORGANISER, now=LATER)
    assert list_broken() == []


def book(person: Registration, *items: ProgrammeItem, given_up: tuple[int, ...] = ()) -> None:
    """Give somebody workshops by hand, if need be beyond the places."""
    db.session.rollback()
    wanted = [WishedWorkshop(item.id) for item in items]
    by_hand = ByHand(beyond=frozenset(item.id for item in items))
    changing.assign_workshops(
        person.id, wanted, given_up, by_hand=by_hand, actor=ORGANISER, now=LATER
    )


def change(item: ProgrammeItem, **values: object) -> None:
    db.session.execute(update(ProgrammeItem).where(ProgrammeItem.id == item.id).values(values))
    db.session.commit()


def confirmed(person: Registration) -> set[int | None]:
    return {number for number, (state, *_) in has(person).items() if state == "confirmed"}


def give(house: House, person: Registration, item: ProgrammeItem) -> None:
    db.session.rollback()
    deciding.give(house.id, person.id, item.id, actor=ORGANISER, now=LATER)


def test_what_was_decided_of_other_choices_outlives_a_release(house):
    person = house.register(house.one, house.two)
    release(house, work_out(house))
    evening = a_workshop(house.congress, capacity=3, starts_at=WORKSHOPS_START + timedelta(hours=8))
    wishes(person, evening)
    run = work_out(house)
    give(house, person, house.two)

    release(house, run)

    moments = select(WishDecision.item_id, WishDecision.released_at)
    assert db.session.execute(moments).all() == [(house.two.id, None)]
    release(house, work_out(house, LEAST))
    assert confirmed(person) == {2, evening.number}
    assert db.session.execute(moments).all() == [(house.two.id, LATER)]


def test_whoever_is_in_beyond_the_places_stays(session):
    """There are fewer places than when they were given."""
    house = House()
    house.one.capacity = 2
    db.session.commit()
    people = [house.register(house.one, house.three) for _ in range(2)]
    release(house, work_out(house))
    change(house.one, capacity=1, overbooked=1)

    release(house, work_out(house, LEAST))

    assert [confirmed(each) for each in people] == [{1}, {1}]


def test_a_place_that_is_barred_by_hand_is_given_up_also_by_whoever_wished_for_nothing(house):
    wishing, barred = house.register(house.one), house.register()
    book(barred, house.one)
    deciding.bar(house.id, barred.id, house.one.id, actor=ORGANISER, now=LATER)

    release(house, work_out(house))

    assert (confirmed(wishing), confirmed(barred)) == ({1}, set())
    write_letters()
    [letter] = letters(barred)
    [told] = letter.facts["assigned"]
    assert (told["got"], [each["id"] for each in told["had"]]) == (None, [house.one.id])


def test_whoever_has_two_places_of_one_choice_keeps_both(house):
    """They do not overlap: only what lies between makes one choice of them."""
    times = (timedelta(hours=1), timedelta(hours=2))
    _between, end = (
        a_workshop(house.congress, number=number, capacity=1, starts_at=WORKSHOPS_START + each)
        for number, each in enumerate(times, start=8)
    )
    has_both, other = house.register(house.one), house.register(end, house.two)
    book(has_both, house.one, end)

    release(house, work_out(house))
    assert (confirmed(has_both), confirmed(other)) == ({1, 9}, {2})

    release(house, work_out(house, LEAST))
    assert (confirmed(has_both), confirmed(other)) == ({1, 9}, {2})


def test_nobody_gets_back_what_they_gave_up(house):
    person, other = house.register(house.three, house.two), house.register(house.three)
    release(house, work_out(house))
    [booking] = get_own(person.id).standing.bookings
    db.session.rollback()
    changing.leave(person.id, booking.id, actor=ATTENDEE, now=LATER)

    release(house, work_out(house, LEAST))

    assert (confirmed(person), confirmed(other)) == (set(), {3})


def test_nobody_outside_waits_for_what_is_called_off_or_closed(session):
    house = House(capacity=2)
    gone = a_workshop(house.congress, number=7, cancelled=True)
    change(house.one, waiting_list=False)
    inside = house.register(house.one), house.register(house.two)
    outside = house.register(gone, house.one, house.two, house.three)

    release(house, work_out(house))

    assert [confirmed(each) for each in inside] == [{1}, {2}]
    assert has(outside) == {2: ("waiting", 3, None), 3: ("waiting", 4, None)}


def test_a_workshop_by_hand_is_one_that_somebody_can_attend(session):
    house = House(rules=BY_WISHES | {"mode": "hybrid", "online_places": 5})
    person = house.register(house.one)
    db.session.execute(update(Registration).values(mode="online"))
    change(house.two, mode="onsite")

    with pytest.raises(NotInThisMode):
        give(house, person, house.two)

    give(house, person, house.one)


def test_after_a_release_nobody_asks_what_one_more_place_would_change(house):
    house.register(house.one), house.register(house.one)
    run = work_out(house)
    asking.compare(house.id, run.id, actor=ORGANISER, now=LATER)

    release(house, run)

    assert db.session.scalars(select(AssignmentRun.compare_asked_at)).all() == [None]


def test_what_was_decided_and_is_excluded_since_is_named(house):
    """Somebody has the same workshop at another time by now."""
    person = house.register(house.one)
    give(house, person, house.two)
    evening = WORKSHOPS_START + timedelta(hours=8)
    twin = a_workshop(house.congress, number=6, starts_at=evening, allocation="first_come")
    change(twin, same_as=house.two.code)
    book(person, twin)

    run = work_out(house)

    assert run.state is RunState.CONTRADICTION
    [fault] = run.contradictions or ()
    assert fault == {"fault": "NotBoth", "person": person.id, "first": house.two.id,
                     "second": twin.id}  # fmt: skip


def test_whose_workshop_was_called_off_gives_up_nothing_and_is_told_only_what_came_of_it(house):
    first, second = (house.register(house.one, house.three) for _ in range(2))
    no_wishes = house.register()
    book(no_wishes, house.three)
    release(house, work_out(house))
    [lost] = [each for each in (first, second) if confirmed(each) == {3}]
    db.session.rollback()
    seen = calling_off_rules.mark_of(scheduling.get_edited(house.three.id))
    calling_off.call_off(house.three.id, into=None, day=None, seen=seen, actor=ORGANISER, now=LATER)

    run = work_out(house, LEAST)
    foreseen = releasing.foresee(house.id, run.id, now=LATER)
    assert (foreseen.people, foreseen.moved, foreseen.without) == (0, 0, 0)
    release(house, run)

    write_letters()
    assert [has(lost)[1][0], confirmed(lost)] == ["waiting", set()]
    letter = letters(lost)[-1]
    [choice] = letter.facts["assigned"]
    assert all(each["cancelled"] for each in choice["had"])
    assert foreseen.letters == 1
    assert [each for each in letters(no_wishes) if each.facts.get("reassigned")] == []


def test_a_release_that_would_be_refused_says_so_before(house):
    house.first_run()
    change(house.two, capacity=0)
    with pytest.raises(RunOutOfDate):
        releasing.foresee(house.id, house.worked_out.id, now=LATER)


@pytest.mark.parametrize("with_offers", [False, True], ids=["waits", "is offered"])
def test_whoever_is_moved_waits_for_dearer_wishes_as_before(session, with_offers):
    house = House(rules=BY_WISHES | ({"offer_hours": 24} if with_offers else {}))
    person, first = house.register(house.one, house.three), house.register(house.one)
    house.run()
    house.gives(first, house.one, 1, 1)
    house.gives(person, house.three, 2, 2, (house.one, "full_lot"))
    house.release()
    if with_offers:
        db.session.rollback()
        changing.withdraw(first.id, actor=ATTENDEE, now=LATER)
        assert has(person)[1][0] == "offered"
    give(house, person, house.two)

    release(house, work_out(house, LEAST))

    assert confirmed(person) == {2}
    assert has(person)[1][0] == ("offered" if with_offers else "waiting")


def test_moving_many_takes_as_many_statements_as_moving_few(session):
    def statements(people: int) -> int:
        house = House(slug=f"of-{people}")
        house.two.capacity = people
        house.run()
        house.gives(house.register(house.one), house.one, 1, 1)
        for lot in range(2, people + 2):
            person = house.register(house.one, house.two, house.three)
            house.gives(person, house.two, 2, lot, (house.one, "full_lot"))
        house.release()
        house.run(kind="least_change")
        for lot, person in enumerate(house.people[1:], start=2):
            house.gives(person, house.three, 3, lot, (house.one, "full_lot"))
        with count_queries() as found:
            house.release()
        return len(found)

    assert statements(6) == statements(2)
