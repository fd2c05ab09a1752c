"""Holidays of the Land the congresses take place in.

Public ones come from a library (docs/decisions/0001-holidays.md), school holidays from
`school_holidays.toml`, which says where they are from and until when they are known.
"""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import holidays

from congress.domain.planning.cautions import Calendar, SchoolHolidays

LAND = "NW"
ORDERED = Path(__file__).with_name("school_holidays.toml")


def public_holiday(day: date) -> str | None:
    """Return the German name of the public holiday in North Rhine-Westphalia, if it is one."""
    name = _public().get(day)
    return str(name) if name else None


def school_holidays(day: date) -> SchoolHolidays | None:
    """Return the school holidays in North Rhine-Westphalia that a day is in, with German name."""
    return next((each for each in _spans() if each.first <= day <= each.last), None)


def calendar() -> Calendar:
    """Return all that is known of days."""
    return Calendar(public_holiday, school_holidays, ordered()["until"])


@cache
def ordered() -> dict[str, Any]:
    """Return the file as it stands."""
    return tomllib.loads(ORDERED.read_text(encoding="utf-8"))


@cache
def _spans() -> tuple[SchoolHolidays, ...]:
    return tuple(
        SchoolHolidays(name, *value)
        for year in ordered()["years"]
        for name, value in year.items()
        if isinstance(value, list)
    )


@cache
def _public() -> holidays.HolidayBase:
    """Years are worked out when they are first asked for."""
    return holidays.country_holidays("DE", subdiv=LAND, language="de")
