"""Lets go of people who never said that the address is theirs: a form took their name, no more.

They go whole, with all that hangs on them; the log keeps how many. What real registrations gave
has days of its own.
"""

from datetime import datetime
from itertools import groupby

from sqlalchemy import delete, or_, update

from congress.base import table_of
from congress.domain.access import SYSTEM
from congress.extensions import db
from congress.models import (
    AccessToken,
    AddressChange,
    Answer,
    AuditLine,
    Booking,
    CalendarEntry,
    CalendarReply,
    Consent,
    HandIn,
    HandOver,
    OutboxMessage,
    ReceivedMail,
    Registration,
    ToldApart,
)
from congress.queries import congresses
from congress.queries.retention import never_confirmed
from congress.services import auditing
from congress.transaction import transaction

MOST_AT_ONCE = 500  # the rest goes the next time: others wait for the database meanwhile
HANG_ON_THEM = (
    *(AccessToken, AddressChange, Answer, Booking, CalendarReply, CalendarEntry, Consent),
    HandIn,
    HandOver,
    *(OutboxMessage, AuditLine),
)
PEOPLE, APART, KEPT = table_of(Registration), table_of(ToldApart), table_of(ReceivedMail)


def forget_unconfirmed(*, now: datetime) -> int:
    """Delete registrations a month after they ended without an answer; returns how many.

    Whoever is put back meanwhile holds the congress, and stays.
    """
    with transaction():
        asked = never_confirmed(now).limit(MOST_AT_ONCE)
        held = sorted({row.congress_id for row in db.session.execute(asked)})
        for congress_id in held:
            congresses.hold(congress_id)
        # Who was put back while we waited makes room for others, of congresses that nobody holds.
        found = db.session.execute(asked.where(PEOPLE.c.congress_id.in_(held))).all()
        _delete([row.id for row in found])
        for congress_id, theirs in groupby(found, lambda row: row.congress_id):
            auditing.record(
                "unconfirmed_deleted",
                actor=SYSTEM,
                now=now,
                congress_id=congress_id,
                details={"count": len(list(theirs))},
            )
        return len(found)


def _delete(numbers: list[int]) -> None:
    db.session.execute(
        delete(APART).where(
            or_(APART.c.registration_id.in_(numbers), APART.c.other_id.in_(numbers))
        )
    )
    # A mail that somebody wrote has a day of its own.
    theirs = update(KEPT).where(KEPT.c.registration_id.in_(numbers))
    db.session.execute(theirs.values(registration_id=None))
    for model in HANG_ON_THEM:
        table = table_of(model)
        db.session.execute(delete(table).where(table.c.registration_id.in_(numbers)))
    db.session.execute(delete(PEOPLE).where(PEOPLE.c.id.in_(numbers)))
