"""How somebody takes part, as their own page says it: the way, the link, and the other way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from congress.domain import conditions, online
from congress.domain.conditions import first_reason
from congress.domain.hall import CONGRESS, Hall
from congress.domain.kinds import sizes
from congress.domain.mode_conditions import fits_mode
from congress.domain.modes import Mode
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.queries import contingents
from congress.queries.registrations import Opened
from congress.web.languages import gettext as _
from congress.web.mode_words import IN_SENTENCES, MODES
from congress.web.registration.cards import State, state_of


@dataclass(frozen=True)
class ModeWords:
    """How somebody takes part in a hybrid congress, and whether they can take part otherwise."""

    mode: Mode
    name: str
    other: Mode
    other_state: State  # of the places there
    is_shut: bool  # nothing can be chosen any more
    is_full: bool  # nothing is free there, and what they have is not given up for a queue


def of_own_page(own: Opened, hall: Hall) -> dict[str, Any]:
    """Return what the page needs."""
    congress, standing = own.congress, own.registration.standing
    return {
        "online_link": online.link_for(congress, standing),
        "link_comes_with_place": online.comes_with_place(congress, standing),
        "link_comes_at": online.link_comes_at(congress, standing),
        "is_online": online.takes_part_online(congress, standing.mode),
        "taking_part": in_words(own, hall),
    }


def passes_on(own: Opened, hall: Hall) -> bool:
    """Return whether somebody waits who gets the place of whoever withdraws."""
    person = own.registration.standing.person
    at, congress = hall.counted_at(person, CONGRESS), own.congress
    if person.kind in sizes(congress.rules):
        hall = contingents.holding_back(hall, congress.id, congress.rules)
    return person.has_place(CONGRESS) and conditions.passes_on(hall, at, person)


def unfit(own: Opened, hall: Hall, items: Iterable[ProgrammeItem]) -> dict[int, str]:
    """Return what somebody cannot choose because of how they take part, and why."""
    person = own.registration.standing.person
    way = IN_SENTENCES[own.registration.standing.mode]
    why = _("Whoever takes part %(mode)s cannot choose this.", mode=way)
    bookable = (item for item in items if item.bookable)
    return {item.id: why for item in bookable if fits_mode(hall, person, item.id) is not None}


def in_words(own: Opened, hall: Hall) -> ModeWords | None:
    """Return how somebody takes part; None where all do alike, or they do not."""
    standing, person = own.registration.standing, own.registration.standing.person
    if not hall.rules.is_hybrid or standing.state is RegistrationState.CANCELLED:
        return None
    other = standing.mode.other
    places = own.congress.places_in(other)
    changed = person.taking_part(other)
    may_queue = not person.in_congress and conditions.open_queue(hall, changed, CONGRESS) is None
    return ModeWords(
        standing.mode,
        str(MODES[standing.mode]),
        other,
        state_of(places),
        is_shut=first_reason(conditions.SWITCHING, hall, person, CONGRESS) is not None,
        is_full=not places.has_free_place and not may_queue,
    )
