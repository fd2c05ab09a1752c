"""What training courses came to, told so that no two tables give away who is hidden in one."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.domain.network.masking import NOBODY, Count, apart, masked, total
from congress.domain.network.occasions import Occasion


@dataclass(frozen=True)
class Cohort:
    """One course that has ended, and how many of its people attended enough of its modules."""

    occasion: Occasion
    modules: int
    completed: int

    @property
    def is_recorded(self) -> bool:
        return self.occasion.came is not None

    @property
    def told_completed(self) -> Count:
        """How many completed it, beside what is told of those who came.

        Where these are told as a number, whoever came and did not complete is what is left of
        them: a group of its own, which may be small. Else it is what is left of those expected
        or, where they are not told either, of all.
        """
        return apart(self.completed, self._whole - self.completed)[0]

    @property
    def _whole(self) -> int:
        presence = self.occasion.presence
        if presence is None:
            return self.occasion.people
        came = self.occasion.came or 0
        return came if presence[0].is_exact else self.occasion.expected


@dataclass(frozen=True)
class CohortFigures:
    """What the courses that ended in a period come to."""

    cohorts: int = 0
    modules: int = 0
    municipalities: int = 0
    participants: Count = NOBODY
    recorded: int = 0  # at how many of them attendance is known
    completed: Count = NOBODY  # at these


def of_cohorts(cohorts: Sequence[Cohort], municipalities: int) -> CohortFigures:
    """Return the sum of what is told of each course."""
    known = [each for each in cohorts if each.is_recorded]
    return CohortFigures(
        len(cohorts),
        sum(each.modules for each in cohorts),
        municipalities,
        total(masked(each.occasion.people) for each in cohorts),
        len(known),
        total(each.told_completed for each in known),
    )
