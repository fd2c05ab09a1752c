"""What congresses recommend."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class Recommendation(Base):
    """A recommendation of a congress, perhaps from one of its workshops, and what became of it."""

    __tablename__ = "recommendations"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'answered', 'taken_up', 'declined')", name="state_known"
        ),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[dict[str, str]]
    addressee: Mapped[dict[str, str]]
    answer: Mapped[dict[str, str]]
    state: Mapped[str]
    is_published: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)
