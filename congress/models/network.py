"""The network: who is a member since when, and who speaks for whom."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import FOLDED, Base, partial_index

BELIEVED = text("superseded_at IS NULL")


class OrganisationAlias(Base):
    """Another name under which an organisation of the register is known."""

    __tablename__ = "organisation_aliases"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)


class OrganisationDomain(Base):
    """A mail domain that somebody has confirmed as one organisation's own."""

    __tablename__ = "organisation_domains"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    domain: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime]


class Membership(Base):
    """That an organisation is something to the network from a day on (`domain.network.membership`).

    Nothing in a row ever changes but `superseded_at`, once: what was known when is kept.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        # All that decides what an organisation was on a day: no row has to be read for it.
        Index(
            "ix_memberships_history",
            *("organisation_id", "since", "recorded_at", "id", "superseded_at", "state"),
        ),
        partial_index("ix_memberships_believed", "since", where=BELIEVED),
        CheckConstraint(
            "state IN ('interested', 'applied', 'member', 'partner', 'left')", name="state_known"
        ),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[str]
    since: Mapped[date]
    note: Mapped[str] = mapped_column(default="", server_default="")  # why, in the office's words
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None]  # the account; the record outlives it
    superseded_at: Mapped[datetime | None]


class ContactPerson(Base):
    """Somebody who speaks for an organisation, with their term and the link to their own view.

    Without a nonce there is no link in force. The row goes a while after the term (`retention`).
    """

    __tablename__ = "contact_persons"
    __table_args__ = (
        Index("ix_contact_persons_organisation", "organisation_id", "starts_on"),
        Index("ix_contact_persons_email", "email_key"),
        Index("ix_contact_persons_order", "name_order", "id"),
        CheckConstraint("role IN ('contact', 'deputy')", name="role_known"),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="term"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[str] = mapped_column(default="contact", server_default="contact")
    given_name: Mapped[str]
    family_name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str]
    name_key: Mapped[str]  # `people.fold_name` of the whole name: the same person
    name_order: Mapped[str] = mapped_column(FOLDED)  # what lists of people are sorted by
    search: Mapped[str] = mapped_column(FOLDED, default="", server_default="")
    function: Mapped[str] = mapped_column(default="", server_default="")
    phone: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="de", server_default="de")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]  # the last day
    nonce: Mapped[str | None]
    key_id: Mapped[str | None]
    digest: Mapped[str | None] = mapped_column(unique=True)
    invited_at: Mapped[datetime | None]  # when the link was sent the last time
    created_at: Mapped[datetime]


class ContactLogin(Base):
    """A code that was sent to a contact person and, once it was typed, the login it began."""

    __tablename__ = "contact_logins"

    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contact_persons.id", ondelete="CASCADE"), index=True
    )
    nonce: Mapped[str]
    key_id: Mapped[str]
    asked_at: Mapped[datetime]
    wrong: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str | None] = mapped_column(unique=True)
    started_at: Mapped[datetime | None]
