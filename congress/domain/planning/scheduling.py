"""Moving programme items: clock times as written, and what is refused."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from congress.domain.errors import Refused
from congress.domain.planning.concerns import is_within
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.times.time_slots import TimeSlot

HOURS, MINUTES = 24, 60
NOON = 12
_CLOCK = re.compile(
    r"(?P<hours>[0-9]{1,2})(?:\s?(?:[.:]|uhr|h)\s?)?(?P<minutes>[0-9]{2})?\s*(?:uhr|h)?"
    r"(?:(?P<half>[ap])\.?\s?m\.?)?",
    re.IGNORECASE,
)
END_OF_DAY = re.compile(r"24(?:[:.]00)?(?:\s?(?:Uhr|h))?", re.IGNORECASE)


class EndsBeforeStart(Refused):
    """An item would end before it begins, or at the same moment."""


@dataclass(eq=False)
class OutsideCongress(Refused):
    """An item would lie outside the days of its congress."""

    days: tuple[TimeSlot, ...]


class EditedMeanwhile(Refused):
    """Somebody else saved the item after this form was opened."""


class ItemGone(Refused):
    """Somebody else removed the item after this form was opened."""


class DraftsUnseen(Refused):
    """The drafts that were to be taken back are others than the page showed."""


class ChangedSince(Refused):
    """What was done cannot be undone: the item is another one by now, or it was too long ago."""


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


def read_end(text: str) -> time | None:
    """Return the clock time at which something ends; at 24.00 the next day begins."""
    return time(0) if END_OF_DAY.fullmatch(text.strip()) else read_clock(text)


def days_between(before: TimeSlot, clocks: tuple[time, time], zone: ZoneInfo) -> int:
    """Return how many days after its start something ends, where a form asks for one day only.

    It lasts as many whole days as before. By the clock it may end before it starts if it went
    past midnight before, or if it ends at midnight now.
    """
    first, last = before.starts_at.astimezone(zone), before.ends_at.astimezone(zone)
    went_past_midnight = last.time() <= first.time()
    whole_days = (last.date() - first.date()).days - went_past_midnight
    starts, ends = clocks
    return whole_days + (ends <= starts and (went_past_midnight or ends == time(0)))


def require_fits(slot: TimeSlot, days: Sequence[TimeSlot]) -> None:
    """Refuse a time that is none, or outside the days of the congress."""
    if slot.ends_at <= slot.starts_at:
        raise EndsBeforeStart
    if not is_within(slot, days):
        raise OutsideCongress(tuple(days))


class NotTheFirst(Refused):
    """What offers the same as a workshop is to name the first of them, and is none itself."""


def require_first(plan: ItemPlan, firsts: Mapping[str, str]) -> None:
    """Refuse what names no first workshop, or is one itself; `firsts` are all others, by code.

    Each with the code of the one that it names.
    """
    if not plan.same_as:
        return
    is_first = firsts.get(plan.same_as) == ""
    is_named = bool(plan.code) and plan.code in firsts.values()  # nothing names what is new
    if not is_first or is_named:
        raise NotTheFirst
