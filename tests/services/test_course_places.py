"""Places of a course that come of applications: never more than there are, and who follows."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from congress.domain.access import ATTENDEE
from congress.domain.groups import RefusedForOne
from congress.domain.handing_over import HandOverLinkOver
from congress.domain.network.course_applications import (
    CourseApplicationsUnseen,
    NotEnoughPlaces,
    State,
    answers,
)
from congress.domain.registration import LastModuleHasBegun
from congress.domain.registration_request import Details
from congress.domain.room import ByHand
from congress.models import (
    Attendance,
    CalendarEntry,
    CourseApplication,
    CoursePerson,
    HandOver,
    OutboxMessage,
    Registration,
)
from congress.queries import certificates, congresses, course_applications
from congress.queries.invariants import list_broken
from congress.queries.registrations import standings
from congress.services import changing, hand_overs, handing_over, registering
from congress.services.courses import answering, applying, foreseeing
from congress.services.entering import Entering
from tests.builders import a_request
from tests.courses import DAYS, a_course, calendar_mails, mails
from tests.services.courses_house import (
    NOW,
    OFFICE,
    QUOTA,
    apply,
    choose,
    get,
    registered,
    send,
    states,
)
from tests.services.test_requests_at_once import at_once


def test_never_more_than_the_places(session):
    course = a_course(capacity=3)
    first, second = apply(course, "Hamm"), apply(course, "Werne")
    choose(course, [first, second])
    before = len(mails(session))
    with pytest.raises(NotEnoughPlaces) as refused:
        send(course)
    assert (refused.value.free, refused.value.wanted) == (3, 4)
    assert (states(course), registered(course), len(mails(session))) == (["new"] * 2, [], before)


def test_who_is_registered_already_stops_all_of_it(session):
    course = a_course()
    registering.register(
        course.id,
        a_request(given_name="Anna", family_name="aus hamm", email="anna@hamm.example"),
        now=NOW,
    )
    choose(course, [apply(course, "Hamm"), apply(course, "Werne")])
    with pytest.raises(RefusedForOne) as refused:
        send(course)
    assert refused.value.name == "Anna aus hamm"
    assert states(course) == ["new", "new"]


def test_a_withdrawn_municipality_makes_room_for_the_next(session):
    course = a_course(capacity=2, rules=QUOTA)
    first, second = apply(course, "Hamm"), apply(course, "Werne")
    choose(course, [first])
    choose(course, [second], state=State.RESERVE, rank=1)
    send(course)
    line = get(course, second)
    with pytest.raises(NotEnoughPlaces):
        answering.accept_next(course.id, second.id, seen=line.version, actor=OFFICE, now=NOW)
    before = len(mails(session))
    for _again in range(2):
        applying.withdraw(get(course, first), now=NOW)
    assert sorted(mails(session)[before:]) == [
        ("withdrawn", "Anna@hamm.example"),
        ("withdrawn", "Bert@hamm.example"),
    ]
    assert [state for *_who, state in registered(course)] == ["cancelled"] * 2
    with pytest.raises(CourseApplicationsUnseen):
        answering.accept_next(course.id, second.id, seen="", actor=OFFICE, now=NOW)
    sent = answering.accept_next(course.id, second.id, seen=line.version, actor=OFFICE, now=NOW)
    assert (sent.answered, sent.placed) == (1, 2)
    assert states(course) == ["withdrawn", "accepted"]
    with pytest.raises(CourseApplicationsUnseen):  # pressed twice
        answering.accept_next(course.id, second.id, seen=line.version, actor=OFFICE, now=NOW)


def test_what_goes_out_is_said_before_also_of_whoever_only_waits(session):
    course = a_course(rules={"quota": 1, "substitutes": True})
    choose(course, [apply(course, "Hamm"), apply(course, "Werne", ("Anna", "Bert"))])
    asked = answers(course_applications.listed(course.id))
    goes = foreseeing.foresee(congresses.get_heading(course.id), asked, now=NOW)
    before = len(mails(session))
    sent = send(course)
    assert (sent.placed, sent.waiting) == (2, 2)
    assert len(mails(session)) - before == goes.mails == 6
    assert calendar_mails(session) == goes.calendar_entries == 2 * len(DAYS)


def test_two_offices_never_accept_for_the_same_last_places(app, session):
    course = a_course(capacity=2)
    number = course.id
    first, second = apply(course, "Hamm"), apply(course, "Werne")
    for rank, each in enumerate((first, second), start=1):
        choose(course, [each], state=State.RESERVE, rank=rank)
    send(course)
    lines = [get(course, each) for each in (first, second)]

    def accept():
        line = lines[0]
        answering.accept_next(number, line.id, seen=line.version, actor=OFFICE, now=NOW)

    session.commit()
    came = at_once(app, [accept, accept])
    assert came == {"done": 1, "CourseApplicationsUnseen": 1}
    assert states(course) == ["accepted", "reserve"]
    assert [state for *_who, state in registered(course)] == ["confirmed"] * 2


def test_two_offices_never_send_more_than_there_are_places(app, session):
    """One sends what is chosen, the other one accepts from the reserve list meanwhile."""
    course = a_course(capacity=2)
    number = course.id
    first, second = apply(course, "Hamm"), apply(course, "Werne")
    choose(course, [first], state=State.RESERVE, rank=1)
    send(course)
    choose(course, [second])
    line, seen = get(course, first), answers(course_applications.listed(number)).seen

    def accept():
        answering.accept_next(number, line.id, seen=line.version, actor=OFFICE, now=NOW)

    def answer():
        answering.send(number, seen=seen, actor=OFFICE, now=NOW)

    session.commit()
    assert at_once(app, [accept, answer]) == {"done": 1, "NotEnoughPlaces": 1}
    assert [state for *_who, state in registered(course)] == ["confirmed"] * 2


def test_the_third_of_a_municipality_waits_and_moves_up(session):
    course = a_course(rules=QUOTA)
    choose(course, [apply(course, "Hamm")])
    send(course)
    third = a_request(given_name="Cora", email="cora@hamm.example", organisation="Stadt Hamm")
    number = registering.register(course.id, third, now=NOW).registration_id
    [waits] = standings([number])
    assert str(waits.state) == "waiting"
    assert waits.on_reserve is not None
    anna = session.scalars(sa.select(Registration).where(Registration.given_name == "Anna")).one()
    changing.withdraw(anna.id, actor=ATTENDEE, now=NOW)
    [waits] = standings([number])
    assert str(waits.state) == "confirmed"


def test_a_substitute_accepts_by_link_and_goes_with_the_application(session):
    course = a_course(rules=QUOTA)
    found = apply(course, "Hamm")
    choose(course, [found])
    send(course)
    anna = session.scalars(sa.select(Registration).where(Registration.given_name == "Anna")).one()
    colleague = Details("Cora", "Neu", "cora@hamm.example", "Stadt Hamm")
    handing_over.ask(anna.id, colleague, actor=ATTENDEE, now=NOW)
    asked = session.scalars(sa.select(HandOver)).one()
    link = str(hand_overs.link_for(asked.id, "cora@hamm.example"))
    comes = a_request(given_name="Cora", family_name="Neu", organisation="Stadt Hamm")
    handing_over.accept(link.rsplit("/", 1)[1], comes, now=NOW)
    assert [(name, state) for name, _town, state in registered(course)] == [
        ("Anna", "cancelled"),
        ("Bert", "confirmed"),
        ("Cora", "confirmed"),
    ]
    applying.withdraw(get(course, found), now=NOW)
    assert [state for *_who, state in registered(course)] == ["cancelled"] * 3


def substituted(session, course, *, now):
    """Let Anna name Cora, who accepts by the link; return both registrations."""
    anna = session.scalars(sa.select(Registration).where(Registration.given_name == "Anna")).one()
    colleague = Details("Cora", "Neu", "cora@hamm.example", "Stadt Hamm")
    handing_over.ask(anna.id, colleague, actor=ATTENDEE, now=now)
    asked = session.scalars(sa.select(HandOver)).one()
    link = str(hand_overs.link_for(asked.id, "cora@hamm.example"))
    comes = a_request(given_name="Cora", family_name="Neu", organisation="Stadt Hamm")
    handing_over.accept(link.rsplit("/", 1)[1], comes, now=now)
    cora = session.scalars(sa.select(Registration).where(Registration.given_name == "Cora")).one()
    return anna.id, cora.id


def attend(session, number, days):
    for starts_at, _ends in days:
        came = Attendance(registration_id=number, day=starts_at.date(), came_at=starts_at)
        session.add(came)
    session.commit()


def entries(session, number):
    found = sa.select(CalendarEntry.day, CalendarEntry.status, CalendarEntry.sequence)
    mine = found.where(CalendarEntry.registration_id == number).order_by(CalendarEntry.day)
    return [(status, sequence) for _day, status, sequence in session.execute(mine)]


@pytest.mark.parametrize(("attended", "enough"), [(5, True), (4, False)])
def test_in_the_middle_of_a_course_each_keeps_what_they_attended(session, attended, enough):
    course = a_course(rules=QUOTA | {"certificate_from": 60})
    choose(course, [apply(course, "Hamm")])
    send(course)
    first = session.scalars(sa.select(Registration).where(Registration.given_name == "Anna")).one()
    attend(session, first.id, DAYS[:3])
    anna, cora = substituted(session, course, now=DAYS[3][0] - timedelta(hours=1))
    assert list_broken() == []
    # What is past stays in the one calendar and never comes into the other one.
    assert entries(session, anna) == [("CONFIRMED", 0)] * 3 + [("CANCELLED", 1)] * 5
    assert entries(session, cora) == [("CONFIRMED", 0)] * 5
    told = dict(session.execute(sa.select(OutboxMessage.kind, OutboxMessage.facts)).all())
    for kind in ("hand_over_asked", "handed_over"):
        assert told[kind]["modules_held"] == 3
    attend(session, cora, DAYS[3 : 3 + attended])
    days = sa.select(sa.func.count()).where(Attendance.registration_id == anna)
    assert session.scalar(days) == 3
    # Five of eight are 62 %, four are 50 %: nothing of what Anna attended counts for Cora.
    there = certificates.who_was_there(congresses.get_congress(course.id))
    assert [(each.id, len(each.days), each.statement.held) for each in there] == (
        [(cora, 5, 8)] if enough else []
    )


def test_once_the_last_module_has_begun_nobody_comes_instead_by_a_link(session):
    course = a_course(rules=QUOTA)
    choose(course, [apply(course, "Hamm")])
    send(course)
    anna = session.scalars(sa.select(Registration).where(Registration.given_name == "Anna")).one()
    colleague = Details("Cora", "Neu", "cora@hamm.example", "Stadt Hamm")
    last = DAYS[-1][0]
    handing_over.ask(anna.id, colleague, actor=ATTENDEE, now=last - timedelta(days=1))
    asked = session.scalars(sa.select(HandOver)).one()
    assert asked.expires_at == last
    link = str(hand_overs.link_for(asked.id, "cora@hamm.example"))
    comes = a_request(given_name="Cora", family_name="Neu", organisation="Stadt Hamm")
    with pytest.raises(HandOverLinkOver):
        handing_over.accept(link.rsplit("/", 1)[1], comes, now=last)
    with pytest.raises(LastModuleHasBegun):
        handing_over.ask(anna.id, colleague, actor=ATTENDEE, now=last)


def test_what_somebody_attended_stays_theirs_when_another_one_comes(session):
    course = a_course(rules=QUOTA)
    choose(course, [apply(course, "Hamm")])
    send(course)
    anna = session.scalars(sa.select(Registration).where(Registration.given_name == "Anna")).one()
    first = DAYS[0][0]
    session.add(Attendance(registration_id=anna.id, day=first.date(), came_at=first))
    session.commit()
    comes = a_request(given_name="Cora", family_name="Neu", email="c@hamm.example")
    number = handing_over.see_to(
        anna.id, comes, Entering(ByHand()), actor=OFFICE, now=DAYS[1][0] - timedelta(days=2)
    )
    days = sa.select(Attendance.registration_id, Attendance.day)
    assert [tuple(row) for row in session.execute(days)] == [(anna.id, first.date())]
    [came] = standings([number])
    assert str(came.state) == "confirmed"


def test_what_led_to_no_place_goes_six_weeks_after_the_course_began(session):
    course = a_course()
    first, second, third = (apply(course, town) for town in ("Hamm", "Werne", "Rheine"))
    choose(course, [first])
    choose(course, [second], state=State.DECLINED)
    send(course)
    applying.withdraw(third, now=NOW)
    begun = DAYS[0][0]
    assert applying.forget_old(now=begun + timedelta(weeks=6)) == 0
    assert applying.forget_old(now=begun + timedelta(weeks=6, seconds=1)) == 2
    assert states(course) == ["accepted"]
    assert session.scalar(sa.select(sa.func.count()).select_from(CoursePerson)) == 2
    assert applying.forget_old(now=DAYS[-1][1] + timedelta(days=366)) == 1
    assert session.scalar(sa.select(sa.func.count()).select_from(CourseApplication)) == 0
