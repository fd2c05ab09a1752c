"""Views of the attendee list that organisers saved."""

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import FOLDED, Base, partial_index

OWN, SHARED = text("user_id IS NOT NULL"), text("user_id IS NULL")


class AttendeeView(Base):
    """A name for filters, order and columns; its account's alone, or everybody's without one.

    An own view goes with its account, and each with its congress.
    """

    __tablename__ = "attendee_views"
    __table_args__ = (
        partial_index(
            "uq_attendee_views_own", "congress_id user_id name_key", where=OWN, unique=True
        ),
        partial_index(
            "uq_attendee_views_shared", "congress_id name_key", where=SHARED, unique=True
        ),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(FOLDED)
    query: Mapped[str]  # what follows the address of the list, "?" included
