"""The morning of the small world given anew by wishes, as a later run would be released."""

from collections.abc import Sequence

from congress.domain.assigning import Assign
from congress.domain.assignment.giving import Given, plan
from congress.domain.hall import Person
from congress.domain.registration import RegistrationState
from tests.domain.places_world import WORKSHOPS, World

MORNING = (1, 2, 3)


def given_anew(world: World, first: int, rankings: Sequence[list[int]]) -> Assign:
    """One after the other, from `first` on, everybody gets the dearest that there is room for."""
    everybody = [each for _number, each in sorted(world.people.items()) if is_asked(world, each)]
    start = first % max(1, len(everybody))
    found = []
    left = {key: places_left(world, key, everybody) for key in MORNING}
    for lot, person in enumerate([*everybody[start:], *everybody[:start]], 1):
        ranking = [key for key in rankings[lot % len(rankings)] if key not in world.called_off]
        gets = next((key for key in ranking if left[key] > 0), None)
        rank = None if gets is None else ranking.index(gets) + 1
        if gets is not None:
            left[gets] -= 1
        dearer = [(key, at) for at, key in enumerate(ranking, 1) if rank is None or at < rank]
        found.append(Given(person.id, MORNING[0], gets, rank, lot, tuple(dearer)))
    places = {key: world.places[key] for key in WORKSHOPS}
    return plan(found, world.people, places, {MORNING[0]: MORNING}, is_first=False).wanted


def is_asked(world: World, person: Person) -> bool:
    """Whether somebody may get another place: nothing they have is called off, or goes with it."""
    is_bound = world.bound and person.booked(4) is not None
    is_called_off = any(person.has_place(key) for key in world.called_off)
    return person.state is RegistrationState.CONFIRMED and not is_bound and not is_called_off


def places_left(world: World, key: int, everybody: Sequence[Person]) -> float:
    """How many places there are for those who are asked."""
    places = world.places[key]
    if places.capacity is None:
        return float("inf")
    return places.capacity - places.taken + sum(each.has_place(key) for each in everybody)
