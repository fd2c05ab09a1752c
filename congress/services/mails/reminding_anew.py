"""Reminders that have gone out for a day that was moved: each goes out for the new one as well."""

from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain import reminders
from congress.domain.congresses import Congress
from congress.extensions import db
from congress.models import ReminderSetting
from congress.queries import reminders as queries

REMINDERS = table_of(ReminderSetting)


def begin_anew(before: Congress, after: Congress, *, now: datetime) -> list[str]:
    """Let what has begun to go out begin once more where its moment was moved to one to come.

    One whose moment is moved into the past does not go out: it would come with the letter that
    tells of the move. Inside a running transaction that holds the congress. Returns which begin
    anew. What waits in the outbox for the old day is dropped when it is claimed.
    """
    if (before.days, before.period) == (after.days, after.period):
        return []
    every = queries.of_congress(after.id)
    passed = [
        one.row_id
        for which, one in every.items()
        if one.row_id
        and one.started_at is None
        and reminders.is_overtaken(which.sort, one.setting, before, after, now=now)
    ]
    if passed:
        over = update(REMINDERS).where(REMINDERS.c.id.in_(passed))
        db.session.execute(over.values(on_since=now))
    found = [
        one
        for which, one in every.items()
        if one.started_at is not None
        and reminders.begins_anew(which.sort, one.setting, before, after, now=now)
    ]
    if found:
        rows = REMINDERS.c.id.in_([one.row_id for one in found])
        fresh = {"started_at": None, "finished_at": None, "told": 0, "told_up_to": 0}
        db.session.execute(update(REMINDERS).where(rows).values(on_since=now, **fresh))
    return [str(one.which) for one in found]
