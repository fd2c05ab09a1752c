"""Moving somebody up by hand, out of turn and, if the organiser insists, beyond what is allowed."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.bindings import had_alone
from congress.domain.conditions import room
from congress.domain.hall import CONGRESS
from congress.domain.places import MoveUp
from congress.extensions import db
from congress.models import Booking
from congress.queries.registrations import congress_of
from congress.services import places
from congress.services.assigning import keeping
from congress.services.mails import telling
from congress.transaction import transaction


def promote_registration(
    registration_id: int, *, overbook: bool = False, actor: Actor, now: datetime
) -> None:
    """Let somebody who waits into the congress; whoever is in already stays as they are."""
    with transaction():
        _promote(MoveUp(registration_id, CONGRESS, overbook), {}, actor=actor, now=now)


def promote_booking(
    booking_id: int,
    *,
    overbook: bool = False,
    alone: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """Give somebody who waits for a workshop a place in it; the place held meanwhile is freed.

    `alone` means it also without the other that it goes only with.
    """
    with transaction():
        person, item = db.session.execute(
            select(Booking.registration_id, Booking.item_id).where(Booking.id == booking_id)
        ).one()
        _promote(MoveUp(person, item, overbook, alone), {"item": item}, actor=actor, now=now)


def _promote(wanted: MoveUp, details: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    with places.held(congress_of(wanted.person), now=now) as ledger:
        ledger.know([wanted.person])
        person = ledger.hall.people[wanted.person]
        is_beyond = room(ledger.hall, person, wanted.key) is not None
        without = had_alone(ledger.hall, person, wanted.key)
        decision = ledger.carry_out(wanted)
        if not decision.moves:
            return
        if any(each.is_beyond for each in decision.delegations.values()):
            details["beyond_quota"] = True
        if without:
            details["alone"] = without
        telling.moved_up(ledger)
        ledger.by_hand = wanted.person
        won = [each for each in ledger.gains[wanted.person].kept if each != wanted.key]
        details |= {"overbooked": is_beyond, "items": won}
        if wanted.key is not CONGRESS:
            keeping.lift(ledger, wanted.person, [wanted.key], actor=actor)
        ledger.record("promoted", actor=actor, registration_id=wanted.person, details=details)
