"""The answers of whoever is invited: a no by their link; a yes is a registration by it."""

from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain import invitations
from congress.domain.access import ATTENDEE
from congress.domain.invitations import Invitation
from congress.domain.registration_request import RegistrationRequest
from congress.extensions import db
from congress.models import Invitation as Row
from congress.queries import congresses
from congress.queries import invitations as queries
from congress.services import auditing
from congress.transaction import transaction

INVITATIONS = table_of(Row)


def decline(
    congress_id: int, invitation_id: int, *, reason: str, represented_by: str, now: datetime
) -> None:
    """Note that somebody does not come, or who comes for them; the last answer counts.

    The same answer again changes nothing. Raises what `require_declinable` refuses.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        before = queries.get(invitation_id)
        invitations.require_declinable(before, congress, now=now)
        said = (reason, represented_by)
        if before.declined_at is not None and said == (before.reason, before.represented_by):
            return
        _write(invitation_id, declined_at=now, reason=reason, represented_by=represented_by)
        auditing.record(
            "invitation_represented" if represented_by else "invitation_declined",
            actor=ATTENDEE,
            now=now,
            congress_id=congress_id,
            details={"invitation": invitation_id},
        )


def find(congress_id: int, request: RegistrationRequest) -> Invitation | None:
    """Return the invitation by whose link somebody comes; None without one, or once it is gone."""
    number = request.invitation_id
    return queries.find(congress_id, number) if number is not None else None


def require(request: RegistrationRequest, invitation: Invitation | None) -> None:
    """Refuse a registration by an invitation that holds no more, inside a running transaction.

    Raises InvitationWithdrawn, also for one that is deleted by now, and InvitationUsed.
    """
    if request.invitation_id is None:
        return
    if invitation is None:
        raise invitations.InvitationWithdrawn
    invitations.require_usable(invitation)


def accept(invitation: Invitation) -> None:
    """Let a registration stand in the place of a no, inside a running transaction."""
    if invitation.declined_at is not None:
        _write(invitation.id, declined_at=None, reason="", represented_by="")


def _write(invitation_id: int, **values: object) -> None:
    db.session.execute(
        update(INVITATIONS).where(INVITATIONS.c.id == invitation_id).values(**values)
    )
