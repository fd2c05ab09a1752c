"""From applications for a course to the people who are registered, and what may go wrong."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from congress.domain.network.course_applications import (
    CourseApplicationSettled,
    CourseApplicationsUnseen,
    CourseCallClosed,
    CourseIsOver,
    NamedTwice,
    NotATraining,
    NothingChosen,
    OtherPeople,
    State,
    answers,
)
from congress.models import (
    AuditLine,
    CoursePerson,
    OutboxMessage,
)
from congress.queries import congresses, course_applications
from congress.services.courses import answering, applying, foreseeing, letters, opening
from congress.services.courses.answering import Choice
from congress.services.planning import previewing, releasing
from tests.builders import a_congress
from tests.courses import CLOSES, DAYS, a_course, calendar_mails, content, mails
from tests.network import an_organisation
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


def test_an_application_is_received_and_whoever_it_names_is_told(session):
    town = an_organisation("Stadt Rheine")
    course = a_course()
    found = apply(course, "Rheine")
    assert (found.organisation_id, found.called) == (town.id, "Stadt Rheine")
    assert mails(session) == [
        ("course_received", "amt@rheine.example"),
        ("course_named", "Anna@rheine.example"),
        ("course_named", "Bert@rheine.example"),
    ]
    [mine, anna, _bert] = session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id))
    assert "/course-application/" in str(letters.link_for(mine.facts, mine.recipient))
    assert "/named/" in str(letters.link_for(anna.facts, anna.recipient))
    assert letters.link_for(anna.facts, "other@example.org") is None
    assert apply(course, "Rheine") == found  # the same form again
    assert len(mails(session)) == 3


def test_who_names_themselves_hears_of_it_once(session):
    course = a_course()
    said = content("rheine")
    people = (said.applicant, said.people[0])
    both = type(said)(said.applicant, people, said.motivation)
    applying.apply(course.id, "Rheine", both, language="de", form_key="k", now=NOW)
    assert [kind for kind, _to in mails(session)] == ["course_received", "course_named"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"now": CLOSES}, CourseCallClosed),
        ({"people": ("Anna",)}, OtherPeople),
        ({"people": ("Anna", "Anna")}, NamedTwice),
    ],
)
def test_what_is_refused_leaves_nothing_behind(session, change, refusal):
    course = a_course()
    said = content("rheine", *change.get("people", ()))
    with pytest.raises(refusal):
        applying.apply(
            course.id, "Rheine", said, language="de", form_key="k", now=change.get("now", NOW)
        )
    assert (states(course), mails(session)) == ([], [])


def test_what_an_organisation_can_apply_for_and_has_applied_with(session):
    town, other = an_organisation("Stadt Hamm"), an_organisation("Stadt Werne")
    course = a_course()
    a_course(slug="later")
    a_course(slug="draft", state="draft")
    a_congress(slug="other")
    apply(course, "Hamm")
    mine = course_applications.offered(town.id, now=NOW)
    assert [(each.slug, [str(state) for state in each.applied]) for each in mine] == [
        ("fachkongress", ["new"]),
        ("later", []),
    ]
    theirs = course_applications.offered(other.id, now=NOW)
    assert [each.applied for each in theirs] == [(), ()]
    assert course_applications.offered(town.id, now=CLOSES) == []


def test_only_a_training_takes_applications(session):
    course = a_course()
    call = course_applications.find_call(course.id)
    assert call is not None
    other = a_congress(slug="other")
    with pytest.raises(NotATraining):
        opening.edit(other.id, call, version="", actor=OFFICE, now=NOW)


def test_correcting_tells_only_whoever_is_newly_named(session):
    course = a_course()
    found = apply(course, "Rheine")
    applying.correct(found, content("rheine", "Anna", "Cora"), now=NOW)
    applying.correct(found, content("rheine", "Anna", "Cora"), now=NOW)
    after = get(course, found)
    assert [each.given_name for each in after.people] == ["Anna", "Cora"]
    assert after.people[0].id == found.people[0].id
    assert mails(session)[3:] == [("course_named", "Cora@rheine.example")]
    with pytest.raises(CourseApplicationSettled):
        applying.correct(found, content("rheine", "Anna", "Dora"), now=CLOSES)


def test_who_objects_is_forgotten_and_the_applicant_told(session):
    course = a_course()
    found = apply(course, "Rheine")
    [_mine, anna, _bert] = session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id))
    token = str(letters.link_for(anna.facts, anna.recipient)).rsplit("/", 1)[1]
    for _again in range(2):
        applying.object_to(token, now=NOW)
    [first, _second] = session.scalars(sa.select(CoursePerson).order_by(CoursePerson.id))
    assert (first.given_name, first.family_name, first.email, first.email_key) == ("",) * 4
    assert mails(session)[3:] == [("course_objected", "amt@rheine.example")]
    choose(course, [found])
    assert (send(course).placed, registered(course)) == (
        1,
        [("Bert", "Stadt Rheine", "confirmed")],
    )


def test_what_is_chosen_is_told_to_nobody_until_it_is_sent(session):
    course = a_course(rules=QUOTA)
    first, second, third = (apply(course, town) for town in ("Hamm", "Werne", "Rheine"))
    before = len(mails(session))
    assert choose(course, [first, second]) == 2
    assert choose(course, [first, second]) == 0  # pressed twice
    assert choose(course, [second], state=None) == 1  # undone
    choose(course, [second], state=State.RESERVE, rank=1, reason="Nächstes Mal.")
    choose(course, [third], state=State.DECLINED, reason="Leider.")
    assert (states(course), len(mails(session)), registered(course)) == (["new"] * 3, before, [])
    asked = answers(course_applications.listed(course.id))
    goes = foreseeing.foresee(congresses.get_heading(course.id), asked, now=NOW)
    sent = send(course)
    assert (sent.answered, sent.placed, sent.waiting) == (3, 2, 0)
    assert states(course) == ["accepted", "reserve", "declined"]
    new = mails(session)[before:]
    assert len(new) == asked.mails == goes.mails == 5
    assert calendar_mails(session) == goes.calendar_entries == 2 * len(DAYS)
    assert sorted(kind for kind, _to in new) == ["confirmed"] * 2 + ["course_answered"] * 3
    answered = OutboxMessage.kind == "course_answered"
    letter = sa.select(OutboxMessage.facts).where(answered).order_by(OutboxMessage.id)
    told = [(each["answer"], each.get("rank")) for each in session.scalars(letter)]
    assert told == [("accepted", None), ("reserve", 1), ("declined", None)]
    # Each module is an entry of the calendar that comes with the confirmation.
    entries = session.scalars(
        sa.text(
            "SELECT count(*) FROM calendar_entries JOIN registrations r ON r.id = registration_id"
        )
    ).one()
    assert entries == 2 * len(DAYS)
    with pytest.raises(NothingChosen):
        send(course)
    verbs = set(session.scalars(sa.select(AuditLine.verb)))
    assert {"course_answers_chosen", "course_application_answered", "entered"} <= verbs


def test_an_answer_is_to_what_was_seen(session):
    course = a_course()
    found = apply(course, "Hamm")
    choose(course, [found])
    seen = answers(course_applications.listed(course.id)).seen
    applying.correct(found, content("hamm", "Anna", "Cora"), now=NOW)
    with pytest.raises(CourseApplicationsUnseen):
        answering.send(course.id, seen=seen, actor=OFFICE, now=NOW)
    stale = {found.id: found.version}
    again = {found.id: Choice(State.DECLINED)}
    applying.correct(found, content("hamm", "Anna", "Dora"), now=NOW + timedelta(seconds=1))
    with pytest.raises(CourseApplicationsUnseen):
        answering.choose(course.id, again, seen=stale, actor=OFFICE, now=NOW)
    send(course)
    with pytest.raises(CourseApplicationSettled):
        choose(course, [found], state=State.DECLINED)


@pytest.mark.parametrize("why", ["over", "cancelled", "finished"])
def test_nobody_is_answered_for_a_course_that_is_over_or_called_off(session, why):
    course = a_course()
    one, two = (apply(course, town) for town in ("Rheine", "Hamm"))
    choose(course, [one], State.RESERVE, rank=1)
    send(course)
    choose(course, [two])
    sent = mails(session)
    if why != "over":
        course.state = why
        session.commit()
    late = DAYS[-1][1] if why == "over" else NOW
    [waits, new] = course_applications.listed(course.id)
    by: Any = {"actor": OFFICE, "now": late}
    for act in (
        lambda: answering.send(
            course.id, seen=answers(course_applications.listed(course.id)).seen, **by
        ),
        lambda: answering.accept_next(course.id, waits.id, seen=waits.version, **by),
        lambda: answering.choose(
            course.id, {new.id: Choice(State.DECLINED)}, seen={new.id: new.version}, **by
        ),
    ):
        with pytest.raises(CourseIsOver):
            act()
    assert (states(course), mails(session)) == (["reserve", "new"], sent)


def test_who_has_no_place_yet_is_told_that_the_course_is_called_off(session):
    course = a_course()
    new, waits, declined, _placed = (
        apply(course, town) for town in ("Rheine", "Hamm", "Werne", "Soest")
    )
    choose(course, [waits], State.RESERVE, rank=1)
    choose(course, [declined], State.DECLINED)
    choose(course, [_placed])
    send(course)
    choose(course, [new])  # told nobody yet
    before = len(mails(session))
    assert previewing.calling_off(course.id, now=NOW).applicants == 2
    releasing.call_off(course.id, actor=OFFICE, now=NOW)
    told = [to for kind, to in mails(session)[before:] if kind == "course_answered"]
    assert told == ["amt@rheine.example", "amt@hamm.example"]
    last = sa.select(OutboxMessage).where(OutboxMessage.kind == "course_answered")
    letter = session.scalars(last.order_by(OutboxMessage.id.desc())).first()
    assert (letter.facts["answer"], letter.facts["paragraphs"]) == ("cancelled", [])
    for wanted in ("hold_after_all", "call_off"):
        getattr(releasing, wanted)(course.id, actor=OFFICE, now=NOW)
    assert previewing.calling_off(course.id, now=DAYS[-1][1]).applicants == 0  # nobody is told
