"""Telling people: outbox rows, written in the transaction of the thing they tell about.

A letter holds the words and the personal link; a calendar message holds the object and no link,
because calendars are shared and programs lose answered invitations. A congress may ask for both
in one message.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, insert, select

from congress import extensions, queue
from congress.base import table_of
from congress.domain.calendar import Entry, Method
from congress.domain.calendar_json import entry_facts
from congress.domain.congresses import Congress
from congress.domain.messages import (
    TRIGGERED_BY_STRANGERS,
    CalendarFacts,
    LetterFacts,
    LinkFacts,
    MessageKind,
)
from congress.domain.people import fold_email
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import OutboxMessage
from congress.queries import congresses
from congress.queries.registrations import active_registrations, registrations_in, standings
from congress.services import calendar_entries, facts
from congress.services.places import Gained, Ledger
from congress.transaction import after_commit

STRANGER_MAILS_PER_HOUR = 5
NEW_MESSAGE = insert(table_of(OutboxMessage))
LETTER_FIRST = 0
CALENDAR_SECOND = 1


def registered(congress: Congress, standing: Standing, *, now: datetime) -> None:
    """Tell somebody new that there is a place, or which queue they stand in."""
    waits = standing.state is RegistrationState.WAITING
    kind = MessageKind.WAITING if waits else MessageKind.CONFIRMED
    told = calendar_entries.state(congress, standing, now=now, is_new=True)
    _letter_and_calendar(congress, standing, kind, told, now=now)


def changed(congress: Congress, standing: Standing, *, now: datetime) -> None:
    """Tell somebody what they have after a change of their own."""
    told = calendar_entries.state(congress, standing, now=now)
    _letter_and_calendar(congress, standing, MessageKind.CHANGED, told, now=now)


def withdrawn(congress: Congress, standing: Standing, kind: MessageKind, *, now: datetime) -> None:
    """Tell somebody that the registration has ended, and take the entries out of the calendar."""
    told = calendar_entries.state(congress, standing, now=now)
    _letter_and_calendar(congress, standing, kind, told, now=now)


def moved_up(ledger: Ledger) -> None:
    """Tell everybody who won a place in this transaction, each in one letter."""
    congress = congresses.with_content(ledger.heading)
    for standing in standings(sorted(ledger.gained)):
        gained = ledger.gained[standing.id]
        told = calendar_entries.state(congress, standing, now=ledger.now)
        letter = _letter_of_gain(congress, standing, gained, ledger)
        _send(congress, standing, MessageKind.PLACE_GAINED, letter, told, now=ledger.now)


def _letter_of_gain(
    congress: Congress, standing: Standing, gained: Gained, ledger: Ledger
) -> LetterFacts:
    kept = [item_id for item_id in gained.workshops if item_id not in gained.given_up]
    lost = [item_id for item_id in gained.given_up if item_id not in gained.workshops]
    letter = facts.of_letter(congress, standing)
    letter["gained_congress"] = gained.congress
    letter["gained"] = facts.titles([ledger.item(each) for each in kept], standing.language)
    letter["lost"] = facts.titles([ledger.item(each) for each in lost], standing.language)
    return letter


def programme_changed(congress_id: int, item_ids: Sequence[int], *, now: datetime) -> int:
    """Tell whoever has or waits for a place in changed items; returns how many were told.

    Called after released values were written and flushed.
    """
    return _tell_of_changes(congress_id, registrations_in(item_ids), now=now)


def congress_changed(congress_id: int, *, now: datetime) -> int:
    """Tell everybody in a congress whose day, place or title moved; returns how many."""
    people = active_registrations(congress_id)
    return _tell_of_changes(congress_id, people, now=now, waiting_too=True)


def _tell_of_changes(
    congress_id: int,
    registration_ids: Sequence[int],
    *,
    now: datetime,
    waiting_too: bool = False,
) -> int:
    """Whose calendar entry stays as it was hears nothing.

    Whoever waits for the congress has no entry; what moved the congress concerns them too.
    """
    congress = congresses.get_congress(congress_id)
    count = 0
    for standing in standings(registration_ids):
        told = calendar_entries.state(congress, standing, now=now)
        if told or (waiting_too and standing.state is RegistrationState.WAITING):
            _letter_and_calendar(congress, standing, MessageKind.PROGRAMME_CHANGED, told, now=now)
            count += 1
    return count


def congress_cancelled(congress_id: int, *, now: datetime) -> int:
    """Tell everybody who has or waits for a place that the congress does not take place."""
    congress = congresses.get_congress(congress_id)
    people = standings(active_registrations(congress_id))
    for standing in people:
        told = calendar_entries.state(congress, standing, now=now)
        _letter_and_calendar(congress, standing, MessageKind.CONGRESS_CANCELLED, told, now=now)
    return len(people)


def already_registered(congress: Congress, standing: Standing, *, now: datetime) -> None:
    """Remind somebody who registers again of what exists, by mail only (SEC-24)."""
    if _has_heard_enough(standing.email, now=now):
        return
    letter = facts.of_letter(congress, standing)
    _store([_row(congress, standing, MessageKind.ALREADY_REGISTERED, letter, now=now)])


def link_again(congress: Congress, known: Sequence[Standing], *, now: datetime) -> None:
    """Send all links of one address in one mail."""
    first = known[0]
    if _has_heard_enough(first.email, now=now):
        return
    letter: LinkFacts = {
        "congress": facts.of_congress(congress, first.language),
        "names": [standing.name for standing in known],
        "registrations": [standing.id for standing in known],
    }
    _store([_row(congress, first, MessageKind.LINK, letter, now=now)])


def _has_heard_enough(email: str, *, now: datetime) -> bool:
    """Mails that a stranger can trigger are few; what follows from a real change is never cut."""
    count = db.session.scalars(
        select(func.count()).where(
            OutboxMessage.recipient_key == fold_email(email),
            OutboxMessage.created_at > now - timedelta(hours=1),
            OutboxMessage.kind.in_(TRIGGERED_BY_STRANGERS),
        )
    ).one()
    return count >= STRANGER_MAILS_PER_HOUR


def _letter_and_calendar(
    congress: Congress,
    standing: Standing,
    kind: MessageKind,
    told: Sequence[tuple[Method, Entry]],
    *,
    now: datetime,
) -> None:
    _send(congress, standing, kind, facts.of_letter(congress, standing), told, now=now)


def _send(
    congress: Congress,
    standing: Standing,
    kind: MessageKind,
    letter: LetterFacts,
    told: Sequence[tuple[Method, Entry]],
    *,
    now: datetime,
) -> None:
    objects = list(told)
    if congress.one_mail and objects:
        method, entry = objects.pop(0)
        letter["entry"] = entry_facts(entry, method)
    rows = [_row(congress, standing, kind, letter, now=now)]
    for method, entry in objects:
        message: CalendarFacts = {
            "congress": letter["congress"],
            "given_name": standing.given_name,
            "family_name": standing.family_name,
            "entry": entry_facts(entry, method),
        }
        calendar_kind = (
            MessageKind.CALENDAR_CANCEL if method is Method.CANCEL else MessageKind.CALENDAR_REQUEST
        )
        rows.append(
            _row(congress, standing, calendar_kind, message, now=now, priority=CALENDAR_SECOND)
        )
    _store(rows)


def _row(
    congress: Congress,
    standing: Standing,
    kind: MessageKind,
    stated: Mapping[str, Any],
    *,
    now: datetime,
    priority: int = LETTER_FIRST,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "message_id": new_message_id(),
        "congress_id": congress.id,
        "registration_id": standing.id,
        "recipient": standing.email,
        "recipient_name": standing.name,
        "recipient_key": fold_email(standing.email),
        "language": standing.language,
        "facts": dict(stated),
        "priority": priority,
        "created_at": now,
        "due_at": now,
    }


def new_message_id() -> str:
    """Return a Message-ID (RFC 5322, section 3.6.4) that the row keeps through every retry."""
    host = urlsplit(extensions.settings().base_url).hostname or "localhost"
    return f"<{uuid.uuid4()}@{host}>"


def _store(rows: Sequence[dict[str, Any]]) -> None:
    db.session.execute(NEW_MESSAGE, rows)
    after_commit(queue.wake)
