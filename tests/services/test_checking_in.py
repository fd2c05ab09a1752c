"""Checking people in, on both databases: once for each day, from however many devices."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from congress.domain.access import Actor, ActorKind
from congress.domain.attendance import DayAhead, HasWithdrawn, Presence, StillWaiting
from congress.domain.attendee_list import Wanted
from congress.extensions import db
from congress.models import Attendance, AuditLine, Registration, User
from congress.queries import attendances, attendees
from congress.queries.door import expected
from congress.services import checking_in
from congress.transaction import read_one_state
from tests.builders import BEGUN, ENDS, STARTS, a_congress, a_registration, add, an_item

WEDNESDAY, THURSDAY = STARTS.date(), STARTS.date() + timedelta(days=1)
TWO_DAYS = ((STARTS, ENDS), (STARTS + timedelta(days=1), ENDS + timedelta(days=1)))


def somebody(name: str = "Paula") -> Actor:
    address = f"{name}@example.org"
    user = User(email=address, email_key=address, name=name, fs_uniquifier=address, active=True)
    return Actor(ActorKind.ORGANISER, add(user).id)


def test_who_came_is_known_by_day_and_who_ticked_it(session):
    congress = a_congress(days=TWO_DAYS)
    anna, bernd, _clara = (
        a_registration(congress, family_name=name).id for name in ("Adler", "Birke", "Clausen")
    )
    gone = a_registration(congress, family_name="Dachs").id
    paula, later = somebody(), BEGUN + timedelta(days=1)

    assert checking_in.check_in(anna, day=WEDNESDAY, now=BEGUN, actor=paula) is None
    assert checking_in.check_in(anna, day=WEDNESDAY, now=later, actor=paula) == BEGUN
    with pytest.raises(DayAhead):
        checking_in.check_in(anna, day=THURSDAY, now=BEGUN, actor=paula)
    for person in (anna, bernd, gone):
        checking_in.check_in(person, day=THURSDAY, now=later, actor=paula)
    session.get_one(Registration, gone).state = "cancelled"  # left, and has no place any more
    session.commit()

    number = congress.id
    assert attendances.at_all(number, people=3) == Presence(3, 2)
    assert attendances.by_day(number, people=3) == {
        WEDNESDAY: Presence(3, 1),
        THURSDAY: Presence(3, 2),
    }
    assert attendances.count_at_door(number, THURSDAY) == 2
    [first, second] = attendances.of_registration(anna)
    assert (first.day, first.came_at, first.account) == (WEDNESDAY, BEGUN, "Paula")
    assert second.day == THURSDAY
    here = [
        (each.name.split()[-1], each.came_at)
        for each in expected(number, Wanted(), WEDNESDAY, offset=0, limit=9)
    ]
    assert here == [("Adler", BEGUN), ("Birke", None), ("Clausen", None), ("Dachs", None)]
    listed = {True: ["Adler", "Birke"], False: ["Clausen"]}
    for has_come, names in listed.items():
        wanted = Wanted(has_come=has_come)
        found = attendees.page(number, wanted, offset=0, limit=9, columns=["came"])
        assert [each.family_name for each in found] == names
        assert attendees.count(number, wanted) == len(names)
        read_one_state()
        streamed = attendees.stream(number, wanted, columns=["came"])
        assert [each.days for each in streamed] == [each.days for each in found]
    assert found[0].days == ()

    checking_in.take_back(anna, day=WEDNESDAY, now=later, actor=paula)
    checking_in.take_back(anna, day=WEDNESDAY, now=later, actor=paula)
    assert attendances.count_at_door(number, WEDNESDAY) == 0
    lines = session.execute(select(AuditLine.verb, AuditLine.details).order_by(AuditLine.id)).all()
    assert lines[0] == ("came", {"day": "2015-10-21"})
    assert lines[4:] == [("came_taken_back", {"day": "2015-10-21"})]


def test_nobody_comes_without_a_place_or_twice(session):
    congress = a_congress()
    item = an_item(congress).id
    waits, left = (a_registration(congress, state=state).id for state in ("waiting", "cancelled"))
    paula = somebody()
    for person, refusal in ((waits, StillWaiting), (left, HasWithdrawn)):
        with pytest.raises(refusal):
            checking_in.check_in(person, day=WEDNESDAY, actor=paula, now=BEGUN)
    assert not attendances.is_recorded(congress.id)
    assert session.scalars(select(AuditLine)).all() == []

    came = a_registration(congress).id
    checking_in.check_in(came, day=WEDNESDAY, actor=paula, now=BEGUN)
    add(Attendance(registration_id=came, item_id=item, day=WEDNESDAY, came_at=BEGUN))
    assert attendances.is_recorded(congress.id)
    assert attendances.by_day(congress.id, people=1) == {WEDNESDAY: Presence(1, 1)}
    for at in (None, item):
        with pytest.raises(IntegrityError):
            add(Attendance(registration_id=came, item_id=at, day=WEDNESDAY, came_at=BEGUN))
        session.rollback()

    session.execute(delete(AuditLine))
    session.execute(delete(User))
    assert attendances.of_registration(came)[0].account == ""
    session.execute(delete(Registration))
    assert session.scalars(select(Attendance)).all() == []


def test_two_devices_tick_off_the_same_person_once(app):
    with app.app_context():
        person, actor = a_registration(a_congress()).id, somebody()
    together, known = Barrier(2), []

    def tap() -> None:
        with app.app_context():
            db.session.scalars(select(Registration.id)).all()  # the page is loaded first
            together.wait()
            known.append(checking_in.check_in(person, day=WEDNESDAY, actor=actor, now=BEGUN))

    taps = [Thread(target=tap) for _ in range(2)]
    for each in taps:
        each.start()
    for each in taps:
        each.join()

    assert sorted(known, key=str) == [BEGUN, None]
    with app.app_context():
        assert db.session.scalars(select(Attendance.day)).all() == [date(2015, 10, 21)]
        assert db.session.scalars(select(AuditLine.verb)).all() == ["came"]
