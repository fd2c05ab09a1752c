"""Somebody comes to a door without a registration and is registered there, if a place is free."""

from datetime import datetime

from congress.domain.access import Actor
from congress.domain.registration_request import RegistrationRequest
from congress.domain.room import ByHand
from congress.domain.sign_in import SheetFor
from congress.services import checking_in, entering, places
from congress.services.entering import Entering
from congress.transaction import transaction


def walk_in(
    congress_id: int,
    request: RegistrationRequest,
    where: SheetFor,
    *,
    is_another: bool,
    actor: Actor,
    now: datetime,
) -> int:
    """Register somebody and tick them off, both or nothing; return the number of the registration.

    The same form sent twice is one registration. Nobody gets a place beyond those there are, and
    whoever has no address gets no mail. At the door of an item they come in without a place in it.
    Raises what `entering.enter` and `checking_in.check_in` raise.
    """
    with transaction(), places.held(congress_id, now=now) as ledger:
        wanted = Entering(ByHand(), is_another=is_another)
        number = entering.entered(ledger, request, wanted, actor=actor, now=now)
        checking_in.admit(number, where, is_let_in=True, actor=actor, now=now)
        return number
