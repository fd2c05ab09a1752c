"""Calendars over what happens to a congress: one entry per person and day, whatever moves."""
# ruff: noqa: ANN401 - the values of a plan have many types

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from config import load_settings
from congress import extensions
from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.congress_file.plan import DayPlan
from congress.domain.times.time_slots import TimeSlot
from congress.models import CalendarEntry, Congress, OutboxMessage
from congress.queries.calendars import entries_of_registration
from congress.queries.invariants import list_broken
from congress.queries.planning.congress_files import find_plan
from congress.services import changing, registering
from congress.services.planning import importing, releasing
from tests.builders import ENDS, OPEN, STARTS, a_congress, a_request, send_everything, set_places

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
FIRST = STARTS.date()
LATER = OPEN + timedelta(hours=1)


def bring_in(congress, *, now=LATER, **values: Any):
    """Import the congress as it is, with these values."""
    plan = find_plan(congress.slug)
    assert plan is not None
    importing.import_congress(replace(plan, **values), actor=ORGANISER, now=now)


def on_days(numbers):
    days = [(STARTS + timedelta(number), ENDS + timedelta(number)) for number in numbers]
    return tuple(DayPlan(starts.date(), TimeSlot(starts, ends)) for starts, ends in days)


def entries(session):
    """Every entry: its number among the first ones, its day, SEQUENCE and state."""
    rows = session.execute(
        select(
            CalendarEntry.uid, CalendarEntry.day, CalendarEntry.sequence, CalendarEntry.status
        ).order_by(CalendarEntry.id)
    ).all()
    uids = list(dict.fromkeys(row.uid for row in rows))
    return [
        (uids.index(row.uid), (row.day - FIRST).days, row.sequence, row.status == "CONFIRMED")
        for row in rows
    ]


def stated(session, *, since=LATER):
    """What was mailed since for calendars."""
    facts = session.scalars(select(OutboxMessage.facts).where(OutboxMessage.created_at >= since))
    return [each["entry"] for each in facts if "entry" in each]


def objects(session, *, since=LATER):
    """The calendar objects that were mailed since: method, SEQUENCE, day."""
    facts = session.scalars(
        select(OutboxMessage.facts)
        .where(OutboxMessage.created_at >= since)
        .order_by(OutboxMessage.id)
    ).all()
    found = [each["entry"] for each in facts if "entry" in each]
    return [
        (
            each["method"],
            each["sequence"],
            (date.fromisoformat(each["content"]["starts"][:10]) - FIRST).days,
        )
        for each in found
    ]


@pytest.mark.parametrize(
    ("before", "after", "stored", "mailed"),
    [
        ((0,), (7,), [(0, 7, 1, True)], [("REQUEST", 1, 7)]),
        (
            (0, 1),
            (7, 8),
            [(0, 7, 1, True), (1, 8, 1, True)],
            [("REQUEST", 1, 7), ("REQUEST", 1, 8)],
        ),
        (
            (0, 1),
            (1, 2),
            [(0, 1, 1, True), (1, 2, 1, True)],
            [("REQUEST", 1, 1), ("REQUEST", 1, 2)],
        ),
        ((0,), (0, 1), [(0, 0, 0, True), (1, 1, 0, True)], [("REQUEST", 0, 1)]),
        ((0, 1), (0,), [(0, 0, 0, True), (1, 1, 1, False)], [("CANCEL", 1, 1)]),
        ((0, 1), (1,), [(0, 0, 1, False), (1, 1, 0, True)], [("CANCEL", 1, 0)]),
        (
            (0, 1),
            (7,),
            [(0, 7, 1, True), (1, 1, 1, False)],
            [("REQUEST", 1, 7), ("CANCEL", 1, 1)],
        ),
    ],
)
def test_a_moved_day_stays_the_same_entry_and_only_one_without_another_ends(
    session, before, after, stored, mailed
):
    """ICS-07, RFC 5546, 3.2.2.1: REQUEST with the next SEQUENCE, no CANCEL and new entry."""
    congress = a_congress()
    bring_in(congress, days=on_days(before), now=OPEN)
    registering.register(congress.id, a_request(), now=OPEN)
    send_everything()

    bring_in(congress, days=on_days(after))

    assert entries(session) == stored
    assert objects(session) == mailed
    assert list_broken() == []


def test_a_day_that_comes_back_is_the_entry_it_was(session):
    congress = a_congress()
    bring_in(congress, days=on_days([0, 1]), now=OPEN)
    registering.register(congress.id, a_request(), now=OPEN)

    for number, days in enumerate(((0,), (7,), (7, 8)), start=1):
        bring_in(congress, days=on_days(days), now=OPEN + timedelta(hours=number))

    assert entries(session) == [(0, 7, 1, True), (1, 8, 2, True)]
    assert list_broken() == []


@pytest.mark.parametrize("waits", [False, True], ids=["at once", "moved up"])
def test_who_registers_again_goes_on_with_the_same_entry(session, waits):
    congress = a_congress(capacity=1)
    first = registering.register(congress.id, a_request(1), now=OPEN).registration_id
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    if waits:
        registering.register(congress.id, a_request(2), now=OPEN)

    again = a_request(1, form_key="another form")
    second = registering.register(congress.id, again, now=LATER).registration_id
    if waits:
        assert entries_of_registration(second) == []
        set_places(congress.id, None, 2, actor=ORGANISER, now=LATER)

    [left], [back] = entries_of_registration(first), entries_of_registration(second)
    assert (left.uid, left.sequence + 1) == (back.uid, back.sequence)
    assert (left.status, back.status) == ("CANCELLED", "CONFIRMED")
    assert ("REQUEST", 2, 0) in objects(session)
    assert list_broken() == []


def test_somebody_else_has_an_entry_of_their_own(session):
    congress = a_congress()
    first = registering.register(congress.id, a_request(1), now=OPEN).registration_id
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)

    colleague = a_request(2, email=a_request(1).email)
    registering.register(congress.id, colleague, now=LATER)
    other = a_congress(slug="other")
    registering.register(other.id, a_request(1, form_key="other"), now=LATER)

    assert entries(session) == [(0, 0, 1, False), (1, 0, 0, True), (2, 0, 0, True)]


@pytest.mark.parametrize(
    ("happens", "title"),
    [
        ("withdrawn", "Abgemeldet: Engagement vor Ort"),
        ("cancelled by an organiser", "Abgemeldet: Engagement vor Ort"),
        ("called off", "Abgesagt: Engagement vor Ort"),
        ("called off after a withdrawal", "Abgemeldet: Engagement vor Ort"),
    ],
)
def test_mail_and_feed_say_the_same_of_what_ended_and_who_ended_it(session, happens, title):
    congress = a_congress()
    number = registering.register(congress.id, a_request(), now=OPEN).registration_id
    send_everything()
    if happens != "called off":
        actor = ORGANISER if "organiser" in happens else ATTENDEE
        changing.withdraw(number, actor=actor, now=LATER)
    if "called off" in happens:
        releasing.call_off(congress.id, actor=ORGANISER, now=LATER)

    [entry] = entries_of_registration(number)
    [stated] = [
        facts["entry"]
        for facts in session.scalars(
            select(OutboxMessage.facts).where(OutboxMessage.created_at >= LATER)
        )
        if "entry" in facts
    ]
    assert entry.content.summary == stated["content"]["summary"] == title
    assert entry.sequence == stated["sequence"] == 1


@pytest.mark.parametrize("actor", [ATTENDEE, ORGANISER], ids=["attendee", "organiser"])
def test_who_leaves_what_was_called_off_has_left_whatever_comes_of_it(session, actor):
    """One UID says what is true: mail and feed the same, also once the congress is held."""
    congress = a_congress()
    bring_in(congress, days=on_days([0, 1]), now=OPEN)
    number = registering.register(congress.id, a_request(), now=OPEN).registration_id
    bring_in(congress, days=on_days([0]), now=OPEN)  # the second day goes, whoever comes
    send_everything()
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    send_everything()

    changing.withdraw(number, actor=actor, now=LATER)
    changing.withdraw(number, actor=actor, now=LATER)
    releasing.hold_after_all(congress.id, actor=ORGANISER, now=LATER)

    assert [(each.sequence, each.content.summary) for each in entries_of_registration(number)] == [
        (2, "Abgemeldet: Engagement vor Ort"),
        (1, "Abgesagt: Engagement vor Ort"),
    ]
    assert objects(session) == [("CANCEL", 2, 0)]
    assert list_broken() == []


def test_another_address_of_the_program_is_no_news(session, tmp_path):
    """The stored entry does not hold it: a command with another BASE_URL revises nothing."""
    congress = a_congress()
    number = registering.register(congress.id, a_request(1), now=OPEN).registration_id
    here = extensions.settings()
    elsewhere = load_settings(var_dir=tmp_path / "other", base_url="http://elsewhere.test:9000")
    try:
        extensions.bind_settings(elsewhere)
        bring_in(congress, lead={"de": "Was nicht im Eintrag steht"})
    finally:
        extensions.bind_settings(here)

    assert session.scalars(select(Congress.sequence)).one() == 1  # so everybody was looked at
    assert objects(session) == []
    [entry] = entries_of_registration(number)
    assert (entry.sequence, entry.content.url) == (0, "")


def test_a_reminder_comes_with_the_next_revision_and_is_none_itself(session):
    """Nobody is written to, and a feed stays as it is, because of a setting."""
    congress = a_congress()
    number = registering.register(congress.id, a_request(1), now=OPEN).registration_id
    plan = find_plan(congress.slug)
    assert plan is not None
    reminding = replace(plan.registration, reminder=CalendarAlarm.TWO_HOURS)

    bring_in(congress, registration=reminding, lead={"de": "Neu"})
    assert objects(session) == []
    [entry] = entries_of_registration(number)
    assert (entry.sequence, entry.content.reminder) == (0, 0)

    bring_in(congress, town="Hamm")
    [entry] = entries_of_registration(number)
    assert (entry.sequence, entry.content.reminder) == (1, 120)
    later = a_request(2)
    registering.register(congress.id, later, now=LATER)
    assert {each["content"]["reminder"] for each in stated(session)} == {120}
