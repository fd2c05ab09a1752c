"""Changing a registration: other workshops, and its end; freed places go to the queues."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.mails.messages import MessageKind
from congress.domain.places import Choose, Leave, Withdraw
from congress.domain.registration_request import WishedWorkshop
from congress.extensions import db
from congress.models import Booking, Registration
from congress.queries.registrations import standings
from congress.services import places
from congress.services.mails import telling
from congress.services.places import Ledger
from congress.transaction import transaction


def change_workshops(
    registration_id: int, wishes: Sequence[WishedWorkshop], *, actor: Actor, now: datetime
) -> None:
    """Carry out wishes for other workshops, all of them or none; others move up at once.

    Open as long as registration is; workshops at other times stay as they are. Wishes that
    overlap are refused: the later one would silently take the place of the earlier.
    """
    questions = {wish.item_id: wish.question for wish in wishes}
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        wanted = Choose(registration_id, tuple(wishes))
        _carry_out(ledger, wanted, actor, "workshops_changed", questions)


def leave(registration_id: int, booking_id: int, *, actor: Actor, now: datetime) -> None:
    """Give back one workshop place, or stop waiting for one; again changes nothing."""
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        item_id = db.session.scalars(
            select(Booking.item_id).where(
                Booking.id == booking_id, Booking.registration_id == registration_id
            )
        ).one_or_none()
        ledger.know([registration_id])
        is_mine = ledger.bookings.get((registration_id, item_id or 0)) == booking_id
        wanted = Leave(registration_id, item_id if is_mine else None)
        _carry_out(ledger, wanted, actor, "workshop_left", {})


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
        verb = "cancelled" if by_organiser else "withdrawn"
        details = {"moved_up": sorted(ledger.gains)}
        ledger.record(verb, actor=actor, registration_id=registration_id, details=details)


def congress_of(registration_id: int) -> int:
    """Return the congress of a registration that exists."""
    statement = select(Registration.congress_id).where(Registration.id == registration_id)
    return db.session.scalars(statement).one()


def _carry_out(
    ledger: Ledger, wanted: Choose | Leave, actor: Actor, verb: str, questions: dict[int, str]
) -> None:
    person = wanted.person
    ledger.know([person])
    had = ledger.hall.people[person]
    decision = ledger.carry_out(wanted, questions=questions)
    if not decision.concerns(person):
        return
    telling.changed(ledger, had)
    telling.moved_up(ledger)
    details = {"freed": decision.freed_by(person)}
    ledger.record(verb, actor=actor, registration_id=person, details=details)
