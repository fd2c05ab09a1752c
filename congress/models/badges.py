"""Which badges were printed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class PrintedBadge(Base):
    """That somebody's badge was printed: when, and a digest of what stood on it.

    Of somebody registered or of somebody in the programme who is not. It goes a month after the
    congress, and with whose it is.
    """

    __tablename__ = "printed_badges"
    __table_args__ = (
        UniqueConstraint("registration_id"),
        UniqueConstraint("congress_id", "person_id"),
        CheckConstraint("(registration_id IS NULL) <> (person_id IS NULL)", name="holder"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    registration_id: Mapped[int | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE")
    )
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[str]
    printed_at: Mapped[datetime]
