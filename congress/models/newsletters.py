"""The newsletter of a congress and whoever asked for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class Newsletter(Base):
    """That a congress offers its newsletter on its public page; no row, no offer."""

    __tablename__ = "newsletters"

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), unique=True
    )
    offered_at: Mapped[datetime]


class NewsletterReader(Base):
    """Somebody who asked for a newsletter, and has confirmed it or not yet.

    The row is all that is kept of them, and goes when they leave. `consent` is the version of the
    text that they agreed to when they asked; `confirmed_at` says when they did so from the mailbox.
    """

    __tablename__ = "newsletter_readers"
    __table_args__ = (UniqueConstraint("congress_id", "email_key"),)

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    email: Mapped[str]
    email_key: Mapped[str]
    language: Mapped[str]
    consent: Mapped[str]
    channel: Mapped[str] = mapped_column(default="web")
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
