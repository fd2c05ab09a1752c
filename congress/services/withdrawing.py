"""Ending a registration; its places go to the heads of the queues at once."""

from datetime import datetime

from sqlalchemy import select, update

from congress.domain.access import Actor, ActorKind
from congress.domain.changing import RegistrationCancelled, require_not_begun
from congress.domain.messages import MessageKind
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.extensions import db
from congress.models import Registration
from congress.queries import congresses
from congress.queries.registrations import standings
from congress.services import auditing, notifying, places
from congress.transaction import transaction


def withdraw(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """End a registration until the congress begins; a second time changes nothing.

    An organiser may end it at any time; the letter then says who did.
    """
    by_organiser = actor.kind is not ActorKind.ATTENDEE
    with transaction():
        congress_id = db.session.scalars(
            select(Registration.congress_id).where(Registration.id == registration_id)
        ).one()
        ledger = places.hold(congress_id, now=now)
        congress = congresses.with_content(ledger.heading)
        [standing] = standings([registration_id])
        if standing.state is RegistrationState.CANCELLED:
            return
        if not by_organiser:
            require_not_begun(congress.starts_at, now)
        freed = _give_everything_up(ledger, standing)
        places.fill_up(ledger, freed)
        [ended] = standings([registration_id])
        kind = MessageKind.CANCELLED_BY_ORGANISER if by_organiser else MessageKind.WITHDRAWN
        notifying.withdrawn(congress, ended, kind, now=now)
        notifying.moved_up(ledger)
        auditing.record(
            "cancelled" if by_organiser else "withdrawn",
            actor=actor,
            now=now,
            congress_id=congress_id,
            registration_id=registration_id,
            details={"moved_up": sorted(ledger.gained)},
        )
        ledger.write()


def require_active(standing: Standing) -> None:
    """Refuse to change what has ended."""
    if standing.state is RegistrationState.CANCELLED:
        raise RegistrationCancelled


def _give_everything_up(ledger: places.Ledger, standing: Standing) -> set[int]:
    in_congress = standing.state is RegistrationState.CONFIRMED
    freed = set()
    for booking in standing.bookings:
        places.give_up(ledger, booking.id, in_congress=in_congress)
        freed.add(booking.item.id)
    db.session.execute(
        update(Registration)
        .where(Registration.id == standing.id)
        .values(state=RegistrationState.CANCELLED, cancelled_at=ledger.now, changed_at=ledger.now),
        execution_options={"synchronize_session": False},
    )
    if in_congress:
        ledger.change(None, taken=-1)
    else:
        ledger.change(None, waiting=-1)
    return freed
