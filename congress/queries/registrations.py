"""Registrations as their owners and the mails see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select

from congress.base import table_of
from congress.domain import tokens
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.standing import Standing, StandingBooking
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, Booking, Consent, Registration
from congress.models import ProgrammeItem as Item
from congress.queries.programme import COLUMNS, as_item


@dataclass(frozen=True)
class OwnConsent:
    """Something agreed to, and when; a withdrawn consent keeps its line."""

    id: int
    purpose: str
    text_version: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class OwnRegistration:
    """Everything that the page of one registration shows."""

    standing: Standing
    organisation: str
    function: str
    cancelled_at: datetime | None
    consents: tuple[OwnConsent, ...]

    @property
    def id(self) -> int:
        return self.standing.id


# Made once: putting a statement together costs as much as carrying it out.
PEOPLE, BOOKED, ITEMS = table_of(Registration), table_of(Booking), table_of(Item)
TOKENS, AGREED = table_of(AccessToken), table_of(Consent)
BY_TOKEN = select(TOKENS.c.registration_id).where(
    TOKENS.c.digest == bindparam("digest"),
    TOKENS.c.purpose == bindparam("purpose"),
    TOKENS.c.revoked_at.is_(None),
)
CONSENTS = (
    select(
        AGREED.c.id,
        AGREED.c.purpose,
        AGREED.c.text_version,
        AGREED.c.given_at,
        AGREED.c.withdrawn_at,
    )
    .where(AGREED.c.registration_id == bindparam("registration_id"))
    .order_by(AGREED.c.id)
)


def find_by_token(token: str, purpose: TokenPurpose) -> int | None:
    """Return the registration that a secret link opens, unless the link was revoked."""
    key = {"digest": tokens.digest(token), "purpose": purpose}
    return db.session.scalars(BY_TOKEN, key).one_or_none()


def get_own(registration_id: int) -> OwnRegistration:
    """Return what the owner of a registration sees of it."""
    key = {"registration_id": registration_id}
    row = db.session.execute(OWN, key).one()
    consents = db.session.execute(CONSENTS, key)
    return OwnRegistration(
        standing=_standings([row])[0],
        organisation=row.organisation,
        function=row.function,
        cancelled_at=row.cancelled_at,
        consents=tuple(OwnConsent(*consent) for consent in consents),
    )


STANDING = (
    PEOPLE.c.id,
    PEOPLE.c.congress_id,
    PEOPLE.c.state,
    PEOPLE.c.given_name,
    PEOPLE.c.family_name,
    PEOPLE.c.email,
    PEOPLE.c.language,
    PEOPLE.c.created_at,
    PEOPLE.c.priority,
    PEOPLE.c.joined_at,
)

OWN = select(*STANDING, PEOPLE.c.organisation, PEOPLE.c.function, PEOPLE.c.cancelled_at).where(
    PEOPLE.c.id == bindparam("registration_id")
)
BOOKINGS = (
    select(
        BOOKED.c.id.label("booking_id"),
        BOOKED.c.registration_id,
        BOOKED.c.item_id,
        BOOKED.c.state.label("booking_state"),
        BOOKED.c.question,
        BOOKED.c.instead_of_id,
        BOOKED.c.priority,
        BOOKED.c.joined_at,
        *COLUMNS,
    )
    .join(ITEMS, ITEMS.c.id == BOOKED.c.item_id)
    .where(
        BOOKED.c.registration_id.in_(bindparam("registration_ids", expanding=True)),
        BOOKED.c.state != BookingState.CANCELLED,
    )
    .order_by(ITEMS.c.released_starts_at, BOOKED.c.id)
)


def standings(registration_ids: Sequence[int]) -> list[Standing]:
    """Return where these people stand, in the order of their registrations."""
    if not registration_ids:
        return []
    rows = db.session.execute(
        select(*STANDING).where(PEOPLE.c.id.in_(registration_ids)).order_by(PEOPLE.c.id)
    )
    return _standings(rows.all())


def registrations_in(item_ids: Sequence[int]) -> list[int]:
    """Return who holds or waits for a place in any of these items."""
    statement = (
        select(Booking.registration_id)
        .where(Booking.item_id.in_(item_ids), Booking.state != BookingState.CANCELLED)
        .distinct()
        .order_by(Booking.registration_id)
    )
    return list(db.session.scalars(statement))


def active_registrations(congress_id: int) -> list[int]:
    """Return everybody who has or waits for a place in a congress."""
    statement = (
        select(Registration.id)
        .where(
            Registration.congress_id == congress_id,
            Registration.state != RegistrationState.CANCELLED,
        )
        .order_by(Registration.id)
    )
    return list(db.session.scalars(statement))


def _standings(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Standing]:
    bookings = _bookings([row for row in rows if row.state != RegistrationState.CANCELLED])
    return [
        Standing(
            id=row.id,
            congress_id=row.congress_id,
            state=RegistrationState(row.state),
            given_name=row.given_name,
            family_name=row.family_name,
            email=row.email,
            language=row.language,
            created_at=row.created_at,
            position=congress_position(row) if row.state == RegistrationState.WAITING else None,
            bookings=tuple(bookings.get(row.id, ())),
        )
        for row in rows
    ]


def _bookings(registrations: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, list[StandingBooking]]:
    if not registrations:
        return {}
    state_of = {row.id: row.state for row in registrations}
    rows = db.session.execute(BOOKINGS, {"registration_ids": list(state_of)})
    found: dict[int, list[StandingBooking]] = {}
    for row in rows:
        in_congress = state_of[row.registration_id] == RegistrationState.CONFIRMED
        waits = row.booking_state == BookingState.WAITING and in_congress
        found.setdefault(row.registration_id, []).append(
            StandingBooking(
                id=row.booking_id,
                item=as_item(row),
                state=BookingState(row.booking_state),
                question=row.question,
                position=workshop_position(row) if waits else None,
                instead_of=row.instead_of_id,
            )
        )
    return found


def congress_position(row: Row[*tuple[Any, ...]]) -> int:
    """Return the position (from 1) of a waiting registration in the queue of its congress."""
    before = select(func.count()).where(
        Registration.congress_id == row.congress_id,
        Registration.state == RegistrationState.WAITING,
        _before(Registration, row.priority, row.joined_at, row.id),
    )
    return db.session.scalars(before).one() + 1


def workshop_position(row: Row[*tuple[Any, ...]]) -> int:
    """Return the position (from 1) of a waiting booking among those who may move up."""
    before = (
        select(func.count())
        .select_from(Booking)
        .join(Registration, Registration.id == Booking.registration_id)
        .where(
            Booking.item_id == row.item_id,
            Booking.state == BookingState.WAITING,
            Registration.state == RegistrationState.CONFIRMED,
            _before(Booking, row.priority, row.joined_at, row.booking_id),
        )
    )
    return db.session.scalars(before).one() + 1


def _before(
    queue: type[Registration] | type[Booking], priority: int, joined_at: datetime, row_id: int
) -> ColumnElement[bool]:
    """Who stands before somebody: the queue's order is (priority, joined, id)."""
    return or_(
        queue.priority < priority,
        and_(queue.priority == priority, queue.joined_at < joined_at),
        and_(queue.priority == priority, queue.joined_at == joined_at, queue.id < row_id),
    )
