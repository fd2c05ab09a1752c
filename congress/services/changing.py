"""Changing a registration: other workshops, and its end; freed places go to the queues."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from congress.domain.access import Actor
from congress.domain.bindings import without_other
from congress.domain.hall import Person
from congress.domain.mails.kinds import MessageKind
from congress.domain.places import Choose, Leave, TakeBack, Withdraw
from congress.domain.registration import BookingState, NothingToTakeBack, RegistrationState
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import Booking
from congress.queries.acts import last_act
from congress.queries.registrations import congress_of, standings
from congress.services import places, wishing
from congress.services.assigning import keeping
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


def assign_workshops(
    registration_id: int,
    wishes: Sequence[WishedWorkshop],
    given_up: Sequence[int] = (),
    *,
    by_hand: ByHand,
    actor: Actor,
    now: datetime,
) -> bool:
    """Give somebody other workshops and take some away, at any time; whether anything changed.

    An organiser's side of `change_workshops`: the same rules and the same letter.
    """
    questions = {wish.item_id: wish.question for wish in wishes}
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        wanted = Choose(registration_id, tuple(wishes), tuple(given_up), by_hand)
        details = overbooked(ledger, wanted, by_hand)
        return _carry_out(ledger, wanted, actor, "workshops_changed", questions, details)


def overbooked(ledger: Ledger, wanted: Choose, by_hand: ByHand) -> dict[str, Any]:
    """Return, for the log, in which of these no place is free and one beyond them is meant."""
    full = [wish.item_id for wish in wanted.wishes if not ledger.hall.places[wish.item_id].is_free]
    beyond = [key for key in full if key in by_hand.beyond]
    return {"overbooked": beyond} if beyond else {}


def leave(registration_id: int, booking_id: int, *, actor: Actor, now: datetime) -> None:
    """Give back one workshop place, or stop waiting for one; again changes nothing."""
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        booking = _booking_of(registration_id, booking_id)
        wanted = Leave(registration_id, None)
        details: dict[str, Any] = {}
        if booking is not None and booking.state != BookingState.CANCELLED:
            wanted = Leave(registration_id, booking.item_id)
            # What is remembered here is what can be taken back.
            is_place = booking.state == BookingState.CONFIRMED
            details = {"given_back": booking_id} if is_place else {}
        _carry_out(ledger, wanted, actor, "workshop_left", {}, details)


def take_back(registration_id: int, booking_id: int, *, actor: Actor, now: datetime) -> None:
    """Take back the place that was given back last, while nobody has it or waits for it.

    It is the same place again, with its question; again changes nothing. After anything else
    was done with places there is nothing to take back: other places have their own doors.
    """
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        booking = _booking_of(registration_id, booking_id)
        if booking is None:
            raise NothingToTakeBack
        ledger.know([registration_id])
        if booking.state == BookingState.CANCELLED:
            if last_act(registration_id).given_back != booking_id:
                raise NothingToTakeBack
            ledger.bookings.setdefault((registration_id, booking.item_id), booking_id)
        wanted = TakeBack(registration_id, booking.item_id)
        _carry_out(ledger, wanted, actor, "workshop_taken_back", {})


def withdraw(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """End a registration until the congress begins; a second time changes nothing.

    An organiser may end it at any time; the letter then says who did.
    """
    by_organiser = not actor.is_attendee
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        kind = MessageKind.CANCELLED_BY_ORGANISER if by_organiser else MessageKind.WITHDRAWN
        if done := end(ledger, registration_id, kind, at_any_time=by_organiser):
            verb = "cancelled" if by_organiser else "withdrawn"
            ledger.record(verb, actor=actor, registration_id=registration_id, details=done)


def end(
    ledger: Ledger,
    registration_id: int,
    kind: MessageKind,
    *,
    at_any_time: bool,
    agreed: bool = False,
) -> dict[str, Any] | None:
    """End a registration inside a running transaction and tell everybody, by a letter of a kind.

    Returns who moved up, for the log, and whether it was a request to take part; None where it had
    ended before.
    """
    ledger.know([registration_id])
    requested = ledger.hall.people[registration_id].state is RegistrationState.REQUESTED
    decision = ledger.carry_out(Withdraw(registration_id, at_any_time))
    if not decision.moves:
        return None
    ended = standings([registration_id])
    telling.stands(ledger.congress, ended, kind, now=ledger.now, agreed=agreed, requested=requested)
    telling.moved_up(ledger)
    return {"moved_up": sorted(ledger.gains)} | ({"requested": True} if requested else {})


def _booking_of(registration_id: int, booking_id: int) -> Row[int, str] | None:
    statement = select(Booking.item_id, Booking.state).where(
        Booking.id == booking_id, Booking.registration_id == registration_id
    )
    return db.session.execute(statement).one_or_none()


def _carry_out(
    ledger: Ledger,
    wanted: Choose | Leave | TakeBack,
    actor: Actor,
    verb: str,
    questions: Mapping[int, str],
    details: Mapping[str, Any] | None = None,
) -> bool:
    done = carry_out(ledger, wanted, questions, by_organiser=not actor.is_attendee)
    if done is None:
        return False
    if not actor.is_attendee:
        keeping.lift(ledger, wanted.person, given(done), actor=actor)
    said = done | dict(details or {})
    if isinstance(wanted, Choose) and wanted.by_hand:
        said |= alone(ledger, wanted.person, wanted.by_hand)
    ledger.record(verb, actor=actor, registration_id=wanted.person, details=said)
    return True


def given(done: Mapping[str, Any]) -> set[int]:
    """Return the workshops in which somebody has a place since."""
    before, after = (
        {key for key, state in done[name] if state is BookingState.CONFIRMED}
        for name in ("before", "after")
    )
    return after - before


def alone(ledger: Ledger, person: int, by_hand: ByHand) -> dict[str, Any]:
    """Return, for the log, what somebody has by hand without the other that it goes only with."""
    if not by_hand.alone:
        return {}
    ledger.know([person])
    found = without_other(ledger.hall, ledger.hall.people[person], by_hand.alone)
    return {"alone": found} if found else {}


def carry_out(
    ledger: Ledger,
    wanted: Choose | Leave | TakeBack,
    questions: Mapping[int, str],
    *,
    by_organiser: bool,
    agreed: bool = False,
) -> dict[str, Any] | None:
    """Change somebody's workshops inside a running transaction, and tell everybody.

    Returns what came of it, for the log; None where nothing changed for them.
    """
    person = wanted.person
    ledger.know([person])
    had = ledger.hall.people[person]
    decision = ledger.carry_out(wanted, questions=questions)
    if not decision.concerns(person):
        return None
    if isinstance(wanted, Choose):
        ledger.gains.pop(person, None)  # by a swap: the letter about the change says it
    telling.changed(ledger, had, by_organiser=by_organiser, agreed=agreed)
    telling.moved_up(ledger)
    ledger.know([person])
    has = ledger.hall.people[person]
    if decision.freed_by(person):
        wishing.forget_given_up(ledger, had, has)
    had_and_has = {"before": stated(had), "after": stated(has)}
    came_of_it = {"freed": decision.freed_by(person), "moved_up": sorted(ledger.gains)}
    return came_of_it | had_and_has


def stated(person: Person) -> list[tuple[int, BookingState]]:
    """Return the workshops of a person, for the log."""
    return [(each.workshop_id, each.state) for each in person.bookings]
