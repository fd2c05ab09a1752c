"""Calling off one workshop at once, and what its people get: a place elsewhere, and time."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.planning.item_plan import EditedItem
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import end_of_day


class NotToBeCalledOff(Refused):
    """A workshop is not public, has begun or is called off already."""


class NoTimeToChoose(Refused):
    """The last day to choose again is over, or the event has begun by then."""


def require_can_be_called_off(item: EditedItem, state: CongressState, *, now: datetime) -> None:
    """Refuse what nobody could have booked, what has begun and what is called off already."""
    face = item.released
    is_on = state is CongressState.PUBLISHED and item.plan.bookable
    if not is_on or face is None or face.cancelled or face.slot.starts_at <= now:
        raise NotToBeCalledOff


def mark_of(item: EditedItem, ranked: int = 0) -> str:
    """Return what a question about calling a workshop off rests on: its values, and whom it tells.

    Those are who is in it, and how many others `ranked` it where places are given by wishes.
    Registering goes on while one thinks about it.
    """
    places = (item.places.taken, item.places.waiting, ranked)
    values = (item.plan.version, item.changes, places)
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def chooses_until(day: date | None, congress: Congress, *, now: datetime) -> datetime | None:
    """Return until when its people may choose again; None where they may so long in any case.

    The day counts to its end, and the beginning of the event ends it all. Raises NoTimeToChoose.
    """
    if day is None:
        return None
    if day >= congress.starts_at.astimezone(congress.zone).date():
        raise NoTimeToChoose
    until = end_of_day(day, congress.zone)
    if until <= now:
        raise NoTimeToChoose
    return until if until > congress.period.changes_close_at else None


def substitutes(off: EditedItem, items: Sequence[ProgrammeItem]) -> list[ProgrammeItem]:
    """Return the workshops with free places that can stand in, those at the same time first."""
    found = [
        item
        for item in items
        if item.bookable
        and item.id != off.id
        and not item.face.cancelled
        and item.places.has_free_place
    ]
    called_off = replace(off, working=off.released or off.working).as_published()
    return sorted(found, key=lambda item: not item.meets(called_off))
