"""Ending a registration; its places go to the heads of the queues at once."""

from datetime import datetime

from congress.domain.access import Actor, ActorKind
from congress.domain.mails.messages import MessageKind
from congress.domain.places import Withdraw
from congress.queries.registrations import standings
from congress.services import auditing, places
from congress.services.changing import congress_of
from congress.services.mails import telling
from congress.transaction import transaction


def withdraw(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """End a registration until the congress begins; a second time changes nothing.

    An organiser may end it at any time; the letter then says who did.
    """
    by_organiser = actor.kind is not ActorKind.ATTENDEE
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        ledger.know([registration_id])
        decision = ledger.carry_out(Withdraw(registration_id, by_organiser))
        if not decision.moves:
            return
        kind = MessageKind.CANCELLED_BY_ORGANISER if by_organiser else MessageKind.WITHDRAWN
        telling.stands(ledger.congress, standings([registration_id]), kind, now=now)
        telling.moved_up(ledger)
        auditing.record(
            "cancelled" if by_organiser else "withdrawn",
            actor=actor,
            now=now,
            congress_id=ledger.heading.id,
            registration_id=registration_id,
            details={"moved_up": sorted(ledger.gains)},
        )
