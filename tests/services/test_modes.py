"""On site and online: places, letters, calendars, the link in time, and rules that change."""
# ruff: noqa: ANN401 - rows, items and rules of many types

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from congress.domain import editing
from congress.domain.access import ATTENDEE, COMMAND, Actor, ActorKind
from congress.domain.attendee_list import Wanted
from congress.domain.calendars.calendar_json import entry_from_facts
from congress.domain.modes import EventMode, Mode, ModeFull, NotInThisMode, TakePartOtherwise
from congress.domain.registration import RegistrationState
from congress.domain.room import ByHand
from congress.models import AuditLine, CalendarEntry, Congress, OutboxMessage
from congress.queries import attendees, congresses
from congress.queries.invariants import list_broken
from congress.queries.registrations import standings
from congress.services import changing, handing_over, registering, switching
from congress.services.entering import Entering
from congress.services.planning import modes, ruling
from tests.builders import ENDS, OPEN, STARTS, a_congress, a_request, a_workshop, send_everything

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
ROOM = "https://meet.example.org/1"
HYBRID = {"mode": "hybrid"}
LATER = OPEN + timedelta(hours=1)


def hybrid(many: int | None = None, **values: Any) -> Congress:
    """A congress with so many places online."""
    rules = HYBRID | ({"online_places": many} if many else {}) | values.pop("rules", {})
    return a_congress(rules=rules, online_capacity=many, **values)


def register(congress, number, mode=Mode.ONSITE, *choices: Any) -> int:
    asked = a_request(number, *choices, mode=mode)
    return registering.register(congress.id, asked, now=OPEN).registration_id


def mails(session, **marks: Any) -> list[OutboxMessage]:
    session.expire_all()
    rows = select(OutboxMessage).filter_by(**marks).order_by(OutboxMessage.id)
    return list(session.scalars(rows))


def counted(session) -> tuple[int, ...]:
    """How many have a place and wait, on site and online."""
    row = session.scalars(select(Congress), execution_options={"populate_existing": True}).one()
    return row.taken, row.waiting, row.online_taken, row.online_waiting


def rule(congress, **values: Any) -> Any:
    before = congresses.get_congress(congress.id).rules
    return ruling.rule(
        congress.id,
        replace(before, **values),
        version=editing.version_of(before.values),
        actor=COMMAND,
        now=LATER,
    )


def entry_of(session, number):
    row = session.scalars(
        select(CalendarEntry).filter_by(registration_id=number),
        execution_options={"populate_existing": True},
    ).one()
    conferences = [each["address"] for each in row.content.get("conferences", ())]
    return row.sequence, row.content["location"], conferences


def test_each_way_has_its_places_and_its_line(session):
    congress = hybrid(1, capacity=1)
    people = [register(congress, n, mode) for n, mode in enumerate([*Mode, *Mode, *Mode], 1)]
    states = [(each.state, each.position) for each in standings(people)]
    inside = (RegistrationState.CONFIRMED, None)
    assert states == [inside, inside] + [
        (RegistrationState.WAITING, position) for position in (1, 1, 2, 2)
    ]
    assert counted(session) == (1, 2, 1, 2)
    assert list_broken() == []
    listed = attendees.page(congress.id, Wanted(), offset=0, limit=9)
    assert [each.position for each in listed] == [position for _, position in states]

    changing.withdraw(people[1], actor=ATTENDEE, now=LATER)  # online, so one online moves up

    now_in = [RegistrationState.WAITING, RegistrationState.CONFIRMED]
    assert [each.state for each in standings(people[2:4])] == now_in
    assert counted(session) == (1, 2, 1, 1)
    assert list_broken() == []


@pytest.mark.parametrize("order", [(Mode.ONSITE, Mode.ONLINE), (Mode.ONLINE, Mode.ONSITE)])
def test_the_first_of_a_reserve_list_moves_up_whichever_way_they_come(session, order):
    """Both ways have places, and the organisation sends as many as it may."""
    congress = hybrid(rules={"quota": 1}, capacity=9)
    sits = register(congress, 1)
    waiting = [register(congress, number, mode) for number, mode in enumerate(order, 2)]
    told = [each.on_reserve and each.on_reserve.position for each in standings(waiting)]
    assert told == [1, 2]
    changing.withdraw(sits, actor=ATTENDEE, now=LATER)
    states = [each.state for each in standings(waiting)]
    assert states == [RegistrationState.CONFIRMED, RegistrationState.WAITING]
    assert list_broken() == []


def test_who_takes_over_a_position_online_gets_a_place_there_or_stands_there(session):
    """A reserve list of one organisation, and somebody of another: what is free is looked for."""
    congress = hybrid(1, rules={"quota": 1}, capacity=9)
    register(congress, 1)
    waits = register(congress, 2, Mode.ONLINE)
    colleague = a_request(3, organisation="Stadt Olpe")
    came = handing_over.see_to(waits, colleague, Entering(ByHand()), actor=ORGANISER, now=LATER)
    [now_in] = standings([came])
    assert (now_in.state, now_in.mode) == (RegistrationState.CONFIRMED, Mode.ONLINE)
    last = register(congress, 4, Mode.ONLINE)
    another = a_request(5, organisation="Stadt Hamm")
    came = handing_over.see_to(last, another, Entering(ByHand()), actor=ORGANISER, now=LATER)
    [waits_now] = standings([came])
    assert (waits_now.state, waits_now.position) == (RegistrationState.WAITING, 1)
    assert list_broken() == []


def test_the_link_is_for_those_online(session):
    """In letter and calendar, which says also where one is; nothing of it to those on site."""
    congress = hybrid(venue={"de": "Hansesaal"}, online_link=ROOM)
    there, away = (register(congress, number, mode) for number, mode in enumerate(Mode, 1))
    assert entry_of(session, there) == (0, "Hansesaal, Lünen", [])
    assert entry_of(session, away) == (0, "Online", [ROOM])
    for number, has_link in ((there, False), (away, True)):
        of_them = json.dumps([each.facts for each in mails(session, registration_id=number)])
        assert (ROOM in of_them) is has_link


def test_going_over_revises_the_calendar_and_says_both(session):
    congress = hybrid(venue={"de": "Hansesaal"}, online_link=ROOM)
    number = register(congress, 1)
    send_everything()

    assert switching.take_part(number, Mode.ONLINE, actor=ATTENDEE, now=LATER)
    assert not switching.take_part(number, Mode.ONLINE, actor=ATTENDEE, now=LATER)

    [letter] = mails(session, state="queued")
    assert (letter.kind, letter.facts["mode"]) == ("changed", "online")
    assert letter.facts["before"]["mode"] == "onsite"
    entry = entry_from_facts(letter.facts["entry"])
    assert (entry.sequence, entry.content.location) == (1, "Online")
    assert [each.address for each in entry.content.conferences] == [ROOM]
    [line] = session.scalars(select(AuditLine).where(AuditLine.verb == "mode_changed"))
    assert line.details["mode"] == ["onsite", "online"]

    switching.take_part(number, Mode.ONSITE, actor=ORGANISER, now=LATER)
    assert entry_of(session, number) == (2, "Hansesaal, Lünen", [])
    assert mails(session, state="queued") == []  # nobody had heard of the first
    assert counted(session) == (1, 0, 0, 0)
    assert list_broken() == []


def test_nobody_loses_a_place_for_one_that_is_not_there(session):
    congress = hybrid(1, capacity=2)
    there, away = (register(congress, number, mode) for number, mode in enumerate(Mode, 1))
    with pytest.raises(ModeFull):
        switching.take_part(there, Mode.ONLINE, actor=ATTENDEE, now=LATER)
    switching.take_part(there, Mode.ONLINE, beyond=True, actor=ORGANISER, now=LATER)
    assert counted(session) == (0, 0, 2, 0)
    changing.withdraw(away, actor=ATTENDEE, now=LATER)
    assert counted(session) == (0, 0, 1, 0)
    assert list_broken() == []


def test_whoever_waits_goes_over_to_a_free_place_and_is_told_once(session):
    congress = hybrid(capacity=1)
    register(congress, 1)
    number = register(congress, 2)
    send_everything()
    switching.take_part(number, Mode.ONLINE, actor=ATTENDEE, now=LATER)
    assert [each.kind for each in mails(session, state="queued")] == ["place_gained"]
    assert counted(session) == (1, 0, 1, 0)
    assert list_broken() == []


def test_a_workshop_on_site_is_not_for_those_online(session):
    congress = hybrid()
    item = a_workshop(congress, mode="onsite")
    with pytest.raises(NotInThisMode):
        register(congress, 1, Mode.ONLINE, item)
    number = register(congress, 2, Mode.ONSITE, item)
    with pytest.raises(NotInThisMode):
        switching.take_part(number, Mode.ONLINE, actor=ATTENDEE, now=LATER)


def test_the_last_guard_is_in_the_database(session):
    """Whoever counts past the rule is stopped by the CHECK."""
    congress = hybrid(1)
    register(congress, 1, Mode.ONLINE)
    session.get(Congress, congress.id).online_taken = 2
    with pytest.raises(IntegrityError, match="online_places"):
        session.flush()


def test_a_rule_takes_nobodys_way_away(session):
    congress = hybrid(capacity=5)
    there, away = (register(congress, number, mode) for number, mode in enumerate(Mode, 1))
    for mode, people in (("onsite", Mode.ONLINE), ("online", Mode.ONSITE)):
        with pytest.raises(TakePartOtherwise) as refused:
            rule(congress, mode=EventMode(mode))
        assert (refused.value.people, refused.value.mode) == (1, people)
    changing.withdraw(there, actor=ATTENDEE, now=LATER)
    rule(congress, mode=EventMode.ONLINE)
    assert counted(session) == (1, 0, 0, 0)
    assert session.get_one(Congress, congress.id).sequence == 1  # public calendars say it
    rule(congress, mode=EventMode.HYBRID, online_places=3)
    assert counted(session) == (0, 0, 1, 0)
    assert standings([away])[0].mode is Mode.ONLINE
    assert list_broken() == []


def test_more_places_online_let_people_move_up(session):
    congress = hybrid(1)
    people = [register(congress, number, Mode.ONLINE) for number in (1, 2)]
    rule(congress, online_places=2)
    assert [each.state for each in standings(people)] == [RegistrationState.CONFIRMED] * 2
    assert counted(session) == (0, 0, 2, 0)
    assert list_broken() == []


def test_in_an_online_congress_everybody_takes_part_online(session):
    congress = a_congress(online_link=ROOM, rules={"mode": "online"})
    number = register(congress, 1)
    assert standings([number])[0].mode is Mode.ONLINE
    assert entry_of(session, number) == (0, "Online", [ROOM])
    assert list_broken() == []


def test_a_link_that_comes_late_comes_by_itself_and_once(session):
    """Before, letters say when; then those online get it, and nobody else a letter."""
    congress = hybrid(online_link=ROOM, rules={"link_hours": 24})
    there, away = (register(congress, number, mode) for number, mode in enumerate(Mode, 1))
    comes_at = STARTS - timedelta(hours=24)
    first = mails(session, registration_id=away, kind="confirmed")[0].facts
    assert datetime.fromisoformat(first["link_comes_at"]) == comes_at
    assert "online_link" not in first
    assert entry_of(session, away) == (0, "Online", [])
    assert all("link_comes_at" not in each.facts for each in mails(session, registration_id=there))
    send_everything()

    assert not modes.next_step(now=comes_at - timedelta(seconds=1))
    assert modes.next_step(now=comes_at)
    assert not modes.next_step(now=comes_at)

    [letter] = mails(session, state="queued")
    assert (letter.registration_id, letter.facts["online_link"]) == (away, ROOM)
    assert letter.facts["before"]["online_link"] == ""
    assert entry_of(session, away) == (1, "Online", [ROOM])
    assert entry_of(session, there)[0] == 0
    assert not modes.next_step(now=ENDS)
    assert list_broken() == []


def test_without_the_rule_a_link_that_was_held_back_comes_at_once(session):
    congress = a_congress(online_link=ROOM, rules={"mode": "online", "link_hours": 24})
    number = register(congress, 1)
    send_everything()
    rule(congress, link_hours=0)
    assert entry_of(session, number) == (1, "Online", [ROOM])
    [letter] = mails(session, state="queued")
    assert letter.facts["online_link"] == ROOM
