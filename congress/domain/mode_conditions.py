"""What stands between somebody and a place because of how they take part (`domain.conditions`)."""

from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall, Key, Person
from congress.domain.modes import ModeFull, NotHybrid, NotInThisMode
from congress.domain.registration import CongressFull


def both_ways(hall: Hall, _person: Person, _key: Key) -> Refused | None:
    """One chooses how to take part where both ways have places."""
    return None if hall.rules.is_hybrid else NotHybrid()


def fits_mode(hall: Hall, person: Person, key: Key) -> Refused | None:
    """Some workshops of a hybrid congress can be visited on site only, or online only."""
    if key is CONGRESS or person.mode is None or not hall.rules.is_hybrid:
        return None
    workshop = hall.workshops[key]
    if workshop.mode.fits(person.mode):
        return None
    return NotInThisMode(workshop.title, person.mode.other)


def full(hall: Hall, person: Person) -> Refused:
    """Return that there is no place and no queue, in the way that somebody wants to take part."""
    if person.mode is None or not hall.rules.is_hybrid:
        return CongressFull()
    return ModeFull(person.mode)
