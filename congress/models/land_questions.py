"""Questions of municipalities to the Land, and who has the same question."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import FOLDED, Base


class LandQuestion(Base):
    """What a municipality asks the Land, and the answer; nobody reads an answer before its day.

    Which person asked is forgotten a year after the answer (`forget_old`).
    """

    __tablename__ = "land_questions"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'answered', 'withdrawn', 'declined')", name="state_known"
        ),
        CheckConstraint("audience IN ('members', 'public')", name="audience_known"),
        CheckConstraint("state <> 'answered' OR answered_on IS NOT NULL", name="answered_on_a_day"),
        Index("ix_land_questions_order", "state", "answered_on", "id"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_persons.id", ondelete="SET NULL"), index=True
    )
    meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey("congresses.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[str]
    title: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]]
    is_named: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[dict[str, str]]
    answered_by: Mapped[str] = mapped_column(default="", server_default="")
    answered_on: Mapped[date | None]
    audience: Mapped[str] = mapped_column(default="members", server_default="members")
    reason: Mapped[str] = mapped_column(default="", server_default="")  # why it was declined
    search: Mapped[str] = mapped_column(FOLDED)  # the answer only once it is one
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # when it was answered, declined or withdrawn


class SameQuestion(Base):
    """That another organisation has the same question; who said so is forgotten with the asker."""

    __tablename__ = "same_questions"
    __table_args__ = (UniqueConstraint("question_id", "organisation_id"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("land_questions.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_persons.id", ondelete="SET NULL"), index=True
    )
    joined_at: Mapped[datetime]
