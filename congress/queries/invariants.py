"""What must be true of every congress after every use case; an empty answer means it is.

Each check is one statement over all congresses, so that it can also be asked of a large database.
"""

from collections.abc import Callable

from sqlalchemy import ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from congress.domain.congresses import CongressState
from congress.domain.registration import BookingState, RegistrationState
from congress.extensions import db
from congress.models import (
    AccessToken,
    Announcement,
    Booking,
    CalendarEntry,
    Congress,
    ProgrammeItem,
    Registration,
)


def list_broken() -> list[str]:
    """Return one line for each thing that is not as it must be (REL-07)."""
    return [
        f"{sentence}: {row}"
        for sentence, statement in CHECKS.items()
        for row in db.session.scalars(statement())
    ]


def _congress_counter(counter: InstrumentedAttribute[int], state: RegistrationState) -> Select[int]:
    return select(Congress.id).where(counter != _registrations_of(Congress.id, state))


def _registrations_of(
    congress_id: InstrumentedAttribute[int], state: RegistrationState
) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(Registration.congress_id == congress_id, Registration.state == state)
        .scalar_subquery()
    )


def _workshop_counter(counter: InstrumentedAttribute[int], state: BookingState) -> Select[int]:
    counted = (
        select(func.count())
        .select_from(Booking)
        .join(Registration, Registration.id == Booking.registration_id)
        .where(
            Booking.item_id == ProgrammeItem.id,
            Booking.state == state,
            Registration.state == RegistrationState.CONFIRMED,
        )
        .scalar_subquery()
    )
    return select(ProgrammeItem.id).where(counter != counted)


def _too_many(table: type[Congress] | type[ProgrammeItem]) -> Select[int]:
    return select(table.id).where(
        table.capacity.is_not(None), table.taken > table.capacity + table.overbooked
    )


def _left_empty(table: type[Congress] | type[ProgrammeItem]) -> Select[int]:
    """A free place while somebody waits who may have it."""
    statement = select(table.id).where(
        table.waiting > 0, or_(table.capacity.is_(None), table.taken < table.capacity)
    )
    if table is Congress:
        return statement.where(Congress.state == CongressState.PUBLISHED)
    return statement.join(Congress, Congress.id == ProgrammeItem.congress_id).where(
        Congress.state == CongressState.PUBLISHED, ProgrammeItem.cancelled.is_(False)
    )


def _booked_without_registration() -> Select[int]:
    return (
        select(Booking.id)
        .join(Registration, Registration.id == Booking.registration_id)
        .where(
            or_(
                and_(
                    Booking.state == BookingState.CONFIRMED,
                    Registration.state != RegistrationState.CONFIRMED,
                ),
                and_(
                    Booking.state != BookingState.CANCELLED,
                    Registration.state == RegistrationState.CANCELLED,
                ),
            )
        )
    )


def _in_two_places_at_once() -> Select[int]:
    one, other = aliased(Booking), aliased(Booking)
    first, second = aliased(ProgrammeItem), aliased(ProgrammeItem)
    return (
        select(one.registration_id)
        .join(other, and_(other.registration_id == one.registration_id, other.id > one.id))
        .join(first, first.id == one.item_id)
        .join(second, second.id == other.item_id)
        .where(
            one.state == BookingState.CONFIRMED,
            other.state == BookingState.CONFIRMED,
            first.released_starts_at < second.released_ends_at,
            second.released_starts_at < first.released_ends_at,
        )
    )


def _without_link() -> Select[int]:
    linked = select(AccessToken.id).where(AccessToken.registration_id == Registration.id).exists()
    return select(Registration.id).where(~linked)


def _calendar_differs() -> Select[int]:
    """In the congress means a confirmed entry in the calendar, and the other way round.

    While news is still being told, those who are not told yet have the old entries.
    """
    being_told = (
        select(Announcement.id)
        .where(
            Announcement.congress_id == Congress.id,
            Announcement.finished_at.is_(None),
            Announcement.told_up_to < Registration.id,
        )
        .exists()
    )
    entry = (
        select(CalendarEntry.id)
        .where(
            CalendarEntry.registration_id == Registration.id, CalendarEntry.status == "CONFIRMED"
        )
        .exists()
    )
    return (
        select(Registration.id)
        .join(Congress, Congress.id == Registration.congress_id)
        .where(
            and_(
                Registration.state == RegistrationState.CONFIRMED,
                Congress.state != CongressState.CANCELLED,
            )
            != entry,
            ~being_told,
        )
    )


CHECKS: dict[str, Callable[[], Select[int]]] = {
    "taken places of a congress differ from its registrations": lambda: _congress_counter(
        Congress.taken, RegistrationState.CONFIRMED
    ),
    "the queue of a congress is miscounted": lambda: _congress_counter(
        Congress.waiting, RegistrationState.WAITING
    ),
    "taken places of a workshop differ from its bookings": lambda: _workshop_counter(
        ProgrammeItem.taken, BookingState.CONFIRMED
    ),
    "the queue of a workshop is miscounted": lambda: _workshop_counter(
        ProgrammeItem.waiting, BookingState.WAITING
    ),
    "more people than places in a congress": lambda: _too_many(Congress),
    "more people than places in a workshop": lambda: _too_many(ProgrammeItem),
    "a place of a congress is empty while people wait": lambda: _left_empty(Congress),
    "a place of a workshop is empty while people wait": lambda: _left_empty(ProgrammeItem),
    "a workshop place without a place in the congress": _booked_without_registration,
    "somebody sits in two workshops at once": _in_two_places_at_once,
    "a registration without a link": _without_link,
    "the calendar says something else than the registration": _calendar_differs,
}
