"""Registrations as their owners and the mails see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, exists, select

from congress.base import columns_of, table_of, values_of
from congress.domain import tokens
from congress.domain.congresses import Congress
from congress.domain.fields import values
from congress.domain.names import full_name
from congress.domain.own_questions import Given
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.registration_request import Details
from congress.domain.standing import Standing, StandingBooking
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import (
    AccessToken,
    AddressChange,
    AssistanceNeeds,
    AuditLine,
    Booking,
    ChangeRequest,
    Consent,
    HandOver,
    Registration,
)
from congress.models import Congress as CongressRow
from congress.models import ProgrammeItem as Item
from congress.queries import congresses, own_answers, programme, wishes
from congress.queries.planning import audiences
from congress.queries.positions import congress_positions, workshop_positions
from congress.queries.standing_columns import STANDING, as_standing


@dataclass(frozen=True)
class OwnConsent:
    """Something agreed to, and when; a withdrawn consent keeps its line."""

    id: int
    purpose: str
    text_version: str
    channel: str  # the form, the own page, or somebody's word to an organiser
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class AskedAddress:
    """A new address that waits to be confirmed, and until when."""

    email: str
    expires_at: datetime


@dataclass(frozen=True)
class HandsTo:
    """A colleague who is named to come instead and has not answered, and until when they can."""

    given_name: str
    family_name: str
    email: str
    expires_at: datetime

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class OwnRegistration:
    """Everything that the page of one registration shows of it."""

    standing: Standing
    details: Mapping[str, str]  # the switchable fields by name
    cancelled_at: datetime | None
    consents: tuple[OwnConsent, ...]
    has_left: bool = False  # gave a workshop up once, as far as the log knows
    has_requested: bool = False  # a change, once, after the last day for it
    has_needs: bool = False  # has said what they need to take part; not what
    has_documents: bool = False  # there are some for those who take part, if they do
    asked: AskedAddress | None = None
    answers: Given = field(default_factory=dict)  # to what the congress asks on its own
    hands_to: HandsTo | None = None
    group_id: int | None = None  # with whom a contact registered them

    @property
    def id(self) -> int:
        return self.standing.id

    @property
    def person(self) -> Details:
        """Who it is, by the fields of the form."""
        named = {name: getattr(self.standing, name) for name in ("given_name", "family_name")}
        return Details.of({**named, "email": self.standing.email, **self.details})

    @property
    def booked(self) -> frozenset[str]:
        """The codes of the workshops that somebody has or waits for."""
        return frozenset(each.item.code for each in self.standing.bookings)

    def wanted_address(self, *, now: datetime) -> str:
        """Return the new address that waits to be confirmed; none is an empty text."""
        return self.asked.email if self.asked and self.asked.expires_at > now else ""

    def colleague(self, *, now: datetime) -> HandsTo | None:
        """Return who is named to come instead, while that is open."""
        is_open = self.hands_to is not None and self.hands_to.expires_at > now
        is_here = self.standing.state is not RegistrationState.CANCELLED
        return self.hands_to if is_open and is_here else None


@dataclass(frozen=True)
class WantedAddress:
    """Whose new address a link confirms, which one, and the congress it is for."""

    registration_id: int
    slug: str
    email: str


@dataclass(frozen=True)
class Opened:
    """What a secret link opens: a registration, its congress and programme, its calendar's link."""

    token: str  # the secret of the link
    registration: OwnRegistration
    congress: Congress
    items: tuple[ProgrammeItem, ...]
    kept: Mapping[str, tuple[str, str]]  # nonce and key of the calendar's link and the door's code


# Made once: putting a statement together costs as much as carrying it out.
PEOPLE, BOOKED, ITEMS = table_of(Registration), table_of(Booking), table_of(Item)
TOKENS, AGREED, CONGRESSES = table_of(AccessToken), table_of(Consent), table_of(CongressRow)
ASKED, NEEDS, LINES = map(table_of, (AddressChange, AssistanceNeeds, AuditLine))
REQUESTS, NAMED = table_of(ChangeRequest), table_of(HandOver)
LINKS = TOKENS.alias("links")
OWN = f"{STANDING} organisation answers cancelled_at group_id"
OF_PERSON = "person_"
COLLEAGUE, OF_COLLEAGUE = "given_name family_name email expires_at", "colleague_"
# Whose registration was merged with another stands in lists with that one. Asked of those who have
# left alone, so that the others are counted in the index.
STANDS_ALONE = (PEOPLE.c.state != RegistrationState.CANCELLED) | PEOPLE.c.merged_into_id.is_(None)
CONSENT = "purpose text_version channel given_at withdrawn_at"
OWNED = (
    select(
        *congresses.HEADING,
        *(PEOPLE.c[name].label(OF_PERSON + name) for name in OWN.split()),
        *columns_of(LINKS, "nonce key_id"),
        LINKS.c.purpose.label("link"),
        AGREED.c.id.label("consent_id"),
        *columns_of(AGREED, CONSENT),
        exists()
        .where(LINES.c.registration_id == PEOPLE.c.id, LINES.c.verb == "workshop_left")
        .label("has_left"),
        exists().where(NEEDS.c.registration_id == PEOPLE.c.id).label("has_needs"),
        exists().where(REQUESTS.c.registration_id == PEOPLE.c.id).label("has_requested"),
        audiences.HAS_FOR_PARTICIPANTS.label("has_documents"),
        own_answers.OF_PERSON.label("own_answers"),
        ASKED.c.email.label("asked_email"),
        ASKED.c.expires_at.label("asked_until"),
        *(NAMED.c[name].label(OF_COLLEAGUE + name) for name in COLLEAGUE.split()),
    )
    .select_from(PEOPLE)
    .join(CONGRESSES, CONGRESSES.c.id == PEOPLE.c.congress_id)
    .outerjoin(
        LINKS,
        (LINKS.c.registration_id == PEOPLE.c.id)
        & LINKS.c.purpose.in_((TokenPurpose.FEED, TokenPurpose.CHECK_IN))
        & LINKS.c.revoked_at.is_(None),
    )
    .outerjoin(AGREED, AGREED.c.registration_id == PEOPLE.c.id)
    .outerjoin(ASKED, ASKED.c.registration_id == PEOPLE.c.id)
    .outerjoin(NAMED, NAMED.c.registration_id == PEOPLE.c.id)
    .order_by(AGREED.c.id, LINKS.c.id)
)
OWN_BY_ID = OWNED.where(PEOPLE.c.id == bindparam("registration_id"))
OWN_BY_TOKEN = OWNED.join(TOKENS, TOKENS.c.registration_id == PEOPLE.c.id).where(
    TOKENS.c.digest == bindparam("digest"),
    TOKENS.c.purpose == TokenPurpose.MANAGE,
    TOKENS.c.revoked_at.is_(None),
)
MY_BOOKING = (
    BOOKED.c.id.label("booking_id"),
    BOOKED.c.state.label("booking_state"),
    BOOKED.c.offered_until.label("booking_until"),
    *columns_of(BOOKED, "registration_id item_id question instead_of_id stands_in_for_id wish"),
)
BOOKINGS = (
    select(*MY_BOOKING)
    .where(
        BOOKED.c.registration_id.in_(bindparam("registration_ids", expanding=True)),
        BOOKED.c.state != BookingState.CANCELLED,
    )
    .order_by(BOOKED.c.id)
)
PLACES_AND_MINE = (
    programme.COUNTERS.add_columns(*MY_BOOKING)
    .outerjoin(
        BOOKED,
        (BOOKED.c.item_id == ITEMS.c.id)
        & (BOOKED.c.registration_id == bindparam("registration_id"))
        & (BOOKED.c.state != BookingState.CANCELLED),
    )
    .order_by(BOOKED.c.id)
)


def find_own(token: str) -> Opened | None:
    """Return what a secret link opens, unless the link was revoked."""
    rows = db.session.execute(OWN_BY_TOKEN, {"digest": tokens.digest(token)}).all()
    return _opened(rows, token) if rows else None


def find_address_change(token: str, *, now: datetime) -> WantedAddress | None:
    """Return the address that a link confirms, unless it was overtaken or its time is over."""
    statement = (
        select(AddressChange.registration_id, CongressRow.slug, AddressChange.email)
        .join(Registration, Registration.id == AddressChange.registration_id)
        .join(CongressRow, CongressRow.id == Registration.congress_id)
        .where(AddressChange.digest == tokens.digest(token), AddressChange.expires_at > now)
    )
    row = db.session.execute(statement).one_or_none()
    return WantedAddress(*row) if row else None


def get_own(registration_id: int) -> OwnRegistration:
    """Return what the owner of a registration sees of it."""
    return get_opened(registration_id).registration


def get_opened(registration_id: int) -> Opened:
    """Return the same with its congress and programme; no secret is known then."""
    rows = db.session.execute(OWN_BY_ID, {"registration_id": registration_id}).all()
    return _opened(rows)


def _opened(rows: Sequence[Row[*tuple[Any, ...]]], token: str = "") -> Opened:
    first = rows[0]
    heading = congresses.as_heading(first)
    person = {name: getattr(first, OF_PERSON + name) for name in OWN.split()}
    named = {"registration_id": person["id"], "congress_id": heading.id}
    found = db.session.execute(PLACES_AND_MINE, named).all()
    places = {row.id: programme.as_places(row) for row in found}
    items = programme.with_places(heading, places)
    booked = [row for row in found if row.booking_id is not None]
    [standing] = _standings([person], booked, {item.id: item for item in items})
    consents = {
        row.consent_id: OwnConsent(id=row.consent_id, **values_of(row, CONSENT))
        for row in rows
        if row.consent_id is not None
    }
    congress = congresses.with_content(heading)
    own = OwnRegistration(
        standing=standing,
        details=values(person),
        cancelled_at=person["cancelled_at"],
        consents=tuple(consents.values()),
        **values_of(first, "has_left has_needs has_requested has_documents"),
        asked=AskedAddress(first.asked_email, first.asked_until) if first.asked_email else None,
        answers=own_answers.of_person(first.own_answers),
        hands_to=HandsTo(*(getattr(first, OF_COLLEAGUE + name) for name in COLLEAGUE.split()))
        if first.colleague_email
        else None,
        group_id=person["group_id"],
    )
    kept = {row.link: (row.nonce, row.key_id) for row in reversed(rows) if row.nonce}
    return Opened(token, own, congress, tuple(items), kept)


def congress_of(registration_id: int) -> int:
    """Return the congress of a registration that exists."""
    statement = select(Registration.congress_id).where(Registration.id == registration_id)
    return db.session.scalars(statement).one()


def standings(
    who: Collection[int] | Select[int], items: Mapping[int, ProgrammeItem] | None = None
) -> list[Standing]:
    """Return where people stand, in the order of their registrations.

    They are named by their ids or by a statement for these; `items` saves reading the programme
    when it is at hand.
    """
    statement = select(*columns_of(PEOPLE, STANDING)).where(PEOPLE.c.id.in_(who))
    rows = db.session.execute(statement.order_by(PEOPLE.c.id))
    people = [dict(zip(STANDING.split(), row, strict=True)) for row in rows]
    if not people:
        return []
    found = {"registration_ids": [person["id"] for person in people]}
    bookings = db.session.execute(BOOKINGS, found).all()
    if items is None:
        items = programme.items_by_id({row.item_id for row in bookings})
    return _standings(people, bookings, items)


def _standings(
    people: Sequence[Mapping[str, Any]],
    bookings: Sequence[Row[*tuple[Any, ...]]],
    items: Mapping[int, ProgrammeItem],
) -> list[Standing]:
    queued = [row["id"] for row in people if row["state"] == RegistrationState.WAITING]
    in_congress = {row["id"] for row in people if row["state"] == RegistrationState.CONFIRMED}
    waiting = {
        row.item_id
        for row in bookings
        if row.booking_state == BookingState.WAITING and row.registration_id in in_congress
    }
    in_queue = congress_positions(queued)
    in_queues = workshop_positions(waiting, in_congress)
    wished = wishes.lines_of([row["id"] for row in people if row["wished_at"] is not None])
    booked: dict[int, list[StandingBooking]] = {}
    for row in bookings:
        booked.setdefault(row.registration_id, []).append(
            StandingBooking(
                id=row.booking_id,
                item=items[row.item_id],
                state=BookingState(row.booking_state),
                **values_of(row, "question wish"),
                position=in_queues.get(row.booking_id),
                instead_of=row.instead_of_id,
                offered_until=row.booking_until,
                stands_in_for=items.get(row.stands_in_for_id),
            )
        )
    return [
        as_standing(
            {**row, "wishes": tuple(wished.get(row["id"], ()))},
            booked.get(row["id"], ()),
            in_queue.get(row["id"]),
        )
        for row in people
    ]
