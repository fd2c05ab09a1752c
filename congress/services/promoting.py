"""Moving somebody up by hand, out of turn and, if the organiser insists, beyond the capacity."""

from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.congresses import CongressState
from congress.domain.registration import (
    BookingState,
    CongressNotTakingPart,
    RegistrationState,
    WorkshopCancelled,
)
from congress.domain.waiting_list import NotWaiting, require_place
from congress.extensions import db
from congress.models import Booking
from congress.models import Registration as Row
from congress.services import auditing, notifying, places
from congress.services.places import Ledger
from congress.transaction import transaction


def promote_registration(
    registration_id: int, *, overbook: bool = False, actor: Actor, now: datetime
) -> None:
    """Let somebody who waits into the congress; whoever is in already stays as they are."""
    with transaction():
        congress_id = db.session.scalars(
            select(Row.congress_id).where(Row.id == registration_id)
        ).one()
        ledger = places.hold(congress_id, now=now)
        state = db.session.scalars(select(Row.state).where(Row.id == registration_id)).one()
        if state == RegistrationState.CONFIRMED:
            return
        if state != RegistrationState.WAITING:
            raise NotWaiting
        _require_published(ledger)
        require_place(ledger.congress, overbook=overbook)
        places.fill_up(ledger, places.let_into_congress(ledger, registration_id))
        _finish(ledger, registration_id, actor, details={"overbooked": overbook})


def promote_booking(
    booking_id: int, *, overbook: bool = False, actor: Actor, now: datetime
) -> None:
    """Give somebody who waits for a workshop a place in it; the place held meanwhile is freed."""
    with transaction():
        owner = db.session.execute(
            select(Booking.registration_id, Booking.item_id, Row.congress_id)
            .join(Row, Row.id == Booking.registration_id)
            .where(Booking.id == booking_id)
        ).one()
        ledger = places.hold(owner.congress_id, {owner.item_id}, now=now)
        row = db.session.execute(
            select(Booking.state, Row.state.label("registration_state"))
            .join(Row, Row.id == Booking.registration_id)
            .where(Booking.id == booking_id)
        ).one()
        if row.state == BookingState.CONFIRMED:
            return
        if row.state != BookingState.WAITING:
            raise NotWaiting
        if row.registration_state != RegistrationState.CONFIRMED:
            raise NotWaiting
        _require_published(ledger)
        item = ledger.item(owner.item_id)
        if item.face.cancelled:
            raise WorkshopCancelled(item.face.title)
        require_place(item.places, overbook=overbook)
        places.fill_up(ledger, places.let_into_workshop(ledger, booking_id))
        _finish(
            ledger,
            owner.registration_id,
            actor,
            details={"overbooked": overbook, "item": owner.item_id},
        )


def _require_published(ledger: Ledger) -> None:
    """A letter about a place in what does not take place would only confuse."""
    if ledger.heading.state is not CongressState.PUBLISHED:
        raise CongressNotTakingPart


def _finish(
    ledger: Ledger, registration_id: int, actor: Actor, *, details: dict[str, object]
) -> None:
    notifying.moved_up(ledger)
    auditing.record(
        "promoted",
        actor=actor,
        now=ledger.now,
        congress_id=ledger.heading.id,
        registration_id=registration_id,
        details=details,
    )
    ledger.write()
