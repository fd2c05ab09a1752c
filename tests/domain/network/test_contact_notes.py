from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from congress.domain.network.contact_notes import (
    ContactKind,
    NoteFacts,
    goes_on,
    is_due,
    is_reopened,
    postponed_to,
)

BERLIN = ZoneInfo("Europe/Berlin")
MARCH = date(2026, 3, 1)
DONE = datetime(2026, 4, 1, 9, tzinfo=UTC)
NOTE = NoteFacts(1, ContactKind.CALL, MARCH, "Rückruf", text="Frau Müller fragt nach Fördermitteln")


@pytest.mark.parametrize(
    ("day", "follow_up_on", "done_at", "goes"),
    [
        (MARCH, None, None, date(2028, 2, 29)),
        (MARCH, MARCH, None, None),
        (MARCH, MARCH, DONE, date(2028, 2, 29)),
        (date(2022, 1, 1), MARCH, None, None),
        (date(2022, 1, 1), MARCH, DONE, date(2026, 5, 1)),
        (date(2022, 1, 1), MARCH, datetime(2026, 4, 1, 22, 30, tzinfo=UTC), date(2026, 5, 2)),
    ],
)
def test_a_note_goes_after_two_years_and_never_while_it_is_open(day, follow_up_on, done_at, goes):
    assert goes_on(day, follow_up_on, done_at, zone=BERLIN) == goes


@pytest.mark.parametrize(
    ("follow_up_on", "done_at", "due"),
    [
        (None, None, False),
        (date(2026, 3, 2), None, False),
        (MARCH, None, True),
        (date(2025, 1, 1), None, True),
        (MARCH, DONE, False),
    ],
)
def test_what_is_due(follow_up_on, done_at, due):
    assert is_due(follow_up_on, done_at, today=MARCH) is due


def test_another_day_opens_what_was_done():
    before = replace(NOTE, follow_up_on=MARCH)

    assert is_reopened(before, replace(before, follow_up_on=date(2026, 4, 1)))
    assert is_reopened(before, replace(before, follow_up_on=None))
    assert not is_reopened(before, replace(before, topic="Anderes"))


def test_a_week_is_offered_to_whoever_postpones():
    assert postponed_to(MARCH) == date(2026, 3, 8)


def test_a_note_is_found_however_umlauts_are_typed():
    assert NOTE.search == "ruckruf frau muller fragt nach fordermitteln"


def test_versions_and_changes_tell_notes_apart():
    other = replace(NOTE, text="", follow_up_on=MARCH)

    assert NOTE.changes_to(other) == ["text", "follow_up_on"]
    assert NOTE.version != other.version
    assert NOTE.version == replace(other, text=NOTE.text, follow_up_on=None).version
