"""Delivering the outbox: the steps of a worker, each a transaction of its own.

Claim some mails, make each ready, begin, hand it over (the worker does, outside of any
transaction), record what came of it. A worker that dies anywhere leaves rows that another one
claims when the lease is over, with the same Message-ID and the same bytes.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import undefer

from congress import links
from congress.domain.delivery import lease, wait_after
from congress.domain.masking import without_secrets
from congress.domain.messages import MessageKind
from congress.domain.tokens import TokenPurpose
from congress.extensions import db, settings
from congress.formats import mail
from congress.formats.mail import MailToRender, RenderedMail
from congress.models import OutboxControl, OutboxMessage
from congress.models.outbox import OPEN
from congress.services import accounts, tokens
from congress.transaction import transaction

log = logging.getLogger(__name__)

BATCH = 20
# Made once: putting a statement together costs more than carrying it out.
LOCKED = (
    select(OutboxMessage)
    .where(OutboxMessage.id == bindparam("message_id"))
    .options(undefer(OutboxMessage.content))
    .with_for_update()
)
CALENDAR_KINDS = frozenset({MessageKind.CALENDAR_REQUEST, MessageKind.CALENDAR_CANCEL})
ACCOUNT_KINDS = frozenset({MessageKind.ORGANISER_INVITED, MessageKind.PASSWORD_RESET})


class NotRendered(Exception):
    """The mail cannot be put into words; `fault` is the name under which the log says why."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class ClaimedMail:
    """A mail that belongs to this worker for a while."""

    id: int
    kind: str
    message_id: str
    registration_id: int | None
    recipient: str
    recipient_name: str
    language: str
    facts: Mapping[str, Any]
    created_at: datetime
    rendered: RenderedMail | None  # by an earlier attempt


def claim(owner: str, *, now: datetime, most: int = BATCH) -> list[ClaimedMail]:
    """Take the next mails that are due or whose worker has not been heard of; none while held."""
    with transaction():
        if db.session.scalar(select(OutboxControl.held).limit(1)):
            return []
        free = or_(OutboxMessage.state == "queued", OutboxMessage.lease_until <= now)
        rows = db.session.scalars(
            select(OutboxMessage)
            .where(OPEN, OutboxMessage.due_at <= now, free)
            .order_by(OutboxMessage.priority, OutboxMessage.due_at, OutboxMessage.id)
            .limit(most)
            .options(undefer(OutboxMessage.content))
            .with_for_update(skip_locked=True)
        ).all()
        for row in rows:
            row.state = "sending"
            row.lease_owner = owner
            row.lease_until = now + lease(settings().mail_timeout)
        return [_claimed(row) for row in rows]


def prepare(claimed: ClaimedMail) -> RenderedMail:
    """Put a mail into words and bytes, or return what an earlier attempt has made of it.

    Raises `NotRendered`. This is the one place that catches every fault: a mail that cannot be
    made, for whatever reason, must not keep the others from going out.
    """
    if claimed.rendered:
        return claimed.rendered
    try:
        return mail.render(_to_render(claimed))
    except Exception as error:
        fault = secrets.token_hex(4)
        log.exception("mail_not_rendered fault=%s message=%s", fault, claimed.id)
        raise NotRendered(fault) from error


def begin(
    message_id: int, rendered: RenderedMail, *, owner: str, now: datetime
) -> RenderedMail | None:
    """Note that an attempt begins, and keep the bytes before anybody can have received them.

    Returns what is to be sent: the bytes of the first attempt, whoever made it. None when the
    mail belongs to another worker by now.
    """
    with transaction():
        row = _locked(message_id)
        if not _belongs(row, owner):
            return None
        row.attempts += 1
        row.lease_until = now + lease(settings().mail_timeout)
        if row.content is None:
            row.subject, row.content = rendered.subject, rendered.raw
        return RenderedMail(row.subject, row.content)


def record_sent(message_id: int, *, now: datetime) -> None:
    """Note that a mail was taken, by whomever; the copy that is kept loses its secrets."""
    with transaction():
        row = _locked(message_id)
        row.sent_at = now
        row.last_error = ""
        _end(row, "sent")


def record_delay(message_id: int, reason: str, *, owner: str, now: datetime) -> None:
    """Note that a mail was not taken yet; it is due again later, or given up after two days.

    A worker whose lease ran out says nothing about a mail that another one has or has sent.
    """
    with transaction():
        row = _locked(message_id)
        if not _belongs(row, owner):
            return
        row.last_error = reason
        wait = wait_after(row.attempts)
        if wait is None:
            _end(row, "failed")
        else:
            row.due_at = now + wait
            _release(row)


def record_failure(message_id: int, reason: str, *, owner: str) -> None:
    """Note that a mail will never be taken; organisers see the reason and may send it again."""
    with transaction():
        row = _locked(message_id)
        if not _belongs(row, owner):
            return
        row.last_error = reason
        _end(row, "failed")


def give_back(message_ids: Sequence[int], *, owner: str) -> None:
    """Let others have mails that were claimed and not begun."""
    with transaction():
        db.session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id.in_(message_ids),
                OutboxMessage.state == "sending",
                OutboxMessage.lease_owner == owner,
            )
            .values(state="queued", lease_until=None, lease_owner="")
        )


def _locked(message_id: int) -> OutboxMessage:
    return db.session.scalars(LOCKED, {"message_id": message_id}).one()


def _belongs(row: OutboxMessage, owner: str) -> bool:
    return row.state == "sending" and row.lease_owner == owner


def _end(row: OutboxMessage, state: str) -> None:
    if row.content is not None:
        row.content = without_secrets(row.content, settings().base_url)
    row.state = state
    row.lease_until, row.lease_owner = None, ""


def _release(row: OutboxMessage) -> None:
    row.state = "queued"
    row.lease_until, row.lease_owner = None, ""


def _claimed(row: OutboxMessage) -> ClaimedMail:
    return ClaimedMail(
        id=row.id,
        kind=row.kind,
        message_id=row.message_id,
        registration_id=row.registration_id,
        recipient=row.recipient,
        recipient_name=row.recipient_name,
        language=row.language,
        facts=row.facts,
        created_at=row.created_at,
        rendered=None if row.content is None else RenderedMail(row.subject, row.content),
    )


def _to_render(claimed: ClaimedMail) -> MailToRender:
    congress = claimed.facts.get("congress", {})
    in_force = settings()
    return MailToRender(
        kind=claimed.kind,
        language=claimed.language,
        recipient=claimed.recipient,
        recipient_name=claimed.recipient_name,
        facts=claimed.facts,
        message_id=claimed.message_id,
        created_at=claimed.created_at,
        sender=in_force.mail_from,
        sender_name=congress.get("host") or congress.get("title") or _own_host(),
        zone=ZoneInfo(in_force.timezone),
        reply_to=in_force.mail_reply_to or congress.get("contact"),
        links=_links(claimed),
    )


def _links(claimed: ClaimedMail) -> dict[str, Any]:
    """Return the addresses a mail may need; secret ones are made anew, and for letters only."""
    found: dict[str, Any] = {
        "home": links.absolute("/"),
        "accessibility": links.absolute("/accessibility"),
        "privacy": links.absolute("/privacy"),
        "imprint": links.absolute("/imprint"),
    }
    facts = claimed.facts
    if "congress" in facts:
        found["congress"] = links.congress(facts["congress"]["slug"])
    if claimed.kind in ACCOUNT_KINDS:
        found["account"] = accounts.link_for(facts) or links.absolute("/reset")  # type: ignore[arg-type]
    if "manage" in facts.get("links", ()) and claimed.kind not in CALENDAR_KINDS:
        own = _own_page(claimed.registration_id)
        found |= {"manage": own} if own else {}
    if claimed.kind == MessageKind.LINK:
        own_pages = [_own_page(each) for each in facts["registrations"]]
        found["registrations"] = [each or found["congress"] for each in own_pages]
    return found


def _own_page(registration_id: int | None) -> str | None:
    if registration_id is None:
        return None
    token = tokens.token_for(registration_id, TokenPurpose.MANAGE)
    return links.own_page(token) if token else None


def _own_host() -> str:
    return urlsplit(settings().base_url).hostname or ""
