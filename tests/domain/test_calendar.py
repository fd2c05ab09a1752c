from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.calendars.calendar import (
    Conference,
    Content,
    Entry,
    Status,
    revise,
    without_conferences,
)

FIRST = datetime(2015, 9, 1, 8, 0, tzinfo=UTC)
LATER = FIRST + timedelta(days=1)
CONTENT = Content(
    summary="Fachkongress",
    starts=datetime(2015, 10, 21, 7, 30, tzinfo=UTC),
    ends=datetime(2015, 10, 21, 14, 30, tzinfo=UTC),
    timezone="Europe/Berlin",
    location="Lünen",
)
ROOMS = (Conference("Online", "https://meet.example.org/1"),)
ENTRY = Entry("a-uid", 3, FIRST, Status.CONFIRMED, CONTENT)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"starts": CONTENT.starts - timedelta(hours=1)}, Status.CONFIRMED),
        ({"ends": CONTENT.ends + timedelta(hours=1)}, Status.CONFIRMED),
        ({"summary": "Fachkongress 2015"}, Status.CONFIRMED),
        ({"location": "Köln"}, Status.CONFIRMED),
        ({"description": "Raum 2"}, Status.CONFIRMED),
        ({"conferences": ROOMS}, Status.CONFIRMED),
        ({}, Status.CANCELLED),
    ],
    ids=["start", "end", "title", "place", "text", "online", "cancelled"],
)
def test_each_change_is_the_next_revision_of_the_same_uid(changes, status):
    """ICS-05, ICS-06."""
    content = replace(CONTENT, **changes)
    assert revise(ENTRY, content, status, now=LATER) == Entry("a-uid", 4, LATER, status, content)


def test_what_stays_the_same_is_no_revision():
    """ICS-06: a repeated mail is identical to the byte."""
    assert revise(ENTRY, replace(CONTENT), Status.CONFIRMED, now=LATER) is ENTRY


def test_a_cancelled_entry_comes_back_with_the_next_number():
    cancelled = revise(ENTRY, CONTENT, Status.CANCELLED, now=LATER)
    assert revise(cancelled, CONTENT, Status.CONFIRMED, now=LATER) == replace(
        ENTRY, sequence=5, revised_at=LATER
    )


def test_the_moment_of_a_revision_never_goes_back_with_the_clock():
    before = FIRST - timedelta(minutes=5)
    revised = revise(ENTRY, CONTENT, Status.CANCELLED, now=before)
    assert (revised.sequence, revised.revised_at) == (4, FIRST)


@pytest.mark.parametrize(
    ("described", "left"),
    [
        ("Online: https://meet.example.org/1", ""),
        ("Online: https://meet.example.org/1\n\nBis bald", "Bis bald"),
        ("Workshop\nhttps://meet.example.org/1\nRaum 1\n\nEnde", "Workshop\nRaum 1\n\nEnde"),
    ],
)
def test_what_ends_names_no_room_online(described, left):
    content = replace(CONTENT, description=described, conferences=ROOMS)

    assert without_conferences(content) == replace(CONTENT, description=left)
