"""What comes of an assignment that was worked out: places with a proof, or what cannot be kept."""

from dataclasses import dataclass

from congress.domain.assignment.faults import Fault
from congress.domain.assignment.problem import Assignment


@dataclass(frozen=True)
class Level:
    """One level of the objective: what was reached, and what is proven not to be undercut."""

    name: str
    value: int
    bound: int

    @property
    def gap(self) -> int:
        """How much better it could be at most; 0 where it is proven to be the best."""
        return max(0, self.value - self.bound)


@dataclass(frozen=True)
class Solved:
    """An assignment, its levels, and what found it in how many seconds."""

    assignment: Assignment
    levels: tuple[Level, ...]
    version: str
    seconds: float

    @property
    def is_proven(self) -> bool:
        """Whether nothing is better."""
        return all(each.gap == 0 for each in self.levels)


@dataclass(frozen=True)
class Impossible:
    """Nothing keeps all limits: what stands against it, named."""

    faults: tuple[Fault, ...]
