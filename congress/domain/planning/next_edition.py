"""The next edition of a congress: the last one, moved by whole weeks, with its open questions.

What was settled for the last edition is not settled for the next: people have to be asked again,
the venue has to be found. Clock times stay as they were, also when summer time begins or ends
in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from zoneinfo import ZoneInfo

from congress.domain.congress_file.plan import CongressPlan, DayPlan, RegistrationPlan
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning.cautions import SATURDAY, last_day_to_register
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import PersonState
from congress.domain.question_changes import without_people
from congress.domain.texts import Texts
from congress.domain.times import local_time
from congress.domain.times.local_time import later_by_weeks
from congress.domain.times.time_slots import TimeSlot

WEEK = timedelta(weeks=1)
LONGEST_STEM = 55  # characters of a slug, a year included
WEEKS_IN_A_YEAR = 365.2425 / 7


@dataclass(eq=False)
class NotWholeWeeks(Refused):
    """The new first day is another day of the week; `earlier` and `later` would fit."""

    earlier: date
    later: date


@dataclass(eq=False)
class StartsInThePast(Refused):
    """The new first day is over; `proposed` would fit."""

    proposed: date


def weeks_until(first_day: date, starting: date) -> int:
    """Return how many whole weeks lie between two first days; raises `NotWholeWeeks`."""
    weeks, days = divmod((starting - first_day).days, 7)
    if days:
        earlier = starting - timedelta(days=days)
        raise NotWholeWeeks(earlier, earlier + WEEK)
    return weeks


def proposed_start(last: CongressPlan, *, today: date) -> date:
    """Return the day nearest to the same date, on the same weekday, in the first year that fits.

    A year fits when one could still register: its deadline is to come.
    """
    deadline = last_day_to_register(last)
    moves = (round(years * WEEKS_IN_A_YEAR) * WEEK for years in count(1))
    return next(last.first_day + move for move in moves if deadline + move > today)


def require_to_come(last: CongressPlan, starting: date, *, today: date) -> None:
    """Refuse a first day that is over."""
    if starting < today:
        raise StartsInThePast(proposed_start(last, today=today))


def suggest_slug(slug: str, last: date, starting: date) -> str:
    """Return a slug with the new year in the place of the old one, or at the end.

    It is short enough to be told apart from another by a number.
    """
    old, new = str(last.year), str(starting.year)
    if old in slug:
        return slug.replace(old, new)
    return f"{slug[: LONGEST_STEM - len(new)].rstrip('-')}-{new}"


def suggest_title(title: Texts, last: date, starting: date) -> Texts:
    """Return a title with the new year in the place of the old one, where it names that."""
    old, new = str(last.year), str(starting.year)
    return {language: text.replace(old, new) for language, text in title.items()}


def next_edition(
    last: CongressPlan,
    *,
    starting: date,
    slug: str,
    state: CongressState,
    title: Texts | None = None,
) -> CongressPlan:
    """Return the next edition, beginning on another day of the same weekday.

    Raises `NotWholeWeeks`. Items that were called off and people who declined are left out; all
    others become "requested"; venue, address and directions are empty until they are confirmed, and
    so is the link to take part online, which opened a room of last time. Registration opens when a
    day begins, and on none of a weekend.
    """
    moved = shifted(last, starting=starting)
    return replace(
        moved,
        registration=_opening_anew(moved.registration, moved.zone),
        slug=slug,
        state=state,
        title=last.title if title is None else title,
        venue={},
        address="",
        online_link="",
        directions={},
        items=_with_firsts([_asked_again(item) for item in moved.items if not item.cancelled]),
        questions=without_people(moved.questions),
    )


def shifted(plan: CongressPlan, *, starting: date) -> CongressPlan:
    """Return a congress moved to another first day, and nothing else changed.

    Raises `NotWholeWeeks`.
    """
    zone = plan.zone
    weeks = weeks_until(plan.first_day, starting)
    move = partial(_later, weeks=weeks, zone=zone)
    own = plan.registration

    def moved(moment: datetime | None) -> datetime | None:
        return moment and later_by_weeks(moment, weeks, zone)

    return replace(
        plan,
        days=tuple(DayPlan(day.day + weeks * WEEK, move(day.slot)) for day in plan.days),
        items=tuple(_moved(item, move(item.slot), weeks) for item in plan.items),
        registration=replace(
            own,
            opens_at=later_by_weeks(own.opens_at, weeks, zone),
            closes_at=later_by_weeks(own.closes_at, weeks, zone),
            changes_until=moved(own.changes_until),
            withdrawals_until=moved(own.withdrawals_until),
            wishes_until=moved(own.wishes_until),
        ),
    )


def _opening_anew(period: RegistrationPlan, zone: ZoneInfo) -> RegistrationPlan:
    """The minute was that in which the last edition was published, which nobody chose."""
    day = period.opens_at.astimezone(zone).date()
    monday = day + timedelta(days=-day.weekday() % 7 if day.weekday() >= SATURDAY else 0)
    begins = [local_time.start_of_day(each, zone) for each in (monday, day)]
    return replace(period, opens_at=next(each for each in begins if each < period.closes_at))


def _later(slot: TimeSlot, *, weeks: int, zone: ZoneInfo) -> TimeSlot:
    """A slot that would vanish in the missing hour of summer time keeps its length."""
    starts_at = later_by_weeks(slot.starts_at, weeks, zone)
    ends_at = later_by_weeks(slot.ends_at, weeks, zone)
    return TimeSlot(starts_at, ends_at if ends_at > starts_at else starts_at + slot.duration)


def _with_firsts(items: Sequence[ItemPlan]) -> tuple[ItemPlan, ...]:
    """Let what names an item that is left out name the next of them as the first, or nothing."""
    codes = {item.code: item.code for item in items}
    firsts, of_several = dict(codes), dict(codes)
    found = []
    for item in items:
        first = firsts.setdefault(item.same_as, item.code) if item.same_as else ""
        one = of_several.setdefault(item.one_of, item.code) if item.one_of else ""
        found.append(
            replace(
                item,
                same_as="" if first == item.code else first,
                one_of="" if one == item.code else one,
                only_with=item.only_with if item.only_with in codes else "",
            )
        )
    return tuple(found)


def _moved(item: ItemPlan, slot: TimeSlot, weeks: int) -> ItemPlan:
    by = item.minimum_by + weeks * WEEK if item.minimum_by else None
    return replace(item, slot=slot, minimum_by=by)


def _asked_again(item: ItemPlan) -> ItemPlan:
    people = tuple(
        replace(person, state=PersonState.REQUESTED)
        for person in item.people
        if person.state is not PersonState.DECLINED
    )
    return replace(item, people=people, online_link="")
