"""Sending invitations: one, once more, or all that were not sent yet."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.congresses import Congress
from congress.domain.invitations import (
    Invitation,
    InvitationAccepted,
    InvitationsUnseen,
    InvitationWithdrawn,
    NobodyCanAnswer,
    NothingToSend,
    TermOver,
    mark_of,
    may_be_sent,
    unanswered,
    unsent,
)
from congress.domain.mails.kinds import LATER, MessageKind
from congress.extensions import db
from congress.formats.letters import Wording
from congress.models import Invitation as Row
from congress.queries import congresses
from congress.queries import invitations as queries
from congress.services import auditing
from congress.services.invitations import letters
from congress.services.mails import hearing, showing, telling
from congress.services.mails.hearing import PRESSED_TWICE
from congress.services.network import terms
from congress.transaction import transaction

INVITATIONS = table_of(Row)
KIND = MessageKind.INVITED
AT_ONCE = 100  # letters in one transaction: others wait for the congress meanwhile


def preview(congress: Congress, invitation: Invitation, *, now: datetime) -> Wording:
    """Put a letter into words as it would be sent, with a sentence in the place of its link."""
    said = letters.of(congress, invitation, 0, now=now)
    language = invitation.guest.language
    return showing.in_words(congress.id, KIND, language, said, own=("invited",), now=now)


def send(congress_id: int, invitation_id: int, *, actor: Actor, now: datetime) -> None:
    """Send one invitation, or send it again with the same link.

    Who declined may think again; pressed twice is once. Raises NobodyCanAnswer,
    InvitationWithdrawn, TermOver, and InvitationAccepted where nobody can register by it any more.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        found = queries.get(invitation_id)
        _require_open(congress, now=now)
        if found.is_withdrawn:
            raise InvitationWithdrawn
        if not found.left:
            raise InvitationAccepted
        if terms.silent(congress, [found]):
            raise TermOver
        email, stated = found.guest.email, letters.of(congress, found, now=now)
        if hearing.has_just_heard(email, [KIND], congress_id, facts=stated, now=now):
            return
        _send(congress, [found], now=now)
        auditing.record(
            "invitation_sent",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"invitation": found.id, "again": found.sent_at is not None},
        )


def send_new(congress: Congress, invitation_id: int, *, now: datetime) -> None:
    """Send an invitation that was just stored, inside a running transaction.

    Raises NobodyCanAnswer.
    """
    _require_open(congress, now=now)
    _send(congress, [queries.get(invitation_id)], now=now)


def send_all(
    congress_id: int, *, seen: str, actor: Actor, now: datetime, again: bool = False
) -> int:
    """Send every invitation that was not sent yet, as was `seen`; returns how many.

    Or `again` every one that was sent and has no answer, with what holds of the congress now. Some
    at a time; what a fault leaves is offered again. Raises NobodyCanAnswer, NothingToSend and
    InvitationsUnseen.
    """
    congress = congresses.get_congress(congress_id)
    waiting = to_send(congress, queries.of_congress(congress_id), again=again)
    if not waiting:
        raise NothingToSend
    if mark_of(waiting) != seen:
        raise InvitationsUnseen
    wanted, count = [each.id for each in waiting], 0
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        count += _send_some(congress_id, some, again=again, now=now)
    with transaction():
        details = {"count": count, "again": again}
        if count:
            auditing.record(
                "invitations_sent", actor=actor, now=now, congress_id=congress_id, details=details
            )
    return count


def to_send(congress: Congress, every: Sequence[Invitation], *, again: bool) -> list[Invitation]:
    """Return what sending all of them would send: nothing to whoever speaks no more that day."""
    waiting = unanswered(every) if again else unsent(every)
    silent = terms.silent(congress, waiting)
    return [each for each in waiting if each.id not in silent]


def _send_some(congress_id: int, wanted: Sequence[int], *, again: bool, now: datetime) -> int:
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        _require_open(congress, now=now)
        some = to_send(congress, queries.some(wanted), again=again)
        # Of two who press at the same moment one is the second.
        some = [each for each in some if not each.sent_at or now - each.sent_at >= PRESSED_TWICE]
        _send(congress, some, now=now, later=LATER)
        return len(some)


def _send(congress: Congress, some: Sequence[Invitation], *, now: datetime, later: int = 0) -> None:
    rows = [letters.row(congress, each, KIND, letters.of(congress, each, now=now)) for each in some]
    telling.store(rows, now=now, later=later)
    numbers = INVITATIONS.c.id.in_([each.id for each in some])
    db.session.execute(update(INVITATIONS).where(numbers).values(sent_at=now))


def _require_open(congress: Congress, *, now: datetime) -> None:
    if not may_be_sent(congress, now=now):
        raise NobodyCanAnswer


def can_be_sent(invitation: Invitation) -> bool:
    """Return whether somebody could still answer an invitation."""
    return not invitation.is_withdrawn and invitation.left > 0
