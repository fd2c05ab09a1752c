"""The calendar entries of registrations: one per congress day, stated anew only when changed."""

import uuid
from datetime import date, datetime

from sqlalchemy import insert, select, update

from congress import links
from congress.base import table_of
from congress.domain.calendar import Content, Entry, Method, Status, revise
from congress.domain.calendar_json import as_json, from_json
from congress.domain.congresses import Congress, CongressState
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.domain.time_slots import TimeSlot
from congress.extensions import db
from congress.formats import invitation
from congress.models import CalendarEntry

NEW_ENTRY = insert(table_of(CalendarEntry))


def state(
    congress: Congress, standing: Standing, *, now: datetime, is_new: bool = False
) -> list[tuple[Method, Entry]]:
    """Write what the calendar of somebody says from now on, and return what is to be told.

    Whoever waits for the congress has no entry; whoever left it has cancelled ones, and so has
    everybody when it does not take place. A day that the congress no longer has is cancelled
    too. Without a change there is nothing to tell.
    """
    before = {} if is_new else _stored(standing.id)
    wanted = _wanted(congress, standing)
    told = []
    for day, content in sorted(wanted.items()):
        if day in before:
            entry_id, entry = before[day]
            revised = revise(entry, content, Status.CONFIRMED, now=now)
            if revised is not entry:
                _store(entry_id, revised)
                told.append((Method.REQUEST, revised))
        else:
            told.append((Method.REQUEST, _new(standing.id, day, content, now=now)))
    for day, (entry_id, entry) in sorted(before.items()):
        if day not in wanted and entry.status is not Status.CANCELLED:
            revised = revise(entry, entry.content, Status.CANCELLED, now=now)
            _store(entry_id, revised)
            told.append((Method.CANCEL, revised))
    return told


def new_rows(congress: Congress, standing: Standing, *, now: datetime) -> list[dict[str, object]]:
    """Return the rows of somebody who has no entries yet, for whoever stores many at once."""
    return [
        {"registration_id": standing.id, "day": day, **_columns(_first(content, now=now))}
        for day, content in sorted(_wanted(congress, standing).items())
    ]


def _wanted(congress: Congress, standing: Standing) -> dict[date, Content]:
    if standing.state is not RegistrationState.CONFIRMED:
        return {}
    if congress.state is CongressState.CANCELLED:
        return {}
    url = links.congress(congress.slug)
    return {
        _local_day(slot, congress): invitation.content(congress, slot, standing, url=url)
        for slot in congress.days
    }


def _local_day(slot: TimeSlot, congress: Congress) -> date:
    return slot.starts_at.astimezone(congress.zone).date()


def _stored(registration_id: int) -> dict[date, tuple[int, Entry]]:
    rows = db.session.execute(
        select(
            CalendarEntry.id,
            CalendarEntry.day,
            CalendarEntry.uid,
            CalendarEntry.sequence,
            CalendarEntry.revised_at,
            CalendarEntry.status,
            CalendarEntry.content,
        ).where(CalendarEntry.registration_id == registration_id)
    )
    return {
        row.day: (
            row.id,
            Entry(
                uid=row.uid,
                sequence=row.sequence,
                revised_at=row.revised_at,
                status=Status(row.status),
                content=from_json(row.content),
            ),
        )
        for row in rows
    }


def _new(registration_id: int, day: date, content: Content, *, now: datetime) -> Entry:
    entry = _first(content, now=now)
    row = {"registration_id": registration_id, "day": day, **_columns(entry)}
    db.session.execute(NEW_ENTRY, row)
    return entry


def _first(content: Content, *, now: datetime) -> Entry:
    return Entry(str(uuid.uuid4()), 0, now.replace(microsecond=0), Status.CONFIRMED, content)


def _store(entry_id: int, entry: Entry) -> None:
    db.session.execute(
        update(CalendarEntry).where(CalendarEntry.id == entry_id).values(**_columns(entry)),
        execution_options={"synchronize_session": False},
    )


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "uid": entry.uid,
        "sequence": entry.sequence,
        "revised_at": entry.revised_at,
        "status": entry.status,
        "content": as_json(entry.content),
    }
