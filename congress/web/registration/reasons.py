"""Why somebody cannot register, in words: what it is, and why and what one can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain import openings
from congress.domain.congresses import Congress
from congress.domain.course import Course, course
from congress.domain.eligibility import choosing, eligibility
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NOBODY, Hall, Key, Person
from congress.domain.programme import ProgrammeItem
from congress.queries import contingents
from congress.web import refusals


@dataclass(frozen=True)
class Why:
    """One reason as pages say it: a heading without a full stop, then sentences."""

    heading: str
    sentence: str


def why_not(
    congress: Congress,
    now: datetime,
    items: Sequence[ProgrammeItem] = (),
    key: Key = CONGRESS,
    comer: Person = NOBODY,
) -> Why | None:
    """Return why somebody cannot register now, for the congress or for one of these items."""
    hall = contingents.hall_for(comer, congress, items, now=now)
    return _first(eligibility(hall, comer, key), congress)


def why_not_chosen(
    congress: Congress, now: datetime, items: Sequence[ProgrammeItem]
) -> dict[int, str]:
    """Return why some of these workshops cannot be chosen in an open form, by number."""
    hall = Hall.of(congress, items, now=now)
    found = {key: _first(choosing(hall, NOBODY, key), congress) for key in hall.workshops}
    return {key: why.sentence for key, why in found.items() if why is not None}


def is_awaited(congress: Congress, now: datetime) -> bool:
    """Return whether one can ask to be told when registration opens."""
    return openings.is_awaited(Hall.of(congress, (), now=now))


def has_begun(congress: Congress, now: datetime) -> bool:
    """Return whether whoever waits moves up no more by themself."""
    return course(congress, now) is Course.BEGUN


def _first(reasons: Sequence[Refused], congress: Congress) -> Why | None:
    if not reasons:
        return None
    [reason, *_] = reasons
    zone = congress.zone
    return Why(refusals.heading(reason, zone), refusals.reason(reason, zone))
