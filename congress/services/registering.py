"""Registering for a congress: a person, a place in each chosen workshop, and the mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, insert, select

from congress.base import table_of
from congress.domain.access import ATTENDEE
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import (
    Admission,
    BookingState,
    Choice,
    CongressNotTakingPart,
    PlaceGiven,
    RegistrationState,
    admit,
)
from congress.domain.registration_request import RegistrationRequest, WishedWorkshop
from congress.domain.standing import Standing, StandingBooking
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, Booking, Consent, Organisation, Registration
from congress.queries import congresses
from congress.queries.programme import as_workshop
from congress.queries.registrations import standings
from congress.services import auditing, notifying, places, tokens
from congress.services.places import Ledger
from congress.transaction import transaction

PEOPLE, ORGANISATIONS = table_of(Registration), table_of(Organisation)

# Made once: putting a statement together costs more than carrying it out.
KNOWN = select(PEOPLE.c.id, PEOPLE.c.form_key).where(
    PEOPLE.c.congress_id == bindparam("congress_id"),
    PEOPLE.c.email_key == bindparam("email_key"),
    PEOPLE.c.name_key == bindparam("name_key"),
    PEOPLE.c.state != RegistrationState.CANCELLED,
)
ORGANISATION = (
    select(ORGANISATIONS.c.id)
    .where(ORGANISATIONS.c.name_key == bindparam("organisation_key"))
    .scalar_subquery()
)
NEW_PERSON = insert(PEOPLE).values(organisation_id=ORGANISATION).returning(PEOPLE.c.id)
NEW_CONSENT = insert(table_of(Consent))
NEW_TOKEN = insert(table_of(AccessToken))
BOOKINGS = table_of(Booking)
NEW_BOOKING = insert(BOOKINGS).returning(BOOKINGS.c.item_id, BOOKINGS.c.id)

PRIVACY_NOTICE_VERSION = "2026-11-22"


class UnknownWorkshop(Refused):
    """A chosen workshop does not exist in this congress, or cannot be booked."""


@dataclass(frozen=True)
class Registered:
    """The outcome: the registration and the link to its own page.

    Without a token the person was registered before, by another form: the page then says
    nothing, and a mail with the link goes to the address.
    """

    registration_id: int
    token: str | None


def register(congress_id: int, request: RegistrationRequest, *, now: datetime) -> Registered:
    """Register somebody, or put them into the queue of what is full.

    The same form sent twice is one registration and gives the same answer; the same person by
    another form is told by mail what exists already.
    """
    with transaction():
        ledger = places.hold(congress_id, _items_of(request.choices), now=now)
        if ledger.heading.state is not CongressState.PUBLISHED:
            raise CongressNotTakingPart
        # A second submit finds its registration even when the places have gone meanwhile.
        known = _find_known(congress_id, request)
        if known is not None and request.form_key and known.form_key == request.form_key:
            return Registered(known.id, tokens.token_for(known.id, TokenPurpose.MANAGE))
        choices = choices_for(ledger, request.choices)
        admission = admit(ledger.congress, choices, ledger.heading.period, now=now)
        # Not earlier: what is refused is refused to everybody, so that nobody can ask without
        # a trace whether somebody is registered (SEC-24).
        if known is not None:
            return _registered_before(known.id, now=now)
        registration_id = _store_person(ledger, request, admission.state)
        bookings = store_bookings(registration_id, admission.places, now=now)
        standing = _standing(ledger, registration_id, request, admission, bookings)
        _count(ledger, admission)
        links, token = tokens.new_rows(registration_id, now=now)
        db.session.execute(NEW_TOKEN, links)
        notifying.registered(congresses.with_content(ledger.heading), standing, now=now)
        auditing.record(
            "registered",
            actor=ATTENDEE,
            now=now,
            congress_id=congress_id,
            registration_id=registration_id,
            details={"state": admission.state},
        )
        ledger.write()
    return Registered(registration_id, token)


def choices_for(ledger: Ledger, wishes: Sequence[WishedWorkshop]) -> list[Choice]:
    """Return the wishes with the workshops they mean, as they stand under the lock."""
    return [
        Choice(
            workshop=as_workshop(_held(ledger, wish.item_id)),
            safe=as_workshop(_held(ledger, wish.safe_item_id)) if wish.safe_item_id else None,
            question=wish.question,
        )
        for wish in wishes
    ]


def _held(ledger: Ledger, item_id: int) -> ProgrammeItem:
    if item_id not in ledger.items:
        raise UnknownWorkshop
    return ledger.item(item_id)


def _items_of(wishes: Sequence[WishedWorkshop]) -> set[int]:
    ids = {wish.item_id for wish in wishes}
    return ids | {wish.safe_item_id for wish in wishes if wish.safe_item_id}


def _find_known(congress_id: int, request: RegistrationRequest) -> Row[int, str] | None:
    key = {
        "congress_id": congress_id,
        "email_key": request.email_key,
        "name_key": request.name_key,
    }
    return db.session.execute(KNOWN, key).one_or_none()


def _registered_before(registration_id: int, *, now: datetime) -> Registered:
    [standing] = standings([registration_id])
    notifying.already_registered(congresses.get_congress(standing.congress_id), standing, now=now)
    return Registered(registration_id, None)


def _store_person(ledger: Ledger, request: RegistrationRequest, state: RegistrationState) -> int:
    now = ledger.now
    waits = state is RegistrationState.WAITING
    row = {
        "congress_id": ledger.heading.id,
        "state": state,
        "given_name": request.given_name,
        "family_name": request.family_name,
        "email": request.email,
        "organisation": request.organisation,
        "organisation_key": request.organisation_key,
        "function": request.function,
        "language": request.language,
        "email_key": request.email_key,
        "name_key": request.name_key,
        "family_key": request.family_key,
        "search": request.search,
        "form_key": request.form_key,
        "joined_at": places.joins_congress_queue(ledger) if waits else now,
        "created_at": now,
        "changed_at": now,
    }
    registration_id: int = db.session.execute(NEW_PERSON, row).scalar_one()
    if request.consents:
        db.session.execute(
            NEW_CONSENT,
            [
                {
                    "registration_id": registration_id,
                    "purpose": purpose,
                    "text_version": PRIVACY_NOTICE_VERSION,
                    "channel": "form",
                    "given_at": now,
                }
                for purpose in request.consents
            ],
        )
    return registration_id


def store_bookings(
    registration_id: int, given: Sequence[PlaceGiven], *, now: datetime
) -> dict[int, int]:
    """Store places and queue positions; returns the booking of each workshop.

    Whoever waits while holding a safe place names its booking, so safe places come first.
    """
    bookings: dict[int, int] = {}
    waiting = [place.workshop_id for place in given if place.state is BookingState.WAITING]
    joins = places.joins_workshop_queues(waiting, now=now)
    for batch in (
        [place for place in given if place.instead_of is None],
        [place for place in given if place.instead_of is not None],
    ):
        if not batch:
            continue
        rows = db.session.execute(
            NEW_BOOKING,
            [
                {
                    "registration_id": registration_id,
                    "item_id": place.workshop_id,
                    "state": place.state,
                    "question": place.question,
                    "instead_of_id": bookings.get(place.instead_of or 0),
                    "joined_at": joins.get(place.workshop_id, now),
                    "created_at": now,
                    "changed_at": now,
                }
                for place in batch
            ],
        )
        bookings.update({row.item_id: row.id for row in rows})
    return bookings


def _count(ledger: Ledger, admission: Admission) -> None:
    if admission.state is RegistrationState.WAITING:
        ledger.change(None, waiting=1)
        return
    ledger.change(None, taken=1)
    for place in admission.places:
        confirmed = place.state is BookingState.CONFIRMED
        ledger.change(place.workshop_id, taken=int(confirmed), waiting=int(not confirmed))


def _standing(
    ledger: Ledger,
    registration_id: int,
    request: RegistrationRequest,
    admission: Admission,
    bookings: dict[int, int],
) -> Standing:
    """Where the person stands now: whoever joins a queue stands at its end."""
    in_congress = admission.state is RegistrationState.CONFIRMED
    held = sorted(
        (
            StandingBooking(
                id=bookings[place.workshop_id],
                item=(item := ledger.item(place.workshop_id)),
                state=place.state,
                question=place.question,
                position=item.places.waiting + 1
                if place.state is BookingState.WAITING and in_congress
                else None,
                instead_of=bookings.get(place.instead_of or 0),
            )
            for place in admission.places
        ),
        key=lambda booking: (booking.item.slot, booking.id),
    )
    return Standing(
        id=registration_id,
        congress_id=ledger.heading.id,
        state=admission.state,
        given_name=request.given_name,
        family_name=request.family_name,
        email=request.email,
        language=request.language,
        created_at=ledger.now,
        position=None if in_congress else ledger.congress.waiting + 1,
        bookings=tuple(held),
    )
