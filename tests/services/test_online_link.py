"""The link for taking part online over what happens: who is told, in letters and calendars."""
# ruff: noqa: ANN401 - the values of a plan have many types

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND, Actor, ActorKind
from congress.domain.calendars.calendar_json import entry_from_facts
from congress.domain.mails.news import News
from congress.domain.mails.untold import Untold
from congress.domain.planning.particulars import Particulars
from congress.domain.tokens import RegistrationLink
from congress.models import AuditLine, CalendarEntry, OutboxMessage, ProgrammeItem
from congress.queries import announcements, calendars, congresses
from congress.queries.planning.scheduling import edited_items
from congress.services import changing, confirming, registering, subscribing, tokens
from congress.services.mails import announcing
from congress.services.planning import amending, previewing, releasing, scheduling
from tests.builders import OPEN, a_congress, a_request, a_workshop, send_everything

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
ROOM, OTHER = "https://meet.example.org/1", "https://meet.example.org/2"
LATER = OPEN + timedelta(hours=1)


def amend(congress_id: int, **values: Any) -> Any:
    """Save other particulars; returns whom that reaches."""
    before = Particulars.of(congresses.get_congress(congress_id))
    wanted = replace(before, **values)
    asked = previewing.of_particulars(congress_id, wanted, now=LATER, with_names=False)
    amending.amend(
        congress_id, wanted, version=before.version, seen=asked.seen, actor=COMMAND, now=LATER
    )
    return asked.reach


def mails(session, **marks: Any) -> list[OutboxMessage]:
    session.expire_all()
    rows = select(OutboxMessage).filter_by(**marks).order_by(OutboxMessage.id)
    return list(session.scalars(rows))


def test_a_new_link_reaches_whoever_has_a_place_and_nobody_else(session):
    """Letter and calendar entry name it; the entry is its next revision."""
    congress = a_congress(capacity=1, online_link=ROOM)
    ids = [
        registering.register(congress.id, a_request(each), now=OPEN).registration_id
        for each in (1, 2)
    ]
    first, waiting = mails(session, kind="confirmed"), mails(session, kind="waiting")
    assert [each.facts["online_link"] for each in first] == [ROOM]
    assert ROOM not in json.dumps([each.facts for each in waiting])
    send_everything()

    reach = amend(congress.id, online_link=OTHER)

    [letter] = mails(session, state="queued")
    assert (reach.people, letter.kind, letter.registration_id) == (1, "programme_changed", ids[0])
    assert letter.facts["before"] | {"congress": None} == {"online_link": ROOM, "congress": None}
    assert letter.facts["online_link"] == OTHER
    entry = entry_from_facts(letter.facts["entry"])
    assert (entry.sequence, [each.address for each in entry.content.conferences]) == (1, [OTHER])
    assert entry.content.description.startswith(f"Link zur Online-Teilnahme: {OTHER}")
    assert ROOM not in json.dumps(letter.facts["entry"])
    [line] = session.scalars(select(AuditLine).where(AuditLine.verb == "congress_edited"))
    assert (line.fields, line.details["changes"]) == (["online_link"], {})


def test_mail_and_feed_hold_the_same_entry(session):
    congress = a_congress(online_link=ROOM)
    number = registering.register(congress.id, a_request(1), now=OPEN).registration_id
    [message] = mails(session, kind="calendar_request")
    [in_feed] = calendars.feed_of_registration(number)

    entry = entry_from_facts(message.facts["entry"])
    assert [each.address for each in entry.content.conferences] == [ROOM]
    assert in_feed.entry == entry


def test_what_nobody_was_told_yet_is_told_once_with_the_first_before(session):
    congress = a_congress(online_link=ROOM)
    registering.register(congress.id, a_request(1), now=OPEN)
    send_everything()

    amend(congress.id, online_link=OTHER)
    amend(congress.id, online_link="")
    [letter] = mails(session, state="queued", kind="programme_changed")
    assert letter.facts["before"]["online_link"] == ROOM
    assert "online_link" not in letter.facts

    amend(congress.id, online_link=ROOM)
    assert mails(session, state="queued") == []  # all is as they know it


def test_very_many_people_are_told_it_in_steps(session, monkeypatch):
    monkeypatch.setattr(announcing, "AT_ONCE", 0)
    congress = a_congress(online_link=ROOM)
    registering.register(congress.id, a_request(1), now=OPEN)
    send_everything()

    amend(congress.id, online_link=OTHER)
    while announcing.next_step(now=LATER):
        pass

    [letter] = mails(session, state="queued")
    assert (letter.facts["before"]["online_link"], letter.facts["online_link"]) == (ROOM, OTHER)


def test_news_of_an_older_version_knows_no_link_and_tells_of_none(session):
    row = a_congress(online_link=ROOM)
    congress = congresses.get_congress(row.id)
    kept = announcements.as_json(Untold(News(congress, everybody=True)))
    del kept["congress"]["online_link"]

    assert announcements.from_json(kept, congress).news.congress == congress


def test_whoever_has_not_confirmed_the_address_is_told_with_the_confirmation(session):
    congress = a_congress(online_link=ROOM, confirm_hours=24)
    number = registering.register(congress.id, a_request(1), now=OPEN).registration_id
    [question] = mails(session)
    assert question.kind == "confirm_registration"
    assert ROOM not in json.dumps(question.facts)
    amend(congress.id, online_link=OTHER)
    assert mails(session) == [question]

    confirming.confirm(str(tokens.token_for(number, RegistrationLink.CONFIRM)), now=LATER)

    [letter] = mails(session, kind="confirmed")
    assert letter.facts["online_link"] == OTHER


def test_what_ends_names_no_room(session):
    """By leaving, by another channel, by calling the congress off."""
    congress = a_congress(online_link=ROOM)
    ids = [
        registering.register(congress.id, a_request(each), now=OPEN).registration_id
        for each in (1, 2, 3)
    ]
    send_everything()

    changing.withdraw(ids[0], actor=ATTENDEE, now=LATER)
    subscribing.choose_channel(ids[1], subscribes=True, actor=ATTENDEE, now=LATER)
    ends = [each.facts["entry"] for each in mails(session, state="queued")]
    releasing.call_off(congress.id, actor=ORGANISER, now=LATER)
    [off] = mails(session, state="queued", registration_id=ids[2])

    ends.append(off.facts["entry"])
    assert [each["method"] for each in ends] == ["CANCEL"] * 3
    assert ROOM not in json.dumps(ends)
    assert ROOM not in json.dumps(list(session.scalars(select(CalendarEntry.content))))


def test_who_moves_up_is_told_it(session):
    congress = a_congress(online_link=ROOM, capacity=1)
    ids = [
        registering.register(congress.id, a_request(each), now=OPEN).registration_id
        for each in (1, 2)
    ]
    send_everything()

    changing.withdraw(ids[0], actor=ATTENDEE, now=LATER)

    [letter] = mails(session, kind="place_gained")
    assert letter.facts["online_link"] == ROOM
    assert letter.facts["entry"]["content"]["conferences"][0]["address"] == ROOM


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_label_is_in_the_language_of_the_entry(session, language):
    congress = a_congress(online_link=ROOM)
    registering.register(congress.id, a_request(1, language=language), now=OPEN)

    [message] = mails(session, kind="calendar_request")
    [room] = message.facts["entry"]["content"]["conferences"]
    assert room["label"] == {"de": "Link zur Online-Teilnahme", "en": "Online link"}[language]


def test_an_entry_without_a_link_is_kept_as_it_was_before_there_were_any(session):
    registering.register(a_congress().id, a_request(1), now=OPEN)

    [content] = session.scalars(select(CalendarEntry.content))
    assert "conferences" not in content


def test_the_link_of_a_workshop_reaches_whoever_has_a_place_in_it_by_release(session):
    congress = a_congress()
    workshop = a_workshop(congress, number=1, capacity=1, title={"de": "Netze"})
    has, waits, _neither = [
        registering.register(congress.id, a_request(number, *wishes), now=OPEN).registration_id
        for number, wishes in ((1, [workshop]), (2, [workshop]), (3, []))
    ]
    send_everything()
    sequence = session.get_one(ProgrammeItem, workshop.id).sequence

    [item] = edited_items(congress.id)
    plan = replace(item.plan, online_link=ROOM)
    scheduling.edit_item(item.id, plan, version=item.plan.version, actor=ORGANISER, now=LATER)
    assert mails(session, state="queued") == []  # a draft
    assert [each.changes for each in edited_items(congress.id)] == [("online_link",)]
    asked = previewing.preview(congress.id, now=LATER, with_names=False)
    releasing.release(congress.id, actor=ORGANISER, now=LATER)

    [letter] = mails(session, state="queued")
    assert (asked.reach.people, letter.registration_id) == (1, has)
    assert [each["online_link"] for each in letter.facts["confirmed"]] == [ROOM]
    rooms = letter.facts["entry"]["content"]["conferences"]
    assert rooms == [{"label": "Netze", "address": ROOM}]
    assert letter.facts["entry"]["sequence"] == 1
    assert session.get_one(ProgrammeItem, workshop.id).sequence == sequence  # nothing public
    lines = session.scalars(select(AuditLine.details)).all()
    assert ROOM not in json.dumps(lines)

    send_everything()
    changing.withdraw(has, actor=ATTENDEE, now=LATER)
    [won] = mails(session, kind="place_gained")
    assert (won.registration_id, won.facts["confirmed"][0]["online_link"]) == (waits, ROOM)
