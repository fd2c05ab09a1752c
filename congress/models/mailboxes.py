"""What is kept of a mailbox that asked for something to be sent, confirmed or not yet."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class AskingMailbox(Base):
    """The columns of every such table; the row is all that is kept of whoever asked.

    `consent` is the version of the text that they agreed to when they asked; `confirmed_at` says
    when they did so from the mailbox.
    """

    __abstract__ = True

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
