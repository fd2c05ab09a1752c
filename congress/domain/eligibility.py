"""Why somebody cannot register, asked before they fill anything in: every reason, in order.

The conditions are those of the doors themselves, so that no page offers what registering refuses.
A further rule is one condition in `conditions.REGISTERING` (or `AT_A_PLACE`) and one sentence in
`web.refusals`: the pages and their test find both.
"""

from congress.domain import conditions
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, NOBODY, Hall, Key, Person
from congress.domain.registration import CongressCalledOff, CongressOver, UnknownWorkshop

# After one of these nothing else is worth saying.
FINAL = (CongressCalledOff, CongressOver, UnknownWorkshop)


def eligibility(hall: Hall, person: Person = NOBODY, key: Key = CONGRESS) -> list[Refused]:
    """Return all that keeps somebody from registering; nothing where they may, or may queue.

    With a workshop as `key` also what keeps them from that workshop.
    """
    at_the_door = _reasons(conditions.REGISTERING, hall, person, CONGRESS)
    keys = [CONGRESS] if key is CONGRESS else [CONGRESS, key]
    at_places = [reason for each in keys for reason in choosing(hall, person, each)]
    return _up_to_final([*at_the_door, *at_places])


def choosing(hall: Hall, person: Person, key: Key) -> list[Refused]:
    """Return all that keeps somebody from one place, whatever the door says."""
    if key is not CONGRESS and key not in hall.workshops:
        return [UnknownWorkshop()]
    return _reasons(conditions.AT_A_PLACE, hall, person, key)


def moves_nobody_up(hall: Hall, key: Key = CONGRESS) -> Refused | None:
    """Return why a queue is not worth joining any more, though one can."""
    return conditions.first_reason(conditions.MOVING_UP, hall, NOBODY, key)


def _reasons(
    doors: tuple[conditions.Condition, ...], hall: Hall, person: Person, key: Key
) -> list[Refused]:
    found = (condition(hall, person, key) for condition in doors)
    return [reason for reason in found if reason is not None]


def _up_to_final(reasons: list[Refused]) -> list[Refused]:
    final = next((each for each in reasons if isinstance(each, FINAL)), None)
    return reasons if final is None else [final]
