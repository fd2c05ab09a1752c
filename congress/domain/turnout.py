"""How many people were registered at the end of each week, and how that is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, count
from zoneinfo import ZoneInfo

from congress.domain.times.local_time import start_of_day

MOST_WEEKS = 26
STEPS = (1, 2, 5)  # times a power of ten: what the lines of a chart stand for
MOST_LINES = 5


@dataclass(frozen=True)
class Week:
    """One week, from Monday: who came, who left, and how many were registered at its end."""

    monday: date
    came: int
    left: int
    total: int


def mondays(begins: datetime, now: datetime, zone: ZoneInfo) -> list[date]:
    """Return the Mondays of the weeks from one moment to now, at most half a year of them."""
    first, last = (_monday(each.astimezone(zone).date()) for each in (min(begins, now), now))
    many = min((last - first).days // 7 + 1, MOST_WEEKS)
    return [last - timedelta(weeks=back) for back in reversed(range(many))]


def ends(weeks: Sequence[date], zone: ZoneInfo) -> list[datetime]:
    """Return the moments (UTC) at which all weeks but the last are over."""
    return [start_of_day(monday, zone).astimezone(UTC) for monday in weeks[1:]]


def turnout(
    weeks: Sequence[date], came: Mapping[int, int], left: Mapping[int, int]
) -> tuple[Week, ...]:
    """Return the weeks with their sums; what was before them counts in the first."""
    numbers = range(len(weeks))
    totals = accumulate(came.get(each, 0) - left.get(each, 0) for each in numbers)
    return tuple(
        Week(monday, came.get(at, 0), left.get(at, 0), total)
        for at, monday, total in zip(numbers, weeks, totals, strict=True)
    )


def lines(most: int) -> list[int]:
    """Return the round numbers from 0 at which a chart up to `most` has its lines."""
    steps = (step * 10**power for power in count() for step in STEPS)
    step = next(each for each in steps if each * (MOST_LINES - 1) >= most)
    return [step * at for at in range(-(-most // step) + 1)]


@dataclass(frozen=True)
class Chart:
    """A line as wide and as high as it is drawn, in the units of the drawing."""

    width: int
    height: int
    left: int
    bottom: int
    values: Sequence[int]
    marks: Sequence[int]

    @property
    def points(self) -> list[tuple[float, float]]:
        """Where each value stands."""
        apart = (self.width - self.left - 8) / max(1, len(self.values) - 1)
        return [
            (round(self.left + at * apart, 1), self.y(value))
            for at, value in enumerate(self.values)
        ]

    def y(self, value: int) -> float:
        """How far from the top a value stands."""
        high = self.height - self.bottom - 24
        return round(self.height - self.bottom - high * value / max(1, *self.marks), 1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
