"""What rows say of each other: the day, the time of the row above, the end, numbers and rooms."""

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from congress.domain.folding import fold_for_order
from congress.domain.pasting.clock_words import (
    HALF_DAY,
    MIDNIGHT,
    clock_text,
    later_by_half_a_day,
)
from congress.domain.pasting.doubts import Doubt
from congress.domain.pasting.kinds import is_named, without_kind
from congress.domain.pasting.rows import Row
from congress.domain.programme import CAN_BE_BOOKED, LONGEST_LINE, ItemKind
from congress.domain.registration import end_of_day
from congress.domain.times import local_time
from congress.domain.times.local_time import NoSuchTime
from congress.domain.times.time_slots import TimeSlot

LONGEST_FILLED = 4 * 60  # minutes; a longer item would have its end written
ALMOST, SLIPS = 0.85, 2


@dataclass(frozen=True)
class Frame:
    """The days of the congress and its hours, in minutes since midnight."""

    days: tuple[date, ...]
    starts: int
    ends: int
    zone: ZoneInfo


@dataclass
class Timed:
    """A row with its day and times, as far as they are known."""

    row: Row
    day: date | None = None
    starts: int | None = None
    ends: int | None = None
    slot: TimeSlot | None = None


def settle(rows: Sequence[Row], frame: Frame | None) -> list[Timed]:
    """Return the rows in their order, with day, times and slot; doubts are noted in the rows."""
    found: list[Timed] = []
    for row in rows:
        found.append(_begun(row, frame, found[-1] if found else None))
    for timed in found:
        _end(timed, found, frame)
    if frame is not None:
        for timed in found:
            _hold_to_hours(timed, frame)
            _give_slot(timed, frame)
    _number(rows)
    _hold_rooms_together(rows)
    for row in rows:
        if row.places is not None and row.kind not in CAN_BE_BOOKED:
            row.say(Doubt.PLACES_LEFT_OUT, number=row.places)
            row.places = None
        _settle_minimum(row)
    return found


def _settle_minimum(row: Row) -> None:
    """Say what of a minimum is taken over: that of a workshop, if as many can come."""
    if row.minimum is None:
        return
    if not row.is_bookable:
        row.say(Doubt.MINIMUM_LEFT_OUT, number=row.minimum)
        row.minimum = None
    elif row.places is not None and row.minimum > row.places:
        row.say(Doubt.MINIMUM_ABOVE_PLACES, number=row.minimum, places=row.places)
        row.minimum = None
    else:
        row.say(Doubt.MINIMUM, number=row.minimum)


def _begun(row: Row, frame: Frame | None, before: Timed | None) -> Timed:
    timed = Timed(row, _day(row, frame, before))
    if row.times is None:
        _carry(timed, before)
    elif not row.times.all_day:
        timed.starts = row.times.starts
        timed.ends = row.times.ends if row.ends is None else row.ends
        if row.minutes is not None and timed.ends is None:
            timed.ends = timed.starts + row.minutes
        if row.times.about:
            row.say(Doubt.TIME_ABOUT, time=clock_text(row.times.starts))
        if row.times.bare and frame is not None:
            _ask_for_date(row, frame)
    elif frame is not None:
        timed.starts, timed.ends = frame.starts, frame.ends
        row.say(Doubt.ALL_DAY, starts=clock_text(frame.starts), ends=clock_text(frame.ends))
    return timed


def _carry(timed: Timed, before: Timed | None) -> None:
    """An empty cell under a time is the time above, as in a table with merged cells."""
    row = timed.row
    if any(each.doubt is Doubt.NOT_A_TIME for each in row.remarks):
        return
    if before is None or before.starts is None or not row.has_empty_time:
        row.say(Doubt.NO_TIME)
        return
    timed.starts, timed.ends = before.starts, before.ends
    row.say(Doubt.TIME_CARRIED, time=clock_text(before.starts), row=before.row.number)


def _ask_for_date(row: Row, frame: Frame) -> None:
    """21.10 may be a time, but not on the 21st of October."""
    minutes = row.times.starts if row.times else 0
    day, month = minutes // 60, minutes % 60
    if any((each.day, each.month) == (day, month) for each in frame.days):
        row.say(Doubt.TIME_OR_DATE, text=f"{day}.{month:02}", time=clock_text(minutes))


def _day(row: Row, frame: Frame | None, before: Timed | None) -> date | None:
    if frame is None:
        return None
    if row.day is None:
        if len(frame.days) == 1:
            return frame.days[0]
        if before is not None and before.row.day is not None and before.day is not None:
            row.day = before.row.day
            return before.day
        row.say(Doubt.NO_DAY)
        return None
    fitting = [day for day in frame.days if row.day.fits(day, frame.days)]
    if len(fitting) == 1:
        return fitting[0]
    words = row.day
    same = (day for day in frame.days if (day.day, day.month) == (words.day, words.month))
    other = next(same, None)
    if not fitting and other is not None and words.year in {None, other.year}:
        row.say(Doubt.OTHER_WEEKDAY, day=other.isoformat())
    else:
        row.say(Doubt.OTHER_DAY, text=row.text.split(" | ")[0])
    return None


def _end(timed: Timed, rows: Sequence[Timed], frame: Frame | None) -> None:
    """An item without an end lasts until the next begins, the last one until the congress ends."""
    if timed.starts is None or timed.ends is not None:
        return
    same_day = [each for each in rows if each.day == timed.day and each.starts is not None]
    later = [
        each.starts
        for each in same_day
        if each.starts is not None
        and each.starts > timed.starts
        and not (each.row.times and each.row.times.all_day)
    ]
    row = timed.row
    if later:
        timed.ends = ends = min(later)
        beside = any(
            each.row.times is not None
            and each.row.times.ends is not None
            and (each.starts or 0) < ends < each.row.times.ends
            for each in same_day
        )
        long = ends - timed.starts > LONGEST_FILLED
        doubt = Doubt.END_GUESSED if beside or long else Doubt.END_FROM_NEXT
        row.say(doubt, time=clock_text(ends))
    elif frame is not None and timed.starts < frame.ends:
        timed.ends = frame.ends
        long = frame.ends - timed.starts > LONGEST_FILLED
        doubt = Doubt.END_GUESSED if long else Doubt.END_FROM_CONGRESS
        row.say(doubt, time=clock_text(frame.ends))
    elif frame is not None:
        row.say(Doubt.NO_END)


def _hold_to_hours(timed: Timed, frame: Frame) -> None:
    row, starts, ends = timed.row, timed.starts, timed.ends
    if starts is None or ends is None:
        return
    if ends <= starts:
        row.say(Doubt.END_BEFORE_START, starts=clock_text(starts), ends=clock_text(ends))
        timed.ends = None
        return
    if frame.starts <= starts and ends <= frame.ends:
        return
    hours = {"starts": clock_text(frame.starts), "ends": clock_text(frame.ends)}
    afternoon = later_by_half_a_day(starts)
    if starts < frame.starts and starts < afternoon < frame.ends:
        row.say(
            Doubt.MORNING_OR_AFTERNOON, time=clock_text(starts), other=clock_text(starts + HALF_DAY)
        )
    elif row.is_bookable:
        row.say(Doubt.WORKSHOP_OUTSIDE_HOURS, **hours)
    else:
        row.say(Doubt.OUTSIDE_HOURS, **hours)


def _give_slot(timed: Timed, frame: Frame) -> None:
    if timed.day is None or timed.starts is None or timed.ends is None:
        return
    try:
        starts_at = moment(timed.day, timed.starts, frame.zone)
        ends_at = moment(timed.day, timed.ends, frame.zone)
    except NoSuchTime as refusal:
        timed.row.say(Doubt.NO_SUCH_TIME, time=f"{refusal.local:%H:%M}")
        return
    if starts_at < ends_at:
        timed.slot = TimeSlot(starts_at, ends_at)


def moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) so many minutes after midnight by the clock on the wall.

    Raises `NoSuchTime`.
    """
    days, rest = divmod(minutes, MIDNIGHT)
    if days and not rest:
        return end_of_day(day, zone).astimezone(UTC)
    clock = time(rest // 60, rest % 60)
    return local_time.at(day + timedelta(days=days), clock, zone)


def _number(rows: Sequence[Row]) -> None:
    """Workshops that nobody numbered or named are numbered in their order, if there are several."""
    _take_counted([row for row in rows if row.counted is not None])
    workshops = [row for row in rows if row.kind is ItemKind.WORKSHOP]
    given = Counter(row.item_number for row in workshops if row.item_number is not None)
    for row in workshops:
        if row.item_number is not None and given[row.item_number] > 1:
            row.say(Doubt.NUMBER_TWICE, number=row.item_number)
    if not given and len(workshops) > 1 and not any(is_named(row.title) for row in workshops):
        for number, row in enumerate(workshops, 1):
            row.item_number, row.title = number, without_kind(row.title)


def _take_counted(counted: Sequence[Row]) -> None:
    """A column of numbers is about the workshops, or counts the rows and says nothing."""
    if all(row.kind is ItemKind.WORKSHOP for row in counted):
        for row in counted:
            row.item_number = row.item_number or row.counted
    elif [row.counted for row in counted] != list(range(1, len(counted) + 1)):
        for row in counted:
            row.say(Doubt.TEXT_LEFT_OUT, text=row.counted or 0)


def _hold_rooms_together(rows: Sequence[Row]) -> None:
    """One room has one name; a name that is almost another's is asked about, once."""
    known: dict[str, str] = {}
    for row in rows:
        if len(row.room) > LONGEST_LINE:
            continue  # it has to be shortened first
        key = fold_for_order(row.room)
        if key and key not in known:
            alike = next((name for other, name in known.items() if _is_almost(key, other)), None)
            if alike is not None:
                row.say(Doubt.ROOM_LIKE, room=row.room, other=alike)
        row.room = known.setdefault(key, row.room)


def _is_almost(one: str, other: str) -> bool:
    """Return whether two rooms differ in a letter or two: "Raum 1" is no slip of "Raum 2"."""
    if abs(len(one) - len(other)) > SLIPS or _digits(one) != _digits(other):
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= ALMOST


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)
