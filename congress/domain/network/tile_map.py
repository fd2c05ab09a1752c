"""The map of North Rhine-Westphalia: a tile for each district, darker the more there were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress.domain.network.districts import DISTRICTS, District
from congress.domain.network.funder_report import AreaFigures
from congress.domain.network.masking import NOBODY, Count

FEW_STEP = 1  # hatched: the number is not told
STEPS = (5, 10, 25, 50)  # from how many people on a tile is a step darker
MEMBER_STEPS = (1, 2, 4, 8)  # and from how many organisations


@dataclass(frozen=True)
class Tile:
    """One district: where it lies, how many there were, and how dark it is."""

    district: District
    people: Count
    step: int


def tiles(districts: Mapping[str, AreaFigures]) -> list[Tile]:
    """Return all tiles, by the key of their districts."""
    found = ((each, districts[each.key].people) for each in DISTRICTS)
    return [Tile(each, people, step_of(people)) for each, people in found]


def tiles_of_members(numbers: Mapping[str, int]) -> list[Tile]:
    """Return all tiles with how many organisations each has; these are told."""
    found = ((each, numbers.get(each.key, 0)) for each in DISTRICTS)
    return [
        Tile(each, Count(number, number), step_of(Count(number, number), MEMBER_STEPS))
        for each, number in found
    ]


def step_of(people: Count, steps: Sequence[int] = STEPS) -> int:
    """Return 0 for nobody, 1 for too few to tell, and from 2 on how dark a tile is."""
    if people == NOBODY:
        return 0
    if people.is_small:
        return FEW_STEP
    return FEW_STEP + sum(people.least >= least for least in steps)
