"""iCalendar objects (RFC 5545, 5546, 7986): messages, feeds and downloads.

The bytes are a function of the entries alone: the same state gives the same bytes, so that a
mail can be repeated and a feed be answered with 304.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Component,
    Event,
    FreeBusy,
    vBoolean,
    vCalAddress,
    vCategory,
    vDuration,
    vText,
    vUri,
)

from congress.domain.calendars.calendar import Conference, Content, Entry, Method, Status
from congress.formats.time_zones import vtimezone

PRODUCT = "-//congress//Programme and registration//EN"
REFRESH = timedelta(hours=1)
# What an empty feed holds: the same for all, so unchanged bytes.
NOTHING = "7c0f6c5e-5d0b-4a57-9a1e-3f4f5a0f6a52"
SINCE = datetime(2026, 11, 29, tzinfo=UTC)
END = b"END:VCALENDAR\r\n"
LONGEST_LINE = 75  # octets, RFC 5545, section 3.1

# What some reader takes for the end of a line; inside a text it is written as an escaped \n.
LINE_BREAK = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
NOT_FOR_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
BLANK = re.compile(r"[\n\t]+")
# RFC 5545 allows none of them unquoted; with @ a name looks like a forged address to Exchange.
NOT_FOR_NAMES = re.compile(r"[\",:;@\\^<>]")
# RFC 6868 writes them otherwise, and few programs read that.
NOT_FOR_LABELS = str.maketrans({'"': "'", "^": " ", "\\": " "})
URI_CHARACTERS = "-._~:/?#[]@!$&'()*+,;=%"
ADDRESS_CHARACTERS = "-._~@!$'*+=/"

METHOD_OF = {Status.CONFIRMED: Method.REQUEST, Status.CANCELLED: Method.CANCEL}


@dataclass(frozen=True)
class Address:
    """A mailbox and the name shown for it; the name may be empty."""

    name: str
    email: str


class Text(vText):
    r"""A TEXT value; the library's own escaping turns `C:\Neu` into a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", r"\\").replace(";", r"\;").replace(",", r"\,")
        return escaped.replace("\n", r"\n").encode()


def message(
    entry: Entry, *, method: Method, organizer: Address, attendee: Address, sent_by: str = ""
) -> bytes:
    """Return an invitation, or its end, for one attendee (RFC 5546, sections 3.2.2 and 3.2.5).

    One object holds one UID. The organizer must be another mailbox than the attendee's, else
    Google and Outlook take the event for their owner's. `sent_by` is the mailbox that sends in the
    organizer's place (RFC 5545, section 3.2.18). Raises ValueError if the method
    contradicts the entry's status.
    """
    if METHOD_OF[entry.status] is not method:
        raise ValueError(f"{method} cannot carry an entry that is {entry.status}")
    calendar = _calendar()
    calendar.add("method", method.value)
    event = _event(entry)
    event.add("organizer", _cal_address(organizer, **_sent_by(sent_by)))
    event.add(
        "attendee",
        _cal_address(
            attendee,
            ROLE="REQ-PARTICIPANT",
            PARTSTAT="ACCEPTED",
            RSVP=vBoolean(False).to_ical().decode(),
        ),
    )
    return _bytes_of(calendar, [entry], [event])


def feed(
    entries: Sequence[Entry],
    *,
    name: str,
    source_url: str = "",
    note: str = "",
) -> bytes:
    """Return a calendar to subscribe to (RFC 7986), which programs ask for every hour.

    It names no attendee and no method. `source_url` is its own address and must be public:
    calendars are shared; `note` is a sentence about the whole calendar. A calendar needs a
    component (RFC 5545, section 3.6): without entries it is a time that is busy nowhere.
    """
    calendar = _calendar()
    calendar.add("name", Text(_line(name)))
    calendar.add("x-wr-calname", Text(_line(name)))
    if note:
        calendar.add("description", Text(_line(note)))
        calendar.add("x-wr-caldesc", Text(_line(note)))
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    if source_url:
        calendar.add("source", _uri(source_url), parameters={"VALUE": "URI"})
    if not entries:
        nothing = FreeBusy()
        nothing.add("uid", NOTHING)
        nothing.add("dtstamp", SINCE)
        calendar.add_component(nothing)
        return _octets(calendar)
    return _bytes_of(calendar, entries, [_event(entry) for entry in entries])


def file(entries: Sequence[Entry]) -> bytes:
    """Return a calendar to download and open: no method, nobody is invited.

    Raises ValueError without entries.
    """
    return _bytes_of(_calendar(), entries, [_event(entry) for entry in entries])


def published(entry: Entry, *, organizer: Address) -> bytes:
    """Return an entry that anybody may keep (RFC 5546, section 3.2.1): it names no attendee.

    A later revision of the same UID takes its place.
    """
    calendar = _calendar()
    calendar.add("method", Method.PUBLISH.value)
    event = _event(entry)
    event.add("organizer", _cal_address(organizer))
    return _bytes_of(calendar, [entry], [event])


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _bytes_of(calendar: Calendar, entries: Sequence[Entry], events: Iterable[Event]) -> bytes:
    if not entries:
        raise ValueError("a calendar without entries is not valid (RFC 5545, section 3.6)")
    parts = [*zones(entries), *(_octets(event) for event in events)]
    frame = _octets(calendar)
    return frame.removesuffix(END) + b"".join(parts) + END


def zones(entries: Iterable[Entry]) -> list[bytes]:
    """Return the rules of the time zones that entries are written in."""
    found = sorted(_years_in_zones(entries).items())
    return [_zone(name, min(years), max(years)) for name, years in found]


@lru_cache(maxsize=64)
def _zone(name: str, first_year: int, last_year: int) -> bytes:
    """Keep the rules of a zone: half of an invitation, and in all of them the same."""
    return _octets(vtimezone(name, first_year, last_year))


def _octets(component: Component) -> bytes:
    return b"".join(_folded(line) for line in component.content_lines() if line)


def _event(entry: Entry) -> Event:
    content = entry.content
    event = Event()
    event.add("uid", Text(_line(entry.uid)))
    event.add("dtstamp", entry.revised_at.astimezone(UTC))
    event.add("last-modified", entry.revised_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", entry.status.value)
    event.add("transp", "TRANSPARENT" if entry.transparent else "OPAQUE")
    _add_times(event, content)
    _add_text(event, "summary", _line(content.summary))
    _add_text(event, "location", cleaned(content.location))
    _add_text(event, "description", cleaned(content.description))
    if content.url:
        event.add("url", _uri(content.url))
    if content.categories:
        categories = vCategory([])
        categories.cats = [Text(_line(category)) for category in content.categories]
        event.add("categories", categories)
    for conference in content.conferences if entry.status is Status.CONFIRMED else ():
        event.add("conference", _room(conference))
    if content.reminder and entry.status is Status.CONFIRMED:  # none of an end (RFC 5546, 3.2.5)
        event.add_component(_alarm(content))
    return event


def _room(conference: Conference) -> vUri:
    """Return a room online as a value with its parameters (RFC 7986, sections 5.11, 6.3, 6.4)."""
    value = _uri(conference.address)
    label = " ".join(_line(conference.label).translate(NOT_FOR_LABELS).split())
    parameters = {"VALUE": "URI", "FEATURE": ["AUDIO", "VIDEO"], "LABEL": label}
    for key, parameter in parameters.items():
        value.params[key] = parameter
    return value


def _alarm(content: Content) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", Text(_line(content.summary)))
    alarm.add("trigger", timedelta(minutes=-content.reminder))
    return alarm


def _add_text(event: Event, name: str, text: str) -> None:
    if text:  # libical refuses a property with nothing but blanks
        event.add(name, Text(text))


def _add_times(event: Event, content: Content) -> None:
    starts, ends = content.starts, content.ends
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        zone = ZoneInfo(content.timezone) if _is_written_local(content) else UTC
        starts, ends = starts.astimezone(zone), ends.astimezone(zone)
    event.add("dtstart", starts)
    event.add("dtend", ends)


def _is_written_local(content: Content) -> bool:
    """Whether local time and TZID say it; not in an hour that the clocks go through twice.

    Nor in a zone without an Area/City name: macOS and Outlook misread "CET" or "UTC".
    """
    moments = (content.starts, content.ends)
    if "/" not in content.timezone:
        return False
    zone = ZoneInfo(content.timezone)
    return all(
        isinstance(moment, datetime) and not _happens_twice(moment.astimezone(zone))
        for moment in moments
    )


def _happens_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _years_in_zones(entries: Iterable[Entry]) -> dict[str, set[int]]:
    zones: dict[str, set[int]] = {}
    for content in (entry.content for entry in entries):
        if _is_written_local(content):
            years = {content.starts.year, content.ends.year}
            zones.setdefault(content.timezone, set()).update(years)
    return zones


def _cal_address(address: Address, **parameters: str) -> vCalAddress:
    value = vCalAddress("mailto:" + quote(_line(address.email), safe=ADDRESS_CHARACTERS))
    name = " ".join(NOT_FOR_NAMES.sub(" ", _line(address.name)).split())
    if name:
        parameters["CN"] = name
    for key, parameter in parameters.items():
        value.params[key] = parameter
    return value


def _sent_by(email: str) -> dict[str, str]:
    return {"SENT-BY": _cal_address(Address("", email))} if email else {}


def _uri(address: str) -> vUri:
    return vUri(quote(_line(address), safe=URI_CHARACTERS))


def cleaned(text: str) -> str:
    """Return a text that may have several lines and holds nothing a reader could trip over."""
    text = LONE_SURROGATE.sub("\ufffd", LINE_BREAK.sub("\n", text))
    return NOT_FOR_TEXT.sub("", text).strip(" \t\n")


def _line(text: str) -> str:
    """Return a text on one line."""
    return BLANK.sub(" ", cleaned(text))


def _folded(line: Any) -> bytes:  # noqa: ANN401 - icalendar's Contentline has no types
    """Return a content line with CRLF, folded where neither a character nor an escape breaks.

    The library's own folding takes each character by itself: a third of a second for a large
    programme.
    """
    octets = str(line).encode()
    parts = []
    room = LONGEST_LINE
    while len(octets) > room:
        cut = room
        while octets[cut] & 0xC0 == 0x80:  # noqa: PLR2004 - inside a character
            cut -= 1
        backslashes = cut - len(octets[:cut].rstrip(b"\\"))
        cut -= backslashes % 2  # the last one belongs to what follows
        parts.append(octets[:cut])
        octets = octets[cut:]
        room = LONGEST_LINE - 1  # the continuation begins with a space
    return b"\r\n ".join([*parts, octets]) + b"\r\n"
