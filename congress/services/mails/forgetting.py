"""Lets go of what was noted about mails: who got them, what came back, what was attached."""

from datetime import datetime

from sqlalchemy import String, Text, and_, cast, delete, exists, or_, select, update

from congress.base import table_of
from congress.domain.mails.mailings import FILES_KEPT, MailingState, without_people
from congress.domain.retention import KEPT_A_MONTH
from congress.extensions import db
from congress.models import CalendarReply, Mailing, MailingFile, OutboxMessage, Registration
from congress.queries.retention import long_over
from congress.transaction import transaction

MAILINGS, REPLIES, PEOPLE = table_of(Mailing), table_of(CalendarReply), table_of(Registration)
FILES, MAILS = table_of(MailingFile), table_of(OutboxMessage)
FINISHED = (MailingState.SENT, MailingState.STOPPED)
NAMES_PEOPLE = or_(
    cast(MAILINGS.c.readers, Text) != "[]",
    *(MAILINGS.c.audience[name].as_string() != "" for name in ("search", "organisation", "answer")),
)


def forget_readers(*, now: datetime) -> int:
    """Forget to whom info mails went and what was searched for; returns of how many.

    How many got them stays. One that a copy will be compared with waits until that is sent.
    """
    copies = MAILINGS.alias()
    is_needed = exists().where(
        copies.c.copy_of_id == MAILINGS.c.id, copies.c.state.not_in(FINISHED)
    )
    statement = (
        select(MAILINGS.c.id, MAILINGS.c.audience)
        .where(
            MAILINGS.c.state.in_(FINISHED),
            MAILINGS.c.finished_at <= now - KEPT_A_MONTH,
            MAILINGS.c.congress_id.in_(long_over(now, KEPT_A_MONTH)),
            and_(NAMES_PEOPLE, ~is_needed),
        )
        .order_by(MAILINGS.c.id)
    )
    with transaction():
        rows = db.session.execute(statement.with_for_update()).all()
        for row in rows:
            gone = {"readers": [], "told_up_to": 0, "audience": without_people(row.audience)}
            db.session.execute(update(MAILINGS).where(MAILINGS.c.id == row.id).values(gone))
        return len(rows)


def forget_answers(*, now: datetime) -> int:
    """Forget what calendars answered; returns how many answers."""
    theirs = select(PEOPLE.c.id).where(PEOPLE.c.congress_id.in_(long_over(now, KEPT_A_MONTH)))
    with transaction():
        gone = db.session.execute(delete(REPLIES).where(REPLIES.c.registration_id.in_(theirs)))
        return int(gone.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows


def forget_files(*, now: datetime) -> int:
    """Forget attachments when the texts of all mails they went with are; returns how many.

    Until then a mail may wait, or be sent again.
    """
    with transaction():
        is_old = MAILINGS.c.finished_at <= now - FILES_KEPT
        has_text = exists().where(
            MAILS.c.mailing_id == MAILINGS.c.id, cast(MAILS.c.facts, String) != "{}"
        )
        over = select(MAILINGS.c.id).where(is_old, ~has_text)
        result = db.session.execute(delete(FILES).where(FILES.c.mailing_id.in_(over)))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows
