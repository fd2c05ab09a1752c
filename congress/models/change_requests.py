"""Requests of people who are registered, and what organisers answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

OPEN = text("answer IS NULL")


class ChangeRequest(Base):
    """One request; a person has one open. `note` and `reason` go a month after the congress."""

    __tablename__ = "change_requests"
    __table_args__ = (
        partial_index("uq_change_requests_open", "registration_id", where=OPEN, unique=True),
        partial_index("ix_change_requests_open", "congress_id asked_at", where=OPEN),
        CheckConstraint("kind IN ('workshops', 'withdrawal')", name="kind_known"),
        CheckConstraint(
            "answer IS NULL OR answer IN ('accepted', 'declined', 'taken_back')",
            name="answer_known",
        ),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    wishes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
