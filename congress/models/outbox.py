"""The outbox: mails as rows, written in the transaction they tell about."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index
from congress.domain.folding import fold_for_search

OPEN = text("state IN ('queued', 'sending')")
FAILED = text("state = 'failed'")
OF_A_MAILING = text("mailing_id IS NOT NULL")


def _recipient_search(context: DefaultExecutionContext) -> str:
    """Return the key of a new row from its other values, whoever writes it."""
    row = context.get_current_parameters()  # type: ignore[no-untyped-call] # SQLAlchemy's
    return fold_for_search(row.get("recipient_name") or "", row["recipient"])


class OutboxMessage(Base):
    """One mail to one recipient.

    `facts` hold what it will state (secret links by name, never by value); `content` is the mail
    as rendered at its first delivery and repeated byte for byte: attachments, which stand with
    their info mail, are only named in it, and secrets are masked once it is sent. A message in
    state `sending` belongs to a worker until `lease_until`.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        partial_index("ix_outbox_messages_due", "priority due_at id", where=OPEN),
        Index("ix_outbox_messages_congress", "congress_id", "id"),
        partial_index("ix_outbox_messages_mailing", "mailing_id state", where=OF_A_MAILING),
        partial_index("ix_outbox_messages_failed", "congress_id", where=FAILED),
        Index("ix_outbox_messages_registration", "registration_id", "id"),
        Index("ix_outbox_messages_recipient", "recipient_key", "created_at"),
        CheckConstraint("state IN ('queued', 'sending', 'sent', 'failed')", name="state_known"),
    )

    kind: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    congress_id: Mapped[int | None] = mapped_column(ForeignKey("congresses.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailings.id", ondelete="SET NULL"))
    recipient: Mapped[str]
    recipient_name: Mapped[str] = mapped_column(default="")
    recipient_key: Mapped[str]
    # Name and address folded: what the list of mails is searched in.
    recipient_search: Mapped[str] = mapped_column(default=_recipient_search, server_default="")
    language: Mapped[str] = mapped_column(default="de")
    facts: Mapped[dict[str, Any]]

    state: Mapped[str] = mapped_column(default="queued")
    priority: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str] = mapped_column(default="")
    last_error: Mapped[str] = mapped_column(default="")
    # Why it could not be put into words (Fault); then `last_error` is the number in the log.
    fault: Mapped[str] = mapped_column(default="", server_default="")
    sent_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]  # failed, and somebody has seen to it in another way
    subject: Mapped[str] = mapped_column(default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class OutboxControl(Base):
    """One row that says how delivery stands: held, in trouble, and whether replies can be read."""

    __tablename__ = "outbox_control"

    held: Mapped[bool] = mapped_column(default=False)
    held_since: Mapped[datetime | None]
    # Why the mailbox of replies could not be read the last time; empty while it can.
    replies_fault: Mapped[str] = mapped_column(default="", server_default="")
    replies_fault_since: Mapped[datetime | None]
    # What the relay said, or the network, since when; empty once a mail was taken again.
    trouble: Mapped[str] = mapped_column(default="", server_default="")
    trouble_since: Mapped[datetime | None]
    # Which database this is and how many attempts were begun: machines remember both (REL-15).
    database: Mapped[str] = mapped_column(default="", server_default="")
    begun: Mapped[int] = mapped_column(default=0, server_default="0")
    restored_up_to: Mapped[int | None]  # the last mail of a backup that was put back


class OutboxDomain(Base):
    """How many mails were begun to the mailboxes of one domain in one minute.

    `full_at` is the last minute in which it had enough: what waits for it since is no trouble.
    """

    __tablename__ = "outbox_domains"

    domain: Mapped[str] = mapped_column(unique=True)
    minute: Mapped[datetime]
    taken: Mapped[int]
    full_at: Mapped[datetime | None]
