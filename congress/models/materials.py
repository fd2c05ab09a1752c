"""What remains of workshops and congresses: documents, photos and links."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class Material(Base):
    """A document, a photo or a link; without an item it is of the congress itself.

    Once it is published its audience sees it.
    """

    __tablename__ = "materials"
    __table_args__ = (
        CheckConstraint("kind IN ('document', 'minutes', 'photo', 'link')", name="kind_known"),
        CheckConstraint("audience IN ('public', 'participants', 'members')", name="audience_known"),
        Index("ix_materials_place", "congress_id", "item_id"),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    title: Mapped[dict[str, str]]  # of a photo what it shows
    credit: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    # Of a publication.
    editors: Mapped[str] = mapped_column(default="", server_default="")
    publisher: Mapped[str] = mapped_column(default="", server_default="")
    year: Mapped[str] = mapped_column(default="", server_default="")
    day: Mapped[date | None]  # of the module that it is of
    name: Mapped[str] = mapped_column(default="")  # of the file
    media_type: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(default="", index=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    may_publish_at: Mapped[datetime | None]  # when it was said that a file may be published
    is_sent: Mapped[bool] = mapped_column(default=False)  # by whoever carries the workshop
    is_published: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[str] = mapped_column(default="public", server_default="public")
    added_at: Mapped[datetime]
