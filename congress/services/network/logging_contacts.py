"""What was talked about with whom: noted, corrected, put off, done, and let go after a while."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, or_, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.network.contact_notes import (
    KEPT_AFTER_CONTACT,
    KEPT_AFTER_DONE,
    NoteEditedMeanwhile,
    NoteFacts,
    NoteGone,
    is_reopened,
)
from congress.extensions import db, settings
from congress.models import ContactNote
from congress.queries.network import contact_log
from congress.services import auditing
from congress.transaction import transaction

NOTES = table_of(ContactNote)
MOST_AT_ONCE = 500  # the rest goes the next time: others wait for the database meanwhile


def add(facts: NoteFacts, *, actor: Actor, now: datetime) -> int:
    """Note a contact; returns the number of the note."""
    with transaction():
        row = ContactNote(written_by=actor.user_id, created_at=now)
        _write(row, facts)
        db.session.add(row)
        db.session.flush()
        _record("contact_noted", row, actor=actor, now=now)
        return row.id


def correct(note_id: int, facts: NoteFacts, *, version: str, actor: Actor, now: datetime) -> None:
    """Say something else in a note; with another day for it, it is open again.

    Raises NoteGone and NoteEditedMeanwhile.
    """
    with transaction():
        row = _hold(note_id)
        before = contact_log.facts_of(row)
        if before.version != version:
            raise NoteEditedMeanwhile
        changes = before.changes_to(facts)
        if not changes:
            return
        if is_reopened(before, facts):
            row.done_at = None
        _write(row, facts)
        _record("contact_note_corrected", row, actor=actor, now=now, fields=changes)


def finish(note_id: int, *, actor: Actor, now: datetime) -> None:
    """Say that what followed from a contact is done; twice is the same. Raises NoteGone."""
    with transaction():
        row = _hold(note_id)
        if row.follow_up_on is None or row.done_at is not None:
            return
        row.done_at = now
        _record("follow_up_done", row, actor=actor, now=now)


def postpone(note_id: int, day: date, *, actor: Actor, now: datetime) -> None:
    """Look at a note again on another day. Raises NoteGone."""
    with transaction():
        row = _hold(note_id)
        if row.follow_up_on == day and row.done_at is None:
            return
        row.follow_up_on, row.done_at = day, None
        _record("follow_up_postponed", row, actor=actor, now=now)


def remove(note_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete a note for good; what is gone already stays gone."""
    with transaction():
        row = db.session.get(ContactNote, note_id, with_for_update=True, populate_existing=True)
        if row is None:
            return
        _record("contact_note_deleted", row, actor=actor, now=now)
        db.session.delete(row)


def forget_old(*, now: datetime) -> int:
    """Delete what has been kept long enough, and nothing that is still open; returns how many."""
    today = now.astimezone(ZoneInfo(settings().timezone)).date()
    is_over = or_(
        NOTES.c.follow_up_on.is_(None),
        and_(NOTES.c.done_at.is_not(None), NOTES.c.done_at <= now - KEPT_AFTER_DONE),
    )
    old = (
        select(NOTES.c.id)
        .where(NOTES.c.day <= today - KEPT_AFTER_CONTACT, is_over)
        .order_by(NOTES.c.day)
        .limit(MOST_AT_ONCE)
    )
    with transaction():
        gone = db.session.execute(
            delete(NOTES).where(NOTES.c.id.in_(old)).returning(NOTES.c.id)
        ).all()
    return len(gone)


def _hold(note_id: int) -> ContactNote:
    row = db.session.get(ContactNote, note_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NoteGone
    return row


def _write(row: ContactNote, facts: NoteFacts) -> None:
    for name, value in vars(facts).items():
        setattr(row, name, value)
    row.search = facts.search


def _record(
    verb: str, row: ContactNote, *, actor: Actor, now: datetime, fields: list[str] | None = None
) -> None:
    """Add the line of the log: which note of whom, and never what it says."""
    details = {"note": row.id, "organisation": row.organisation_id}
    auditing.record(verb, actor=actor, now=now, fields=fields or (), details=details)
