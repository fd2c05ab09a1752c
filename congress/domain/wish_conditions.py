"""What stands between somebody and a place that is given by wishes (`domain.conditions`)."""

from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall, Key, Person
from congress.domain.registration import GivenByWishes


def not_by_wishes(hall: Hall, _person: Person, key: Key) -> Refused | None:
    """Until the wishes of all are in nobody takes a place there, waits for one, or moves up."""
    if key is CONGRESS or not hall.workshops[key].by_wishes:
        return None
    return GivenByWishes(hall.workshops[key].title)
