"""Checking people in, on both databases: once for each day, from however many devices."""

from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from congress.domain.access import COMMAND, Actor, ActorKind
from congress.domain.attendance import (
    DayAhead,
    HasWithdrawn,
    NotInTheProgramme,
    Presence,
    StillWaiting,
    TakesPartOnline,
)
from congress.domain.attendee_list import Wanted
from congress.domain.doors import NotADoor, NotBookedHere
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import (
    Attendance,
    AuditLine,
    ContributorAttendance,
    ProgrammeItem,
    Registration,
    User,
)
from congress.queries import attendances, attendees
from congress.queries.door import expected
from congress.services import checking_in, tokens
from congress.transaction import read_one_state, transaction
from tests.builders import (
    BEGUN,
    ENDS,
    STARTS,
    WORKSHOPS_START,
    a_booking,
    a_congress,
    a_contribution,
    a_registration,
    a_workshop,
    add,
    an_item,
)

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
        assert [days for part in streamed for days in part.days] == [each.days for each in found]
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


@pytest.fixture
def door(session):
    """A hybrid congress of two days with a workshop on each, and somebody with no place in any."""
    congress = a_congress(days=TWO_DAYS, rules={"mode": "hybrid"}, online_capacity=9)
    times = (WORKSHOPS_START, WORKSHOPS_START + timedelta(days=1))
    items = [a_workshop(congress, starts_at=at).id for at in times]
    return congress, items, a_registration(congress).id


def facts_of(session, verb):
    lines = select(AuditLine).where(AuditLine.verb == verb).order_by(AuditLine.id)
    return [(each.registration_id, each.details) for each in session.scalars(lines)]


def test_only_who_has_a_place_behind_a_door_comes_in_unless_they_are_let_in(session, door):
    congress, (today, tomorrow), person = door
    booked, waiting = (a_registration(congress).id for _each in range(2))
    for each, state in ((booked, "confirmed"), (waiting, "waiting")):
        row = session.get_one(Registration, each)
        a_booking(row, session.get_one(ProgrammeItem, today), state=state)
    common: dict[str, Any] = {"day": WEDNESDAY, "actor": COMMAND, "now": BEGUN}

    for each in (person, waiting):
        with pytest.raises(NotBookedHere):
            checking_in.check_in(each, item_id=today, **common)
    for nowhere in (tomorrow, 4711):  # not even for whoever is let in
        with pytest.raises(NotADoor):
            checking_in.check_in(person, item_id=nowhere, is_let_in=True, **common)
    assert session.scalars(select(Attendance)).all() == []

    checking_in.check_in(booked, item_id=today, **common)
    checking_in.check_in(person, item_id=today, is_let_in=True, **common)
    said = {"day": WEDNESDAY.isoformat(), "item": today}
    assert facts_of(session, "came") == [(booked, said), (person, said | {"let_in": True})]


def test_whoever_is_expected_online_comes_through_no_door(session, door):
    congress, (today, _tomorrow), _person = door
    away = a_registration(congress, mode="online").id
    for item in (None, today):
        with pytest.raises(TakesPartOnline):
            checking_in.check_in(
                away, day=WEDNESDAY, item_id=item, is_let_in=True, actor=COMMAND, now=BEGUN
            )
    assert session.scalars(select(Attendance)).all() == []


@pytest.mark.parametrize("by_code", [False, True])
def test_whoever_stands_at_the_door_needs_to_confirm_nothing_any_more(session, door, by_code):
    congress, _items, person = door
    other = a_registration(congress).id
    for each in (person, other):
        session.get_one(Registration, each).unconfirmed_until = BEGUN + timedelta(hours=1)
    session.commit()
    with transaction():
        tokens.issue(person, TokenPurpose.CHECK_IN, now=STARTS)
    code = str(tokens.token_for(person, TokenPurpose.CHECK_IN))
    common: dict[str, Any] = {"day": WEDNESDAY, "item_id": None, "actor": COMMAND, "now": BEGUN}
    if by_code:
        assert checking_in.check_in_by_code(congress.id, code, **common) == (person, None)
    else:
        assert checking_in.check_in(person, **common) is None

    asked = select(Registration.id).where(Registration.unconfirmed_until.is_not(None))
    assert session.scalars(asked).all() == [other]
    assert [who for who, _details in facts_of(session, "confirmed_by_hand")] == [person]


def test_what_is_taken_back_of_a_day_says_whether_they_were_in_a_workshop_on_it(session, door):
    _congress, (today, _tomorrow), person = door
    common: dict[str, Any] = {"day": WEDNESDAY, "actor": COMMAND, "now": BEGUN}
    checking_in.check_in(person, item_id=today, is_let_in=True, **common)
    checking_in.check_in(person, **common)
    for _twice in range(2):
        assert checking_in.take_back(person, **common)  # known by the workshop still
    assert facts_of(session, "came_taken_back") == []
    assert not checking_in.take_back(person, item_id=today, **common)
    assert not checking_in.take_back(person, **common)
    said = {"day": WEDNESDAY.isoformat(), "item": today}
    assert facts_of(session, "came_taken_back") == [(person, said)]
    assert session.scalars(select(Attendance)).all() == []


def test_people_of_the_programme_come_on_days_that_have_begun_each_for_itself(session, door):
    congress, _items, _person = door
    states = ("confirmed", "requested")
    erika, asked = (a_contribution(an_item(congress), state=state).person.id for state in states)
    elsewhere = a_contribution(an_item(a_congress(slug="anderer")), state="confirmed").person.id
    later = BEGUN + timedelta(days=1)

    def check_in(person, day, now):
        return checking_in.check_in_contributor(
            congress.id, person, day=day, actor=COMMAND, now=now
        )

    for person in (asked, elsewhere):
        with pytest.raises(NotInTheProgramme):
            check_in(person, WEDNESDAY, BEGUN)
    with pytest.raises(DayAhead):
        check_in(erika, THURSDAY, BEGUN)
    assert check_in(erika, WEDNESDAY, BEGUN) is None
    assert check_in(erika, WEDNESDAY, later) == BEGUN
    assert check_in(erika, THURSDAY, later) is None

    for _twice in range(2):
        checking_in.take_back_contributor(
            congress.id, erika, day=WEDNESDAY, actor=COMMAND, now=later
        )
    days = select(ContributorAttendance.person_id, ContributorAttendance.day)
    assert [tuple(row) for row in session.execute(days)] == [(erika, THURSDAY)]
    said = [{"day": day.isoformat(), "person": erika} for day in (WEDNESDAY, THURSDAY)]
    assert facts_of(session, "contributor_came") == [(None, each) for each in said]
    assert facts_of(session, "contributor_came_taken_back") == [(None, said[0])]
