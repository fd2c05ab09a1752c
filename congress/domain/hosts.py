"""Where people lend a hand on a Social Day: the organisation that a placement is at."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from congress.domain.errors import Refused

LONGEST_NAME = 200


class HostEditedMeanwhile(Refused):
    """Somebody else has saved the host organisation since the form was opened."""


@dataclass(frozen=True)
class Host:
    """An organisation as it was typed, with one of the three sectors if it is known."""

    name: str = ""
    sector: str = ""

    @property
    def version(self) -> str:
        """What tells it from any other: nobody saves over what they have not seen."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


NOBODY = Host()


@dataclass(frozen=True)
class Hosted:
    """A placement in the list of organisers: where it is, and how many are to come."""

    code: str
    host: Host
    taken: int
    capacity: int | None


def by_sector(there: Iterable[Hosted]) -> dict[str, tuple[int, int]]:
    """Return how many host organisations each sector has, and how many people go there."""
    named = [each for each in there if each.host.name]
    hosts = Counter(sector for _name, sector in {(h.host.name, h.host.sector) for h in named})
    people: Counter[str] = Counter()
    for each in named:
        people[each.host.sector] += each.taken
    return {sector: (hosts[sector], people[sector]) for sector in sorted(hosts)}
