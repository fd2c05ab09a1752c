"""Announcements: what very many people are told, turned into letters by the worker in steps."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

OPEN = text("finished_at IS NULL")


class Announcement(Base):
    """Something to tell everybody in a congress, or everybody in some items of it.

    `news` are what the public saw before, by item. The column was made for the items alone: older
    rows hold a list of their numbers, or null for everybody. A circular of an organiser (kind
    "message") has its text and the numbers of its readers there, and once it is finished only the
    mark of its form.

    `told_up_to` is the last registration that was dealt with: letters and this mark are stored
    together, so that whoever goes on after a fault tells nobody twice.
    """

    __tablename__ = "announcements"
    __table_args__ = (
        partial_index("ix_announcements_open", "id", where=OPEN),
        CheckConstraint("done <= total", name="progress"),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]  # of the letters; "finished" where nobody is told, only what they knew kept
    news: Mapped[dict[str, Any] | list[int] | None] = mapped_column(
        "item_ids", JSON(none_as_null=True)
    )
    total: Mapped[int]  # people concerned when it was made
    done: Mapped[int] = mapped_column(default=0)
    told_up_to: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
