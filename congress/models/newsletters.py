"""The newsletters of congresses and of the network, and whoever asked for one."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index
from congress.models.mailboxes import AskingMailbox

OF_NETWORK = text("congress_id IS NULL")


class Newsletter(Base):
    """That a congress offers its newsletter on its public page; no row, no offer."""

    __tablename__ = "newsletters"

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), unique=True
    )
    offered_at: Mapped[datetime]


class NewsletterReader(AskingMailbox):
    """Somebody who asked for a newsletter, without a congress that of the network.

    The row goes when they leave.
    """

    __tablename__ = "newsletter_readers"
    __table_args__ = (
        UniqueConstraint("congress_id", "email_key"),
        partial_index("ix_newsletter_readers_network", "email_key", where=OF_NETWORK, unique=True),
    )

    congress_id: Mapped[int | None] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
