"""Moving programme items: clock times as written, and what is refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from congress.domain.errors import Refused
from congress.domain.planning.concerns import is_within
from congress.domain.times.time_slots import TimeSlot

HOURS, MINUTES = 24, 60
NOON = 12
_CLOCK = re.compile(
    r"(?P<hours>[0-9]{1,2})(?:\s?(?:[.:]|uhr|h)\s?)?(?P<minutes>[0-9]{2})?\s*(?:uhr|h)?"
    r"(?:(?P<half>[ap])\.?\s?m\.?)?",
    re.IGNORECASE,
)


class EndsBeforeStart(Refused):
    """An item would end before it begins, or at the same moment."""


@dataclass(eq=False)
class OutsideCongress(Refused):
    """An item would lie outside the days of its congress."""

    days: tuple[TimeSlot, ...]


class EditedMeanwhile(Refused):
    """Somebody else saved the item after this form was opened."""


class TitleMissing(Refused):
    """An item needs a title in German."""


def read_clock(text: str) -> time | None:
    """Return the clock time that somebody wrote in a usual form.

    10.30, 10:30 Uhr, 10 Uhr 30, 10h30, 9 h, 0930, 1.15 pm.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if found["half"]:
        if not 1 <= hours <= NOON:
            return None
        hours = hours % NOON + NOON * (found["half"].lower() == "p")
    return time(hours, minutes) if hours < HOURS and minutes < MINUTES else None


def require_fits(slot: TimeSlot, days: Sequence[TimeSlot]) -> None:
    """Refuse a time that is none, or outside the days of the congress."""
    if slot.ends_at <= slot.starts_at:
        raise EndsBeforeStart
    if not is_within(slot, days):
        raise OutsideCongress(tuple(days))
