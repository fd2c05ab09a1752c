from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.network.contact_notes import (
    ContactKind,
    NoteEditedMeanwhile,
    NoteFacts,
    NoteGone,
    goes_on,
)
from congress.models import AuditLine, ContactNote
from congress.queries.network import contact_log
from congress.services.network import logging_contacts
from tests.network import a_contact_note, an_organisation

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
MARCH = NOW.date()
DONE: Any = {"actor": COMMAND, "now": NOW}
BERLIN = ZoneInfo("Europe/Berlin")


def verbs(session):
    return list(session.scalars(select(AuditLine.verb).order_by(AuditLine.id)))


def noted(text="", follow_up_on=None):
    facts = NoteFacts(
        an_organisation().id, ContactKind.CALL, MARCH, "Anruf", None, text, None, follow_up_on
    )
    return logging_contacts.add(facts, **DONE), facts


def test_a_contact_is_noted_corrected_and_deleted(session):
    number, facts = noted(text="Frau Albers ist erkrankt")
    other = replace(facts, topic="Rückruf", text="")
    logging_contacts.correct(number, other, version=facts.version, **DONE)
    logging_contacts.correct(number, other, version=other.version, **DONE)

    assert contact_log.find(number).facts == other
    assert session.get(ContactNote, number).search == "ruckruf"
    logging_contacts.remove(number, **DONE)
    logging_contacts.remove(number, **DONE)
    assert contact_log.find(number) is None
    assert verbs(session) == ["contact_noted", "contact_note_corrected", "contact_note_deleted"]
    lines = session.scalars(select(AuditLine)).all()
    assert not [each for each in lines if "Albers" in f"{each.details}{each.personal}"]
    assert lines[1].fields == ["topic", "text"]


def test_nobody_saves_over_what_they_have_not_seen(database):
    number, facts = noted()
    logging_contacts.correct(number, replace(facts, topic="B"), version=facts.version, **DONE)
    with pytest.raises(NoteEditedMeanwhile):
        logging_contacts.correct(number, replace(facts, topic="C"), version=facts.version, **DONE)
    assert contact_log.find(number).facts.topic == "B"


def test_what_is_gone_is_refused(database):
    number, facts = noted()
    logging_contacts.remove(number, **DONE)
    with pytest.raises(NoteGone):
        logging_contacts.correct(number, facts, version=facts.version, **DONE)
    with pytest.raises(NoteGone):
        logging_contacts.finish(number, **DONE)
    with pytest.raises(NoteGone):
        logging_contacts.postpone(number, MARCH, **DONE)


def test_what_follows_is_postponed_done_and_opened_again(session):
    number, facts = noted(follow_up_on=MARCH)
    april, may = date(2026, 4, 1), date(2026, 5, 1)
    logging_contacts.postpone(number, april, **DONE)
    logging_contacts.postpone(number, april, **DONE)
    logging_contacts.finish(number, **DONE)
    logging_contacts.finish(number, **DONE)
    later = replace(facts, follow_up_on=april)
    assert contact_log.find(number).done_at == NOW
    logging_contacts.correct(number, replace(later, topic="B"), version=later.version, **DONE)
    assert contact_log.find(number).done_at == NOW
    logging_contacts.postpone(number, may, **DONE)
    found = contact_log.find(number)

    assert (found.facts.follow_up_on, found.done_at) == (may, None)
    told = ["contact_noted", "follow_up_postponed", "follow_up_done", "contact_note_corrected"]
    assert verbs(session) == [*told, "follow_up_postponed"]


def test_a_note_without_a_day_for_it_is_never_done(session):
    number, facts = noted(follow_up_on=MARCH)
    logging_contacts.finish(number, **DONE)
    without = replace(facts, follow_up_on=None)
    logging_contacts.correct(number, without, version=facts.version, **DONE)
    logging_contacts.finish(number, **DONE)

    assert contact_log.find(number).done_at is None


def test_notes_go_on_the_day_that_their_page_says(session):
    town, long_ago = an_organisation(), date(2020, 1, 1)
    recently = NOW - timedelta(days=29)
    kinds: dict[str, Any] = {
        "old": {"day": long_ago},
        "old and done": {
            "day": long_ago, "follow_up_on": long_ago, "done_at": NOW - timedelta(days=31)
        },
        "old, done now": {"day": long_ago, "follow_up_on": long_ago, "done_at": recently},
        "old, open": {"day": long_ago, "follow_up_on": long_ago},
        "last day": {"day": MARCH - timedelta(days=730)},
        "a day less": {"day": MARCH - timedelta(days=729)},
    }  # fmt: skip
    for topic, values in kinds.items():
        a_contact_note(town, topic, **values)
    said = {
        each.facts.topic: goes_on(
            each.facts.day, each.facts.follow_up_on, each.done_at, zone=BERLIN
        )
        for each in contact_log.all_of(contact_log.Wanted(), today=MARCH)
    }

    assert logging_contacts.forget_old(now=NOW) == 3
    left = set(session.scalars(select(ContactNote.topic)))
    assert left == {"old, done now", "old, open", "a day less"}
    assert left == {topic for topic, day in said.items() if day is None or day > MARCH}
    assert logging_contacts.forget_old(now=NOW) == 0
