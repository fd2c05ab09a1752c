"""How many people, where few of them are not told: masked before anything is added up.

A group of one to four is never told as a number. It is taken for "one to four" where it is counted:
for one occasion, one workshop, one district in one year. Whatever is shown is made of such counts
alone, so that no total, no difference of two periods and no other page tells more (decision 0113).
"""

from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST = 5  # people of whom the number is told
MOST_HIDDEN = SMALLEST - 1


@dataclass(frozen=True)
class Count:
    """How many people there were: at least so many, and at most so many."""

    least: int = 0
    most: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.least + other.least, self.most + other.most)

    @property
    def is_exact(self) -> bool:
        return self.least == self.most

    @property
    def is_small(self) -> bool:
        """Whether it may be a group that is not told."""
        return not self.is_exact and self.least < SMALLEST

    def share_of(self, whole: int) -> tuple[int, int]:
        """Return the least and the most percent that it is of a whole; half a percent counts."""
        low, high = ((200 * each + whole) // (2 * whole) for each in (self.least, self.most))
        return low, high


NOBODY = Count()
FEW = Count(1, MOST_HIDDEN)


def masked(people: int) -> Count:
    """Return a number of people as it may be told."""
    return FEW if 0 < people < SMALLEST else Count(people, people)


def apart(one: int, other: int) -> tuple[Count, Count]:
    """Return the two parts of a group as they may be told beside their sum (`masked`).

    Where one part is hidden the other does not give it away: what is told of both is the same for
    each number that the hidden one may have.
    """
    whole = one + other
    if 0 < whole < SMALLEST:
        return Count(0, MOST_HIDDEN), Count(0, MOST_HIDDEN)
    if not (0 < one < SMALLEST or 0 < other < SMALLEST):
        return Count(one, one), Count(other, other)
    if whole < 2 * SMALLEST:  # the larger part would say which one is hidden, and how many it is
        return Count(1, whole - 1), Count(1, whole - 1)
    rest = Count(whole - MOST_HIDDEN, whole - 1)
    return (FEW, rest) if one < other else (rest, FEW)


def total(counts: Iterable[Count]) -> Count:
    """Return the sum."""
    return sum(counts, NOBODY)
