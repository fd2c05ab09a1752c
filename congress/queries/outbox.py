"""The outbox as organisers and operators see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    not_,
    null,
    or_,
    select,
)

from congress.base import columns_of, table_of, values_of
from congress.domain.folding import fold_sought
from congress.domain.mails.delivery import PATIENCE, minute_of
from congress.domain.mails.kinds import LATER, ON, MessageKind
from congress.domain.mails.mailings import MailingState
from congress.domain.mails.masking import without_secrets
from congress.extensions import db, settings
from congress.models import Mailing, OutboxControl, OutboxDomain, OutboxMessage

PER_PAGE = 50


class MessageState(StrEnum):
    """Where a mail stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


UNSENT = (MessageState.QUEUED, MessageState.SENDING)
ABOUT_TAKING_PLACE = ON | {MessageKind.CONGRESS_CANCELLED}


@dataclass(frozen=True)
class ListedMessage:
    """A mail in a list; until it was first put into words `facts` stand for its `subject`."""

    id: int
    kind: str
    congress_id: int | None
    registration_id: int | None
    recipient: str
    recipient_name: str
    language: str
    subject: str
    state: MessageState
    attempts: int
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None
    last_error: str
    fault: str  # of whatever keeps it from being put into words (domain.mails.faults), or nothing
    facts: Mapping[str, Any] | None


@dataclass(frozen=True)
class WholeMessage:
    """A mail as sent, with its secrets masked and its attachments only named.

    `raw` is None before it was put into words.
    """

    listed: ListedMessage
    message_id: str
    mailing_id: int | None
    raw: bytes | None


@dataclass(frozen=True)
class Wanted:
    """Which mails of a congress are asked for; what is None or empty does not matter."""

    congress_id: int | None = None
    registration_id: int | None = None
    mailing_id: int | None = None
    state: MessageState | None = None
    kind: str = ""
    recipient: str = ""  # a part of the address or the name


@dataclass(frozen=True)
class Status:
    """How many mails stand where, whether delivery is held, and whether the relay takes any.

    `oldest_unsent` is none of those that wait for their domain, which had enough a moment ago.
    `from_backup`: how many unsent ones stood in a backup that was put back; None: none was.
    """

    counts: dict[MessageState, int]
    to_many: int  # unsent, and behind all that go to one person
    oldest_unsent: datetime | None
    from_backup: int | None
    held_since: datetime | None
    trouble: str
    trouble_since: datetime | None

    @property
    def waiting(self) -> int:
        return sum(self.counts[state] for state in UNSENT)


@dataclass(frozen=True)
class Delivery:
    """How far the mails of one congress are: by state, how many failed that nobody has settled.

    `overdue_since` is when the first should have gone out that nobody has tried to send.
    """

    counts: Mapping[MessageState, int]
    to_settle: int
    overdue_since: datetime | None


MAILS, MAILINGS = table_of(OutboxMessage), table_of(Mailing)
LISTED = " ".join(field.name for field in fields(ListedMessage))
NO_WORDS_YET = case((MAILS.c.subject == "", MAILS.c.facts), else_=null()).label("facts")
MESSAGES = select(*columns_of(MAILS, LISTED.removesuffix(" facts")), NO_WORDS_YET)
PAUSED = select(MAILINGS.c.id).where(MAILINGS.c.state == MailingState.PAUSED)
GOES_OUT = or_(MAILS.c.mailing_id.is_(None), MAILS.c.mailing_id.not_in(PAUSED))
UNSENT_YET = MAILS.c.state.in_(UNSENT)
# A domain that had enough lately goes on by itself; where nobody sends any more, it had not.
WAITS_FOR_ITS_DOMAIN = and_(
    MAILS.c.state == MessageState.QUEUED,
    MAILS.c.attempts == 0,
    exists().where(
        OutboxDomain.full_at > bindparam("full_since"),
        MAILS.c.recipient_key.like(literal("%@") + OutboxDomain.domain),
    ),
)
RESTORED = select(OutboxControl.restored_up_to).scalar_subquery()
STANDING = "to_many oldest_unsent from_backup held_since trouble trouble_since"
STATUS = select(
    *(func.count().filter(MAILS.c.state == state).label(state) for state in MessageState),
    func.count().filter(UNSENT_YET, MAILS.c.priority >= LATER).label("to_many"),
    func.min(MAILS.c.created_at)
    .filter(UNSENT_YET, GOES_OUT, not_(WAITS_FOR_ITS_DOMAIN))
    .label("oldest_unsent"),
    case((RESTORED.is_not(None), func.count().filter(UNSENT_YET, MAILS.c.id <= RESTORED))).label(
        "from_backup"
    ),
    select(OutboxControl.held_since)
    .where(OutboxControl.held)
    .scalar_subquery()
    .label("held_since"),
    func.coalesce(select(OutboxControl.trouble).scalar_subquery(), "").label("trouble"),
    select(OutboxControl.trouble_since).scalar_subquery().label("trouble_since"),
).select_from(MAILS)
# Addresses end in their domain, as the worker looks for them.
RESTING = (
    select(OutboxDomain.domain, func.count(MAILS.c.id))
    .join(MAILS, MAILS.c.recipient_key.like(literal("%@") + OutboxDomain.domain))
    .where(
        OutboxDomain.minute == bindparam("minute"),
        OutboxDomain.taken >= bindparam("per_minute"),
        UNSENT_YET,
        MAILS.c.due_at <= bindparam("now"),
    )
    .group_by(OutboxDomain.domain)
    .order_by(OutboxDomain.domain)
)

TO_SETTLE = (MAILS.c.state == MessageState.FAILED) & MAILS.c.settled_at.is_(None)
OVERDUE = and_(
    MAILS.c.state == MessageState.QUEUED,
    MAILS.c.due_at <= bindparam("before"),
    GOES_OUT,
    not_(WAITS_FOR_ITS_DOMAIN),
)
OF_CONGRESS = select(
    *(func.count().filter(MAILS.c.state == state) for state in MessageState),
    func.count().filter(TO_SETTLE),
    func.min(MAILS.c.due_at).filter(OVERDUE),
).where(MAILS.c.congress_id == bindparam("congress_id"))


def who_believes_it_is_off(registration_ids: Collection[int]) -> set[int]:
    """Return those whom the last mail about it told that their congress is called off."""
    last = (
        select(func.max(OutboxMessage.id))
        .where(
            OutboxMessage.registration_id.in_(registration_ids),
            OutboxMessage.kind.in_(ABOUT_TAKING_PLACE),
        )
        .group_by(OutboxMessage.registration_id)
    )
    off = select(OutboxMessage.registration_id).where(
        OutboxMessage.id.in_(last), OutboxMessage.kind == MessageKind.CONGRESS_CANCELLED
    )
    return {number for number in db.session.scalars(off) if number is not None}


def find_messages(wanted: Wanted, *, page: int = 1) -> tuple[list[ListedMessage], int]:
    """Return one page (from 1) of mails, the latest first, and how many there are in all."""
    found = _filtered(wanted)
    count = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    part = found.order_by(MAILS.c.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return [_listed(row) for row in db.session.execute(part)], count


def messages_to(registration_id: int) -> list[ListedMessage]:
    """Return all mails to one attendee, the latest first."""
    found = _filtered(Wanted(registration_id=registration_id)).order_by(MAILS.c.id.desc())
    return [_listed(row) for row in db.session.execute(found)]


def find_message(message_id: int, *, congress_id: int) -> WholeMessage | None:
    """Return one mail of a congress; None for those of another."""
    found = _filtered(Wanted(congress_id=congress_id)).where(MAILS.c.id == message_id)
    row = db.session.execute(
        found.add_columns(*columns_of(MAILS, "message_id mailing_id content"))
    ).one_or_none()
    if row is None:
        return None
    # A copy that is still to be sent holds its secrets; nobody may read them here.
    raw = None if row.content is None else without_secrets(row.content, settings().base_url)
    return WholeMessage(_listed(row), row.message_id, row.mailing_id, raw)


def counts(congress_id: int, *, now: datetime) -> Delivery:
    """Return how many mails of a congress stand where, and since when one should have gone out."""
    which = {"congress_id": congress_id, "before": now - PATIENCE} | _full_since(now)
    row = db.session.execute(OF_CONGRESS, which).one()
    *numbers, failed, overdue = row
    return Delivery(dict(zip(MessageState, numbers, strict=True)), failed, overdue)


def count_to_settle(mailing_id: int) -> int:
    """Return how many mails of an info mail failed, and nobody has seen to them."""
    of_it = (OutboxMessage.mailing_id == mailing_id, TO_SETTLE)
    return db.session.scalars(select(func.count()).select_from(OutboxMessage).where(*of_it)).one()


def status(*, now: datetime) -> Status:
    """Return how delivery stands."""
    row = db.session.execute(STATUS, _full_since(now)).one()
    numbers = {state: getattr(row, state) for state in MessageState}
    return Status(numbers, **values_of(row, STANDING))


def find_trouble() -> str:
    """Return why the relay takes no mail at all; empty while it does."""
    return db.session.scalar(select(OutboxControl.trouble)) or ""


def resting_domains(*, now: datetime) -> dict[str, int]:
    """Return how many mails wait, by domain, because theirs had enough of them in this minute."""
    per_minute = settings().mail_domain_limit
    if not per_minute:
        return {}
    limits = {"now": now, "minute": minute_of(now), "per_minute": per_minute}
    return {row[0]: row[1] for row in db.session.execute(RESTING, limits)}


def _full_since(now: datetime) -> dict[str, datetime]:
    """Return since when a domain must have had enough; without a limit none has."""
    return {"full_since": now - PATIENCE if settings().mail_domain_limit else now}


def _filtered(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    asked = {name: value for name, value in vars(wanted).items() if value not in {None, ""}}
    part = asked.pop("recipient", None)
    statement = MESSAGES.filter_by(**asked)
    if part is None:
        return statement
    words = fold_sought(part).split()
    return statement.where(
        *(MAILS.c.recipient_search.contains(word, autoescape=True) for word in words)
    )


def _listed(row: Row[*tuple[Any, ...]]) -> ListedMessage:
    return ListedMessage(**values_of(row, LISTED) | {"state": MessageState(row.state)})
