"""Whoever wants to know when registration opens."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.models.mailboxes import AskingMailbox


class OpeningReader(AskingMailbox):
    """Somebody who asked to be told; the row goes once the mail has gone out.

    `told_by` is the Message-ID of the mail that tells them.
    """

    __tablename__ = "opening_readers"
    __table_args__ = (UniqueConstraint("congress_id", "email_key"),)

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    told_by: Mapped[str | None]
