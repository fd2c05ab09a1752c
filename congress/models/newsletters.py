"""The newsletter of a congress and whoever asked for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base
from congress.models.mailboxes import AskingMailbox


class Newsletter(Base):
    """That a congress offers its newsletter on its public page; no row, no offer."""

    __tablename__ = "newsletters"

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), unique=True
    )
    offered_at: Mapped[datetime]


class NewsletterReader(AskingMailbox):
    """Somebody who asked for a newsletter; the row goes when they leave."""

    __tablename__ = "newsletter_readers"
    __table_args__ = (UniqueConstraint("congress_id", "email_key"),)
