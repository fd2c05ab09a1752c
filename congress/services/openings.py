"""Being told when registration opens: asked for by an address, confirmed from it, told once.

Only a confirmed address gets anything but the question. Whoever was told, or leaves, is forgotten
with every mail about it. The newsletter is another consent and knows nothing of this one.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from congress.base import table_of
from congress.domain.access import ATTENDEE, SYSTEM
from congress.domain.congresses import Congress
from congress.domain.hall import Hall
from congress.domain.mails.kinds import LATER, MessageKind
from congress.domain.openings import CONSENT_VERSION, OpeningNotAwaited, has_opened, is_awaited
from congress.domain.tokens import OpeningLink
from congress.extensions import db
from congress.models import OpeningReader, OutboxMessage
from congress.queries import congresses
from congress.queries import openings as queries
from congress.queries.retention import long_over
from congress.services import auditing, mailboxes
from congress.services.mails import opening_letters, telling
from congress.transaction import transaction

READERS, MAILS = table_of(OpeningReader), table_of(OutboxMessage)
STEP = 200  # letters at once
ON_DEMAND = (MessageKind.OPENING_ASKED, MessageKind.OPENING_NOTED)
OF_OPENINGS = (*ON_DEMAND, MessageKind.REGISTRATION_OPENED)


def ask(congress_id: int, email: str, language: str, *, now: datetime) -> None:
    """Ask a mailbox whether it wants to be told; one that does hears once more that it will be.

    The page says the same whatever the address is (SEC-24). Raises OpeningNotAwaited.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        if not is_awaited(Hall.of(congress, (), now=now)):
            raise OpeningNotAwaited
        if not mailboxes.may_be_asked(email, ON_DEMAND, congress_id, now=now):
            return
        row = mailboxes.enter(
            OpeningReader,
            congress_id,
            email,
            language,
            link=OpeningLink.OPENING,
            consent=CONSENT_VERSION,
            now=now,
        )
        _write(congress, [row], ON_DEMAND[row.confirmed_at is not None], now=now)


def confirm(token: str, *, now: datetime) -> None:
    """Note that a mailbox wants to be told, and write so with the date, if it is yet to open.

    Twice is once, an unknown or late link nothing.
    """
    with transaction():
        row = mailboxes.find(OpeningReader, token)
        if row is None or row.confirmed_at is not None or not queries.find(token, now=now):
            return
        row.confirmed_at = now
        congress = congresses.get_congress(row.congress_id)
        if is_awaited(Hall.of(congress, (), now=now)):
            _write(congress, [row], MessageKind.OPENING_NOTED, now=now)
        _record("opening_confirmed", row.congress_id, now=now)


def leave(token: str, *, now: datetime) -> None:
    """Forget somebody who wants to be told no more; an unknown link changes nothing."""
    with transaction():
        row = mailboxes.find(OpeningReader, token)
        if row is None:
            return
        if row.confirmed_at is not None:
            _record("opening_left", row.congress_id, now=now)
        _forget(READERS.c.id == row.id)


def next_step(*, now: datetime) -> bool:
    """Tell the next people that registration is open, or forget who was told.

    What was dropped on its way, since the opening was moved meanwhile, is to be told again.
    Returns whether there was anything to do.
    """
    congress_id = queries.find_settled()
    if congress_id is not None:
        _settle(congress_id)
        return True
    return any(_tell(each, now=now) for each in queries.opened(now=now))


def forget_old(*, now: datetime) -> int:
    """Delete who did not confirm in time, and all of congresses that are over; returns how many."""
    is_over = READERS.c.congress_id.in_(long_over(now, timedelta(0)))
    with transaction():
        return _forget(or_(queries.is_late(now), is_over))


def _tell(congress_id: int, *, now: datetime) -> bool:
    """Write to the next of those who wait; returns whether there was anybody to write to."""
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        if not has_opened(Hall.of(congress, (), now=now)):
            return False
        rows = list(
            db.session.scalars(
                select(OpeningReader)
                .where(READERS.c.congress_id == congress_id, queries.TO_BE_TOLD)
                .order_by(READERS.c.id)
                .limit(STEP)
                .with_for_update()
            )
        )
        told = _write(congress, rows, MessageKind.REGISTRATION_OPENED, now=now, later=LATER)
        for row, message_id in zip(rows, told, strict=True):
            row.told_by = message_id
        if rows:
            auditing.record(
                "opening_told",
                actor=SYSTEM,
                now=now,
                congress_id=congress_id,
                details={"count": len(rows)},
            )
        return bool(rows)


def _settle(congress_id: int) -> None:
    with transaction():
        congresses.hold(congress_id)
        told, dropped = queries.settled(congress_id)
        db.session.execute(update(READERS).where(READERS.c.id.in_(dropped)).values(told_by=None))
        _forget(READERS.c.id.in_(told))


def _forget(which: ColumnElement[bool]) -> int:
    return mailboxes.forget(OpeningReader, which, OF_OPENINGS)


def _write(
    congress: Congress,
    rows: list[OpeningReader],
    kind: MessageKind,
    *,
    now: datetime,
    later: int = 0,
) -> list[str]:
    """Write a mail of this kind to each, and return the Message-IDs."""
    mails = [opening_letters.row(congress, each, kind) for each in rows]
    telling.store(mails, now=now, later=later)
    return [mail["message_id"] for mail in mails]


def _record(verb: str, congress_id: int, *, now: datetime) -> None:
    """Note that it happened, and not who it was."""
    auditing.record(verb, actor=ATTENDEE, now=now, congress_id=congress_id)
