"""Links to the files of saved views, which the worker mails in a rhythm."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class ListMail(Base):
    """That an account is mailed the link of a view; once for each of its views.

    It goes with the view and with the account, with the right to take files along, and when the
    congress is over.
    """

    __tablename__ = "list_mails"
    __table_args__ = (
        UniqueConstraint("view_id", "user_id"),
        CheckConstraint("hour >= 0 AND hour < 24", name="hour"),
        CheckConstraint("weekday >= 0 AND weekday < 7", name="weekday"),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    view_id: Mapped[int] = mapped_column(ForeignKey("attendee_views.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int | None]  # 0 is Monday; none is every day
    hour: Mapped[int]  # by the clock of the congress
    next_at: Mapped[datetime] = mapped_column(index=True)
