"""Attendees as organisers see them: the list, in few statements, and each of them whole."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, UnaryExpression, and_, case, func, select

from congress.base import columns_of, table_of
from congress.domain import allocation
from congress.domain.attendee_list import (
    WAS_IN,
    WISHES,
    ListedAttendee,
    ListedWorkshop,
    Slots,
    Sort,
    Wanted,
)
from congress.domain.attendee_parts import ListedPart
from congress.domain.folding import NEXT
from congress.domain.overlaps import pairs
from congress.domain.own_questions import COLUMN
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.registration_request import VOLUNTARY
from congress.domain.slots import choices
from congress.domain.workshops import Allocation
from congress.extensions import db
from congress.models import Booking, Organisation, Registration
from congress.queries import (
    attendances,
    attendee_marks,
    beside_attendees,
    invitations,
    neighbours,
    overlapping,
    own_answers,
    unchosen,
    wishes,
)
from congress.queries.attendee_parts import ROW, WHOLE, Beside, fields_of, part
from congress.queries.neighbours import Neighbour
from congress.queries.outbox import ListedMessage, messages_to
from congress.queries.positions import (
    InQueue,
    in_queue,
)
from congress.queries.programme import released_items
from congress.queries.registrations import (
    BOOKED,
    PEOPLE,
    STANDS_ALONE,
    OwnRegistration,
    get_own,
)

ORGANISATIONS = table_of(Organisation)
AT_ONCE = 500
EVERYBODY, UNCONFIRMED = Wanted(), Wanted(is_unconfirmed=True)

ORDERS: dict[Sort, tuple[ColumnElement[Any], ...]] = {
    Sort.NAME: columns_of(PEOPLE, "family_key id"),
    Sort.ORGANISATION: columns_of(PEOPLE, "organisation_key family_key id"),
    Sort.WORKSHOP: columns_of(PEOPLE, "family_key id"),  # within one workshop
    Sort.REGISTERED: columns_of(PEOPLE, "created_at id"),
    Sort.STATE: columns_of(PEOPLE, "state family_key id"),
}
# What everybody sees who sees the list, in the writing without ae, oe, ue that is sought.
NAMES: ColumnElement[str] = reduce(
    lambda text, vowel: func.replace(text, f"{vowel}e", vowel),
    "aou",
    Registration.family_key + NEXT + Registration.organisation_key,
)


@dataclass(frozen=True)
class Attendee:
    """One attendee with everything around the registration."""

    own: OwnRegistration
    neighbours: tuple[Neighbour, ...]
    merged: tuple[Neighbour, ...]  # registrations of the same person that went into this one
    came_for: tuple[Neighbour, ...]  # whose place somebody took over
    substitute: Neighbour | None  # who took over theirs
    mails: list[ListedMessage]


def counts_by_state(congress_id: int, wanted: Wanted = EVERYBODY) -> dict[RegistrationState, int]:
    """Return how many people there are in each state; which of them is wanted does not matter."""
    which = conditions(congress_id, replace(wanted, state=None))
    rows = db.session.execute(
        select(Registration.state, func.count()).where(*which).group_by(Registration.state)
    )
    found = {RegistrationState(state): count for state, count in rows}
    return {state: found.get(state, 0) for state in RegistrationState}


class Counted(NamedTuple):
    """How many people are in a list, and how many of them have no settled place in it yet."""

    people: int
    unconfirmed: int  # nobody has said yet that the address is theirs
    asking: int  # organisers have to decide


def counted(congress_id: int, wanted: Wanted) -> Counted:
    """Return of whom a list consists, counted in one go."""
    is_unconfirmed = and_(*attendee_marks.conditions(UNCONFIRMED))
    is_asking = PEOPLE.c.state == RegistrationState.REQUESTED
    parts = (func.count(case((each, 1))) for each in (is_unconfirmed, is_asking))
    statement = select(func.count(), *parts).select_from(PEOPLE)
    row = db.session.execute(statement.where(*conditions(congress_id, wanted))).one()
    return Counted._make(row)


def count(congress_id: int, wanted: Wanted) -> int:
    """Return how many people a list would hold."""
    statement = select(func.count()).select_from(Registration)
    return db.session.scalars(statement.where(*conditions(congress_id, wanted))).one()


def page(
    congress_id: int,
    wanted: Wanted,
    *,
    offset: int,
    limit: int,
    columns: Collection[str] = (),
    with_reserve: bool = False,
) -> list[ListedAttendee]:
    """Return a part of the list with places and positions, if wanted on reserve lists.

    Of what some columns alone say only that of these `columns` is read.
    """
    statement = _lines(congress_id, wanted, WHOLE).offset(offset).limit(limit)
    rows = db.session.execute(statement).all()
    if not rows:
        return []
    # Queues may be long: nobody's position is counted where nobody waits.
    waits = [row.id for row in rows if row.state == RegistrationState.WAITING]
    people = [row.id for row in rows]
    whose = Registration.id.in_(people)
    queue = in_queue(congress_id, waits, with_reserve=with_reserve) if waits else {}
    beside = replace(
        _beside(queue, whose, columns),
        bookings=beside_attendees.bookings_of_few(congress_id, people),
        consents=beside_attendees.consents(people) if set(columns) & set(VOLUNTARY) else {},
        answers=own_answers.of_whom(whose) if _says_answers(columns) else {},
        wishes=wishes.lines_of(people) if WISHES in columns else {},
    )
    return part(WHOLE, rows, beside).lines()


def stream(
    congress_id: int,
    wanted: Wanted,
    *,
    columns: Collection[str] = (),
    with_reserve: bool = False,
) -> Iterator[ListedPart]:
    """Go through the whole list, some people at once: what was read once stays with the process.

    Nothing is read that none of these `columns` says. After `transaction.read_one_state`:
    PostgreSQL keeps its place only inside a transaction.
    """
    queue = in_queue(congress_id, with_reserve=with_reserve)
    everybody = _beside(queue, Registration.congress_id == congress_id, columns)
    positions = beside_attendees.positions(congress_id)
    fields, agrees = fields_of(columns), bool(set(columns) & set(VOLUNTARY))
    # Of the connection: the session would look for objects in each of thousands of rows.
    statement = _lines(congress_id, wanted, fields).execution_options(yield_per=AT_ONCE)
    for rows in db.session.connection().execute(statement).partitions():
        people = [row[0] for row in rows]
        beside = replace(
            everybody,
            bookings=beside_attendees.bookings(people, positions),
            consents=beside_attendees.consents(people) if agrees else {},
            answers=own_answers.of_people(people) if _says_answers(columns) else {},
            wishes=wishes.lines_of(people) if WISHES in columns else {},
        )
        yield part(fields, rows, beside)


def _beside(
    queue: Mapping[int, InQueue], whose: ColumnElement[bool], columns: Collection[str]
) -> Beside:
    """Return what is said of so few people that it is held of a whole list at once."""
    return Beside(
        queue,
        days=attendances.days_of(whose) if "came" in columns else {},
        was_in=attendances.workshops_of(whose) if WAS_IN in columns else {},
        invited=invitations.of_whom(whose) if "invitation" in columns else {},
    )


def _says_answers(columns: Collection[str]) -> bool:
    return any(each.startswith(COLUMN) for each in columns)


def slots(congress_id: int, usual: Allocation) -> Slots:
    """Return the choices of workshops, in the order they were added, with what they offer.

    `usual` is how the congress gives places.
    """
    offered = choices(released_items(congress_id))
    return Slots(
        starts=tuple(choice.time.starts_at for choice in offered),
        kinds=tuple(choice.kind for choice in offered),
        workshops={
            item.id: ListedWorkshop(
                *(item.id, item.number, item.face.title, number),
                *(item.slot, item.face.room, item.face.cancelled),
            )
            for number, choice in enumerate(offered)
            for item in choice.items
        },
        by_wishes=frozenset(
            number
            for number, choice in enumerate(offered)
            if allocation.of_slot(choice, usual) is Allocation.WISHES
        ),
    )


def _lines(congress_id: int, wanted: Wanted, fields: Sequence[str]) -> Select[*tuple[Any, ...]]:
    statement = select(*(ROW[name] for name in fields)).select_from(PEOPLE)
    if "ags" in fields:
        statement = statement.outerjoin(
            ORGANISATIONS, ORGANISATIONS.c.id == PEOPLE.c.organisation_id
        )
    statement = statement.where(*conditions(congress_id, wanted))

    def turned(column: ColumnElement[Any]) -> UnaryExpression[Any]:
        return column.desc() if wanted.is_descending else column.asc()

    ranks = _workshop_ranks(congress_id) if wanted.sort is Sort.WORKSHOP else None
    if ranks is not None:  # whoever has no workshop stands last in both directions
        statement = statement.outerjoin(ranks, ranks.c.registration_id == PEOPLE.c.id)
        statement = statement.order_by(turned(ranks.c.rank).nulls_last())
    return statement.order_by(*map(turned, ORDERS[wanted.sort]))


def _workshop_ranks(congress_id: int) -> Subquery | None:
    """Return where each person's first workshop stands among all: by choice, number and code."""
    offered = choices(released_items(congress_id))
    ids = [item.id for choice in offered for item in choice.items]
    if not ids:
        return None
    rank = case({item_id: rank for rank, item_id in enumerate(ids)}, value=BOOKED.c.item_id)
    return (
        select(BOOKED.c.registration_id, func.min(rank).label("rank"))
        .where(BOOKED.c.item_id.in_(ids), BOOKED.c.state == BookingState.CONFIRMED)
        .group_by(BOOKED.c.registration_id)
        .subquery()
    )


def conditions(congress_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what holds of everybody in a list."""
    found: list[ColumnElement[bool]] = [Registration.congress_id == congress_id, STANDS_ALONE]
    if wanted.registration_id is not None:
        found.append(Registration.id == wanted.registration_id)
    if wanted.ids:
        found.append(Registration.id.in_(wanted.ids))
    # What stands in the names stands in all that is searched, where it is found much sooner.
    for searched in (Registration.search, *([NAMES] if wanted.names_only else [])):
        found += [searched.contains(word, autoescape=True) for word in wanted.words]
    if wanted.state is not None:
        found.append(Registration.state == wanted.state)
    for item_id, states in (
        (wanted.workshop_id, (BookingState.CONFIRMED,)),
        (wanted.waiting_for_id, (BookingState.WAITING, BookingState.OFFERED)),
    ):
        if item_id is not None:
            booked = select(Booking.registration_id).where(
                Booking.item_id == item_id, Booking.state.in_(states)
            )
            found.append(Registration.id.in_(booked))
            # What somebody only asked for is a wish until it is decided.
            found.append(Registration.state != RegistrationState.REQUESTED)
    found += attendee_marks.conditions(wanted)
    if wanted.answered is not None:
        chose = own_answers.who_chose(congress_id, *wanted.answered)
        found.append(Registration.id.in_(chose))
    return found + _of_choices(congress_id, wanted)


def _of_choices(congress_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what holds of those who have to choose or rank something at a time."""
    if wanted.unchosen_id is None and wanted.silent_id is None and not wanted.has_overlap:
        return []
    found: list[ColumnElement[bool]] = []
    items = released_items(congress_id)
    if wanted.unchosen_id is not None:
        found.append(Registration.id.in_(unchosen.people(wanted.unchosen_id, items)))
    if wanted.silent_id is not None:
        at_once = (slot for slot in choices(items) if slot.key == wanted.silent_id)
        found += [wishes.silent(slot) for slot in at_once]
    if wanted.has_overlap:
        found.append(Registration.id.in_(overlapping.people(pairs(items))))
    return found


def find_attendee(congress_id: int, registration_id: int) -> Attendee | None:
    """Return an attendee of this congress; of another congress there is none (SEC-02)."""
    email_key = db.session.scalars(
        select(Registration.email_key).where(
            Registration.id == registration_id, Registration.congress_id == congress_id
        )
    ).one_or_none()
    if email_key is None:
        return None
    own = get_own(registration_id)
    return Attendee(
        own=own,
        neighbours=neighbours.in_mailbox(congress_id, email_key, registration_id)
        if email_key
        else (),
        merged=neighbours.merged_into(registration_id),
        came_for=neighbours.substituted_by(registration_id),
        substitute=neighbours.find(own.standing.substituted_by_id),
        mails=messages_to(registration_id),
    )
