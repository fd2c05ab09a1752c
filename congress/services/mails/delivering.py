"""Delivering the outbox: the steps of a worker, each a transaction of its own.

Claim some mails, make each ready, begin, hand it over (the worker does, outside of any
transaction), record what came of it. A worker that dies anywhere leaves rows that another one
claims when the lease is over, with the same Message-ID and the same bytes.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Row,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)

from congress.base import table_of, values_of
from congress.domain.mails.delivery import lease, wait_after
from congress.domain.mails.faults import Fault
from congress.domain.mails.marks import Mark
from congress.domain.mails.masking import without_secrets
from congress.domain.mails.received import is_mailbox_gone
from congress.extensions import db, settings
from congress.formats.mail import RenderedMail
from congress.models import OutboxControl, OutboxMessage
from congress.queries import dead_mailboxes as queries_of_dead
from congress.queries import mail_templates
from congress.services import door_codes, tokens
from congress.services.mails import (
    choosing,
    controlling,
    dead_mailboxes,
    due,
    organizing,
    truth,
)
from congress.services.mails.making import ClaimedMail, NotRendered, prepare
from congress.transaction import transaction

__all__ = [
    "BegunMail",
    "ClaimedMail",
    "NotRendered",
    "begin",
    "claim",
    "give_back",
    "prepare",
    "record_delay",
    "record_failure",
    "record_fault",
    "record_sent",
]

log = logging.getLogger(__name__)

BATCH = 20
MAILS = table_of(OutboxMessage)
HELD = select(OutboxControl.held).limit(1)

TAKE = (
    update(MAILS)
    .where(MAILS.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state="sending", lease_owner=bindparam("owner"), lease_until=bindparam("new_lease_until")
    )
)
DROPPED = delete(MAILS).where(MAILS.c.id.in_(bindparam("ids", expanding=True)))
MINE = (
    MAILS.c.id == bindparam("mail_id"),
    MAILS.c.state == "sending",
    MAILS.c.lease_owner == bindparam("owner"),
)
# The bytes of the first attempt stay, whoever made it.
BEGIN = (
    update(MAILS)
    .where(*MINE)
    .values(
        attempts=MAILS.c.attempts + 1,
        lease_until=bindparam("new_lease_until"),
        subject=case((MAILS.c.content.is_(None), bindparam("new_subject")), else_=MAILS.c.subject),
        content=func.coalesce(MAILS.c.content, bindparam("new_content", type_=LargeBinary)),
    )
    .returning(MAILS.c.content)
)
CONTENT = select(MAILS.c.content).where(MAILS.c.id == bindparam("mail_id")).with_for_update()
SENT = (
    update(MAILS)
    .where(MAILS.c.id == bindparam("mail_id"))
    .values(
        state="sent",
        sent_at=bindparam("now"),
        last_error="",
        lease_until=None,
        lease_owner="",
        content=bindparam("masked"),
    )
)
TRIED = select(MAILS.c.attempts, MAILS.c.content).where(*MINE).with_for_update()


@dataclass(frozen=True)
class BegunMail:
    """A mail that is to be handed over now; `mark` is to be remembered before."""

    raw: bytes
    mark: Mark | None


def claim(owner: str, *, now: datetime, most: int = BATCH) -> list[ClaimedMail]:
    """Take the next mails that are due or whose worker has not been heard of; none while held.

    Those to addresses that take nothing are given up on the way, and what helps nobody as it is
    no longer true is dropped: each look is a transaction of its own, however many there are.
    """
    while (found := _look(owner, now=now, most=most)) is not None:
        if found:
            return found
    return []


def _look(owner: str, *, now: datetime, most: int) -> list[ClaimedMail] | None:
    """Take those of the next mails that can go out; None where there is no mail at all."""
    with transaction():
        found = [] if db.session.scalar(HELD) else due.find(most, now=now)
        if not found:
            return None
        restated, rows = _going(found, now=now)
        if rows:
            ids = [row.id for row in rows]
            lease_until = now + lease(settings().mail_timeout)
            taken = {"ids": ids, "owner": owner, "new_lease_until": lease_until}
            db.session.execute(TAKE, taken)
        written = [(row.registration_id, row.recipient) for row in rows if row.registration_id]
        known = tokens.for_mails(written)
        codes = door_codes.of_mails(rows, now=now)
        of_today = {**restated, **choosing.of_today(rows, now=now)}
        templates = mail_templates.of_congresses(
            {row.congress_id for row in rows if row.congress_id and row.content is None}
        )
    organizers = organizing.of_mails(rows)
    return [
        ClaimedMail(
            **values_of(row, due.TAKEN),
            facts=of_today.get(row.id, row.facts),
            template=templates.get((row.congress_id, row.kind, row.language)),
            own_page=known.get((row.registration_id, row.recipient)),
            door_code=codes.get(row.id),
            organizer=organizers.get(row.congress_id, ""),
        )
        for row in rows
    ]


def _going(
    found: Sequence[Row[*tuple[Any, ...]]], *, now: datetime
) -> tuple[Mapping[int, Mapping[str, Any]], Sequence[Row[*tuple[Any, ...]]]]:
    """Return those of some due mails that go out, and what of them is stated anew."""
    dead = queries_of_dead.reasons([row.recipient_key for row in found])
    for row in found:
        if row.recipient_key in dead:
            _note_failure(row.id, dead[row.recipient_key], row.content)
    alive = [row for row in found if row.recipient_key not in dead]
    judged = truth.judge_due(alive, now=now)
    if judged.outdated:
        db.session.execute(DROPPED, {"ids": list(judged.outdated)})
        log.info("mails_outdated count=%s", len(judged.outdated))
    return judged.restated, [row for row in alive if row.id not in judged.outdated]


def begin(
    message_id: int, rendered: RenderedMail, *, owner: str, now: datetime, sent: int | None = None
) -> BegunMail | None:
    """Note that an attempt begins, and keep the bytes before anybody can have received them.

    Returns what is to be sent: the bytes of the first attempt, whoever made it. None when the
    mail belongs to another worker by now. `sent` is the mail that was taken just before: noting
    both at once saves a commit, and still no more than one mail is ever taken and not recorded.
    """
    with transaction():
        if sent is not None:
            _note_sent(sent, now=now)
        values = {
            "mail_id": message_id,
            "owner": owner,
            "new_lease_until": now + lease(settings().mail_timeout),
            "new_subject": rendered.subject,
            "new_content": rendered.kept,
        }
        row = db.session.execute(BEGIN, values).one_or_none()
        mark = controlling.note_begun(has_taken=sent is not None)
    if row is None:
        return None
    if row.content != rendered.kept:
        rendered = replace(rendered, kept=row.content)
    return BegunMail(rendered.raw, mark)


def record_sent(message_id: int, *, now: datetime) -> None:
    """Note that a mail was taken, by whomever; the copy that is kept loses its secrets."""
    with transaction():
        _note_sent(message_id, now=now)
        controlling.note_taken()


def record_delay(
    message_id: int, reason: str, *, owner: str, now: datetime, is_trouble: bool = False
) -> None:
    """Note that a mail was not taken yet; it is due again later, or given up after two days.

    `is_trouble`: the relay takes no mail at all, which the workspace says.
    A worker whose lease ran out says nothing about a mail that another one has or has sent.
    """
    with transaction():
        row = db.session.execute(TRIED, {"mail_id": message_id, "owner": owner}).one_or_none()
        if row is None:
            return
        if is_trouble:
            controlling.note_trouble(reason, now=now)
        wait = wait_after(row.attempts)
        if wait is None:
            _note_failure(message_id, reason, row.content)
        else:
            due_at = now + wait
            _release(MAILS.c.id == message_id, state="queued", last_error=reason, due_at=due_at)


def record_failure(
    message_id: int, reason: str, *, owner: str, gone_at: datetime | None = None
) -> None:
    """Note that a mail will never be taken; organisers see the reason and may send it again.

    `gone_at` is when the recipient was refused: where there is no such mailbox, nothing more is
    sent to it.
    """
    with transaction():
        row = db.session.execute(TRIED, {"mail_id": message_id, "owner": owner}).one_or_none()
        if row is None:
            return
        _note_failure(message_id, reason, row.content)
        if gone_at is not None and is_mailbox_gone(reason):
            dead_mailboxes.mark(message_id, reason, now=gone_at)


def record_fault(message_id: int, fault: Fault, number: str, *, owner: str) -> None:
    """Note that a mail cannot be put into words, and the `number` under which the log says why."""
    with transaction():
        row = db.session.execute(TRIED, {"mail_id": message_id, "owner": owner}).one_or_none()
        if row is not None:
            _note_failure(message_id, number, row.content, fault=fault)


def give_back(message_ids: Sequence[int], *, owner: str) -> None:
    """Let others have mails that were claimed and not begun."""
    mine = (MAILS.c.id.in_(message_ids), MAILS.c.state == "sending", MAILS.c.lease_owner == owner)
    with transaction():
        _release(*mine, state="queued")


def _note_sent(message_id: int, *, now: datetime) -> None:
    content = db.session.scalars(CONTENT, {"mail_id": message_id}).one()
    values = {"mail_id": message_id, "now": now, "masked": _masked(content)}
    db.session.execute(SENT, values)


def _note_failure(message_id: int, reason: str, content: bytes | None, fault: str = "") -> None:
    mail_is, kept = MAILS.c.id == message_id, _masked(content)
    _release(mail_is, state="failed", last_error=reason, fault=fault, content=kept)


def _release(*which: ColumnElement[bool], **values: object) -> None:
    statement = update(MAILS).where(*which)
    db.session.execute(statement.values(lease_until=None, lease_owner="", **values))


def _masked(content: bytes | None) -> bytes | None:
    return None if content is None else without_secrets(content, settings().base_url)
