from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from congress.formats.time_zones import vtimezone

BERLIN = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


@pytest.mark.parametrize(("first", "last"), [(2013, 2015), (2026, 2026), (2015, 2051)])
def test_berlin_has_both_rules_from_1970_on(first, last):
    """ICS-04; Outlook shows a wrong hour with rules that are cut short."""
    assert vtimezone("Europe/Berlin", first, last).to_ical().decode() == BERLIN.replace(
        "\n", "\r\n"
    )


@pytest.mark.parametrize(
    ("key", "rules"),
    [
        ("America/New_York", {"2SU", "1SU"}),
        ("Australia/Sydney", {"1SU"}),
        ("Asia/Tokyo", set()),
        ("Asia/Kolkata", set()),
    ],
)
def test_each_zone_has_the_rules_it_follows(key, rules):
    zone = vtimezone(key, 2015, 2026)
    found = {each["RRULE"]["BYDAY"] for each in zone.subcomponents if "RRULE" in each}
    assert found == rules
    assert {each["DTSTART"].dt.year for each in zone.subcomponents} == {1970}


@pytest.mark.parametrize(
    "key",
    [
        "Europe/Berlin",
        "Europe/Dublin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Africa/Casablanca",  # gives up summer time in Ramadan
        "Asia/Jerusalem",  # on the Friday before a Sunday
        "America/Sao_Paulo",  # gave up summer time in 2019
        "Europe/Istanbul",
        "Asia/Tokyo",
    ],
)
@pytest.mark.parametrize("year", [2013, 2015, 2019, 2026])
def test_what_is_written_agrees_with_the_database_on_every_day(key, year):
    written = Calendar()
    written.add_component(vtimezone(key, year, year))
    zone = next(iter(Calendar.from_ical(written.to_ical()).timezones)).to_tz(lookup_tzid=False)
    noon = datetime(year, 1, 1, 12)
    for day in range(365):
        local = noon + timedelta(days=day)
        assert (
            local.replace(tzinfo=zone).utcoffset()
            == local.replace(tzinfo=ZoneInfo(key)).utcoffset()
        )


def test_no_comment_stands_in_it():
    """The one of the library makes libical refuse the whole file."""
    assert b"COMMENT" not in vtimezone("Africa/Casablanca", 2015, 2015).to_ical()
