"""What came back by mail: mailboxes that take nothing, answers of calendars, mails for a human."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

OPEN = text("done_at IS NULL")


class DeadMailbox(Base):
    """An address that takes no mail, as its server said; nothing more is sent to it.

    The row goes when an organiser wants to try again, or by itself after half a year.
    """

    __tablename__ = "dead_mailboxes"

    email_key: Mapped[str] = mapped_column(unique=True)
    since: Mapped[datetime] = mapped_column(index=True)
    reason: Mapped[str]  # in the server's words


class CalendarReply(Base):
    """What somebody last answered to an invitation in their calendar (RFC 5546, 3.2.3).

    It changes no place; `settled_at` is when an organiser has seen to a "no".
    """

    __tablename__ = "calendar_replies"
    __table_args__ = (
        UniqueConstraint("registration_id", "uid"),
        CheckConstraint("answer IN ('ACCEPTED', 'TENTATIVE', 'DECLINED')", name="answer_known"),
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id"))
    uid: Mapped[str]
    sequence: Mapped[int]  # of the invitation that is answered
    answer: Mapped[str]
    answered_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class ReceivedMail(Base):
    """A mail that a human has to read: only how it begins, and for a month."""

    __tablename__ = "received_mails"
    __table_args__ = (partial_index("ix_received_mails_open", "congress_id", where=OPEN),)

    digest: Mapped[str] = mapped_column(unique=True)  # of its bytes: read twice, kept once
    congress_id: Mapped[int | None] = mapped_column(
        ForeignKey("congresses.id", ondelete="SET NULL")
    )
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))
    sender: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]  # the beginning
    why: Mapped[str]  # `congress.domain.mails.received.Why`
    received_at: Mapped[datetime] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
