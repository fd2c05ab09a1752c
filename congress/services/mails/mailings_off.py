"""Info mails of a congress that is called off: nothing more of them is written or sent.

They are paused with that reason, and organisers go on with them or stop them for good.
"""

from datetime import datetime

from sqlalchemy import exists, or_, select

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.mails.mailings import CALLED_OFF, MailingState
from congress.domain.texts import in_language
from congress.extensions import db
from congress.models import Mailing, OutboxMessage
from congress.queries.outbox import UNSENT
from congress.services import auditing

MAILS = table_of(OutboxMessage)


def pause_all(congress_id: int, *, actor: Actor, now: datetime) -> None:
    """Pause what has begun and is not through, inside a transaction that holds the congress.

    Its mails stay where they are: those of a paused one are not claimed.
    """
    is_waiting = exists().where(MAILS.c.mailing_id == Mailing.id, MAILS.c.state.in_(UNSENT))
    is_written = Mailing.state == MailingState.SENT
    rows = db.session.scalars(
        select(Mailing)
        .where(
            Mailing.congress_id == congress_id,
            or_(Mailing.state == MailingState.SENDING, is_written & is_waiting),
        )
        .order_by(Mailing.id)
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).all()
    for row in rows:
        pause(row, actor=actor, now=now)


def pause(row: Mailing, *, actor: Actor, now: datetime) -> None:
    """Pause one that was locked, and say why."""
    row.state, row.fault = MailingState.PAUSED, CALLED_OFF
    details = {"subject": in_language(row.subject, "de")}
    auditing.record(
        "mailing_paused", actor=actor, now=now, congress_id=row.congress_id, details=details
    )
