"""The next edition of a congress: the last one, moved by whole weeks, with its open questions.

What was settled for the last edition is not settled for the next: people have to be asked again,
the venue has to be found. Clock times stay as they were, also when summer time begins or ends
in between.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from congress.domain.congress_file.plan import CongressPlan, DayPlan
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import PersonState
from congress.domain.times.local_time import later_by_weeks
from congress.domain.times.time_slots import TimeSlot

WEEK = timedelta(weeks=1)
SATURDAY = 5

# Given a local date; the name of the public holiday, if it is one.
Holiday = Callable[[date], str | None]


@dataclass(eq=False)
class NotWholeWeeks(Refused):
    """The new first day is another day of the week; `earlier` and `later` would fit."""

    earlier: date
    later: date


class CopyWarning(StrEnum):
    """What the organiser of the next edition should look at."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DEADLINE_ON_HOLIDAY = "deadline_on_holiday"
    TEXTS_TO_CHECK = "texts_to_check"


@dataclass(frozen=True)
class Caution:
    """A warning, the day it is about and the name of the holiday."""

    kind: CopyWarning
    day: date | None = None
    name: str = ""


@dataclass(frozen=True)
class NextEdition:
    plan: CongressPlan
    cautions: tuple[Caution, ...]


def weeks_until(first_day: date, starting: date) -> int:
    """Return how many whole weeks lie between two first days; raises `NotWholeWeeks`."""
    weeks, days = divmod((starting - first_day).days, 7)
    if days:
        earlier = starting - timedelta(days=days)
        raise NotWholeWeeks(earlier, earlier + WEEK)
    return weeks


def suggest_slug(slug: str, last: date, starting: date) -> str:
    """Return a slug with the new year in the place of the old one, or at the end."""
    old, new = str(last.year), str(starting.year)
    return slug.replace(old, new) if old in slug else f"{slug}-{new}"


def next_edition(
    last: CongressPlan, *, starting: date, slug: str, state: CongressState, holiday: Holiday
) -> NextEdition:
    """Return the next edition, beginning on another day of the same weekday.

    Raises `NotWholeWeeks`. Cancelled items are left out; people become "requested"; venue,
    address and directions are empty until they are confirmed.
    """
    moved = shifted(last, starting=starting, holiday=holiday)
    plan = replace(
        moved.plan,
        slug=slug,
        state=state,
        venue={},
        address="",
        directions={},
        items=tuple(_asked_again(item) for item in moved.plan.items if not item.cancelled),
    )
    to_check = plan.description or plan.lead or plan.accessibility
    cautions = (Caution(CopyWarning.TEXTS_TO_CHECK),) if to_check else ()
    return NextEdition(plan, (*moved.cautions, *cautions))


def shifted(plan: CongressPlan, *, starting: date, holiday: Holiday) -> NextEdition:
    """Return a congress moved to another first day, and nothing else changed.

    Raises `NotWholeWeeks`.
    """
    zone = plan.zone
    weeks = weeks_until(plan.first_day, starting)
    move = partial(_later, weeks=weeks, zone=zone)
    moved = replace(
        plan,
        days=tuple(DayPlan(day.day + weeks * WEEK, move(day.slot)) for day in plan.days),
        items=tuple(replace(item, slot=move(item.slot)) for item in plan.items),
        registration=replace(
            plan.registration,
            opens_at=later_by_weeks(plan.registration.opens_at, weeks, zone),
            closes_at=later_by_weeks(plan.registration.closes_at, weeks, zone),
        ),
    )
    return NextEdition(moved, tuple(_cautions(moved, holiday)))


def _later(slot: TimeSlot, *, weeks: int, zone: ZoneInfo) -> TimeSlot:
    """A slot that would vanish in the missing hour of summer time keeps its length."""
    starts_at = later_by_weeks(slot.starts_at, weeks, zone)
    ends_at = later_by_weeks(slot.ends_at, weeks, zone)
    return TimeSlot(starts_at, ends_at if ends_at > starts_at else starts_at + slot.duration)


def _asked_again(item: ItemPlan) -> ItemPlan:
    people = tuple(replace(person, state=PersonState.REQUESTED) for person in item.people)
    return replace(item, people=people)


def _cautions(plan: CongressPlan, holiday: Holiday) -> list[Caution]:
    found = []
    for day in plan.days:
        if day.day.weekday() >= SATURDAY:
            found.append(Caution(CopyWarning.WEEKEND, day.day))
        if name := holiday(day.day):
            found.append(Caution(CopyWarning.HOLIDAY, day.day, name))
    last_moment = plan.registration.closes_at - timedelta(microseconds=1)
    deadline = last_moment.astimezone(plan.zone).date()
    if name := holiday(deadline):
        found.append(Caution(CopyWarning.DEADLINE_ON_HOLIDAY, deadline, name))
    return found
