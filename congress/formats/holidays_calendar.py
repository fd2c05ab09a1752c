"""Public holidays of the Land the congresses take place in (docs/decisions/0001-holidays.md)."""

from datetime import date
from functools import cache

import holidays

LAND = "NW"


def public_holiday(day: date) -> str | None:
    """Return the German name of the public holiday in North Rhine-Westphalia, if it is one."""
    name = _calendar().get(day)
    return str(name) if name else None


@cache
def _calendar() -> holidays.HolidayBase:
    """Years are worked out when they are first asked for."""
    return holidays.country_holidays("DE", subdiv=LAND, language="de")
