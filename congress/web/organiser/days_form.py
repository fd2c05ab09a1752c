"""The form of all days: rows that buttons add and take away, without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import count, takewhile
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from congress.domain.congress_file.plan import DayPlan
from congress.domain.planning.days import WantedDay
from congress.domain.times.time_slots import TimeSlot
from congress.web import languages
from congress.web.entries import Entry, read_line
from congress.web.languages import gettext as _
from congress.web.organiser.readers import clock_of, day_of, moment_of, told_by_row

MOST_DAYS = 30
DAY = timedelta(days=1)


@dataclass
class DayRow:
    """The fields of one day; `was` is its date as it is stored, empty for a new one."""

    was: str
    day: Entry
    starts: Entry
    ends: Entry

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.day, self.starts, self.ends)


@dataclass
class DaysForm:
    """All days, in the order they were entered."""

    version: str
    rows: list[DayRow] = field(default_factory=list)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, with the place of the day: two can be wrong in one way."""
        names = (_("Day %(number)d", number=number) for number in count(1))
        return told_by_row((row.entries for row in self.rows), names)

    def add(self) -> None:
        """Add a row, with the hours of the one before."""
        if len(self.rows) < MOST_DAYS:
            hours = [entry.value for entry in self.rows[-1].entries[1:]] if self.rows else []
            self.rows.append(_row(len(self.rows), "", "", *hours))

    def remove(self, number: str) -> None:
        """Take a row away; the others move up."""
        self._set([row for index, row in enumerate(self.rows) if str(index) != number])

    def add_missing(self, days: Sequence[DayPlan], zone: ZoneInfo) -> None:
        """Add the days that are stored and have no row."""
        known = {row.was for row in self.rows}
        stored = filled(days, "", zone).rows
        self._set([*self.rows, *(row for row in stored if row.was not in known)])

    def _set(self, rows: Sequence[DayRow]) -> None:
        self.rows = [
            _row(index, row.was, *(entry.value for entry in row.entries))
            for index, row in enumerate(rows)
        ]


def filled(days: Sequence[DayPlan], version: str, zone: ZoneInfo) -> DaysForm:
    """Return the form with the days saved last."""
    say = languages.dates(zone).bare_time
    rows = [
        _row(
            index,
            day.day.isoformat(),
            f"{day.day:%d.%m.%Y}",
            say(day.slot.starts_at.astimezone(zone)),
            say(day.slot.ends_at.astimezone(zone)),
        )
        for index, day in enumerate(days)
    ]
    return DaysForm(version, rows)


def typed(sent: MultiDict[str, str]) -> DaysForm:
    """Return the form with what was sent."""
    form = DaysForm(sent.get("version", "")[:64])
    for index in takewhile(lambda index: f"day-{index}-day" in sent, count()):
        row = _row(index, sent.get(f"day-{index}-was", "")[:10])
        for entry in row.entries:
            read_line(entry, sent.get(entry.name, ""), most=40)
        form.rows.append(row)
    return form


def read_days(
    form: DaysForm, before: Sequence[DayPlan], zone: ZoneInfo
) -> tuple[WantedDay, ...] | None:
    """Return the days that the form means, or None when something has to be corrected."""
    known = {day.day.isoformat(): day for day in before}
    wanted = [_wanted(row, known.get(row.was), zone) for row in form.rows]
    found: list[WantedDay] = []
    for row, each in zip(form.rows, wanted, strict=True):
        if each is None:
            continue
        if any(other.day.day == each.day.day for other in found):
            row.day.errors.append(_("This day is there already."))
        elif any(other.day.slot.overlaps(each.day.slot) for other in found):
            row.starts.errors.append(_("Two days overlap."))
        found.append(each)
    return None if form.errors else tuple(found)


def _wanted(row: DayRow, stored: DayPlan | None, zone: ZoneInfo) -> WantedDay | None:
    day = day_of(row.day)
    starts, ends = clock_of(row.starts), clock_of(row.ends, is_end=True)
    if day is None or starts is None or ends is None:
        return None
    slot = _slot(row, day, (starts, ends), stored, zone)
    return WantedDay(stored.day if stored else None, DayPlan(day, slot)) if slot else None


def _slot(
    row: DayRow, day: date, clocks: tuple[time, time], stored: DayPlan | None, zone: ZoneInfo
) -> TimeSlot | None:
    """Return from when to when a day lasts; one that ended after midnight may do so again."""
    starts, ends = clocks
    goes_on = stored is not None and stored.slot.ends_at.astimezone(zone).date() > stored.day
    last = day + DAY if ends <= starts and (goes_on or ends == time(0)) else day
    kept = (stored.slot.starts_at, stored.slot.ends_at) if stored else (None, None)
    starts_at = moment_of(row.starts, day, starts, kept[0], zone)
    ends_at = moment_of(row.ends, last, ends, kept[1], zone)
    if starts_at is None or ends_at is None:
        return None
    if ends_at <= starts_at:
        row.ends.errors.append(_("A day must end after it starts."))
        return None
    return TimeSlot(starts_at, ends_at)


def _row(index: int, was: str, day: str = "", starts: str = "", ends: str = "") -> DayRow:
    return DayRow(
        was,
        Entry(f"day-{index}-day", _("Day"), day, required=True),
        Entry(f"day-{index}-starts", _("Starts"), starts, required=True),
        Entry(f"day-{index}-ends", _("Ends"), ends, required=True),
    )
