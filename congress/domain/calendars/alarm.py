"""How long before it begins a calendar reminds somebody of their entry."""

from enum import StrEnum


class CalendarAlarm(StrEnum):
    """What a congress asks calendars for; most people have their own setting, so nothing at first.

    Programs may leave it out: several take no reminder from others.
    """

    NONE = "none"
    HALF_AN_HOUR = "30 minutes"
    TWO_HOURS = "2 hours"
    ONE_DAY = "1 day"

    @property
    def minutes(self) -> int:
        """How many minutes before; 0 for no reminder."""
        return {"none": 0, "30 minutes": 30, "2 hours": 120, "1 day": 1440}[self.value]
