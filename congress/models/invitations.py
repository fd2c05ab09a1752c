"""Who is invited to a congress, and what they answered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from congress.base import Base, partial_index

HOLDS = text("withdrawn_at IS NULL")
NAMED = text("named_by_id IS NOT NULL")


class Invitation(Base):
    """One invitation, with its link: nonce, the key's name and a digest, never the link.

    Who accepted it stands with the registrations (`registrations.invitation_id`). Another address
    ends the link that went to the one before, and it counts as not sent.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        partial_index(
            "uq_invitations_guest",
            "congress_id email_key name_key organisation_key",
            where=HOLDS,
            unique=True,
        ),
        partial_index(
            "ix_invitations_contact_id", "contact_id", where=text("contact_id IS NOT NULL")
        ),
        partial_index("ix_invitations_named_by", "named_by_id congress_id", where=NAMED),
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint(
            "kind IN ('attendee', 'contributor', 'guest', 'press', 'team')", name="kind_known"
        ),
    )

    congress_id: Mapped[int] = mapped_column(
        ForeignKey("congresses.id", ondelete="CASCADE"), index=True
    )
    given_name: Mapped[str]
    family_name: Mapped[str]
    organisation: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str]
    name_key: Mapped[str]
    organisation_key: Mapped[str]
    language: Mapped[str]
    places: Mapped[int] = mapped_column(default=1)
    # As what whoever registers by it comes (`domain.kinds`).
    kind: Mapped[str] = mapped_column(default="attendee", server_default="attendee")
    # Who speaks for a member, where somebody is invited for that (`domain.network.delegates`).
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact_persons.id", ondelete="SET NULL")
    )
    # The municipality that named them as a local partner, where one did.
    named_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id", ondelete="SET NULL")
    )
    nonce: Mapped[str]
    key_id: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]  # the last time
    told_off_at: Mapped[datetime | None]  # when it was written that the congress is called off
    declined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")  # of a no, in their words
    represented_by: Mapped[str] = mapped_column(default="", server_default="")
