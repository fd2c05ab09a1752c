"""What membership of the network rests on: conditions with evidence, documents, applications."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

BELIEVED = text("superseded_at IS NULL")


class MembershipApplication(Base):
    """That an organisation wants to be a member, with the link to its page: never the link itself.

    `said` holds the conditions as `domain.network.applications` reads them. An organisation that
    was not found in the register stands as it was typed until the office has decided.
    """

    __tablename__ = "membership_applications"
    __table_args__ = (
        Index("ix_membership_applications_state", "state", "id"),
        Index("ix_membership_applications_email", "email_key", "created_at"),
        Index("ix_membership_applications_organisation", "organisation_id"),
        CheckConstraint(
            "state IN ('new', 'accepted', 'declined', 'withdrawn')", name="state_known"
        ),
    )

    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    organisation: Mapped[str]  # as it was typed
    state: Mapped[str] = mapped_column(default="new", server_default="new")
    given_name: Mapped[str]
    family_name: Mapped[str]
    function: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str]
    phone: Mapped[str]
    language: Mapped[str]
    said: Mapped[dict[str, Any]]
    form_key: Mapped[str] = mapped_column(unique=True)
    text_version: Mapped[str]  # of the privacy notice
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None]  # the account; the answer outlives it
    answer: Mapped[str] = mapped_column(default="", server_default="")  # the office's words
    member_from: Mapped[date | None]


class MembershipDocument(Base):
    """A document that proves a condition: of an organisation, or still of its application."""

    __tablename__ = "membership_documents"
    __table_args__ = (
        Index("ix_membership_documents_organisation", "organisation_id"),
        Index("ix_membership_documents_application", "application_id"),
        CheckConstraint(
            "(organisation_id IS NULL) <> (application_id IS NULL)", name="of_one_thing"
        ),
    )

    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("membership_applications.id", ondelete="CASCADE")
    )
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    filed_at: Mapped[datetime]


class ConditionCheck(Base):
    """What was found out about one condition of an organisation, by whom and on which day.

    Like a membership, nothing in a row changes but `superseded_at`, once, and that its document
    goes when its time is over.
    """

    __tablename__ = "condition_checks"
    __table_args__ = (
        Index("ix_condition_checks_organisation", "organisation_id", "condition"),
        partial_index(
            "ix_condition_checks_believed", "organisation_id condition", where=BELIEVED, unique=True
        ),
        Index("ix_condition_checks_document", "document_id"),
        CheckConstraint(
            "condition IN ('contact', 'cross_cutting', 'declaration', 'card')",
            name="condition_known",
        ),
        CheckConstraint("held IN ('yes', 'planned', 'no')", name="held_known"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    condition: Mapped[str]
    held: Mapped[str]
    shown_on: Mapped[date | None]  # of the evidence: when it was signed, since when it holds
    words: Mapped[str] = mapped_column(default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("membership_documents.id", ondelete="SET NULL")
    )
    checked_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None]  # who checked: the account; the record outlives it
    superseded_at: Mapped[datetime | None]
