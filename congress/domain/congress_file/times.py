"""Reading and writing the local times of a congress file."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from congress.domain.congress_file.problems import ProblemKind, WarningKind
from congress.domain.congress_file.tables import Table
from congress.domain.registration import end_of_day
from congress.domain.times import local_time
from congress.domain.times.local_time import NoSuchTime
from congress.domain.times.time_slots import TimeSlot

MIDNIGHT_AT_THE_END = "24:00"


def read_slot(
    table: Table, zone: ZoneInfo, only_day: date | None = None, *, needs_day: bool = True
) -> TimeSlot | None:
    """Return from when to when; the day may be left out where there is but one."""
    if needs_day and only_day is None and not table.has("day"):
        table.problem(ProblemKind.MISSING, "day")
    day = table.get("day", only_day)
    end_day = table.get("end_day", day)
    if day is None:
        return None
    starts_at = _read_clock(table, "start", day, zone)
    ends_at = _read_clock(table, "end", end_day, zone)
    if starts_at is None or ends_at is None:
        return None
    if ends_at <= starts_at:
        table.problem(ProblemKind.END_BEFORE_START, "end")
        return None
    return TimeSlot(starts_at, ends_at)


def _read_clock(table: Table, key: str, day: date, zone: ZoneInfo) -> datetime | None:
    """Return the moment of a clock time; "24:00" is the end of the day.

    An offset ("02:30+01:00") tells apart the two times that the clocks show twice; without one
    the earlier is meant, the one in summer time.
    """
    value: time | str | None = table.get(key)
    if isinstance(value, str):
        return end_of_day(day, zone).astimezone(UTC)
    return None if value is None else _moment(table, key, datetime.combine(day, value), zone)


def read_moment(
    table: Table, key: str, zone: ZoneInfo, *, counts_to_end: bool = False
) -> datetime | None:
    """Return a moment given as date or date with time, local unless it has an offset.

    A bare date is its first moment, or with `counts_to_end` the first moment after it.
    """
    value: date | None = table.get(key)
    if value is None:
        return None
    if isinstance(value, datetime):
        return _moment(table, key, value, zone)
    after = end_of_day(value, zone).astimezone(UTC)
    return after if counts_to_end else local_time.start_of_day(value, zone)


def _moment(table: Table, key: str, given: datetime, zone: ZoneInfo) -> datetime | None:
    if given.tzinfo is not None:
        return given.astimezone(UTC)
    try:
        found = local_time.moment(given, zone)
    except NoSuchTime as refusal:
        table.problem(ProblemKind.NO_SUCH_TIME, key, time=f"{refusal.local:%Y-%m-%d %H:%M}")
        return None
    if local_time.is_shown_twice(given, zone):
        offset = f"{found.astimezone(zone):%z}"
        table.warning(WarningKind.TIME_SHOWN_TWICE, key, offset=f"{offset[:3]}:{offset[3:]}")
    return found


def slot_as_table(slot: TimeSlot, zone: ZoneInfo) -> dict[str, date | str]:
    """Return a slot as the file writes it: day, start, end and, past midnight, the end's day."""
    start = slot.starts_at.astimezone(zone)
    end = slot.ends_at.astimezone(zone)
    written: dict[str, date | str] = {"day": start.date(), "start": clock_as_text(start)}
    if slot.ends_at == end_of_day(start.date(), zone):
        return {**written, "end": MIDNIGHT_AT_THE_END}
    if end.date() != start.date():
        written["end_day"] = end.date()
    return {**written, "end": clock_as_text(end)}


def clock_as_text(local: datetime) -> str:
    """Return a clock time, with its offset where the clocks show it a second time."""
    exact = local.second or local.microsecond
    text = local.time().isoformat(timespec="auto" if exact else "minutes")
    return text + local.isoformat()[-len("+01:00") :] if local.fold else text


def moment_as_value(
    at: datetime, zone: ZoneInfo, *, counts_to_end: bool = False
) -> date | datetime:
    """Return a moment as the file writes it: a date where a date says it all."""
    local = at.astimezone(zone)
    if counts_to_end:
        named = (local - timedelta(microseconds=1)).date()
        if end_of_day(named, zone) == at:
            return named
    elif local_time.start_of_day(local.date(), zone) == at:
        return local.date()
    if local.fold:
        return datetime.fromisoformat(local.isoformat())  # with its offset, not its zone
    return local.replace(tzinfo=None)
