"""What came back by mail, for those who have to see to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select

from congress.base import columns_of, table_of
from congress.domain.mails.received import Answer, Why
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import CalendarEntry, CalendarReply, OutboxControl, ReceivedMail, Registration

REPLIES, KEPT, PEOPLE = table_of(CalendarReply), table_of(ReceivedMail), table_of(Registration)
ENTRIES = table_of(CalendarEntry)
LISTED = "id congress_id registration_id sender subject text why received_at done_at"
MOST_LISTED = 200  # what is older than a month has gone anyway
OPEN_NO = and_(REPLIES.c.answer == Answer.DECLINED, REPLIES.c.settled_at.is_(None))


@dataclass(frozen=True)
class Kept:
    """A mail that a human has to read."""

    id: int
    congress_id: int | None
    registration_id: int | None
    sender: str
    subject: str
    text: str
    why: Why
    received_at: datetime
    done_at: datetime | None


@dataclass(frozen=True)
class CalendarAnswer:
    """What somebody last answered in their calendar, about which day."""

    answer: Answer
    answered_at: datetime
    settled_at: datetime | None
    starts: str  # of the entry: a moment as ISO 8601


@dataclass(frozen=True)
class Fault:
    """Why the mailbox of replies cannot be read, and since when."""

    reason: str
    since: datetime


def kept(congress_id: int | None) -> list[Kept]:
    """Return what a human has to read about a congress, or about none; what is open first."""
    statement = (
        select(*columns_of(KEPT, LISTED))
        .where(_about(congress_id))
        .order_by(KEPT.c.done_at.is_not(None), KEPT.c.id.desc())
        .limit(MOST_LISTED)
    )
    return [Kept(**row._asdict() | {"why": Why(row.why)}) for row in db.session.execute(statement)]


def count_open(congress_id: int | None) -> int:
    """Return how many mails about a congress, or about none, nobody has read yet."""
    is_open = (_about(congress_id), KEPT.c.done_at.is_(None))
    return db.session.scalars(select(func.count()).select_from(KEPT).where(*is_open)).one()


def belongs(received_id: int, congress_id: int | None) -> bool:
    """Return whether a mail is about this congress, or with none about none (SEC-02)."""
    found = select(KEPT.c.id).where(KEPT.c.id == received_id, _about(congress_id))
    return db.session.scalar(found) is not None


def answers_of(registration_id: int) -> Sequence[CalendarAnswer]:
    """Return what somebody answered in their calendar, by day."""
    statement = (
        select(*columns_of(REPLIES, "answer answered_at settled_at"), ENTRIES.c.content)
        .join(
            ENTRIES,
            (ENTRIES.c.registration_id == REPLIES.c.registration_id)
            & (ENTRIES.c.uid == REPLIES.c.uid),
        )
        .where(REPLIES.c.registration_id == registration_id)
        .order_by(ENTRIES.c.day)
    )
    return [
        CalendarAnswer(Answer(row.answer), row.answered_at, row.settled_at, row.content["starts"])
        for row in db.session.execute(statement)
    ]


def who_declined() -> ColumnElement[bool]:
    """Return what holds of those whose calendar said no, who still hold a place or wait for one."""
    said_no = exists().where(REPLIES.c.registration_id == Registration.id, OPEN_NO)
    return and_(said_no, Registration.state != RegistrationState.CANCELLED)


def find_fault() -> Fault | None:
    """Return why replies cannot be read; None while they can."""
    row = db.session.execute(
        select(OutboxControl.replies_fault, OutboxControl.replies_fault_since)
    ).first()
    return Fault(row[0], row[1]) if row and row[0] and row[1] else None


def _about(congress_id: int | None) -> ColumnElement[bool]:
    if congress_id is None:
        return KEPT.c.congress_id.is_(None)
    return KEPT.c.congress_id == congress_id
