"""The calendar entries of registrations: one per congress day, stated anew only when changed."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, insert, null, select, update

from congress.base import columns_of, table_of, values_of
from congress.domain import modules
from congress.domain.calendars.calendar import (
    Content,
    Entry,
    Method,
    Status,
    again,
    revise,
    without_conferences,
)
from congress.domain.calendars.calendar_json import as_json, mark_of
from congress.domain.calendars.days import followed
from congress.domain.congresses import Congress, CongressState
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.formats import invitation
from congress.models import CalendarEntry, Registration
from congress.queries.calendars import as_entry
from congress.queries.coming_back import CAME_BACK, EARLIER

ENTRIES, PEOPLE = table_of(CalendarEntry), table_of(Registration)
NEW_ENTRIES = insert(ENTRIES).inline()
REVISED = update(ENTRIES).where(ENTRIES.c.id == bindparam("entry_id"))  # sets what it is given
# Of earlier registrations, in the mailbox that somebody goes away from.
ENDED_THERE = update(ENTRIES).where(
    ENTRIES.c.uid == bindparam("ended_uid"),
    ENTRIES.c.registration_id.in_(
        select(PEOPLE.c.id).where(PEOPLE.c.email_key == bindparam("left_mailbox"))
    ),
)
STORED = (
    select(ENTRIES, ENTRIES.c.registration_id.label("person"))
    .where(ENTRIES.c.registration_id.in_(bindparam("registration_ids", expanding=True)))
    .order_by(ENTRIES.c.day, ENTRIES.c.id)
)
# Of whoever registered before and withdrew; the row itself stays where it is.
LEFT_BEHIND = (
    select(
        null().label("id"),
        *columns_of(ENTRIES, "day uid sequence revised_at status content"),
        PEOPLE.c.id.label("person"),
    )
    .select_from(ENTRIES)
    .join(EARLIER, EARLIER.c.id == ENTRIES.c.registration_id)
    .join(PEOPLE, CAME_BACK)
    .where(PEOPLE.c.id.in_(bindparam("registration_ids", expanding=True)))
    .order_by(ENTRIES.c.sequence)  # the last one counts
)


class Revision(NamedTuple):
    """A revision that a calendar is to get, and the mark of what it says until then.

    Without a mark it goes out in any case; `is_first` where the mailbox has no such entry yet.
    """

    method: Method
    entry: Entry
    known: str | None = None
    is_first: bool = False


Told = list[Revision]


@dataclass(frozen=True, eq=False)
class _Known:
    """An entry as it stands, and its row; None where the person had it in another registration."""

    id: int | None
    day: date
    entry: Entry

    @property
    def is_over(self) -> bool:
        return self.entry.status is Status.CANCELLED

    def mark(self, name: str) -> str:
        return mark_of(as_json(self.entry.content), self.entry.status, name)


@dataclass(frozen=True)
class Revisions:
    """What each person is to be told of their calendar entries, and the rows that say it."""

    told: dict[int, Told]
    new: list[dict[str, Any]]
    revised: list[dict[str, Any]]


def state(
    congress: Congress, people: Sequence[Standing], *, now: datetime, are_new: bool = False
) -> dict[int, Told]:
    """Write what the calendars of people say from now on; return what each is to be told.

    Those who `are_new` never had an entry.
    """
    found = revisions(congress, people, now=now, are_new=are_new)
    if found.new:
        db.session.execute(NEW_ENTRIES, found.new)
    if found.revised:
        db.session.execute(REVISED, found.revised)
    return found.told


def revisions(
    congress: Congress, people: Sequence[Standing], *, now: datetime, are_new: bool = False
) -> Revisions:
    """Return what the calendars of people would say from now on, without writing it.

    Whoever waits for the congress has no entry; whoever left it has cancelled ones, and so has
    everybody when it does not take place. A day that was moved is the same entry, and so is that
    of somebody who registers again; a day that went without another in its place is cancelled.
    Whoever leaves a congress that was called off has left, also if it takes place after all.
    A module of a course that has begun stays as it is: whoever leaves then was there, and whoever
    comes then is not asked to what is past.
    Without a change there is nothing to tell.
    """
    before = {} if are_new else _known(STORED, [standing.id for standing in people])
    wanted: dict[tuple[Any, ...], dict[date, Content]] = {}
    contents: dict[int, dict[date, Content]] = {}
    for standing in people:
        # Who has the same workshops in the same way, in the same language, has the same words.
        workshops = (each.item.id for each in standing.confirmed)
        same = (standing.state, standing.language, standing.mode, *workshops)
        contents[standing.id] = wanted.get(same) or wanted.setdefault(
            same, _wanted(congress, standing)
        )
    without = [number for number, days in contents.items() if days and number not in before]
    if without and not are_new:
        before |= _known(LEFT_BEHIND, without)
    days, begun = _days(congress), modules.begun(congress, now)
    told: dict[int, Told] = {}
    new: list[dict[str, Any]] = []
    revised: list[dict[str, Any]] = []
    for standing in people:
        known = before.get(standing.id, [])
        news = told.setdefault(standing.id, [])
        found = _stated(contents[standing.id], known, standing, now=now, begun=begun)
        for day, entry, was in chain(found, _left(tuple(days), known, standing, now=now)):
            if was is None or was.id is None:
                key = {"registration_id": standing.id, "day": day, "uid": entry.uid}
                new.append(key | _revision(entry))
            else:
                revised.append({"entry_id": was.id, "day": day} | _revision(entry))
            is_over = entry.status is Status.CANCELLED
            method = Method.CANCEL if is_over else Method.REQUEST
            news.append(Revision(method, entry, known=was.mark(standing.name) if was else None))
    return Revisions(told, new, revised)


def state_again(registration_id: int, *, now: datetime, old_name: str | None = None) -> Told:
    """State anew the entries of somebody who is called otherwise; who has none hears nothing.

    Without an old name they go out in any case.
    """
    news = [(each, again(each.entry, now=now)) for each in _in_force(registration_id)]
    _revise(news)
    return [
        Revision(Method.REQUEST, entry, known=each.mark(old_name) if old_name else None)
        for each, entry in news
    ]


def move(registration_id: int, *, left: str, now: datetime) -> tuple[Told, Told]:
    """End the entries of somebody in the mailbox that was left, and begin them in another.

    The end comes before the new beginning, so that whoever reads both mailboxes in one calendar
    keeps the entry. What an earlier registration has in the old mailbox ends with it. Returns
    both news.
    """
    ends, begins = _end_and_begin(registration_id, now=now)
    if ends:
        ended_there = [
            {"ended_uid": each.entry.uid, "left_mailbox": left} | _revision(each.entry)
            for each in ends
        ]
        db.session.execute(ENDED_THERE, ended_there)
    _revise(begins)
    return ends, [Revision(Method.REQUEST, entry, is_first=True) for _, entry in begins]


def end_invitations(registration_id: int, *, now: datetime) -> Told:
    """Withdraw by mail what a calendar to subscribe to shows from now on; return the ends.

    The entries themselves go on, one revision above their end in the mailbox.
    """
    ends, begins = _end_and_begin(registration_id, now=now)
    _revise(begins)
    return ends


def _end_and_begin(
    registration_id: int, *, now: datetime
) -> tuple[Told, list[tuple[_Known, Entry]]]:
    """End each entry in force and begin it one revision later; nothing is stored yet."""
    ends: Told = []
    begins: list[tuple[_Known, Entry]] = []
    for each in _in_force(registration_id):
        end = without_conferences(each.entry.content)
        ended = revise(each.entry, end, Status.CANCELLED, now=now)
        ends.append(Revision(Method.CANCEL, ended))
        begins.append((each, revise(ended, each.entry.content, Status.CONFIRMED, now=now)))
    return ends, begins


def _in_force(registration_id: int) -> list[_Known]:
    known = _known(STORED, [registration_id]).get(registration_id, [])
    return [each for each in known if not each.is_over]


def _revise(entries: Sequence[tuple[_Known, Entry]]) -> None:
    rows = [{"entry_id": each.id, "day": each.day} | _revision(entry) for each, entry in entries]
    if rows:
        db.session.execute(REVISED, rows)


def _stated(
    contents: dict[date, Content],
    known: Sequence[_Known],
    standing: Standing,
    *,
    now: datetime,
    begun: Collection[date],
) -> Iterable[tuple[date, Entry, _Known | None]]:
    """Return every entry that says something else from now on, and what it was before."""
    kept = _kept(tuple(contents), known)
    lies_ahead = contents.keys() - set(begun)
    for day, content in contents.items():
        was = kept.get(day)
        if was is None and day in begun and lies_ahead:
            continue
        if was is None:
            stated_at = now.replace(microsecond=0)
            yield day, Entry(str(uuid.uuid4()), 0, stated_at, Status.CONFIRMED, content), None
            continue
        entry = revise(was.entry, content, Status.CONFIRMED, now=now)
        if entry is not was.entry:
            yield day, entry, was
    for each in known:
        if not each.is_over and each not in kept.values() and each.day not in begun:
            ended = invitation.ended(each.entry.content, standing)
            yield each.day, revise(each.entry, ended, Status.CANCELLED, now=now), each


def _left(
    days: tuple[date, ...], known: Sequence[_Known], standing: Standing, *, now: datetime
) -> Iterable[tuple[date, Entry, _Known]]:
    """Return what was called off before the person left, saying who left."""
    if standing.state is not RegistrationState.CANCELLED:
        return
    for each in _kept(days, known).values():
        left = invitation.left(each.entry.content, standing) if each.is_over else None
        if left is not None and left != each.entry.content:
            yield each.day, revise(each.entry, left, Status.CANCELLED, now=now), each


def _kept(days: tuple[date, ...], known: Sequence[_Known]) -> dict[date, _Known]:
    """Return the entry that each day goes on as; those that are over come back last of all."""
    live = {each.day: each for each in known if not each.is_over}
    kept = {day: live[old] for day, old in followed(days, tuple(live)).items()}
    rest = tuple(day for day in days if day not in kept)
    over = [each for each in known if each.is_over]
    over.sort(key=lambda each: (each.entry.revised_at, each.day in rest))
    latest = {each.day: each for each in over[len(over) - min(len(rest), len(over)) :]}
    found = followed(rest, tuple(sorted(latest)))
    return kept | {day: latest[old] for day, old in found.items()}


def _wanted(congress: Congress, standing: Standing) -> dict[date, Content]:
    has_place = standing.state is RegistrationState.CONFIRMED
    if not has_place or congress.state is CongressState.CANCELLED:
        return {}
    days = _days(congress).items()
    return {day: invitation.content(congress, slot, standing) for day, slot in days}


def _days(congress: Congress) -> dict[date, TimeSlot]:
    return {slot.starts_at.astimezone(congress.zone).date(): slot for slot in congress.days}


def _known(
    statement: Select[tuple[Any, ...]], registration_ids: Collection[int]
) -> dict[int, list[_Known]]:
    found: dict[int, dict[str, _Known]] = {}
    for row in db.session.execute(statement, {"registration_ids": list(registration_ids)}):
        known = _Known(row.id, row.day, as_entry(row))
        found.setdefault(row.person, {})[row.uid] = known
    return {person: list(entries.values()) for person, entries in found.items()}


def _revision(entry: Entry) -> dict[str, Any]:
    """Return what changes with each revision, by column."""
    return values_of(entry, "sequence revised_at status") | {"content": as_json(entry.content)}
