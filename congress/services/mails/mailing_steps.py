"""The worker's part of info mails: begin those whose moment has come, write letters in steps."""

from datetime import datetime

from sqlalchemy import select

from congress.base import table_of
from congress.domain.access import SYSTEM
from congress.domain.errors import Refused
from congress.domain.mails.kinds import LATER
from congress.domain.mails.mailings import OFF, MailingState
from congress.domain.texts import in_language
from congress.extensions import db
from congress.models import Mailing
from congress.queries import mailings as queries
from congress.services import auditing
from congress.services.mails import mailing_houses, mailings, mailings_off, telling
from congress.transaction import transaction

MAILINGS = table_of(Mailing)
STEP = 200  # letters at once, each with the workshops of its reader: some 100 ms
FIRST = select(MAILINGS.c.id, MAILINGS.c.congress_id).limit(1)


def next_step(*, now: datetime) -> bool:
    """Begin the next info mail whose moment has come, or write to the next readers of one.

    Returns whether there was anything to do.
    """
    due = FIRST.where(MAILINGS.c.state == MailingState.SCHEDULED, MAILINGS.c.scheduled_at <= now)
    if found := db.session.execute(due.order_by(MAILINGS.c.scheduled_at)).one_or_none():
        _begin(found.id, found.congress_id, now=now)
        return True
    sending = FIRST.where(MAILINGS.c.state == MailingState.SENDING).order_by(MAILINGS.c.id)
    if found := db.session.execute(sending).one_or_none():
        _write(found.id, found.congress_id, now=now)
        return True
    return False


def _begin(mailing_id: int, congress_id: int | None, *, now: datetime) -> None:
    """Begin at its moment; what cannot be sent becomes a draft that says why."""
    with transaction():
        congress = mailing_houses.hold(congress_id)
        row = _held(mailing_id)
        mailing = queries.find(congress_id, mailing_id)
        if row.state != MailingState.SCHEDULED or mailing is None:
            return  # another worker was faster, or an organiser
        details: dict[str, object] = {"subject": in_language(row.subject, "de")}
        try:
            mailings.begin(congress, row, mailing_houses.recipients_of(mailing, now=now), now=now)
        except Refused as refusal:
            row.state, row.scheduled_at = MailingState.DRAFT, None
            row.fault = type(refusal).__name__
            verb = "mailing_not_sent"
        else:
            verb, details = "mailing_sent", details | {"count": row.total}
        auditing.record(verb, actor=SYSTEM, now=now, congress_id=congress_id, details=details)


def _write(mailing_id: int, congress_id: int | None, *, now: datetime) -> None:
    with transaction():
        # Held, so that nobody's address is corrected while letters to it are written.
        congress = mailing_houses.hold(congress_id)
        row = _held(mailing_id)
        mailing = queries.find(congress_id, mailing_id)
        if row.state != MailingState.SENDING or mailing is None:
            return  # paused meanwhile
        if mailing_houses.state_of(congress) in OFF:
            mailings_off.pause(row, actor=SYSTEM, now=now)
            return
        rest = [each for each in row.readers if each > row.told_up_to]
        step = rest[:STEP]
        readers = mailing_houses.still_there(mailing, step, now=now)
        letters = mailing_houses.letters(congress, mailing)
        telling.store(letters.rows(readers), now=now, later=LATER)
        if step:
            row.told_up_to, row.done = step[-1], row.done + len(step)
        if len(step) == len(rest):
            row.state, row.finished_at = MailingState.SENT, now


def _held(mailing_id: int) -> Mailing:
    return db.session.get_one(Mailing, mailing_id, with_for_update=True, populate_existing=True)
