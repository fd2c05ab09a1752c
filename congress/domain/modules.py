"""The modules of a training course, which are its days, and how many of them somebody attended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from congress.domain.congresses import Congress, CongressKind

WHOLE = 100  # percent


@dataclass(frozen=True)
class Share:
    """How many modules somebody attended, of those that were held."""

    attended: int
    held: int

    @property
    def percent(self) -> int:
        """The share, rounded down: nobody reads 80 % who has less."""
        return WHOLE * self.attended // self.held if self.held else 0

    def reaches(self, percent: int) -> bool:
        """Return whether that is enough; of nothing that was held nothing is missing."""
        return WHOLE * self.attended >= percent * self.held


def held(congress: Congress, now: datetime) -> tuple[date, ...]:
    """Return the days of a congress that have begun, as its own clocks name them."""
    begun = (slot.starts_at for slot in congress.days if slot.starts_at <= now)
    return tuple(each.astimezone(congress.zone).date() for each in begun)


def begun(congress: Congress, now: datetime) -> tuple[date, ...]:
    """Return the days of a course that are modules which have begun; of anything else none."""
    return held(congress, now) if congress.is_course else ()


def share_of(days: Collection[date], attended: Collection[date]) -> Share:
    """Return how many of these days somebody attended; what was moved away does not count."""
    return Share(len(set(days) & set(attended)), len(days))


def count_of(kind: CongressKind, days: int, lasts: timedelta) -> int:
    """Return of how many modules it consists: 0 where its days follow on one another.

    As `Congress.is_course`, for whoever knows only how many days it has, and the time from the
    beginning of the first to the end of the last.
    """
    return days if kind is CongressKind.TRAINING and lasts.days >= days else 0
