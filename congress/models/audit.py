"""What was done by whom: one line beside every change."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class AuditLine(Base):
    """Ids, a verb and the names of fields; the words are composed on reading.

    Personal values stand only in `personal`, which leaves with the person. Beside acts on the
    programme, and on several people, it holds for a day what they can be undone with
    (`domain.planning.reversal`, `domain.restoration`).
    """

    __tablename__ = "audit_lines"
    __table_args__ = (
        Index("ix_audit_lines_congress", "congress_id", "id"),
        Index("ix_audit_lines_registration", "registration_id", "id"),
    )

    at: Mapped[datetime]
    actor: Mapped[str]  # attendee, contributor, contact, organiser, system, command
    user_id: Mapped[int | None]  # the organiser; the line outlives the account
    congress_id: Mapped[int | None] = mapped_column(ForeignKey("congresses.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registrations.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_items.id"))
    verb: Mapped[str]
    fields: Mapped[list[str]] = mapped_column(default=list)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    personal: Mapped[dict[str, Any]] = mapped_column(default=dict)
