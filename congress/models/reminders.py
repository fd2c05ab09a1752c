"""Reminders of a congress: how each is set, and how far it has gone out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

OPEN = text("is_on AND finished_at IS NULL")
ONE_OF_EACH = text("NOT is_added")


class ReminderSetting(Base):
    """One reminder of one congress; the one of each sort is off and as usual without a row.

    With a workshop that is deleted the reminder goes too: to everybody it was never meant.
    `told_up_to` is the last person that a letter was written to: letters and this mark are stored
    together, so that whoever goes on after a fault reminds nobody twice.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        partial_index(
            "uq_reminders_one_of_each", "congress_id reminder", where=ONE_OF_EACH, unique=True
        ),
        partial_index("ix_reminders_open", "congress_id", where=OPEN),
        CheckConstraint("days >= 0 AND hour >= 0 AND hour < 24", name="moment"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    reminder: Mapped[str]  # of which sort
    is_added: Mapped[bool] = mapped_column(default=False)
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE"), index=True
    )
    is_on: Mapped[bool] = mapped_column(default=False)
    on_since: Mapped[datetime | None]
    days: Mapped[int]
    hour: Mapped[int]
    text: Mapped[dict[str, str]] = mapped_column(default=dict)
    told: Mapped[int] = mapped_column(default=0)  # people, so far
    told_up_to: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
