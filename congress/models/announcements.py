"""Announcements: news for very many people, turned into letters by the worker in steps."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

OPEN = text("finished_at IS NULL")


class Announcement(Base):
    """Something to tell everybody in a congress, or with `item_ids` everybody in some items.

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
    kind: Mapped[str]  # of the letters
    item_ids: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    total: Mapped[int]  # people concerned when it was made
    done: Mapped[int] = mapped_column(default=0)
    told_up_to: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
