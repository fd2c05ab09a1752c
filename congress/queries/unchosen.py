"""Who has not chosen anew since a workshop was called off: nothing else at its time.

Whoever has a place at that time, or waits for one, has chosen.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from congress.domain import allocation
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.workshops import Allocation
from congress.extensions import db
from congress.models import Booking, Registration
from congress.models import ProgrammeItem as Item
from congress.queries.programme import beside_each_other

CALLED_OFF, INSTEAD = aliased(Item), aliased(Item)
LOST, OTHER = aliased(Booking), aliased(Booking)
# Whoever waits for an answer chooses nothing meanwhile.
ONLY_ASKED = select(Registration.id).where(Registration.state == RegistrationState.REQUESTED)


@dataclass(frozen=True)
class Unchosen:
    """How many people of a called-off workshop have not chosen anew, and of how many."""

    people: int
    of: int


def called_off(items: Sequence[ProgrammeItem], by_default: Allocation) -> list[int]:
    """Return the called-off workshops in whose place one chooses: by wishes one ranks instead."""
    off = [item.id for item in items if item.bookable and item.face.cancelled]
    by_wishes = allocation.unassigned(items, by_default) if off else ()
    return [key for key in off if key not in by_wishes]


def counts(items: Sequence[ProgrammeItem], by_default: Allocation) -> dict[int, Unchosen]:
    """Return of each called-off workshop who has not chosen anew, where there is anybody."""
    off = called_off(items, by_default)
    if not off:
        return {}
    statement = _of(off, items).add_columns(LOST.item_id, func.count())
    people = {row[0]: row[1] for row in db.session.execute(statement.group_by(LOST.item_id))}
    everybody = (
        select(Booking.item_id, func.count())
        .where(
            Booking.item_id.in_(off),
            Booking.registration_id.not_in(ONLY_ASKED),
            Booking.state != BookingState.CANCELLED,
        )
        .group_by(Booking.item_id)
    )
    of = {row[0]: row[1] for row in db.session.execute(everybody)}
    return {key: Unchosen(number, of[key]) for key, number in people.items()}


def people(item_id: int, items: Sequence[ProgrammeItem]) -> Select[*tuple[Any, ...]]:
    """Choose the registrations of one called-off workshop, as part of another statement."""
    return _of([item_id], items).add_columns(LOST.registration_id)


def _of(off: Collection[int], items: Sequence[ProgrammeItem]) -> Select[*tuple[Any, ...]]:
    held = [item.id for item in items if item.can_be_had]
    has_other = (
        select(OTHER.id)
        .join(INSTEAD, INSTEAD.id == OTHER.item_id)
        .where(
            OTHER.registration_id == LOST.registration_id,
            OTHER.state != BookingState.CANCELLED,
            OTHER.item_id.in_(held),
            INSTEAD.released_starts_at < CALLED_OFF.released_ends_at,
            CALLED_OFF.released_starts_at < INSTEAD.released_ends_at,
            beside_each_other(INSTEAD, CALLED_OFF),
        )
    )
    return (
        select()
        .select_from(LOST)
        .join(CALLED_OFF, CALLED_OFF.id == LOST.item_id)
        .where(
            LOST.item_id.in_(off),
            LOST.registration_id.not_in(ONLY_ASKED),
            LOST.state != BookingState.CANCELLED,
            ~has_other.exists(),
        )
    )
