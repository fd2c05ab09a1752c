"""The calendar entries of registrations: one per congress day, stated anew only when changed."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from congress import links
from congress.base import table_of, values_of
from congress.domain.calendars.calendar import Content, Entry, Method, Status, revise
from congress.domain.calendars.calendar_json import as_json
from congress.domain.congresses import Congress, CongressState
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.extensions import db
from congress.formats import invitation
from congress.models import CalendarEntry
from congress.queries.calendars import as_entry

ENTRIES = table_of(CalendarEntry)
NEW_ENTRIES = insert(ENTRIES).inline()
REVISED = update(ENTRIES).where(ENTRIES.c.id == bindparam("entry_id"))  # sets what it is given
STORED = select(ENTRIES).where(
    ENTRIES.c.registration_id.in_(bindparam("registration_ids", expanding=True))
)

Told = list[tuple[Method, Entry]]


def state(
    congress: Congress, people: Sequence[Standing], *, now: datetime, are_new: bool = False
) -> dict[int, Told]:
    """Write what the calendars of people say from now on; return what each is to be told.

    Whoever waits for the congress has no entry; whoever left it has cancelled ones, and so has
    everybody when it does not take place. A day that the congress no longer has is cancelled
    too. Without a change there is nothing to tell.
    """
    before = {} if are_new else _stored([standing.id for standing in people])
    contents: dict[tuple[Any, ...], dict[date, Content]] = {}
    told: dict[int, Told] = {}
    new: list[dict[str, Any]] = []
    revised: list[dict[str, Any]] = []
    for standing in people:
        known = before.get(standing.id, {})
        # Who has the same workshops, in the same language, has the same words.
        same = (standing.state, standing.language, *(each.item.id for each in standing.confirmed))
        wanted = contents.get(same) or contents.setdefault(same, _wanted(congress, standing))
        news = told.setdefault(standing.id, [])
        for day, content in wanted.items():
            if day not in known:
                stated_at = now.replace(microsecond=0)
                entry = Entry(str(uuid.uuid4()), 0, stated_at, Status.CONFIRMED, content)
                key = {"registration_id": standing.id, "day": day, "uid": entry.uid}
                new.append(key | _revision(entry))
                news.append((Method.REQUEST, entry))
                continue
            entry_id, entry = known[day]
            after = revise(entry, content, Status.CONFIRMED, now=now)
            if after is not entry:
                revised.append({"entry_id": entry_id} | _revision(after))
                news.append((Method.REQUEST, after))
        for day, (entry_id, entry) in sorted(known.items()):
            if day not in wanted and entry.status is not Status.CANCELLED:
                after = revise(entry, entry.content, Status.CANCELLED, now=now)
                revised.append({"entry_id": entry_id} | _revision(after))
                news.append((Method.CANCEL, after))
    if new:
        db.session.execute(NEW_ENTRIES, new)
    if revised:
        db.session.execute(REVISED, revised)
    return told


def _wanted(congress: Congress, standing: Standing) -> dict[date, Content]:
    has_place = standing.state is RegistrationState.CONFIRMED
    if not has_place or congress.state is CongressState.CANCELLED:
        return {}
    url, zone = links.congress(congress.slug), congress.zone
    return {
        slot.starts_at.astimezone(zone).date(): invitation.content(
            congress, slot, standing, url=url
        )
        for slot in congress.days
    }


def _stored(registration_ids: Collection[int]) -> dict[int, dict[date, tuple[int, Entry]]]:
    found: dict[int, dict[date, tuple[int, Entry]]] = {}
    for row in db.session.execute(STORED, {"registration_ids": list(registration_ids)}):
        found.setdefault(row.registration_id, {})[row.day] = (row.id, as_entry(row))
    return found


def _revision(entry: Entry) -> dict[str, Any]:
    """Return what changes with each revision, by column."""
    return values_of(entry, "sequence revised_at status") | {"content": as_json(entry.content)}
