"""Texts of the network, their versions, and what municipalities say about them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base


class NetworkText(Base):
    """A text that the network agrees on, such as the joint declaration."""

    __tablename__ = "network_texts"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('quality_criteria', 'joint_declaration', 'plan_of_action', 'other')",
            name="kind_known",
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)  # in its address
    kind: Mapped[str]
    title: Mapped[dict[str, str]]
    created_at: Mapped[datetime]


class NetworkTextVersion(Base):
    """One version of a text; never changed once it could be commented on or was adopted."""

    __tablename__ = "network_text_versions"
    __table_args__ = (
        UniqueConstraint("text_id", "number"),
        CheckConstraint(
            "state IN ('draft', 'in_comment', 'adopted', 'superseded')", name="state_known"
        ),
        CheckConstraint(
            "state NOT IN ('draft', 'in_comment') OR adopted_on IS NULL", name="not_adopted_yet"
        ),
        CheckConstraint("state <> 'adopted' OR adopted_on IS NOT NULL", name="adopted_on_a_day"),
        CheckConstraint(
            "(comments_from IS NULL) = (comments_until IS NULL) "
            "AND (state <> 'in_comment' OR comments_until IS NOT NULL)",
            name="comments_have_days",
        ),
    )

    text_id: Mapped[int] = mapped_column(ForeignKey("network_texts.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str]
    body: Mapped[dict[str, str]]  # in Markdown
    changes: Mapped[dict[str, str]]  # what is different from the version before
    comments_from: Mapped[date | None]
    comments_until: Mapped[date | None]  # the last day
    adopted_on: Mapped[date | None]
    adopted_by: Mapped[str] = mapped_column(default="", server_default="")  # in words
    told_of_comments_at: Mapped[datetime | None]  # when contact persons were written to
    told_of_adoption_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class NetworkTextComment(Base):
    """What a municipality says about a version; who wrote it is forgotten a year later."""

    __tablename__ = "network_text_comments"
    __table_args__ = (
        CheckConstraint(
            "answer IS NULL OR answer IN ('accepted', 'partly', 'declined')", name="answer_known"
        ),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_a_moment"),
        Index("ix_network_text_comments_version_id", "version_id", "organisation_id"),
    )

    version_id: Mapped[int] = mapped_column(
        ForeignKey("network_text_versions.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_persons.id", ondelete="SET NULL"), index=True
    )
    section: Mapped[str] = mapped_column(default="", server_default="")  # empty: the whole text
    body: Mapped[str]
    written_at: Mapped[datetime]
    answer: Mapped[str | None]
    answer_words: Mapped[str] = mapped_column(default="", server_default="")
    answered_at: Mapped[datetime | None]
