"""Calendar entries of a database that was put back: above all that went out after its backup."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, select, update

from congress.base import table_of
from congress.domain.calendars.calendar import BEYOND_A_BACKUP, Status
from congress.domain.congresses import CongressState
from congress.domain.mails.messages import EntryFacts
from congress.extensions import db
from congress.models import CalendarEntry, Congress, OutboxMessage
from congress.models.revisions import ANEW

CONGRESSES, ENTRIES, MAILS = (table_of(each) for each in (Congress, CalendarEntry, OutboxMessage))
# What was tried has its bytes, and repeats them.
UNTRIED = select(MAILS.c.id, MAILS.c.facts).where(
    MAILS.c.state == "queued",
    MAILS.c.content.is_(None),
    MAILS.c.facts[("entry", "uid")].as_string().is_not(None),
)
STATED = (
    update(MAILS)
    .where(MAILS.c.id == bindparam("mail_id"))
    .values(facts=bindparam("new_facts", type_=MAILS.c.facts.type))
)


def go_beyond(*, now: datetime) -> None:
    """Raise every SEQUENCE, inside a running transaction; nobody is told, nothing else changes.

    Public entries add that of their congress to their own. Mails that wait state the new one;
    mailboxes may have had them, so none of them is their first any more.
    """
    moment = now.replace(microsecond=0)
    in_force = ENTRIES.c.status == Status.CONFIRMED
    takes_place = CONGRESSES.c.state != CongressState.CANCELLED
    db.session.execute(
        update(CONGRESSES).values(
            sequence=CONGRESSES.c.sequence + BEYOND_A_BACKUP,
            revised_at=_since(moment, CONGRESSES.c.revised_at, where=takes_place),
            **ANEW,
        )
    )
    db.session.execute(
        update(ENTRIES).values(
            sequence=ENTRIES.c.sequence + BEYOND_A_BACKUP,
            revised_at=_since(moment, ENTRIES.c.revised_at, where=in_force),
        )
    )
    waiting = [
        {
            "mail_id": row.id,
            "new_facts": row.facts | {"entry": _restated(row.facts["entry"], moment)},
        }
        for row in db.session.execute(UNTRIED)
    ]
    if waiting:
        db.session.execute(STATED, waiting)


def _since(
    moment: datetime, revised_at: ColumnElement[datetime], *, where: ColumnElement[bool]
) -> ColumnElement[datetime]:
    """Return when an entry was revised; what is over does not come back to feeds by it."""
    return case((where, moment), else_=revised_at)


def _restated(entry: EntryFacts, moment: datetime) -> dict[str, Any]:
    stated = entry | {
        "sequence": entry["sequence"] + BEYOND_A_BACKUP,
        "revised_at": moment.isoformat(),
        "unseen": False,
    }
    return {name: value for name, value in stated.items() if name != "known"}
