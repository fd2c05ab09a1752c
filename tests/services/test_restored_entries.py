"""Calendar entries of a backup that was put back: calendars hear of what is changed next."""
# ruff: noqa: ANN401 - a session of the tests has no type

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.base import table_of
from congress.domain.access import ATTENDEE
from congress.domain.calendars.calendar import BEYOND_A_BACKUP
from congress.domain.mails.marks import Mark
from congress.models import CalendarEntry, OutboxMessage
from congress.services import changing, registering
from congress.services.mails import controlling
from tests.builders import OPEN, a_congress, a_request, send_everything

MINUTE, LONG_AFTER = timedelta(minutes=1), OPEN + timedelta(days=1)
ENTRIES = table_of(CalendarEntry)


def entries(session: Any) -> dict[int, tuple[int, Any]]:
    """SEQUENCE and moment of the last revision, by registration."""
    columns = select(ENTRIES.c.registration_id, ENTRIES.c.sequence, ENTRIES.c.revised_at)
    return {row.registration_id: (row.sequence, row.revised_at) for row in session.execute(columns)}


def put_back(begun: int = 0) -> Mark:
    """Let the database be older than what this machine remembers, or as it remembers it."""
    mark, _ = controlling.hold_if_restored(None, now=OPEN)
    return replace(mark, begun=mark.begun + begun)


def last_entry(session: Any) -> Any:
    return session.scalar(select(OutboxMessage.facts).order_by(OutboxMessage.id.desc()))["entry"]


@pytest.fixture
def people(session) -> list[int]:
    """One with a place, and one who withdrew; that mail waits."""
    congress = a_congress()
    found = [
        registering.register(congress.id, a_request(each), now=OPEN).registration_id
        for each in (1, 2)
    ]
    send_everything()
    changing.withdraw(found[1], actor=ATTENDEE, now=OPEN)
    return found


def test_no_sequence_goes_back_with_a_backup(session, people):
    """ICS-06: the next change is above all that went out; what is over stays out of feeds."""
    known = entries(session)
    assert controlling.hold_if_restored(put_back(begun=3), now=LONG_AFTER)[1]

    raised = entries(session)
    assert [raised[each][0] - known[each][0] for each in people] == [BEYOND_A_BACKUP] * 2
    assert [raised[each][1] for each in people] == [LONG_AFTER, OPEN]
    waiting = last_entry(session)
    assert (waiting["method"], waiting["sequence"]) == ("CANCEL", raised[people[1]][0])
    assert not waiting["unseen"]

    changing.withdraw(people[0], actor=ATTENDEE, now=LONG_AFTER + MINUTE)
    assert last_entry(session)["sequence"] == raised[people[0]][0] + 1


def test_the_public_calendar_goes_beyond_and_is_fetched_anew(session):
    congress = a_congress()
    registering.register(congress.id, a_request(1), now=OPEN)
    session.expire_all()
    known = congress.revision, congress.content_revision
    controlling.hold_if_restored(put_back(begun=3), now=LONG_AFTER)
    session.expire_all()
    assert (congress.sequence, congress.revised_at) == (BEYOND_A_BACKUP, LONG_AFTER)
    assert (congress.revision, congress.content_revision) == (known[0] + 1, known[1] + 1)


def test_what_is_no_backup_changes_nothing(session, people):
    known = entries(session)
    controlling.hold_if_restored(put_back(), now=LONG_AFTER)
    assert entries(session) == known
