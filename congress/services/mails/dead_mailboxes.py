"""Addresses that take no mail: marked by what their servers say, tried again by organisers."""

from datetime import datetime

from sqlalchemy import delete, select

from congress.base import INSERTS, table_of
from congress.domain.access import SYSTEM, Actor
from congress.domain.mails.received import DEAD_FOR
from congress.extensions import db
from congress.models import DeadMailbox, OutboxMessage, Registration
from congress.queries.registrations import congress_of
from congress.services import auditing
from congress.transaction import transaction

DEAD, MAILS = table_of(DeadMailbox), table_of(OutboxMessage)


def mark(message_id: int, reason: str, *, now: datetime) -> None:
    """Note that the address of a mail takes nothing, inside a running transaction.

    Whoever notes it second changes nothing.
    """
    mail = db.session.execute(
        select(MAILS.c.recipient_key, MAILS.c.congress_id, MAILS.c.registration_id).where(
            MAILS.c.id == message_id
        )
    ).one()
    insert = INSERTS[db.session.get_bind().dialect.name]
    row = {"email_key": mail.recipient_key, "since": now, "reason": reason}
    marked = insert(DEAD).values(row).on_conflict_do_nothing().returning(DEAD.c.id)
    if db.session.scalar(marked) is None:
        return
    auditing.record(
        "mailbox_dead",
        actor=SYSTEM,
        now=now,
        congress_id=mail.congress_id,
        registration_id=mail.registration_id,
        personal={"reason": reason} if mail.registration_id else {},
    )


def try_again(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """Send mails to somebody's address again; those that were given up wait to be sent again.

    Again changes nothing.
    """
    with transaction():
        key = db.session.scalars(
            select(Registration.email_key).where(Registration.id == registration_id)
        ).one()
        gone = db.session.execute(delete(DEAD).where(DEAD.c.email_key == key))
        if gone.rowcount:  # type: ignore[attr-defined] # a DELETE counts its rows
            auditing.record(
                "mailbox_tried_again",
                actor=actor,
                now=now,
                congress_id=congress_of(registration_id),
                registration_id=registration_id,
            )


def forget_old(*, now: datetime) -> int:
    """Forget what was said half a year ago: addresses are set up anew; returns how many."""
    with transaction():
        result = db.session.execute(delete(DEAD).where(DEAD.c.since <= now - DEAD_FOR))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows
