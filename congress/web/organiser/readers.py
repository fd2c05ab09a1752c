"""What the forms of organisers read alike: days, times, numbers of places, texts, reasons.

What is not understood is said at its field.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from congress.domain.change_requests import LONGEST_REASON, ReasonMissing
from congress.domain.online import LONGEST_LINK, NotAnOnlineLink, as_link
from congress.domain.pasting.day_words import read_date
from congress.domain.planning.scheduling import read_clock, read_end
from congress.domain.programme import MOST_PLACES
from congress.domain.texts import Texts
from congress.domain.times import local_time
from congress.domain.times.local_time import NoSuchTime
from congress.web import refusals
from congress.web.entries import Entry, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.languages import number

LANGUAGES = ("de", "en")  # in which forms take texts
YEARS = range(2000, 2200)


def day_of(entry: Entry) -> date | None:
    """Return the day that was typed, or None when it is no date."""
    found = read_date(entry.value)
    if found is not None and found.year in YEARS:
        return found
    if not entry.errors:
        entry.errors.append(
            _("“%(text)s” is not a date such as 21.10.2026.", text=entry.value[:40])
        )
    return None


def read_reason(entry: Entry, typed: str) -> None:
    """Take over the reason for a no, which must not be missing."""
    read_text(entry, typed, most=LONGEST_REASON)
    if not entry.value and not entry.errors:
        entry.errors.append(refusals.reason(ReasonMissing()))


def clock_of(entry: Entry, *, is_end: bool = False) -> time | None:
    """Return the clock time that was typed, or None when it is none."""
    clock = read_end(entry.value) if is_end else read_clock(entry.value)
    if clock is None and not entry.errors:
        entry.errors.append(_("Please enter a time such as 10:30."))
    return clock


def moment_of(
    entry: Entry, day: date, clock: time, kept: datetime | None, zone: ZoneInfo
) -> datetime | None:
    """What the clock says on that day; a moment left as it was stays, in the doubled hour too."""
    local = kept.astimezone(zone).replace(second=0, microsecond=0) if kept else None
    if local is not None and (local.date(), local.time()) == (day, clock):
        return kept
    try:
        return local_time.at(day, clock, zone)
    except NoSuchTime as refusal:
        entry.errors.append(refusals.text(refusal, zone))
        return None


def read_link(entry: Entry, typed: str) -> None:
    """Take over a link for taking part online, as everything can carry it; empty for none."""
    read_line(entry, typed, most=LONGEST_LINK)
    if entry.value and not entry.errors:
        try:
            entry.value = as_link(entry.value)
        except NotAnOnlineLink as refusal:
            entry.errors.append(refusals.text(refusal))


def places_of(entry: Entry, *, least: int = 0) -> int | None:
    """Return the number of places that was typed; none means no limit."""
    if not entry.value or entry.errors:
        return None
    places = read_number(entry.value, most=MOST_PLACES)
    if places is None and entry.value.isascii() and entry.value.isdigit():
        entry.errors.append(
            _(
                "Please enter at most %(most)s places, or leave the field empty for no limit.",
                most=number(MOST_PLACES),
            )
        )
        return None
    if places is None or places < least:
        entry.errors.append(
            _(
                "Please enter the number of places in figures, or leave the field empty "
                "for no limit."
            )
        )
        return None
    return places


def texts_of(before: Texts, german: Entry, english: Entry) -> dict[str, str]:
    """Return both texts; those in further languages are no fields of a form and stay."""
    kept = {language: text for language, text in before.items() if language not in LANGUAGES}
    written = {"de": german.value, "en": english.value}
    return kept | {language: text for language, text in written.items() if text}


def told_by_row(
    rows: Iterable[Iterable[Entry]], names: Iterable[str]
) -> list[tuple[str | None, str]]:
    """Return what is wrong in the rows of a form, each with the name of its row."""
    return [
        (where, f"{name}, {what}")
        for row, name in zip(rows, names, strict=False)
        for entry in row
        for where, what in told(entry)
    ]
