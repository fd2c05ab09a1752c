"""ICS-03 to ICS-09, ICS-21, ICS-24, ICS-25, SEC-29; the whole is also read by other parsers."""

import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from congress.domain.calendars.calendar import Conference, Content, Entry, Method, Status
from congress.formats import ics
from congress.formats.ics import Address
from tests.calendar_readers import read_with, read_with_libical

REVISED = datetime(2015, 9, 1, 8, 0, 0, 999, tzinfo=UTC)
CONTENT = Content(
    summary="Fachkongress 2015",
    starts=datetime(2015, 10, 21, 7, 30, tzinfo=UTC),
    ends=datetime(2015, 10, 21, 14, 30, tzinfo=UTC),
    timezone="Europe/Berlin",
    location="Hansesaal, 44532 Lünen",
    description="Ihr Workshop:\nBeteiligung; Raum 1",
    url="https://congress.test/fachkongress-2015",
    categories=("Kongress", "Ehrenamt, Engagement"),
)
ENTRY = Entry("7b1c@congress", 2, REVISED, Status.CONFIRMED, CONTENT)
CANCELLED = replace(ENTRY, sequence=3, status=Status.CANCELLED)
ORGANIZER = Address("Forum für soziale Innovation", "kongress@congress.test")
ATTENDEE = Address("Jörg Müller", "joerg.mueller@example.org")
ROLE = "PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE"

# SEC-29: what is written, and what it reads as in a title and in a text of several lines.
INJECTIONS = {
    "property": ("x\r\nATTENDEE:mailto:v@x.example", "x ATTENDEE:mailto:v@x.example", None),
    "end": ("x\nEND:VEVENT\nBEGIN:VEVENT", "x END:VEVENT BEGIN:VEVENT", None),
    "carriage return": ("x\rSUMMARY:y", "x SUMMARY:y", "x\nSUMMARY:y"),
    "separators": ("a;b,c\\d:e\"f'g", None, None),
    "escapes": (r"C:\Neu \n \, \; \\", None, None),
    "line separator": ("a\u2028b\u2029c", "a b c", "a\nb\nc"),
    "next line": ("a\u0085b\x0bc\x0cd", "a b c d", "a\nb\nc\nd"),
    "NUL": ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef", "abcdef"),
    "half a character": ("a\ud83db", "a\ufffdb", "a\ufffdb"),
    "no character": ("a\uffffb\ufdd0c", "abc", "abc"),
    "backslashes": ("\\" * 200, None, None),
    "emoji": ("👩‍👩‍👧‍👦" * 30, None, None),
    "markup": ("<b>fett</b> &amp; {{ 7*7 }}", None, None),
}


def message(entry=ENTRY, method=Method.REQUEST, organizer=ORGANIZER, attendee=ATTENDEE):
    return ics.message(entry, method=method, organizer=organizer, attendee=attendee)


def lines(calendar):
    return calendar.replace(b"\r\n ", b"").decode().split("\r\n")


def test_an_invitation_says_everything_that_calendars_ask_for():
    """ICS-04."""
    event = lines(message())
    event = event[event.index("BEGIN:VEVENT") : event.index("END:VEVENT")]
    assert sorted(event[1:]) == [
        f'ATTENDEE;CN="Jörg Müller";{ROLE}:mailto:joerg.mueller@example.org',
        r"CATEGORIES:Kongress,Ehrenamt\, Engagement",
        r"DESCRIPTION:Ihr Workshop:\nBeteiligung\; Raum 1",
        "DTEND;TZID=Europe/Berlin:20151021T163000",
        "DTSTAMP:20150901T080000Z",
        "DTSTART;TZID=Europe/Berlin:20151021T093000",
        "LAST-MODIFIED:20150901T080000Z",
        r"LOCATION:Hansesaal\, 44532 Lünen",
        'ORGANIZER;CN="Forum für soziale Innovation":mailto:kongress@congress.test',
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "SUMMARY:Fachkongress 2015",
        "TRANSP:OPAQUE",
        "UID:7b1c@congress",
        "URL:https://congress.test/fachkongress-2015",
    ]


def test_a_cancellation_is_the_same_object_with_another_method_and_status():
    """ICS-07."""
    change = set(lines(message(CANCELLED, Method.CANCEL))) ^ set(lines(message()))
    assert change == {
        *("METHOD:REQUEST", "METHOD:CANCEL"),
        *("SEQUENCE:2", "SEQUENCE:3"),
        *("STATUS:CONFIRMED", "STATUS:CANCELLED"),
    }


@pytest.mark.parametrize(("entry", "method"), [(CANCELLED, "REQUEST"), (ENTRY, "CANCEL")])
def test_method_and_status_never_contradict_each_other(entry, method):
    with pytest.raises(ValueError, match="cannot carry"):
        message(entry, Method(method))


def test_a_feed_names_itself_and_nobody_else():
    """ICS-20."""
    feed = lines(
        ics.feed([ENTRY, CANCELLED], name="A, B", source_url="https://congress.test/calendar.ics")
    )
    assert {
        r"NAME:A\, B",
        r"X-WR-CALNAME:A\, B",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "SOURCE;VALUE=URI:https://congress.test/calendar.ics",
    } <= set(feed)
    assert not [line for line in feed if line.startswith(("METHOD", "ATTENDEE", "ORGANIZER"))]


def test_a_file_to_download_has_no_method():
    assert b"METHOD" not in ics.file([ENTRY])


@pytest.mark.parametrize("minutes", [30, 120, 1440])
def test_a_reminder_is_read_as_one_by_every_reader(minutes):
    """RFC 5545, 3.6.6; the entry around it is read as without it."""
    reminding = replace(ENTRY, content=replace(CONTENT, reminder=minutes))
    octets = message(reminding)
    [alarm] = Calendar.from_ical(octets).walk("VALARM")

    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["DESCRIPTION"] == "Fachkongress 2015"
    assert alarm["TRIGGER"].dt == timedelta(minutes=-minutes)
    for reader in ("ical.js", "node-ical"):
        assert read_with(reader, octets) == read_with(reader, message())
    [event] = read_with_libical(octets)
    assert event == read_with_libical(message())[0]


def test_nobody_is_reminded_of_what_is_over_or_without_being_asked():
    ended = replace(CANCELLED, content=replace(CONTENT, reminder=120))
    for octets in (message(), message(ended, Method.CANCEL), ics.feed([ended], name="Kongress")):
        assert b"VALARM" not in octets


ROOM = "https://meet.example.org/kongress"


@pytest.mark.parametrize(
    ("label", "written", "address"),
    [
        ("Online", "Online", ROOM),
        ("Link zur Online-Teilnahme", "Link zur Online-Teilnahme", ROOM),
        ("Größe, a: b; c", '"Größe, a: b; c"', f"{ROOM}?a=1,2;b=3&c=%C3%BC#d"),
        ('„So" \\ ^n\r\nATTENDEE:x', '"„So\' n ATTENDEE:x"', ROOM),
        ("Ü" * 90, "Ü" * 90, f"{ROOM}/{'a' * 900}"),
    ],
)
def test_a_room_online_is_whole_in_mail_and_feed(label, written, address):
    """RFC 7986, 5.11; a line of more than 75 octets is folded and reads the same."""
    content = replace(CONTENT, conferences=(Conference(label, address),))
    entry = replace(ENTRY, content=content)
    expected = f"CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL={written};VALUE=URI:{address}"

    for octets in (message(entry), ics.feed([entry], name="Kongress")):
        assert [each for each in lines(octets) if each.startswith("CONFERENCE")] == [expected]
        assert max(map(len, octets.split(b"\r\n"))) <= 75
        [event] = Calendar.from_ical(octets).events
        assert event["CONFERENCE"] == address
    for reader in ("ical.js", "node-ical"):
        [found], [usual] = read_with(reader, message(entry), message())
        shown = found.pop("properties", []), usual.pop("properties", [])
        assert "conference" in shown[0] or shown == ([], [])
        assert found == usual
    [found], [usual] = read_with_libical(message(entry)), read_with_libical(message())
    assert found.pop("properties") == usual.pop("properties") + 1
    assert found == usual


def test_what_is_over_opens_no_room():
    ended = replace(CANCELLED, content=replace(CONTENT, conferences=(Conference("Online", ROOM),)))
    for octets in (message(ended, Method.CANCEL), ics.feed([ended], name="Kongress")):
        assert b"CONFERENCE" not in octets


def test_a_public_entry_marks_nobody_as_busy():
    assert b"TRANSP:TRANSPARENT\r\n" in ics.file([replace(ENTRY, transparent=True)])


def test_whole_days_need_no_time_zone():
    days = replace(CONTENT, starts=date(2015, 10, 21), ends=date(2015, 10, 23))
    file = lines(ics.file([replace(ENTRY, content=days)]))
    assert {"DTSTART;VALUE=DATE:20151021", "DTEND;VALUE=DATE:20151023"} <= set(file)
    assert "BEGIN:VTIMEZONE" not in file


def test_without_entries_a_feed_is_busy_nowhere_and_there_is_no_file():
    """ICS-20, ICS-24: a VCALENDAR needs a component, and strict readers no zone without a use."""
    [nothing] = Calendar.from_ical(ics.feed([], name="K")).subcomponents
    assert nothing.name == "VFREEBUSY"
    assert {"UID", "DTSTAMP"} == nothing.keys()
    with pytest.raises(ValueError, match="without entries"):
        ics.file([])


def test_the_same_entry_gives_the_same_bytes():
    """ICS-06, ICS-21."""
    assert message() == message(replace(ENTRY, content=replace(CONTENT)))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Maria Muster", "Maria Muster"),
        ('Muster, Maria: "M."; a@b.example', "Muster Maria M. a b.example"),
        ("x\r\nATTENDEE:mailto:v@x.example", "x ATTENDEE mailto v x.example"),
        ("Rory O'Neill^n\\\x00", "Rory O'Neill n"),
        ("", None),
        (":;,", None),
    ],
)
def test_a_name_cannot_break_out_of_its_place(name, shown):
    """ICS-09, SEC-29."""
    calendar = message(attendee=Address(name, "maria@example.org"))
    (event,) = Calendar.from_ical(calendar).events
    assert event["ATTENDEE"] == "mailto:maria@example.org"
    assert event["ATTENDEE"].params.get("CN") == shown
    assert [line for line in lines(calendar) if line.endswith(f"{ROLE}:mailto:maria@example.org")]


def test_an_address_cannot_break_out_of_its_place():
    odd = replace(ENTRY, content=replace(CONTENT, url="https://x.test/a b\r\nMETHOD:CANCEL"))
    calendar = lines(message(odd, attendee=Address("", "a\r\nb,c;d\x00@x.example")))
    assert "URL:https://x.test/a%20b%20METHOD:CANCEL" in calendar
    assert [line for line in calendar if line.endswith(":mailto:a%20b%2Cc%3Bd@x.example")]


@pytest.mark.parametrize("written", INJECTIONS.values(), ids=INJECTIONS)
def test_octets_are_as_the_standard_wants_them(written):
    """ICS-09: CRLF, at most 75 octets, no character cut, no control character."""
    calendar = message(with_text(written[0]))
    assert calendar.endswith(b"END:VCALENDAR\r\n")
    for line in calendar.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(line) <= 75
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", line.decode())


def with_text(text):
    content = replace(CONTENT, summary=text, description=text, location=text, categories=(text,))
    return replace(ENTRY, content=content)


def test_hostile_texts_come_back_as_text_from_every_reader():
    """SEC-29: one VEVENT, no new property, the words as they were."""
    plain = read_with("ical.js", message(with_text("plain")))[0][0]["properties"]
    calendars = [message(with_text(written)) for written, _, _ in INJECTIONS.values()]
    answers = read_with("ical.js", *calendars)
    for (written, title, text), answer in zip(INJECTIONS.values(), answers, strict=True):
        (event,) = answer
        several_lines = text or written.replace("\r\n", "\n")
        assert event["summary"] == (title or written)
        assert (event["description"], event["location"]) == (several_lines, several_lines)
        assert event["properties"] == plain
    assert [len(each) for each in read_with("node-ical", *calendars)] == [1] * len(calendars)


@pytest.mark.parametrize(("written", "title", "text"), INJECTIONS.values(), ids=INJECTIONS)
def test_libical_reads_hostile_texts_as_text(written, title, text):
    (plain,) = read_with_libical(message(with_text("plain")))
    (event,) = read_with_libical(message(with_text(written)))
    text = text or written.replace("\r\n", "\n")
    said = {"summary": title or written, "description": text, "location": text}
    assert event == plain | said


@given(title=st.text(min_size=1), text=st.text(min_size=1))
def test_any_text_is_one_event_and_reads_as_written(title, text):
    content = replace(CONTENT, summary=title, description=text)
    calendar = message(replace(ENTRY, content=content))
    assert calendar.count(b"\r\nBEGIN:VEVENT\r\n") == 1
    assert len(Calendar.from_ical(calendar).events) == 1
    (event,) = read_with_libical(calendar)
    one_line = re.sub(r"[\n\t]+", " ", ics.cleaned(title))
    assert (event["summary"], event["description"]) == (one_line, ics.cleaned(text))


def test_two_hundred_moments_are_the_same_for_every_reader():
    """ICS-25, with the days on which the clocks change, and the hour that comes twice."""
    numbers = random.Random(25)
    changes = [datetime(2015, 3, 29, tzinfo=UTC), datetime(2015, 10, 25, tzinfo=UTC)]
    days = [
        datetime(2015, 1, 1, tzinfo=UTC) + timedelta(numbers.randrange(4000)) for _ in range(50)
    ]
    starts = [
        day + timedelta(minutes=15 * numbers.randrange(96))
        for day in days + changes * 25
        for _ in "ab"
    ]
    zones = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Tokyo", "UTC"]
    contents = [
        replace(CONTENT, starts=at, ends=at + timedelta(minutes=90), timezone=zone)
        for at, zone in zip(starts, zones * 40, strict=True)
    ]
    entries = [replace(ENTRY, uid=str(n), content=each) for n, each in enumerate(contents)]
    wanted = {entry.uid: entry.content.starts for entry in entries}
    feed = ics.feed(entries, name="K")
    assert len(entries) == 200
    for reader in ("ical.js", "node-ical"):
        (events,) = read_with(reader, feed)
        read = {each["uid"]: datetime.fromisoformat(each["starts"]) for each in events}
        assert read == wanted
    assert {str(e["UID"]): e["DTSTART"].dt for e in Calendar.from_ical(feed).events} == wanted


def test_a_thousand_entries_stay_under_a_megabyte():
    """ICS-24."""
    entries = [replace(ENTRY, uid=f"{number}@congress") for number in range(1000)]
    assert len(ics.feed(entries, name="K")) < 1_000_000
