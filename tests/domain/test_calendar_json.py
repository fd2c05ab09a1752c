import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from congress.domain.calendars.calendar import Conference, Content, Entry, Method, Status
from congress.domain.calendars.calendar_json import (
    as_json,
    entry_facts,
    entry_from_facts,
    from_json,
)

TIMED = Content(
    summary="Fachkongress",
    starts=datetime(2015, 10, 21, 7, 30, tzinfo=UTC),
    ends=datetime(2015, 10, 21, 14, 30, tzinfo=UTC),
    timezone="Europe/Berlin",
    location="Hansesaal, Lünen",
    description="Zwei\nZeilen",
    categories=("Fachkongress",),
)
WHOLE_DAYS = Content("Werkstatt", date(2015, 10, 21), date(2015, 10, 23), "Europe/Berlin")


ONLINE = replace(TIMED, conferences=(Conference("Online", "https://meet.example.org/1"),))


@pytest.mark.parametrize(
    "content", [TIMED, WHOLE_DAYS, ONLINE], ids=["timed", "whole days", "online"]
)
def test_what_is_kept_comes_back_the_same(content):
    assert from_json(json.loads(json.dumps(as_json(content)))) == content


def test_moments_are_kept_in_utc():
    local = datetime(2015, 10, 21, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    kept = as_json(Content("Fachkongress", local, TIMED.ends, "Europe/Berlin"))
    assert kept["starts"] == "2015-10-21T07:30:00+00:00"


def test_a_message_states_an_entry_whole():
    entry = Entry("uid", 2, datetime(2015, 9, 1, 8, tzinfo=UTC), Status.CANCELLED, TIMED)
    facts = json.loads(json.dumps(entry_facts(entry, Method.CANCEL)))
    assert facts["method"] == "CANCEL"
    assert entry_from_facts(facts) == entry


def test_no_address_is_kept_not_even_that_of_an_older_message():
    """It is put in when an entry is written out: another BASE_URL is no change of content."""
    with_address = replace(TIMED, url="https://congress.test/fachkongress")
    kept = as_json(with_address)
    assert "congress.test" not in json.dumps(kept)
    older: Any = {**kept, "url": "https://old.test/fachkongress"}
    assert from_json(older) == TIMED
