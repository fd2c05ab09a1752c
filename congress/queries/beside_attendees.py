"""What a list says of people beside their own rows: workshops, positions, what they agreed to.

Whole lists ask for thousands at a time, so nothing here goes through the classes of the tables.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Select, literal_column, select

from congress.base import ListsOf, columns_of, numbers_of, table_of
from congress.domain.attendee_list import ListedBooking
from congress.domain.registration import BookingState
from congress.domain.registration_request import VOLUNTARY
from congress.extensions import db
from congress.models import Consent, ProgrammeItem
from congress.queries.positions import IN_CONGRESS, position_in
from congress.queries.registrations import BOOKED, PEOPLE

Bookings = dict[int, list[ListedBooking]]

CONSENTS, ITEMS = table_of(Consent), table_of(ProgrammeItem)
# Looked up thousands of times in one export: quicker than asking the enumeration.
BOOKING_STATES = {str(state): state for state in BookingState}
THESE = numbers_of("people")
# Made once: putting a statement together costs more than carrying it out. Each answers with all
# that there is in one value, as rows by the thousand cost more than what they say.
BOOKINGS = select(ListsOf(*columns_of(BOOKED, "registration_id id item_id state question"))).where(
    BOOKED.c.registration_id.in_(THESE),
    BOOKED.c.state != literal_column("'cancelled'"),  # written out, as in the index
)
# What counts is said of the list: as a condition PostgreSQL takes it for rarer than it is, until
# it has counted for itself, and looks through all that there is for each of the rows.
AGREED = select(
    ListsOf(*columns_of(CONSENTS, "registration_id purpose")).filter(
        CONSENTS.c.purpose.in_(VOLUNTARY), CONSENTS.c.withdrawn_at.is_(None)
    )
).where(CONSENTS.c.registration_id.in_(THESE))


def bookings(people: Sequence[int], positions: Mapping[int, int]) -> Bookings:
    """Return the places and queues of some people, with positions that are known already."""
    return _by_person(_lists(BOOKINGS, people), positions)


def bookings_of_few(congress_id: int, people: Sequence[int]) -> Bookings:
    """Return the same of a page of people: no queue is gone through where none of them waits."""
    lists = _lists(BOOKINGS, people)
    queued = [
        number for number, _id, _item, state, _asked in lists if state == BookingState.WAITING
    ]
    return _by_person(lists, positions(congress_id, queued) if queued else {})


def _lists(statement: Select[list[list[Any]]], people: Sequence[int]) -> list[list[Any]]:
    """Return the lists of these people that a statement finds, in the order of their beginnings."""
    return sorted(db.session.scalars(statement, {"people": people}).one() or ())


def _by_person(lists: Iterable[Sequence[Any]], positions: Mapping[int, int]) -> Bookings:
    found: Bookings = {}
    position = positions.get
    for number, booking_id, item_id, state, question in lists:
        at = position(booking_id)
        booking = ListedBooking(booking_id, item_id, BOOKING_STATES[state], question, at)
        found.setdefault(number, []).append(booking)
    return found


def positions(congress_id: int, people: Collection[int] | None = None) -> dict[int, int]:
    """Return everybody's position in the workshop queues, by booking; or that of some.

    Those are counted who may move up.
    """
    queued = (
        select(BOOKED.c.id, BOOKED.c.registration_id, position_in(BOOKED, BOOKED.c.item_id))
        .join(PEOPLE, PEOPLE.c.id == BOOKED.c.registration_id)
        .where(
            # By way of the workshops: their queues are indexed, those of a congress are not.
            BOOKED.c.item_id.in_(select(ITEMS.c.id).where(ITEMS.c.congress_id == congress_id)),
            BOOKED.c.state == BookingState.WAITING,
            IN_CONGRESS,
        )
        .subquery()
    )
    statement = select(queued.c.id, queued.c.position)
    if people is not None:  # counted in the whole queue, whoever is asked about
        statement = statement.where(queued.c.registration_id.in_(people))
    return {row.id: row.position for row in db.session.execute(statement)}


def consents(people: Sequence[int]) -> dict[int, AbstractSet[str]]:
    """Return to what of `VOLUNTARY` some people agree; who agrees to nothing is left out."""
    found: dict[int, AbstractSet[str]] = {}
    nothing: AbstractSet[str] = frozenset()
    for number, purpose in _lists(AGREED, people):
        found[number] = found.get(number, nothing) | {purpose}
    return found
