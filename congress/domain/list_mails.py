"""A link to the files of a saved view, mailed in a rhythm to whoever asked for it.

The mail states nobody's name: what is in the list stands behind the login (GDPR-09).
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from congress.domain.errors import Refused
from congress.domain.times import local_time

DAYS_IN_WEEK, HOURS = 7, range(24)
USUAL_DAY, USUAL_HOUR = 0, 7


class ListMailsOver(Refused):
    """A congress is over: nobody registers any more, so a list says nothing new."""


@dataclass(frozen=True)
class Rhythm:
    """When a link is mailed: at an hour of the clock, on a day of the week or on every day."""

    weekday: int | None  # 0 is Monday
    hour: int

    def next_at(self, zone: ZoneInfo, *, now: datetime) -> datetime:
        """Return the first moment after now, by the clock of the congress."""
        today = now.astimezone(zone).date()
        for days in range(DAYS_IN_WEEK + 1):
            day = today + timedelta(days=days)
            at = local_time.at_or_after(day, time(self.hour), zone)
            if at > now and self.weekday in {None, day.weekday()}:
                return at
        raise AssertionError(self)  # a week has each of its days


@dataclass(frozen=True)
class ListMail:
    """That somebody is mailed the link of a view, and when next."""

    view_id: int
    rhythm: Rhythm
    next_at: datetime
