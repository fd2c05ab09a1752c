"""Calls for proposals, what was proposed, and how the planning circle rates it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class Call(Base):
    """The one call of a congress."""

    __tablename__ = "calls"

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), unique=True
    )
    title: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]]
    kinds: Mapped[list[str]]
    closes_at: Mapped[datetime]  # the first moment too late
    is_open: Mapped[bool]


class Proposal(Base):
    """What somebody proposed, with the link to its page: nonce and digest, never the link.

    `told` is the answer that was sent last. An item that came of it may be gone.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        UniqueConstraint("congress_id", "form_key"),
        Index("ix_proposals_congress", "congress_id", "state"),
        CheckConstraint(
            "state IN ('new', 'shortlisted', 'accepted', 'declined', 'withdrawn')",
            name="state_known",
        ),
    )

    congress_id: Mapped[int] = mapped_column(ForeignKey("congresses.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(default="new")
    kind: Mapped[str]
    name: Mapped[str]
    organisation: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str]
    phone: Mapped[str]
    title: Mapped[str]
    abstract: Mapped[str]
    needs: Mapped[str]
    needs_table: Mapped[bool] = mapped_column(default=False, server_default=false())
    needs_power: Mapped[bool] = mapped_column(default=False, server_default=false())
    needs_wall: Mapped[bool] = mapped_column(default=False, server_default=false())
    stand_place: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str]
    mail_language: Mapped[str]
    form_key: Mapped[str]
    text_version: Mapped[str]  # of the privacy notice
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    told: Mapped[str | None]
    told_at: Mapped[datetime | None]
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_items.id", ondelete="SET NULL"), index=True
    )


class ProposalRating(Base):
    """What one account thinks of a proposal."""

    __tablename__ = "proposal_ratings"
    __table_args__ = (
        UniqueConstraint("proposal_id", "user_id"),
        CheckConstraint("points BETWEEN 1 AND 5", name="points"),
    )

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    points: Mapped[int]
    comment: Mapped[str]
    rated_at: Mapped[datetime]
