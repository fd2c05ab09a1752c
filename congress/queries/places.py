"""What decides about places, read while the congress is held: one state for `domain.places`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select

from congress.base import columns_of, table_of
from congress.domain.congresses import Congress
from congress.domain.hall import CONGRESS, Booked, Exchange, Hall, Key, Line, Person, as_named
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import Booking, Registration
from congress.models import Congress as Row
from congress.models import ProgrammeItem as Item
from congress.queries import contingents
from congress.queries.positions import IN_CONGRESS, position_in

PEOPLE, BOOKINGS, ITEMS = table_of(Registration), table_of(Booking), table_of(Item)
CONGRESSES = table_of(Row)

# Made once: putting a statement together costs more than carrying it out.
PERSONS = (
    select(
        *columns_of(PEOPLE, "id state holds_places priority offered_until chooses_until"),
        *columns_of(PEOPLE, "quota_key mode group_id kind joined_at"),
        *columns_of(BOOKINGS, "item_id instead_of_id wish"),
        BOOKINGS.c.offered_until.label("booking_until"),
        BOOKINGS.c.id.label("booking_id"),
        BOOKINGS.c.state.label("booking_state"),
    )
    .outerjoin(
        BOOKINGS,
        (BOOKINGS.c.registration_id == PEOPLE.c.id) & (BOOKINGS.c.state != BookingState.CANCELLED),
    )
    .where(PEOPLE.c.id.in_(bindparam("people", expanding=True)))
    .order_by(PEOPLE.c.id, BOOKINGS.c.id)
)
LINE_OF_CONGRESS = (
    select(PEOPLE.c.id)
    .where(
        PEOPLE.c.congress_id == bindparam("congress_id"),
        PEOPLE.c.state == RegistrationState.WAITING,
    )
    .order_by(PEOPLE.c.priority, PEOPLE.c.joined_at, PEOPLE.c.id)
    .limit(bindparam("most"))
)
LINE_OF_MODE = LINE_OF_CONGRESS.where(PEOPLE.c.mode == bindparam("mode"))
LINE_OF_WORKSHOP = (
    select(PEOPLE.c.id)
    .join(BOOKINGS, BOOKINGS.c.registration_id == PEOPLE.c.id)
    .where(
        BOOKINGS.c.item_id == bindparam("item_id"),
        BOOKINGS.c.state == BookingState.WAITING,
        or_(
            IN_CONGRESS,
            PEOPLE.c.id.in_(bindparam("let_in", expanding=True)),
        ),
    )
    .order_by(BOOKINGS.c.priority, BOOKINGS.c.joined_at, BOOKINGS.c.id)
    .limit(bindparam("most"))
)
KEPT = BOOKINGS.alias("kept")
IN_EXCHANGES = (
    select(
        BOOKINGS.c.registration_id,
        KEPT.c.item_id.label("held"),
        BOOKINGS.c.item_id.label("wanted"),
        position_in(BOOKINGS, KEPT.c.item_id, BOOKINGS.c.item_id),
    )
    .join(KEPT, KEPT.c.id == BOOKINGS.c.instead_of_id)
    .join(PEOPLE, PEOPLE.c.id == BOOKINGS.c.registration_id)
    .where(
        # By way of the workshops: their queues are indexed, those of a congress are not.
        BOOKINGS.c.item_id.in_(
            select(ITEMS.c.id).where(ITEMS.c.congress_id == bindparam("congress_id"))
        ),
        BOOKINGS.c.state == BookingState.WAITING,
        KEPT.c.state == BookingState.CONFIRMED,
        IN_CONGRESS,
    )
    .subquery()
)
EXCHANGES = (
    select(*columns_of(IN_EXCHANGES, "registration_id held wanted"))
    .where(IN_EXCHANGES.c.position <= bindparam("most"))
    .order_by(*columns_of(IN_EXCHANGES, "held wanted position"))
)
MOVING_UP = select(CONGRESSES.c.id).where(CONGRESSES.c.moving_up).order_by(CONGRESSES.c.id)
LAST_OF_CONGRESS = select(func.max(PEOPLE.c.joined_at)).where(
    PEOPLE.c.congress_id == bindparam("congress_id"),
    PEOPLE.c.state == RegistrationState.WAITING,
)
LAST_OF_ITEMS = (
    select(BOOKINGS.c.item_id, func.max(BOOKINGS.c.joined_at).label("last"))
    .where(
        BOOKINGS.c.item_id.in_(bindparam("item_ids", expanding=True)),
        BOOKINGS.c.state == BookingState.WAITING,
    )
    .group_by(BOOKINGS.c.item_id)
)


def hall(congress: Congress, items: Sequence[ProgrammeItem], *, now: datetime) -> Hall:
    """Return what decides about places of a held congress; what a new rule asks is read here."""
    found = Hall.of(congress, items, now=now)
    return contingents.holding_back(found, congress.id, congress.rules)


def persons(ids: Collection[int]) -> tuple[dict[int, Person], dict[tuple[int, int], int]]:
    """Return people with their active bookings, and the rows of these by person and workshop."""
    rows = db.session.execute(PERSONS, {"people": list(ids)}).all()
    booked = [row for row in rows if row.booking_id is not None]
    workshop_of = {row.booking_id: row.item_id for row in booked}
    bookings: dict[int, list[Booked]] = {}
    for row in booked:
        state, kept = BookingState(row.booking_state), workshop_of.get(row.instead_of_id)
        booking = Booked(row.item_id, state, kept, row.booking_until, row.wish)
        bookings.setdefault(row.id, []).append(booking)
    people = {
        row.id: Person(
            row.id,
            RegistrationState(row.state),
            tuple(bookings.get(row.id, ())),
            row.holds_places,
            row.offered_until,
            row.priority,
            chooses_until=row.chooses_until,
            quota_key=row.quota_key,
            group=row.group_id,
            mode=Mode(row.mode),
            kind=PersonKind(row.kind),
            joined_at=row.joined_at,
        )
        for row in rows
    }
    return people, {(row.id, row.item_id): row.booking_id for row in booked}


def line(
    key: Key,
    most: int,
    congress_id: int,
    people: Mapping[int, Person],
    *,
    mode: Mode | None = None,
) -> Line:
    """Return the head of a queue, at most so many people; that of a congress also by their mode.

    Of those who wait for the congress as well, only the known ones count: nobody else is let in.
    """
    if as_named(key) is CONGRESS:
        statement = LINE_OF_CONGRESS if mode is None else LINE_OF_MODE
        named = {"congress_id": congress_id, "most": most, "mode": mode}
        rows = db.session.scalars(statement, named)
    else:
        let_in = [person.id for person in people.values() if not person.in_congress]
        of_item = {"item_id": key, "let_in": let_in, "most": most}
        rows = db.session.scalars(LINE_OF_WORKSHOP, of_item)
    found = tuple(rows)
    return Line(found, is_whole=len(found) < most)


def exchanges(congress_id: int, most: int) -> dict[Exchange, Line]:
    """Return who keeps a workshop of a congress while waiting for another, at most so many each.

    By the two workshops, in the order of the queue for the other.
    """
    rows = db.session.execute(EXCHANGES, {"congress_id": congress_id, "most": most})
    found: dict[Exchange, list[int]] = {}
    for row in rows:
        found.setdefault(Exchange(row.held, row.wanted), []).append(row.registration_id)
    return {
        exchange: Line(tuple(people), is_whole=len(people) < most)
        for exchange, people in found.items()
    }


def find_moving_up() -> int | None:
    """Return a congress in which others are yet to move up."""
    return db.session.scalars(MOVING_UP).first()


def waiting_bookings(item_id: int) -> dict[int, int]:
    """Return the bookings of everybody who waits for a workshop, by person."""
    statement = select(BOOKINGS.c.registration_id, BOOKINGS.c.id).where(
        BOOKINGS.c.item_id == item_id, BOOKINGS.c.state == BookingState.WAITING
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def last_in_congress(congress_id: int) -> datetime | None:
    """Return when the last of those who wait for a congress joined its queue."""
    last: datetime | None = db.session.scalars(LAST_OF_CONGRESS, {"congress_id": congress_id}).one()
    return last


def last_in_queue_of(registration_id: int) -> datetime | None:
    """Return when the last one joined whoever waits for the congress of somebody."""
    congress_id = select(PEOPLE.c.congress_id).where(PEOPLE.c.id == registration_id)
    return last_in_congress(db.session.scalars(congress_id).one())


def last_in_workshops(item_ids: Collection[int]) -> dict[int, datetime]:
    """Return when the last of those who wait for workshops joined their queues."""
    rows = db.session.execute(LAST_OF_ITEMS, {"item_ids": list(item_ids)})
    return {row.item_id: row.last for row in rows}
