"""Telling whoever is invited and has not answered that the congress is called off, in steps.

Whoever comes is told as everybody who is registered, and whoever declined was not going to come.
Each is told once; sent again after that, the invitation counts anew.
"""

from datetime import datetime

from sqlalchemy import update

from congress.base import table_of
from congress.domain.access import SYSTEM
from congress.domain.congresses import CongressState
from congress.domain.invitations import untold
from congress.domain.mails.kinds import LATER, MessageKind
from congress.extensions import db
from congress.models import Invitation as Row
from congress.queries import congresses
from congress.queries import invitations as queries
from congress.services import auditing
from congress.services.invitations import letters
from congress.services.mails import telling
from congress.transaction import transaction

INVITATIONS = table_of(Row)
KIND = MessageKind.INVITATION_OFF
AT_ONCE = 100  # letters in one transaction: others wait for the congress meanwhile


def next_step(*, now: datetime) -> bool:
    """Tell the next people of a congress that is called off; whether there were any to look at.

    Who has answered is ticked off with the last of them, so that nobody looks again.
    """
    number = queries.find_untold(now)
    if number is None:
        return False
    with transaction():
        congress = congresses.with_content(congresses.hold(number))
        if congress.state is not CongressState.CANCELLED:
            return True  # it takes place after all since a moment
        waiting = untold(queries.of_congress(number))
        some = waiting[:AT_ONCE]
        stated = [(each, letters.of(congress, each, now=now)) for each in some]
        telling.store(
            (letters.row(congress, each, KIND, said) for each, said in stated),
            now=now,
            later=LATER if len(waiting) > 1 else 0,
        )
        told = INVITATIONS.c.congress_id == number
        if len(waiting) > AT_ONCE:
            told = INVITATIONS.c.id.in_([each.id for each in some])
        db.session.execute(update(INVITATIONS).where(told).values(told_off_at=now))
        if some:
            details = {"count": len(some)}
            auditing.record(
                "invitations_called_off",
                actor=SYSTEM,
                now=now,
                congress_id=number,
                details=details,
            )
    return True
