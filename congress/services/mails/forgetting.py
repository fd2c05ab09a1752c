"""Lets go of what was noted about mails: who got them, what came back, what was attached."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, Text, cast, delete, exists, or_, select

from congress.base import table_of
from congress.domain.access import SYSTEM
from congress.domain.mails.mailings import (
    ABOUT_PEOPLE,
    AUDIENCE_FORGOTTEN,
    EDITABLE,
    FILES_KEPT,
    MailingState,
    without_people,
)
from congress.domain.retention import KEPT_A_MONTH
from congress.domain.texts import in_language
from congress.extensions import db
from congress.models import CalendarReply, Mailing, MailingFile, OutboxMessage, Registration
from congress.queries.retention import long_over
from congress.services import auditing
from congress.services.mails import mailings
from congress.transaction import transaction

MAILINGS, REPLIES, PEOPLE = table_of(Mailing), table_of(CalendarReply), table_of(Registration)
FILES, MAILS = table_of(MailingFile), table_of(OutboxMessage)
FINISHED = (MailingState.SENT, MailingState.STOPPED)
IS_COMPARED = Mailing.audience["only_new"].as_boolean()
NAMES_PEOPLE = or_(
    cast(Mailing.readers, Text) != "[]",
    IS_COMPARED,
    *(Mailing.audience[name].as_string() != "" for name in ABOUT_PEOPLE if name != "only_new"),
)


def forget_readers(*, now: datetime) -> int:
    """Forget to whom info mails went and what was searched for; returns of how many.

    How many got them stays. One that is still paused is stopped, and one that was never sent is
    for nobody until somebody chooses anew: without its filter it would go to everybody.
    """
    old = now - KEPT_A_MONTH
    is_old = or_(
        Mailing.state.in_(FINISHED) & (Mailing.finished_at <= old),
        (Mailing.state == MailingState.PAUSED) & (Mailing.started_at <= old),
        Mailing.state.in_(EDITABLE) & (Mailing.changed_at <= old),
    )
    with transaction():
        is_over = Mailing.congress_id.in_(long_over(now, KEPT_A_MONTH))
        # The network is never over: what it sent is old by itself.
        rows = _held(is_old, NAMES_PEOPLE, or_(is_over, Mailing.congress_id.is_(None)))
        # Nothing is left that these could be compared with, however young they are.
        of = {row.congress_id for row in rows if row.readers}
        for row in rows:
            _forget(row, now=now)
        compared = _held(IS_COMPARED, Mailing.state.in_(EDITABLE), Mailing.congress_id.in_(of))
        for row in compared:
            _forget(row, now=now)
        return len({row.id for row in (*rows, *compared)})


def _held(*which: ColumnElement[bool]) -> Sequence[Mailing]:
    return db.session.scalars(
        select(Mailing).where(*which).order_by(Mailing.id).with_for_update(),
        execution_options={"populate_existing": True},
    ).all()


def _forget(row: Mailing, *, now: datetime) -> None:
    if row.state == MailingState.PAUSED:
        mailings.end(row, actor=SYSTEM, now=now)
    row.readers, row.told_up_to, row.audience = [], 0, without_people(row.audience)
    if row.state == MailingState.SCHEDULED:
        row.state, row.scheduled_at, row.fault = MailingState.DRAFT, None, AUDIENCE_FORGOTTEN
        details = {"subject": in_language(row.subject, "de")}
        auditing.record(
            "mailing_not_sent", actor=SYSTEM, now=now, congress_id=row.congress_id, details=details
        )


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
