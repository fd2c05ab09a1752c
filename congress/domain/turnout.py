"""How many people were registered week by week before the event, and how that is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, count
from zoneinfo import ZoneInfo

from congress.domain.times.local_time import start_of_day

MOST_WEEKS = 26
STEPS = (1, 2, 5)  # times a power of ten: what the lines of a chart stand for
MOST_LINES = 5


@dataclass(frozen=True)
class Week:
    """One week: the day it begins on, who came, who left, how many were registered at its end.

    `before` is how many the last edition had at the same distance from its day.
    """

    begins: date
    came: int
    left: int
    total: int
    before: int | None = None


@dataclass(frozen=True)
class Edition:
    """When one edition is, where: what a distance from the day is counted from."""

    day: date
    zone: ZoneInfo

    def distance(self, moment: datetime) -> float:
        """Return how many days before the beginning of the day a moment is; negative after it."""
        local = moment.astimezone(self.zone)
        passed = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
        return (self.day - local.date()).days - passed / timedelta(days=1)

    def at(self, distance: float) -> datetime:
        """Return the moment (UTC) so many days before the day, by the clock on the wall."""
        wall = datetime.combine(self.day, time()) - timedelta(days=distance)
        return wall.replace(tzinfo=self.zone).astimezone(UTC)


def weeks(begins: datetime, until: datetime, edition: Edition) -> list[date]:
    """Return the first days of the weeks from one moment to another, at most half a year of them.

    They are counted from the day of the event, so that those of two editions lie side by side.
    """
    first, last = (
        _first_day(each.astimezone(edition.zone).date(), edition.day)
        for each in (min(begins, until), until)
    )
    many = min((last - first).days // 7 + 1, MOST_WEEKS)
    return [last - timedelta(weeks=back) for back in reversed(range(many))]


def ends(days: Sequence[date], zone: ZoneInfo) -> list[datetime]:
    """Return the moments (UTC) at which all weeks but the last are over."""
    return [start_of_day(day, zone).astimezone(UTC) for day in days[1:]]


def turnout(
    days: Sequence[date],
    came: Mapping[int, int],
    left: Mapping[int, int],
    before: Sequence[int] | None = None,
) -> tuple[Week, ...]:
    """Return the weeks with their sums; what was before them counts in the first."""
    numbers = range(len(days))
    totals = accumulate(came.get(each, 0) - left.get(each, 0) for each in numbers)
    return tuple(
        Week(day, came.get(at, 0), left.get(at, 0), total, before[at] if before else None)
        for at, day, total in zip(numbers, days, totals, strict=True)
    )


def lines(most: int) -> list[int]:
    """Return the round numbers from 0 at which a chart up to `most` has its lines."""
    steps = (step * 10**power for power in count() for step in STEPS)
    step = next(each for each in steps if each * (MOST_LINES - 1) >= most)
    return [step * at for at in range(-(-most // step) + 1)]


Line = Sequence[tuple[float, int]]  # days before the event, people registered then


@dataclass(frozen=True)
class Chart:
    """Lines over the days before the event, as wide and high as drawn, in its units."""

    width: int
    height: int
    left: int
    bottom: int
    first: float  # days before the event at the left edge
    last: float  # at the right one: 0, or less once the event has begun
    marks: Sequence[int]

    def points(self, line: Line) -> list[tuple[float, float]]:
        """Return where each value stands."""
        return [(self.x(distance), self.y(value)) for distance, value in line]

    def x(self, distance: float) -> float:
        """How far from the left edge so many days before the event stand."""
        wide = self.width - self.left - 8
        return round(self.left + wide * (self.first - distance) / (self.first - self.last), 1)

    def y(self, value: int) -> float:
        """How far from the top a value stands."""
        high = self.height - self.bottom - 24
        return round(self.height - self.bottom - high * value / max(1, *self.marks), 1)


def _first_day(day: date, of: date) -> date:
    """Return the beginning of the week in which a day lies, counted from the day of the event."""
    return of - timedelta(weeks=-((day - of).days // 7))
