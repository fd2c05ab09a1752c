"""What organisers decided by hand of people's workshops, as far as it holds for an assignment."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from congress.base import columns_of, table_of
from congress.domain.assignment.decisions import Decided, holds
from congress.domain.names import full_name
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.slots import Slot
from congress.extensions import db
from congress.models import AuditLine, Booking, Registration, WishDecision

DECISIONS, PEOPLE, LINES = map(table_of, (WishDecision, Registration, AuditLine))
BOOKINGS = table_of(Booking)
VERBS = (
    *("wish_decided", "wish_barred", "wish_nothing_decided"),
    *("wish_decision_taken_back", "wish_one_taken_back", "wish_nothing_taken_back"),
)


@dataclass(frozen=True)
class Decision:
    """What was decided of somebody and a workshop, or a workshop of the time it is about."""

    registration_id: int
    person: str
    organisation: str
    item_id: int
    decided: Decided
    is_released: bool


def of_person(registration_id: int, slots: Iterable[Slot]) -> dict[int, Decision]:
    """Return what holds of somebody in some choices, by workshop."""
    found = _holding(slots, DECISIONS.c.registration_id == registration_id)
    return {each.item_id: each for each in found}


def of_congress(congress_id: int, slots: Iterable[Slot]) -> list[Decision]:
    """Return what holds in some choices, a line for each workshop, by the names of the people."""
    return _holding(slots, DECISIONS.c.congress_id == congress_id)


def listed(congress_id: int, slots: Collection[Slot]) -> list[Decision]:
    """Return what holds in some choices as organisers decided it.

    That somebody has none at a time is one decision, however many workshops there are.
    """
    choice_of = _choice_of(slots)
    found: dict[tuple[int, int, bool], Decision] = {}
    for each in of_congress(congress_id, slots):
        of_time = each.decided.of_time
        about = choice_of[each.item_id] if of_time else each.item_id
        found.setdefault((each.registration_id, about, of_time), each)
    return list(found.values())


def _choice_of(slots: Iterable[Slot]) -> dict[int, int]:
    return {item.id: slot.key for slot in slots for item in slot.workshops}


def _holding(slots: Iterable[Slot], about: ColumnElement[bool]) -> list[Decision]:
    """Return what holds of people with a place at the event."""
    slots = list(slots)
    choice_of = _choice_of(slots)
    held = {item.id for slot in slots for item in slot.workshops if not item.face.cancelled}
    rows = db.session.execute(
        select(
            *columns_of(DECISIONS, "registration_id item_id is_given of_time released_at"),
            *columns_of(PEOPLE, "given_name family_name organisation"),
            BOOKINGS.c.state.label("place"),
        )
        .join(PEOPLE, PEOPLE.c.id == DECISIONS.c.registration_id)
        .outerjoin(BOOKINGS, BOOKINGS.c.id == DECISIONS.c.booking_id)
        .where(
            about,
            DECISIONS.c.item_id.in_(choice_of),
            PEOPLE.c.state == RegistrationState.CONFIRMED,
        )
        .order_by(PEOPLE.c.family_key, PEOPLE.c.id, DECISIONS.c.item_id)
    ).all()
    of_time = {row.registration_id for row in rows if row.of_time and row.released_at is not None}
    busy = _busy(of_time, held, choice_of)
    found = []
    for row in rows:
        decided, is_released = Decided(row.is_given, row.of_time), row.released_at is not None
        if holds(
            decided,
            is_released=is_released,
            has_it=row.place == BookingState.CONFIRMED and row.item_id in held,
            has_any=(row.registration_id, choice_of[row.item_id]) in busy,
        ):
            name = full_name(row.given_name, row.family_name)
            about_whom = (row.registration_id, name, row.organisation)
            found.append(Decision(*about_whom, row.item_id, decided, is_released))
    return found


def _busy(
    people: Collection[int], item_ids: Collection[int], choice_of: Mapping[int, int]
) -> set[tuple[int, int]]:
    """Return who of these has a place in which choices."""
    if not people:
        return set()
    rows = db.session.execute(
        select(*columns_of(BOOKINGS, "registration_id item_id")).where(
            BOOKINGS.c.registration_id.in_(people),
            BOOKINGS.c.item_id.in_(item_ids),
            BOOKINGS.c.state == BookingState.CONFIRMED,
        )
    )
    return {(person, choice_of[item]) for person, item in rows}


def count_since(congress_id: int, moment: datetime) -> int:
    """Return how often anything was decided or taken back since a moment, by the log."""
    statement = select(func.count()).where(
        LINES.c.congress_id == congress_id, LINES.c.verb.in_(VERBS), LINES.c.at > moment
    )
    return db.session.scalars(statement).one()
