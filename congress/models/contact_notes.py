"""The contact log of the network: what was talked about with whom, and what follows."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import FOLDED, Base, partial_index

OPEN = text("follow_up_on IS NOT NULL AND done_at IS NULL")
FOR_SOMEBODY = text("follow_up_for IS NOT NULL")


class ContactNote(Base):
    """A call, visit, mail or meeting with an organisation; it goes after a while (`retention`).

    With a day on which somebody has to look at it again it stays open until it is done.
    """

    __tablename__ = "contact_notes"
    __table_args__ = (
        Index("ix_contact_notes_order", "day", "id"),
        Index("ix_contact_notes_organisation", "organisation_id", "day", "id"),
        partial_index("ix_contact_notes_open", "follow_up_on follow_up_for", where=OPEN),
        partial_index("ix_contact_notes_for", "follow_up_for day id", where=FOR_SOMEBODY),
        CheckConstraint("kind IN ('call', 'visit', 'mail', 'meeting')", name="kind_known"),
        CheckConstraint("follow_up_on IS NOT NULL OR done_at IS NULL", name="done_follow_up"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_persons.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str]
    day: Mapped[dt.date]
    at: Mapped[dt.time | None]  # the clock on the wall of the office
    topic: Mapped[str]
    search: Mapped[str] = mapped_column(FOLDED)  # topic and text; before the long text, for speed
    follow_up_on: Mapped[dt.date | None]
    follow_up_for: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[dt.datetime | None]
    written_by: Mapped[int | None]  # the account; the note outlives it
    created_at: Mapped[dt.datetime]
    text: Mapped[str] = mapped_column(default="", server_default="")
