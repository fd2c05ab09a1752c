"""What people say of a congress afterwards, kept so that no row says who said what.

Nothing here has a moment finer than the survey, and no row is added when somebody answers.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index
from congress.models.attendances import AT_THE_DOOR


class FeedbackSurvey(Base):
    """How a congress asks, and what; days are counted from its last one."""

    __tablename__ = "feedback_surveys"

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), unique=True
    )
    is_on: Mapped[bool]
    days_after: Mapped[int]
    days_open: Mapped[int]
    reminder_days: Mapped[int]
    asks_all: Mapped[bool]
    questions: Mapped[list[Any]]
    has_begun: Mapped[bool] = mapped_column(default=False)
    is_shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    counted_at: Mapped[datetime | None]  # once it is over


class FeedbackBox(Base):
    """What was said of the event, or of one workshop; made when the survey begins.

    `sums` is what was counted. The few ballots that are not yet are `sealed` with a key that the
    database does not have, in no order, and filled up to one length.
    """

    __tablename__ = "feedback_boxes"
    __table_args__ = (
        Index("uq_feedback_boxes_item", "congress_id", "item_id", unique=True),
        partial_index("uq_feedback_boxes_event", "congress_id", where=AT_THE_DOOR, unique=True),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE"), index=True
    )
    sums: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class FeedbackBallot(Base):
    """That somebody is asked, and whether they have answered; what they said is not here.

    The row goes a month after the survey, or with the registration.
    """

    __tablename__ = "feedback_ballots"
    __table_args__ = (Index("ix_feedback_ballots_congress_id", "congress_id"),)

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), unique=True
    )
    is_used: Mapped[bool] = mapped_column(default=False)
    is_reminded: Mapped[bool] = mapped_column(default=False)
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
