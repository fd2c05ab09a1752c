"""Filling a congress with made-up attendees: the real rules, whole batches, no mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, func, insert, select

from congress.domain.access import COMMAND
from congress.domain.congresses import Congress
from congress.domain.made_up_people import Crowd, MadeUpPerson, crowd, withdrawn_at
from congress.domain.programme import in_slots
from congress.domain.registration import (
    BookingState,
    CongressFull,
    PlaceGiven,
    RegistrationState,
    WorkshopFull,
    place_in_congress,
    places_for,
)
from congress.domain.registration_request import WishedWorkshop
from congress.domain.standing import Standing, StandingBooking
from congress.extensions import db
from congress.models import (
    AccessToken,
    Booking,
    CalendarEntry,
    Consent,
    Organisation,
    Registration,
)
from congress.queries import congresses
from congress.queries.programme import as_workshop, released_items
from congress.services import auditing, calendar_entries, places, tokens
from congress.services.places import Ledger
from congress.services.registering import PRIVACY_NOTICE_VERSION, choices_for
from congress.transaction import transaction


@dataclass(frozen=True)
class Admitted:
    """One made-up person and the places given."""

    person: MadeUpPerson
    state: RegistrationState
    places: tuple[PlaceGiven, ...]


def fill(congress_id: int, *, seed: int, first: int, count: int, total: int, now: datetime) -> int:
    """Register one batch of made-up people and return how many; fewer when all is full.

    Numbers `first` to `first + count` of `total`; no mails are written, and nobody has to wait
    for registration to open.
    """
    with transaction():
        items = [item for item in released_items(congress_id) if item.bookable]
        ledger = places.hold(congress_id, [item.id for item in items], now=now)
        congress = congresses.with_content(ledger.heading)
        organisations = {
            row.name: row.id
            for row in db.session.execute(
                select(Organisation.name, Organisation.id)
                .where(Organisation.suggested)
                .order_by(Organisation.name_key)
            )
        }
        period = ledger.heading.period
        slots = in_slots([item for item in items if not item.face.cancelled])
        of = Crowd(
            slots=[[as_workshop(item) for item in slot.workshops] for slot in slots],
            organisations=list(organisations),
            since=min(period.opens_at, now),
            until=min(period.closes_at, now),
        )
        people = crowd(of, seed=seed, first=first, count=count, total=total)
        admitted = _admitted(ledger, people)
        if admitted:
            _store(congress, ledger, admitted, organisations, until=of.until)
            auditing.record(
                "demo_filled",
                actor=COMMAND,
                now=now,
                congress_id=congress_id,
                details={"count": len(admitted)},
            )
            ledger.write()
        return len(admitted)


def registered_so_far(congress_id: int) -> int:
    """Return how many registrations a congress has, so that numbers go on from there."""
    statement = select(func.count()).where(Registration.congress_id == congress_id)
    return db.session.scalars(statement).one()


def _admitted(ledger: Ledger, people: Sequence[MadeUpPerson]) -> list[Admitted]:
    found = []
    for person in people:
        try:
            state = place_in_congress(ledger.congress)
        except CongressFull:
            break
        given = [
            place for wish in person.request.choices for place in _places_for(ledger, wish, state)
        ]
        if person.withdrew:
            found.append(Admitted(person, RegistrationState.CANCELLED, tuple(given)))
            continue
        if state is RegistrationState.WAITING:
            ledger.change(None, waiting=1)
        else:
            ledger.change(None, taken=1)
            for place in given:
                is_in = place.state is BookingState.CONFIRMED
                ledger.change(place.workshop_id, taken=int(is_in), waiting=int(not is_in))
        found.append(Admitted(person, state, tuple(given)))
    return found


def _places_for(ledger: Ledger, wish: WishedWorkshop, state: RegistrationState) -> list[PlaceGiven]:
    """A workshop that is full without a waiting list is gone without."""
    [choice] = choices_for(ledger, [wish])
    try:
        return places_for(choice, state)
    except WorkshopFull:
        return []


def _store(
    congress: Congress,
    ledger: Ledger,
    admitted: Sequence[Admitted],
    organisations: dict[str, int],
    *,
    until: datetime,
) -> None:
    ids = _insert_returning_ids(
        insert(Registration).returning(Registration.id, sort_by_parameter_order=True),
        [_registration(congress.id, each, organisations, until) for each in admitted],
    )
    bookings = [
        _booking(registration_id, each, place, until)
        for registration_id, each in zip(ids, admitted, strict=True)
        for place in each.places
    ]
    booking_ids = iter(
        _insert_returning_ids(
            insert(Booking).returning(Booking.id, sort_by_parameter_order=True), bookings
        )
    )
    consents: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    for registration_id, each in zip(ids, admitted, strict=True):
        links += tokens.new_rows(registration_id, now=each.person.at)[0]
        consents += _consents(registration_id, each.person)
        standing = _standing(
            registration_id, each, ledger, [next(booking_ids) for _ in each.places]
        )
        entries += calendar_entries.new_rows(congress, standing, now=each.person.at)
    for table, rows in ((AccessToken, links), (Consent, consents), (CalendarEntry, entries)):
        if rows:
            db.session.execute(insert(table), rows)


def _insert_returning_ids(statement: Insert, rows: list[dict[str, Any]]) -> list[int]:
    return list(db.session.scalars(statement, rows)) if rows else []


def _registration(
    congress_id: int, admitted: Admitted, organisations: dict[str, int], until: datetime
) -> dict[str, Any]:
    person, request = admitted.person, admitted.person.request
    is_cancelled = admitted.state is RegistrationState.CANCELLED
    ended_at = withdrawn_at(person, until) if is_cancelled else None
    return {
        "congress_id": congress_id,
        "state": admitted.state,
        "given_name": request.given_name,
        "family_name": request.family_name,
        "email": request.email,
        "organisation": request.organisation,
        "organisation_id": organisations.get(request.organisation),
        "function": request.function,
        "language": request.language,
        "email_key": request.email_key,
        "name_key": request.name_key,
        "family_key": request.family_key,
        "search": request.search,
        "joined_at": person.at,
        "created_at": person.at,
        "changed_at": ended_at or person.at,
        "cancelled_at": ended_at,
    }


def _booking(
    registration_id: int, admitted: Admitted, place: PlaceGiven, until: datetime
) -> dict[str, Any]:
    person = admitted.person
    is_cancelled = admitted.state is RegistrationState.CANCELLED
    return {
        "registration_id": registration_id,
        "item_id": place.workshop_id,
        "state": BookingState.CANCELLED if is_cancelled else place.state,
        "question": place.question,
        "joined_at": person.at,
        "created_at": person.at,
        "changed_at": withdrawn_at(person, until) if is_cancelled else person.at,
    }


def _consents(registration_id: int, person: MadeUpPerson) -> list[dict[str, Any]]:
    return [
        {
            "registration_id": registration_id,
            "purpose": purpose,
            "text_version": PRIVACY_NOTICE_VERSION,
            "channel": "form",
            "given_at": person.at,
        }
        for purpose in person.request.consents
    ]


def _standing(
    registration_id: int, admitted: Admitted, ledger: Ledger, booking_ids: Sequence[int]
) -> Standing:
    request = admitted.person.request
    return Standing(
        id=registration_id,
        congress_id=ledger.heading.id,
        state=admitted.state,
        given_name=request.given_name,
        family_name=request.family_name,
        email=request.email,
        language=request.language,
        created_at=admitted.person.at,
        bookings=tuple(
            StandingBooking(booking_id, ledger.item(place.workshop_id), place.state)
            for booking_id, place in zip(booking_ids, admitted.places, strict=True)
        ),
    )
