"""Offered places: taken, declined, or passed on to the next in line when left too long.

Who answers and who ends an offer holds the congress first, and looks then: so one of the two wins.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.access import SYSTEM, Actor
from congress.domain.groups import Contact
from congress.domain.hall import CONGRESS, Key
from congress.domain.mails.kinds import MessageKind
from congress.domain.offers import Expire, TakeOffer
from congress.domain.places import Leave
from congress.domain.registration import NoOffer
from congress.extensions import db
from congress.models import Booking
from congress.queries import offers
from congress.queries.registrations import congress_of
from congress.services import auditing, changing, places
from congress.services.mails import telling
from congress.services.places import Ledger
from congress.transaction import transaction

AT_ONCE = 50  # offers that end in one step, so that nobody waits long for the congress


def accept(
    registration_id: int, booking_id: int | None = None, *, actor: Actor, now: datetime
) -> None:
    """Take the place in the congress, or the one of a booking, that is offered to somebody.

    A second time changes nothing. Raises NoOffer, OfferExpired and what the rules of places refuse.
    """
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        details = take(ledger, registration_id, _key(registration_id, booking_id))
        if details is not None:
            ledger.record(
                "offer_accepted", actor=actor, registration_id=registration_id, details=details
            )


def take(
    ledger: Ledger, registration_id: int, key: Key, *, contact: Contact | None = None
) -> dict[str, Any] | None:
    """Take what is offered to somebody, inside a running transaction, and tell who has it.

    With a `contact` it was the one of their group. Returns what the log keeps, None where they
    had taken it before.
    """
    ledger.know([registration_id])
    known, mates = ledger.hall.people, ledger.mates.get(registration_id, ())
    asked = {each for each in mates if key is CONGRESS and known[each].is_offered(CONGRESS)}
    themselves = {registration_id}
    ledger.accepted_by = contact
    ledger.accepted_for = frozenset(asked | themselves if contact else asked - themselves)
    if not ledger.carry_out(TakeOffer(registration_id, key)).moves:
        return None
    telling.moved_up(ledger)
    ledger.by_hand = registration_id  # which has a line of its own
    gain = ledger.gains[registration_id]
    details: dict[str, Any] = {"congress": gain.congress, "items": gain.kept}
    others = sorted(ledger.gains.keys() - {registration_id})
    return details | {"given_up": gain.lost, "moved_up": others}


def decline(
    registration_id: int, booking_id: int | None = None, *, actor: Actor, now: datetime
) -> None:
    """Let the next in line have what is offered; whoever declines waits for it no longer.

    With the place in the congress the registration ends. Raises NoOffer where there is none.
    """
    with transaction(), places.held(congress_of(registration_id), now=now) as ledger:
        key = _key(registration_id, booking_id)
        ledger.know([registration_id])
        if not ledger.hall.people[registration_id].is_offered(key):
            raise NoOffer
        details = _give_up(ledger, registration_id, key)
        said = {"congress": key is CONGRESS, "items": [] if key is CONGRESS else [key]}
        ledger.record(
            "offer_declined", actor=actor, registration_id=registration_id, details=details | said
        )


def next_step(*, now: datetime) -> bool:
    """End some offers of one congress that were left too long; whether there were any."""
    number = offers.find_congress(now=now)
    if number is None:
        return False
    with transaction(), places.held(number, now=now) as ledger:
        found = offers.expired(number, AT_ONCE, now=now)
        ledger.know({person for person, _key in found})
        ledger.carry_out(Expire(tuple(found)))
        ended = [person for person, key in found if key is CONGRESS]
        missed: dict[int, list[int]] = {}
        for person, key in found:
            if key is not CONGRESS:
                missed.setdefault(person, []).append(key)
        telling.left_too_long(ledger, missed, ended)
        telling.moved_up(ledger)
        auditing.record_all(
            "offer_expired", _lines(ended, missed), actor=SYSTEM, now=now, congress_id=number
        )
    return True


def _lines(ended: Sequence[int], missed: dict[int, list[int]]) -> list[dict[str, Any]]:
    lost = {person: (True, missed.pop(person, [])) for person in ended}
    lost |= {person: (False, items) for person, items in missed.items()}
    return [
        {
            "registration_id": person,
            "fields": [],
            "details": {"congress": is_over, "items": items},
            "personal": {},
        }
        for person, (is_over, items) in sorted(lost.items())
    ]


def _give_up(ledger: Ledger, registration_id: int, key: Key) -> dict[str, Any]:
    if key is CONGRESS:
        done = changing.end(ledger, registration_id, MessageKind.WITHDRAWN, at_any_time=True)
    else:
        wanted = Leave(registration_id, key)
        done = changing.carry_out(ledger, wanted, {}, by_organiser=False)
    return done or {}


def _key(registration_id: int, booking_id: int | None) -> Key:
    """Return which place a booking is about; none is about the congress."""
    if booking_id is None:
        return CONGRESS
    statement = select(Booking.item_id).where(
        Booking.id == booking_id, Booking.registration_id == registration_id
    )
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NoOffer
    return found
