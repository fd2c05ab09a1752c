"""Groups that come only together: all of one have a place in the congress, or all wait.

At its turn in the queue such a group moves up when there are places for all of it that wait; until
then it is passed over, and whoever comes behind is served. Workshops are each their own, and
what organisers decide by hand they decide about each person.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Hall, Key, Person
from congress.domain.kinds import held_back
from congress.domain.quotas import QuotaReached


@dataclass(eq=False)
class GroupDoesNotFit(Refused):
    """There are fewer free places than people of a group that comes only together."""

    people: int


def why_not_all(hall: Hall, people: Sequence[Person]) -> Refused | None:
    """Return why these people cannot all have a place in the congress now."""
    for at in {hall.counted_at(each, CONGRESS) for each in people}:
        if not _is_room_for(hall, at, people):
            return GroupDoesNotFit(len(people))
    for key, count in Counter(each.quota_key for each in people).items():
        sends = hall.delegations.get(key)
        if sends is not None and sends.places is not None and sends.taken + count > sends.places:
            return QuotaReached(sends.places)
    return None


def _is_room_for(hall: Hall, at: Key, people: Sequence[Person]) -> bool:
    """Return whether there are places for all who are counted there.

    Some may have one that is held back for people like them.
    """
    places = hall.places[at]
    here = [each for each in people if hall.counted_at(each, CONGRESS) == at]
    if places.left is None or places.empty is None:
        return True
    kinds = Counter(each.kind for each in here if hall.contingent(each, CONGRESS))
    held = sum(min(count, hall.contingents[kind].left) for kind, count in kinds.items())
    return len(here) <= places.empty and len(here) - held <= places.left


def never_all(hall: Hall, people: Sequence[Person]) -> Refused | None:
    """Return why these people can never all have a place, however many leave: they are too many."""
    return why_not_all(_emptied(hall), people)


def _emptied(hall: Hall) -> Hall:
    """Return a congress in which nobody has a place; what is held back for others stays so."""
    contingents = {kind: replace(each, taken=0) for kind, each in hall.contingents.items()}
    places = {key: replace(each, taken=0) for key, each in hall.places.items()}
    places[CONGRESS] = replace(places[CONGRESS], held_back=held_back(contingents))
    sent = {key: replace(each, taken=0) for key, each in hall.delegations.items()}
    return replace(hall, places=places, delegations=sent, contingents=contingents)


def waiting_with(hall: Hall, person: Person, key: Key) -> tuple[Person, ...]:
    """Return who moves up at the same time: whoever of the group waits, or one person alone."""
    return _mates(hall, person, key, lambda each: each.waits_for(CONGRESS))


def offered_with(hall: Hall, person: Person, key: Key) -> tuple[Person, ...]:
    """Return for whom an answer to an offer counts: it is one offer to a whole group."""
    return _mates(hall, person, key, lambda each: each.is_offered(CONGRESS))


def with_group(hall: Hall, person: Person, key: Key) -> Refused | None:
    """Nobody of a group that comes only together moves up before there is room for all of it."""
    mates = waiting_with(hall, person, key)
    return why_not_all(hall, mates) if len(mates) > 1 else None


def _mates(
    hall: Hall, person: Person, key: Key, is_one: Callable[[Person], bool]
) -> tuple[Person, ...]:
    numbers = hall.groups.get(person.group or 0, ()) if key is CONGRESS else ()
    mates = (hall.people[number] for number in numbers if number in hall.people)
    found = tuple(each for each in mates if is_one(each))
    return found if person.id in {each.id for each in found} else (person,)
