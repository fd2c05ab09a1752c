"""Letters to whoever is invited, as rows that nobody has stored yet; and those taken back."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import delete

from congress.base import table_of
from congress.domain.congresses import Congress
from congress.domain.invitations import Guest, Invitation
from congress.domain.mails.invitation_letters import InvitationFacts
from congress.domain.mails.kinds import MessageKind
from congress.extensions import db
from congress.models import OutboxMessage
from congress.queries import wishes
from congress.services.mails import drafting, facts
from congress.services.mails.moments import moment

MAILS = table_of(OutboxMessage)
BRING_LINKS = (MessageKind.INVITED, MessageKind.INVITED_REMINDER)


def stated(
    congress: Congress, guest: Guest, invitation_id: int, *, named_by: str = "", now: datetime
) -> InvitationFacts:
    """Return what every letter about an invitation states."""
    found: InvitationFacts = {
        "congress": facts.of_congress(congress, guest.language),
        "given_name": guest.given_name,
        "family_name": guest.family_name,
        "invitation": invitation_id,
        "organisation": guest.organisation,
        "places": guest.places,
        "is_organisation": guest.is_organisation,
    }
    if named_by:
        found["invited_by"] = named_by
    opens_at = congress.period.opens_at
    if now < opens_at:
        found["opens_at"] = opens_at.astimezone(UTC).isoformat()
    if wishes.taking_wishes(congress):
        found["wishes_until"] = moment(congress.wishes_close_at)
    return found


def of(
    congress: Congress, invitation: Invitation, number: int | None = None, *, now: datetime
) -> InvitationFacts:
    """Return the same of an invitation; its link stands under another `number` in a sample."""
    shown = invitation.id if number is None else number
    return stated(congress, invitation.guest, shown, named_by=invitation.named_by, now=now)


def row(
    congress: Congress, invitation: Invitation, kind: MessageKind, said: InvitationFacts
) -> drafting.Row:
    """Return a letter as the outbox keeps it."""
    guest = invitation.guest
    return {
        "kind": kind,
        "message_id": drafting.new_message_id(),
        "congress_id": congress.id,
        "registration_id": None,
        "language": guest.language,
        "facts": dict(said),
        **facts.mailbox(guest.email, guest.name),
    }


def take_back(congress_id: int, invitation_ids: Collection[int]) -> None:
    """Delete letters with links that have not gone out, inside a running transaction.

    A mail that is being sent this very moment cannot be called back.
    """
    waiting = (
        MAILS.c.congress_id == congress_id,
        MAILS.c.kind.in_(BRING_LINKS),
        MAILS.c.state == "queued",
        MAILS.c.facts["invitation"].as_integer().in_(invitation_ids),
    )
    db.session.execute(delete(MAILS).where(*waiting))
