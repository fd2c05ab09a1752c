"""Whoever wants to know when registration opens."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class OpeningReader(Base):
    """Somebody who asked to be told, and has confirmed it or not yet.

    The row is all that is kept of them, and goes once the mail has gone out. `consent` is the
    version of the text that they agreed to; `told_by` the Message-ID of the mail that tells them.
    """

    __tablename__ = "opening_readers"
    __table_args__ = (UniqueConstraint("congress_id", "email_key"),)

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    email: Mapped[str]
    email_key: Mapped[str]
    language: Mapped[str]
    consent: Mapped[str]
    channel: Mapped[str] = mapped_column(default="web")
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    told_by: Mapped[str | None]
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
