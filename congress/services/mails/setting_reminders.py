"""How the reminders of a congress are set, which are added and removed, and what editions take."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.reminders import (
    MOST_ADDED,
    OF_A_NEW_CONGRESS,
    USUAL,
    Reminder,
    RemindersEditedMeanwhile,
    Setting,
    TooManyReminders,
    Which,
)
from congress.extensions import db
from congress.models import ReminderSetting
from congress.queries import congresses
from congress.queries import reminders as queries
from congress.queries.reminders import ReminderStanding
from congress.services import auditing
from congress.transaction import transaction

REMINDERS = table_of(ReminderSetting)


@dataclass(frozen=True)
class Saved:
    """Which reminders were set otherwise, which was added, and which are no more."""

    changed: tuple[Which, ...] = ()
    added: Which | None = None
    removed: tuple[Which, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.removed)


def save(
    congress_id: int,
    wanted: Mapping[Which, Setting],
    *,
    seen: Mapping[Which, Setting],
    add: Reminder | None = None,
    remove: Collection[Which] = (),
    actor: Actor,
    now: datetime,
) -> Saved:
    """Keep how reminders are set, add one that is off, and remove some that were added.

    One that has begun to go out stays as it is. Raises RemindersEditedMeanwhile where others are
    stored than those that were `seen`, and TooManyReminders.
    """
    with transaction():
        congresses.hold(congress_id)
        stored = queries.of_congress(congress_id)
        if {each: one.setting for each, one in stored.items()} != dict(seen):
            raise RemindersEditedMeanwhile
        still = {each: one for each, one in stored.items() if one.started_at is None}
        gone = tuple(each for each in still if each.is_added and each in remove)
        changed = tuple(
            each
            for each, one in still.items()
            if each not in gone and wanted.get(each, one.setting) != one.setting
        )
        for each in changed:
            _store(congress_id, wanted[each], stored[each], now=now)
        if gone:
            numbers = [each.number for each in gone]
            db.session.execute(delete(REMINDERS).where(REMINDERS.c.id.in_(numbers)))
        added = None
        if add is not None:
            if sum(each.is_added for each in still if each not in gone) >= MOST_ADDED:
                raise TooManyReminders
            added = _add(congress_id, add)
        saved = Saved(changed, added, gone)
        if saved:
            before = {each: stored[each].setting for each in changed}
            _record(congress_id, saved, before, wanted, actor=actor, now=now)
        return saved


def set_up(congress_id: int, *, is_training: bool = False, now: datetime) -> None:
    """Give a new congress the reminders that are on, inside a running transaction."""
    of_training = [Reminder.MODULE] if is_training else []
    for sort in (OF_A_NEW_CONGRESS, *of_training):
        usual = USUAL[sort]
        db.session.execute(
            insert(REMINDERS).values(
                congress_id=congress_id,
                reminder=sort,
                is_added=False,
                is_on=True,
                on_since=now,
                days=usual.days,
                hour=usual.hour,
                text={},
                told=0,
                told_up_to=0,
            )
        )


def take_along(last_id: int, edition_id: int, *, now: datetime) -> None:
    """Set the reminders of an edition as those of the last one, inside a running transaction.

    One for a single workshop stays behind: the edition has workshops of its own.
    """
    mine = {each.reminder: each for each in _rows(edition_id) if not each.is_added}
    for row in _rows(last_id):
        if row.item_id is not None:
            continue
        new = (None if row.is_added else mine.get(row.reminder)) or ReminderSetting(
            congress_id=edition_id, reminder=row.reminder, is_added=row.is_added
        )
        new.is_on, new.on_since = row.is_on, now if row.is_on else None
        new.days, new.hour, new.text = row.days, row.hour, dict(row.text)
        db.session.add(new)
    db.session.flush()


def _rows(congress_id: int) -> Sequence[ReminderSetting]:
    return db.session.scalars(
        select(ReminderSetting)
        .where(ReminderSetting.congress_id == congress_id)
        .order_by(ReminderSetting.id)
    ).all()


def _store(congress_id: int, wanted: Setting, stored: ReminderStanding, *, now: datetime) -> None:
    row = db.session.get(ReminderSetting, stored.row_id) if stored.row_id else None
    if row is None:
        row = ReminderSetting(congress_id=congress_id, reminder=stored.which.sort)
        db.session.add(row)
    if wanted.is_on and _moment(wanted) != _moment(stored.setting):
        row.on_since = now  # else one that is set back would go out at once
    row.is_on, row.days, row.hour = wanted.is_on, wanted.days, wanted.hour
    row.text, row.item_id = dict(wanted.text or {}), wanted.workshop_id
    db.session.flush()


def _moment(setting: Setting) -> tuple[bool, int, int]:
    return setting.is_on, setting.days, setting.hour


def _add(congress_id: int, sort: Reminder) -> Which:
    usual = USUAL[sort]
    row = ReminderSetting(
        congress_id=congress_id, reminder=sort, is_added=True, days=usual.days, hour=usual.hour
    )
    db.session.add(row)
    db.session.flush()
    return Which(sort, row.id)


def _record(
    congress_id: int,
    saved: Saved,
    before: Mapping[Which, Setting],
    wanted: Mapping[Which, Setting],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    moments = {
        str(each): [[one.days, one.hour] for one in (before[each], wanted[each])]
        for each in saved.changed
    }
    details = {
        "on": [str(each) for each in saved.changed if wanted[each].is_on],
        "off": [str(each) for each in saved.changed if not wanted[each].is_on],
        "added": [str(saved.added)] if saved.added else [],
        "removed": [str(each) for each in saved.removed],
        "moments": {each: pair for each, pair in moments.items() if pair[0] != pair[1]},
    }
    auditing.record("reminders_set", actor=actor, now=now, congress_id=congress_id, details=details)
