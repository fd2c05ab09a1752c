"""Changing one's mind: another workshop, with the old place kept until the new one is sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.errors import Refused
from congress.domain.registration import BookingState, PlaceGiven, place_in_workshop
from congress.domain.workshops import Workshop, WorkshopsClash


class RegistrationCancelled(Refused):
    """The registration has ended; there is nothing to change any more."""


class CongressHasBegun(Refused):
    """From its beginning on, places of a congress no longer change hands here."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(starts_at)
        self.starts_at = starts_at


@dataclass(frozen=True)
class Held:
    """An active booking of the person: a place or one in a queue."""

    booking_id: int
    workshop: Workshop
    state: BookingState


@dataclass(frozen=True)
class Change:
    """What one wish changes: bookings to give up, and the new place if it is one."""

    give_up: tuple[int, ...] = ()
    place: PlaceGiven | None = None
    instead_of: int | None = None  # the booking kept until the new place is sure


def change(held: Sequence[Held], wish: Workshop, question: str = "") -> Change:
    """Decide one wish of somebody who has a place in the congress.

    A free place is taken and everything at the same time is given up for it. A full workshop is
    waited for, the place at the same time is kept meanwhile, and only one queue at a time is
    joined. Wishing for what one has means to stop waiting for something else.
    """
    same_time = [each for each in held if each.workshop.slot.overlaps(wish.slot)]
    waits = tuple(each.booking_id for each in same_time if each.state is BookingState.WAITING)
    mine = next((each for each in same_time if each.workshop.id == wish.id), None)
    if mine is not None:
        stop = waits if mine.state is BookingState.CONFIRMED else ()
        return Change(give_up=stop)
    place = place_in_workshop(wish, question)
    if place.state is BookingState.CONFIRMED:
        return Change(tuple(each.booking_id for each in same_time), place)
    kept = [each for each in same_time if each.state is BookingState.CONFIRMED]
    if len(kept) > 1:
        raise WorkshopsClash(wish, kept[1].workshop)
    return Change(waits, place, kept[0].booking_id if kept else None)


def keep_wish(held: Sequence[Held], wish: Workshop, question: str = "") -> Change:
    """Decide one wish of somebody who waits for the congress: wishes are only kept."""
    same_time = [each for each in held if each.workshop.slot.overlaps(wish.slot)]
    if any(each.workshop.id == wish.id for each in same_time):
        return Change()
    place_in_workshop(wish)  # refused where even the queue is closed
    given_up = tuple(each.booking_id for each in same_time)
    return Change(given_up, PlaceGiven(wish.id, BookingState.WAITING, question))


def require_not_begun(starts_at: datetime, now: datetime) -> None:
    """Places can be given back until the congress begins, also after the deadline."""
    if now >= starts_at:
        raise CongressHasBegun(starts_at)
