"""Changing the workshops of a registration."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from congress.domain.access import Actor
from congress.domain.changing import Change, Held, change, keep_wish, require_not_begun
from congress.domain.congresses import CongressState
from congress.domain.registration import (
    BookingState,
    CongressNotTakingPart,
    PlaceGiven,
    RegistrationState,
)
from congress.domain.registration_request import WishedWorkshop
from congress.domain.standing import Standing
from congress.domain.workshops import Workshop, require_no_clash
from congress.extensions import db
from congress.models import Booking
from congress.models import Registration as Row
from congress.queries import congresses
from congress.queries.programme import as_workshop
from congress.queries.registrations import standings
from congress.services import auditing, notifying, places, withdrawing
from congress.services.places import Ledger
from congress.services.registering import UnknownWorkshop, store_bookings
from congress.transaction import transaction


def change_workshops(
    registration_id: int, wishes: Sequence[WishedWorkshop], *, actor: Actor, now: datetime
) -> None:
    """Carry out wishes for other workshops, all of them or none; others move up at once.

    Open as long as registration is; workshops at other times stay as they are. Wishes that
    overlap are refused: the later one would silently take the place of the earlier.
    """
    with transaction():
        ledger, standing = held(registration_id, now=now, items={w.item_id for w in wishes})
        if ledger.heading.state is not CongressState.PUBLISHED:
            raise CongressNotTakingPart
        ledger.heading.period.require_open(now)
        require_no_clash([_workshop(ledger, wish) for wish in wishes])
        freed: set[int] = set()
        changes = 0
        for wish in wishes:
            decided = _decide(ledger, standing, wish)
            if decided != Change():
                freed |= _carry_out(ledger, standing, decided)
                changes += 1
                [standing] = standings([registration_id])
        if not changes:
            return
        _finish(ledger, registration_id, freed, actor, verb="workshops_changed")


def leave(registration_id: int, booking_id: int, *, actor: Actor, now: datetime) -> None:
    """Give back one workshop place, or stop waiting for one; again changes nothing."""
    with transaction():
        ledger, standing = held(registration_id, now=now)
        require_not_begun(congresses.with_content(ledger.heading).starts_at, now)
        booking = standing.booking(booking_id)
        if booking is None:
            return
        in_congress = standing.state is RegistrationState.CONFIRMED
        ledger.item(booking.item.id)
        places.give_up(ledger, booking_id, in_congress=in_congress)
        _finish(ledger, registration_id, {booking.item.id}, actor, verb="workshop_left")


def held(
    registration_id: int, *, now: datetime, items: set[int] | None = None
) -> tuple[Ledger, Standing]:
    """Hold the congress of an active registration, and read where the person stands."""
    congress_id = db.session.scalars(select(Row.congress_id).where(Row.id == registration_id)).one()
    ledger = places.hold(congress_id, items or set(), now=now)
    [standing] = standings([registration_id])
    withdrawing.require_active(standing)
    if ledger.heading.state not in congresses.PUBLIC:
        raise CongressNotTakingPart
    return ledger, standing


def _workshop(ledger: Ledger, wish: WishedWorkshop) -> Workshop:
    if wish.item_id not in ledger.items:
        raise UnknownWorkshop
    return as_workshop(ledger.item(wish.item_id))


def _decide(ledger: Ledger, standing: Standing, wish: WishedWorkshop) -> Change:
    bookings = [Held(each.id, as_workshop(each.item), each.state) for each in standing.bookings]
    decide = change if standing.state is RegistrationState.CONFIRMED else keep_wish
    return decide(bookings, _workshop(ledger, wish), wish.question)


def _carry_out(ledger: Ledger, standing: Standing, decided: Change) -> set[int]:
    in_congress = standing.state is RegistrationState.CONFIRMED
    freed = {
        item_id
        for booking_id in decided.give_up
        if (item_id := places.give_up(ledger, booking_id, in_congress=in_congress)) is not None
    }
    if decided.place is not None:
        _store_place(ledger, standing, decided, decided.place)
    return freed


def _store_place(ledger: Ledger, standing: Standing, decided: Change, place: PlaceGiven) -> None:
    [booking_id] = store_bookings(standing.id, [place], now=ledger.now).values()
    if decided.instead_of is not None:
        db.session.execute(
            update(Booking).where(Booking.id == booking_id).values(instead_of_id=decided.instead_of)
        )
    if standing.state is RegistrationState.CONFIRMED:
        confirmed = place.state is BookingState.CONFIRMED
        ledger.change(place.workshop_id, taken=int(confirmed), waiting=int(not confirmed))


def _finish(
    ledger: Ledger, registration_id: int, freed: set[int], actor: Actor, *, verb: str
) -> None:
    places.fill_up(ledger, freed)
    congress = congresses.with_content(ledger.heading)
    [standing] = standings([registration_id])
    notifying.changed(congress, standing, now=ledger.now)
    notifying.moved_up(ledger)
    auditing.record(
        verb,
        actor=actor,
        now=ledger.now,
        congress_id=congress.id,
        registration_id=registration_id,
        details={"freed": sorted(freed)},
    )
    ledger.write()
