"""Tasks of the modules of a course, and what participants handed in."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

OPEN = text("reminded_at IS NULL")


class ModuleTask(Base):
    """Something to be done for a module, which is a day of its congress.

    `told_up_to` is the last person who was reminded of it: letters and this mark are stored
    together, so that nobody is reminded twice.
    """

    __tablename__ = "module_tasks"
    __table_args__ = (
        Index("ix_module_tasks_order", "congress_id", "due_on"),
        partial_index("ix_module_tasks_open", "due_on", where=OPEN),
        CheckConstraint("whose IN ('person', 'organisation')", name="whose_known"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    day: Mapped[dt.date]
    title: Mapped[dict[str, str]]
    due_on: Mapped[dt.date]
    whose: Mapped[str]
    told_up_to: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    reminded_at: Mapped[dt.datetime | None]  # when everybody was, or it was too late to
    created_at: Mapped[dt.datetime]
    text: Mapped[dict[str, str]] = mapped_column(default=dict)


class HandIn(Base):
    """That somebody has done a task; goes a year after the congress, as all that people gave."""

    __tablename__ = "hand_ins"
    __table_args__ = (UniqueConstraint("task_id", "registration_id"),)

    task_id: Mapped[int] = mapped_column(ForeignKey("module_tasks.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(default="", server_default="")
    url: Mapped[str] = mapped_column(default="", server_default="")
    done_at: Mapped[dt.datetime]
