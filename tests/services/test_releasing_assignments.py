"""Releasing an assignment: all its places at once, or nothing at all."""

from collections.abc import Callable
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import delete, event, select, update

from congress.domain.access import ATTENDEE
from congress.domain.assigning import NotReleasable, RunOutOfDate
from congress.extensions import db
from congress.models import (
    Announcement,
    AssignmentOutcome,
    AssignmentRun,
    AuditLine,
    Booking,
    Congress,
    ProgrammeItem,
    Registration,
    WorkshopWish,
)
from congress.queries.invariants import list_broken
from congress.services import changing, registering
from congress.services.assigning import releasing
from congress.services.assigning.releasing import Foreseen
from congress.services.forgetting import HANG_ON_THEM
from congress.services.mails import assigned
from tests.builders import a_request, add, set_places
from tests.queries_counter import count_queries
from tests.services.assignment_house import (
    LATER,
    ORGANISER,
    House,
    has,
    letters,
    write_letters,
)
from tests.wishes import BY_WISHES, wishes


@pytest.fixture
def house(session) -> House:
    return House()


def test_everybody_sits_and_waits_as_was_worked_out(house):
    house.first_run()

    done = house.release()

    assert has(house.first) == {1: ("confirmed", 1, None)}
    # Who has nothing of that time comes first, though they came last.
    assert has(house.second) == {2: ("confirmed", 2, None), 1: ("waiting", 1, 2)}
    assert has(house.third) == {1: ("waiting", 1, 1)}
    assert done == Foreseen(people=2, places=2, waits=2, letters=3, calendars=2, moved=0, without=0)
    marks = dict(db.session.execute(select(ProgrammeItem.number, ProgrammeItem.assigned_at)).all())
    assert marks == {1: LATER, 2: LATER, 3: LATER, 4: LATER}
    run = db.session.get_one(AssignmentRun, house.worked_out.id)
    assert (run.state, run.released_at, run.released_by) == ("released", LATER, 1)
    assert list_broken() == []
    lines = select(AuditLine).where(AuditLine.verb == "assignment_released")
    [line] = db.session.scalars(lines)
    assert line.details == {
        "run": run.id,
        "kind": "first",
        "people": 2,
        "waits": 2,
        "moved": 0,
        "letters": 3,
    }


def test_foreseeing_says_the_same_and_changes_nothing(house):
    house.first_run()
    db.session.rollback()

    foreseen = releasing.foresee(house.id, house.worked_out.id, now=LATER)

    assert has(house.first) == {}
    assert house.release() == foreseen
    with pytest.raises(NotReleasable):
        releasing.foresee(house.id, house.worked_out.id, now=LATER)


def test_whoever_is_not_in_the_congress_yet_keeps_all_their_wishes(session):
    house = House(capacity=2)
    house.first_run()  # the third waits for the congress

    house.worked_out = house.run()
    house.gives(house.first, house.one, 1, 1)
    house.gives(house.second, house.two, 2, 2, (house.one, "full"))
    wishes(house.register(house.three, house.two, house.one))
    fourth = house.people[-1]
    house.release()

    assert has(house.third) == {1: ("waiting", 1, None)}
    assert has(fourth) == {
        1: ("waiting", 3, None),
        2: ("waiting", 2, None),
        3: ("waiting", 1, None),
    }
    write_letters()
    assert letters(fourth) == []  # they have been told that their wishes are kept
    changing.withdraw(house.second.id, actor=ATTENDEE, now=LATER)
    assert has(house.third) == {1: ("waiting", 1, 1)}  # is in now, and so counted there
    assert list_broken() == []


@pytest.mark.parametrize("why", ["clash", "mode", "alone", "by_hand", "group"])
def test_nobody_waits_for_what_they_cannot_have(house, why):
    person, other = house.register(house.one, house.two), house.register(house.one)
    house.run()
    house.gives(other, house.one, 1, 1)
    house.gives(person, house.two, 2, 2, (house.one, why))
    house.release()
    assert has(person) == {2: ("confirmed", 2, None)}


def test_nobody_waits_where_a_place_is_left_or_nobody_may_wait(house):
    """A minimum elsewhere needed them: they would move up at once and undo it."""
    person, other = house.register(house.three, house.one), house.register(house.one, house.two)
    db.session.execute(
        update(ProgrammeItem).where(ProgrammeItem.number == 1).values(waiting_list=False)
    )
    db.session.commit()
    house.run()
    house.gives(person, house.one, 2, 1, (house.three, "minimum"))
    house.gives(other, house.two, 2, 2, (house.one, "full"))
    house.release()
    assert has(person) == {1: ("confirmed", 2, None)}
    assert has(other) == {2: ("confirmed", 2, None)}


def refused(house: House, why: type[Exception], seen_hash: str = "") -> None:
    before = list(db.session.scalars(select(Booking.id)))
    with pytest.raises(why):
        house.release(seen_hash)
    assert list(db.session.scalars(select(Booking.id))) == before
    assert set(db.session.scalars(select(ProgrammeItem.assigned_at))) == {None}
    assert db.session.scalars(select(Announcement.id)).all() == []
    assert list_broken() == []


def test_another_run_than_was_looked_at_is_not_released(house):
    house.first_run()
    refused(house, RunOutOfDate, "another")


@pytest.mark.parametrize("state", ["queued", "contradiction", "failed", "stopped", "released"])
def test_only_a_finished_run_is_released(house, state):
    house.first_run()
    db.session.execute(update(AssignmentRun).values(state=state))
    db.session.commit()
    refused(house, NotReleasable)


def test_an_older_run_is_not_released(house):
    house.first_run()
    older = house.worked_out
    house.run()
    house.worked_out = older
    refused(house, NotReleasable)


def test_a_single_place_that_is_missing_books_nothing(house):
    """Somebody withdrew; what the run gives them is nobody's, so nothing of it is given."""
    house.first_run()
    changing.withdraw(house.second.id, actor=ATTENDEE, now=LATER)
    refused(house, RunOutOfDate)


def test_a_place_too_many_books_nothing(house):
    """No run finds such a thing; the door refuses it all the same."""
    house.first_run()
    of_third = AssignmentOutcome.registration_id == house.third.id
    db.session.execute(update(AssignmentOutcome).where(of_third).values(item_id=house.two.id))
    db.session.commit()
    refused(house, RunOutOfDate)


@pytest.mark.parametrize("what", ["wish", "places", "newcomer", "rule"])
def test_whatever_has_changed_since_is_worked_out_again_first(house, what):
    house.first_run()
    if what == "wish":
        wishes(house.third, house.three)
    elif what == "places":
        set_places(house.id, house.two.id, 2, actor=ORGANISER, now=LATER)
    elif what == "rule":
        house.congress.rules = BY_WISHES | {"organisation_most": 1}
        db.session.commit()
    else:
        house.register(house.two)
    refused(house, RunOutOfDate)


def release_while(house: House, app: Flask, act: Callable[[], object]) -> Foreseen:
    """Release a run, and let something happen after it was read and before all others wait."""
    number, seen_hash = house.worked_out.id, house.worked_out.inputs_hash
    db.session.rollback()

    def carry_out() -> None:
        with app.app_context():
            act()

    def begin(_session: object) -> None:
        thread = Thread(target=carry_out)
        thread.start()
        thread.join()

    # What was read is let go of when the congress is about to be held.
    event.listen(db.session(), "after_rollback", begin, once=True)
    return releasing.release(house.id, number, seen_hash=seen_hash, actor=ORGANISER, now=LATER)


@pytest.mark.parametrize("what", ["withdrawal", "wish", "deletion"])
def test_what_changes_while_a_release_is_planned_is_worked_out_again_first(app, house, what):
    house.first_run()
    third, other = house.third.id, house.three.id

    def change() -> None:
        if what == "withdrawal":
            changing.withdraw(third, actor=ATTENDEE, now=LATER)
        elif what == "deletion":
            for model in HANG_ON_THEM:
                db.session.execute(delete(model).where(model.registration_id == third))
            db.session.execute(delete(Registration).where(Registration.id == third))
            db.session.execute(update(Congress).values(taken=2))
            db.session.commit()
        else:
            add(WorkshopWish(registration_id=third, item_id=other, rank=2))

    with pytest.raises(RunOutOfDate):
        release_while(house, app, change)

    assert has(house.first) == has(house.second) == {}
    assert list_broken() == []


def test_who_registers_while_a_release_is_planned_changes_nothing_of_it(app, house):
    house.first_run()
    newcomer = a_request(9)

    done = release_while(house, app, lambda: registering.register(house.id, newcomer, now=LATER))

    assert (done.places, done.waits) == (2, 2)
    assert has(house.second) == {2: ("confirmed", 2, None), 1: ("waiting", 1, 2)}
    assert list_broken() == []


def test_a_fault_in_the_middle_leaves_nothing(house, monkeypatch):
    house.first_run()

    def broken(*_facts: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(assigned, "announce", broken)
    refused(house, RuntimeError)


def test_a_release_takes_as_many_statements_for_many_as_for_few(house):
    def statements(house: House) -> int:
        with count_queries() as found:
            house.release()
        return len(found)

    house.first_run()
    few = statements(house)
    house = House(slug="another")
    house.first_run()
    for lot in range(4, 10):
        house.gives(house.register(house.three, house.one), house.three, 1, lot)
    assert statements(house) == few
