"""The one row that says how delivery stands, and what keeps it true."""

import secrets
from datetime import datetime

from sqlalchemy import Boolean, ColumnElement, bindparam, case, func, null, select, update

from congress.base import table_of
from congress.domain.access import SYSTEM
from congress.domain.mails.marks import Mark, Standing, compare
from congress.domain.mails.masking import without_addresses
from congress.extensions import db
from congress.models import OutboxControl, OutboxMessage
from congress.services import auditing
from congress.services.mails import restored_entries
from congress.transaction import transaction

CONTROL = table_of(OutboxControl)
TAKEN: ColumnElement[bool] = bindparam("taken", type_=Boolean)
# Last in its transaction: rows of mails are locked before this one, everywhere.
BEGUN = (
    update(CONTROL)
    .values(
        begun=CONTROL.c.begun + 1,
        trouble=case((TAKEN, ""), else_=CONTROL.c.trouble),
        trouble_since=case((TAKEN, null()), else_=CONTROL.c.trouble_since),
    )
    .returning(CONTROL.c.database, CONTROL.c.begun)
)
OVER = update(CONTROL).where(CONTROL.c.trouble != "").values(trouble="", trouble_since=None)
TROUBLE = update(CONTROL).values(
    trouble=bindparam("reason"),
    trouble_since=func.coalesce(
        CONTROL.c.trouble_since, bindparam("now", type_=CONTROL.c.trouble_since.type)
    ),
)


def hold_if_restored(remembered: Mark | None, *, now: datetime) -> tuple[Mark, bool]:
    """Hold delivery where the database is older than what this machine remembers (REL-15).

    Calendar entries then go above all that calendars have been told since (ICS-06).

    Returns what to remember from now on, and whether it was held. The database takes over the
    mark, so that no other machine that remembers less holds once more after the release.
    """
    found = db.session.execute(select(CONTROL.c.database, CONTROL.c.begun)).first()
    mark = Mark(*found) if found else Mark("", 0)
    if mark.database and compare(mark, remembered, has_mails=True) is not Standing.OLDER:
        return mark, False
    with transaction():
        last = db.session.scalar(select(func.max(OutboxMessage.id)))
        if remembered and compare(mark, remembered, has_mails=last is not None) is Standing.OLDER:
            restored_entries.go_beyond(now=now)
        row = control()
        known = Mark(row.database, row.begun)
        standing = compare(known, remembered, has_mails=last is not None)
        if remembered and standing is Standing.OLDER:
            row.database, row.begun = remembered.database, remembered.begun
            row.held, row.held_since = True, row.held_since or now
            row.restored_up_to = last or 0
            auditing.record("outbox_held_restored", actor=SYSTEM, now=now)
        row.database = row.database or secrets.token_hex(8)
        return Mark(row.database, row.begun), standing is Standing.OLDER


def control() -> OutboxControl:
    """Return the row, locked, made where there is none yet."""
    found = db.session.scalars(select(OutboxControl).with_for_update()).first()
    if found is None:
        found = OutboxControl(id=1, held=False, trouble="", database="", begun=0, replies_fault="")
        db.session.add(found)
    return found


def note_begun(*, has_taken: bool) -> Mark | None:
    """Count an attempt; `has_taken`: the relay took a mail just before, so its trouble is over."""
    row = db.session.execute(BEGUN, {"taken": has_taken}).one_or_none()
    return Mark(*row) if row else None


def note_taken() -> None:
    """Note that the relay takes mails."""
    db.session.execute(OVER)


def note_trouble(reason: str, *, now: datetime) -> None:
    """Note that the relay takes no mails, in its words; they are shown to all congresses."""
    words = without_addresses(reason)
    if db.session.scalar(select(CONTROL.c.id)) is None:
        control()
        db.session.flush()
    db.session.execute(TROUBLE, {"reason": words, "now": now})
