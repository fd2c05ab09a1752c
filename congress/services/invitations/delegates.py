"""Inviting everybody who speaks for a member on the first day of a meeting, as often as one likes.

Nothing is sent by that: the letters go out as those of any invitation do.
"""

from datetime import datetime

from congress.domain.access import Actor
from congress.domain.network.delegates import DelegatesUnseen, NobodyToInvite, NoMembersMeeting
from congress.domain.rules import Access
from congress.queries import congresses
from congress.queries.network import delegates
from congress.services import auditing
from congress.services.invitations import keeping
from congress.transaction import transaction


def invite(congress_id: int, *, seen: str, actor: Actor, now: datetime) -> int:
    """Enter an invitation for each who has none yet, as was `seen`; returns how many.

    Raises NoMembersMeeting, NobodyToInvite and DelegatesUnseen.
    """
    with transaction():
        congress = congresses.with_content(congresses.hold(congress_id))
        if congress.rules.access is not Access.MEMBERS:
            raise NoMembersMeeting
        selection = delegates.selection(congress)
        if not selection.wanted:
            raise NobodyToInvite
        if selection.mark != seen:
            raise DelegatesUnseen
        guests = [each.guest for each in selection.wanted]
        contacts = [each.id for each in selection.wanted]
        count = len(keeping.store(congress_id, guests, contacts=contacts, now=now))
        auditing.record(
            "delegates_invited",
            actor=actor,
            now=now,
            congress_id=congress_id,
            details={"count": count},
        )
        return count
