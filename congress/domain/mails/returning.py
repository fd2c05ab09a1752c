"""A workshop that takes place after all, for whoever chose another one in its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.mails.messages import LetterFacts, WorkshopFacts
from congress.domain.programme import GOES_ALONG
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Workshop


@dataclass(frozen=True)
class Returned:
    """What somebody had chosen, and the place they have at that time now."""

    workshop: WorkshopFacts
    instead: WorkshopFacts | None


def returned(letter: LetterFacts) -> tuple[Returned, ...]:
    """Return what takes place after all and is no booking of this person any more."""
    return tuple(Returned(each, place_at(each, letter)) for each in letter.get("returned", ()))


def may_be_ranked(letter: LetterFacts) -> bool:
    """Return whether anything of it had been ranked as a wish, and may be again."""
    return any("ranked" in each for each in letter.get("returned", ()))


def still_returned(older: LetterFacts, newer: LetterFacts) -> list[WorkshopFacts]:
    """Return what two letters tell of that: not what is booked again, or called off again."""
    booked = {each.get("id") for each in (*newer["confirmed"], *newer["waiting"])}
    over = booked | set(newer.get("off_again", ()))
    told: Sequence[WorkshopFacts] = (*older.get("returned", ()), *newer.get("returned", ()))
    latest = {each.get("id"): each for each in told}
    return [each for number, each in latest.items() if number not in over]


def place_at(workshop: WorkshopFacts, letter: LetterFacts) -> WorkshopFacts | None:
    """Return what somebody has at the time of a workshop, if anything that takes place."""
    wanted = as_workshop(workshop)
    places = (each for each in letter["confirmed"] if not each.get("cancelled"))
    return next((each for each in places if as_workshop(each).meets(wanted)), None)


def as_workshop(workshop: WorkshopFacts) -> Workshop:
    """Return what a letter states of a workshop as the rules of booking know it."""
    starts_at, ends_at = map(datetime.fromisoformat, (workshop["starts_at"], workshop["ends_at"]))
    slot, kind = TimeSlot(starts_at, ends_at), workshop.get("kind", "")
    return Workshop(0, {}, slot, alongside=kind if kind in GOES_ALONG else "")
