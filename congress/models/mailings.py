"""Info mails: written to an audience, sent in steps by the worker, with their attachments."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import FOLDED, Base, partial_index

OPEN = text("state IN ('scheduled', 'sending', 'paused')")


class Mailing(Base):
    """An info mail of a congress, or without one of the network.

    `readers` are the numbers of those it goes to, settled when it begins; `told_up_to` is the last
    that a letter was written to: letters and this mark are stored together, so that whoever goes
    on after a fault writes to nobody twice. `copy_of_id` is the earlier one that it is compared
    with. `version` rises with every saving.
    """

    __tablename__ = "mailings"
    __table_args__ = (
        partial_index("ix_mailings_open", "state scheduled_at id", where=OPEN),
        CheckConstraint(
            "state IN ('draft', 'scheduled', 'sending', 'paused', 'sent', 'stopped')",
            name="state_known",
        ),
        CheckConstraint("done <= total", name="progress"),
    )

    congress_id: Mapped[int | None] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str] = mapped_column(default="draft")
    subject: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]]
    audience: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    scheduled_at: Mapped[datetime | None]
    readers: Mapped[list[int]] = mapped_column(JSON, default=list)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    told_up_to: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(default="")  # why it was not sent at its time
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("mailings.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class MailingFile(Base):
    """An attachment: stored once, and put into each mail whenever that is handed over."""

    __tablename__ = "mailing_files"

    mailing_id: Mapped[int] = mapped_column(
        ForeignKey("mailings.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ArchivedMail(Base):
    """That an info mail of the network is read in its archive, and by whom; no row, no archive.

    `code` is its name in its public address.
    """

    __tablename__ = "archived_mails"
    __table_args__ = (CheckConstraint("readers IN ('members', 'public')", name="readers_known"),)

    mailing_id: Mapped[int] = mapped_column(
        ForeignKey("mailings.id", ondelete="CASCADE"), unique=True
    )
    readers: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    search: Mapped[str] = mapped_column(FOLDED)
    archived_at: Mapped[datetime]
