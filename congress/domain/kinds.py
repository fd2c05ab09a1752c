"""What somebody comes as, and the places of a congress that are held back for some of them.

Whoever is of a kind that places are held back for takes one of these first, and one like everybody
else's when they are used up. What they give back is held back again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from congress.domain.rules import Rules


class PersonKind(StrEnum):
    """What somebody comes as; only organisers say anything but the first."""

    ATTENDEE = "attendee"
    CONTRIBUTOR = "contributor"
    GUEST = "guest"  # of honour
    PRESS = "press"
    TEAM = "team"


@dataclass(frozen=True)
class Contingent:
    """The places held back for one kind of people; more of them may have one."""

    places: int
    taken: int = 0
    waiting: int = 0

    @property
    def left(self) -> int:
        """How many are held back still."""
        return max(0, self.places - self.taken)

    @property
    def waits(self) -> bool:
        """Whether somebody waits whom one of them is held back for."""
        return self.left > 0 and self.waiting > 0

    def counted(self, taken: int, waiting: int) -> "Contingent":
        """Return it with more or fewer people of this kind."""
        return replace(self, taken=self.taken + taken, waiting=self.waiting + waiting)


Contingents = Mapping[PersonKind, Contingent]


# By which rule places are held back for whom.
HELD_FOR: Mapping[PersonKind, str] = {
    PersonKind.GUEST: "held_for_guests",
    PersonKind.PRESS: "held_for_press",
    PersonKind.TEAM: "held_for_team",
    PersonKind.CONTRIBUTOR: "held_for_contributors",
}


def sizes(rules: Rules) -> dict[PersonKind, int]:
    """Return for which kinds places are held back, and how many."""
    found: dict[PersonKind, int] = {kind: getattr(rules, name) for kind, name in HELD_FOR.items()}
    return {kind: places for kind, places in found.items() if places}


def held_back(contingents: Contingents) -> int:
    """Return how many places are held back still."""
    return sum(each.left for each in contingents.values())


def of_both(kept: PersonKind, other: PersonKind) -> PersonKind:
    """Return what somebody comes as who stood twice: what organisers said of either."""
    return other if kept is PersonKind.ATTENDEE else kept
