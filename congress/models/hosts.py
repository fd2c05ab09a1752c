"""The host organisations of placements."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class ItemHost(Base):
    """Where an item takes place: an organisation as typed, linked where the register knows it."""

    __tablename__ = "item_hosts"
    __table_args__ = (
        CheckConstraint("sector IN ('', 'public', 'civil', 'business')", name="sector_known"),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    item_id: Mapped[int] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE"), unique=True
    )
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    sector: Mapped[str] = mapped_column(default="", server_default="")
