"""Info mails: what is written, and how far it has come."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from congress.base import columns_of, table_of
from congress.domain.mails.mailings import Audience, MailingState
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import Mailing, MailingFile, OutboxMessage
from congress.queries.outbox import MessageState

MAILINGS, FILES, MAILS = table_of(Mailing), table_of(MailingFile), table_of(OutboxMessage)
WRITTEN = (
    "id congress_id state subject text audience version scheduled_at total done fault copy_of_id "
    "changed_at started_at finished_at"
)


@dataclass(frozen=True)
class Attached:
    """An attachment, without its content."""

    id: int
    name: str
    media_type: str
    size: int  # bytes


@dataclass(frozen=True)
class WrittenMailing:
    """An info mail as it stands."""

    id: int
    congress_id: int | None  # none: of the network
    state: MailingState
    subject: Texts
    text: Texts
    audience: Audience
    version: int
    scheduled_at: datetime | None
    total: int
    done: int
    fault: str
    copy_of_id: int | None
    changed_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    files: tuple[Attached, ...] = field(default=())


@dataclass(frozen=True)
class Delivered:
    """How many of its mails stand where."""

    waiting: int
    sent: int
    failed: int

    @property
    def known(self) -> int:
        """Of how many anything is stored: what went to whoever has left goes with them."""
        return self.waiting + self.sent + self.failed


def of_congress(congress_id: int | None) -> list[WrittenMailing]:
    """Return the info mails of a congress, the latest first, without attachments.

    Without a congress these are those of the network.
    """
    statement = select(*columns_of(MAILINGS, WRITTEN)).where(MAILINGS.c.congress_id == congress_id)
    rows = db.session.execute(statement.order_by(MAILINGS.c.id.desc()))
    return [_as_written(row) for row in rows]


def to_come(congress_id: int) -> list[tuple[datetime, Texts]]:
    """Return when info mails are to go out by themselves, and about what."""
    rows = db.session.execute(
        select(MAILINGS.c.scheduled_at, MAILINGS.c.subject)
        .where(MAILINGS.c.congress_id == congress_id, MAILINGS.c.state == MailingState.SCHEDULED)
        .order_by(MAILINGS.c.scheduled_at, MAILINGS.c.id)
    )
    return [(row.scheduled_at, row.subject) for row in rows]


def find(congress_id: int | None, mailing_id: int) -> WrittenMailing | None:
    """Return an info mail of this congress with its attachments; None for that of another."""
    statement = select(*columns_of(MAILINGS, WRITTEN)).where(
        MAILINGS.c.id == mailing_id, MAILINGS.c.congress_id == congress_id
    )
    row = db.session.execute(statement).one_or_none()
    return _as_written(row, files_of(mailing_id)) if row else None


def find_twin(
    congress_id: int | None,
    content: Mapping[str, Any],
    *,
    since: datetime,
    copy_of: int | None = None,
    after: int = 0,
) -> int | None:
    """Return a draft of the same content that was made since then: somebody pressed twice.

    Only one that will be compared with `copy_of`, or with none, and with a number above `after`.
    """
    statement = (
        select(*columns_of(MAILINGS, "id subject text audience"))
        .where(
            MAILINGS.c.congress_id == congress_id,
            MAILINGS.c.id > after,
            MAILINGS.c.copy_of_id == copy_of,
            MAILINGS.c.state == MailingState.DRAFT,
            MAILINGS.c.created_at > since,
        )
        .order_by(MAILINGS.c.id)
    )
    names = ("subject", "text", "audience")
    same = (
        row.id
        for row in db.session.execute(statement)
        if all(getattr(row, name) == content[name] for name in names)
    )
    return next(same, None)


def files_of(mailing_id: int) -> tuple[Attached, ...]:
    """Return the attachments of an info mail, in their order."""
    statement = select(*columns_of(FILES, "id name media_type size"))
    rows = db.session.execute(
        statement.where(FILES.c.mailing_id == mailing_id).order_by(FILES.c.id)
    )
    return tuple(Attached(*row) for row in rows)


def contents(file_ids: Sequence[int]) -> dict[int, bytes]:
    """Return what attachments hold, by their numbers."""
    rows = db.session.execute(select(FILES.c.id, FILES.c.content).where(FILES.c.id.in_(file_ids)))
    return {row.id: row.content for row in rows}


def delivered(mailing_ids: Collection[int]) -> dict[int, Delivered]:
    """Return how many mails of some info mails stand where."""
    rows = db.session.execute(
        select(MAILS.c.mailing_id, MAILS.c.state, func.count())
        .where(MAILS.c.mailing_id.in_(mailing_ids))
        .group_by(MAILS.c.mailing_id, MAILS.c.state)
    )
    counts: dict[int, dict[str, int]] = {each: {} for each in mailing_ids}
    for number, state, count in rows:
        counts[number][state] = count
    waiting = (MessageState.QUEUED, MessageState.SENDING)
    return {
        number: Delivered(
            sum(found.get(state, 0) for state in waiting),
            found.get(MessageState.SENT, 0),
            found.get(MessageState.FAILED, 0),
        )
        for number, found in counts.items()
    }


def _as_written(row: Row[*tuple[Any, ...]], files: tuple[Attached, ...] = ()) -> WrittenMailing:
    values = row._asdict()
    values["state"] = MailingState(row.state)
    values["audience"] = Audience.from_json(row.audience)
    return WrittenMailing(**values, files=files)
