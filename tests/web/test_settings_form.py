"""The form of the settings: all that is wrong is said at its place, and what is right stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from congress.domain.calendars.alarm import CalendarAlarm
from congress.domain.fields import FieldUse
from congress.domain.planning.particulars import Particulars
from congress.domain.registration import RegistrationPeriod
from congress.web.organiser import settings_form
from tests.builders import BERLIN
from tests.domain.test_public_calendar import CONGRESS as ANY

pytestmark = pytest.mark.sqlite_only

HALF_A_DAY = timedelta(hours=12)
OPENS, CLOSES = datetime(2015, 9, 1, tzinfo=BERLIN), datetime(2015, 10, 8, tzinfo=BERLIN)
USES = {
    "organisation": FieldUse.REQUIRED,
    "function": FieldUse.OPTIONAL,
    "assistance": FieldUse.OFF,
}
CONGRESS = replace(
    ANY,
    period=RegistrationPeriod(OPENS, CLOSES),
    fields=USES,
    contact_email="fragen@example.org",
)


def sent(app, congress=CONGRESS, **typed: str):
    """Fill in the form of a congress as a browser shows it, and read what was typed over it."""
    with app.test_request_context("/?lang=de"):
        shown = settings_form.filled(Particulars.of(congress), congress.zone)
        values = {entry.name: entry.value for entry in shown.entries.values()}
        form = settings_form.typed(values | typed)
        return form, settings_form.read_particulars(form, congress)


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ({"title_de": ""}, ["title_de"]),
        ({"title_de": "T" * 201}, ["title_de"]),
        ({"lead_de": "L" * 1001}, ["lead_de"]),
        ({"description_de": "B" * 20_001}, ["description_de"]),
        ({"description_en": "Words"}, ["description_de"]),
        ({"venue_de": "", "venue_en": "Town hall"}, ["venue_de"]),
        ({"venue_de": "V" * 201}, ["venue_de"]),
        ({"address": "A" * 2001}, ["address"]),
        ({"cost_de": "K" * 2001}, ["cost_de"]),
        ({"contact_email": "fragen"}, ["contact_email"]),
        ({"online_link": "http://meet.example.org/1"}, ["online_link"]),
        ({"online_link": "meet.example.org/1"}, ["online_link"]),
        ({"online_link": "https://meet.example.org/" + "a" * 1000}, ["online_link"]),
        ({"kind": "party"}, ["kind"]),
        ({"colour": "pink"}, ["colour"]),
        ({"use_function": "sometimes"}, ["use_function"]),
        ({"use_assistance": "required"}, ["use_assistance"]),  # nobody can be made to say it
        ({"opens_at": "bald"}, ["opens_at"]),
        ({"opens_clock": "mittags"}, ["opens_clock"]),
        ({"opens_at": "29.3.2015", "opens_clock": "2.30"}, ["opens_clock"]),  # the clocks skip it
        ({"closes_at": "8.10."}, ["closes_at"]),
        ({"closes_at": ""}, ["closes_at"]),
        ({"opens_at": "8.10.2015"}, ["opens_at"]),
        ({"closes_at": "22.10.2015"}, ["closes_at"]),
        ({"changes_until": "demnächst"}, ["changes_until"]),
        ({"changes_until": "31.8.2015"}, ["changes_until"]),  # before it opens
        ({"withdrawals_until": "22.10.2015"}, ["withdrawals_until"]),
        ({"capacity": "viele"}, ["capacity"]),
        ({"capacity": "100001"}, ["capacity"]),
        (
            {"title_de": "", "opens_at": "x", "closes_at": "1.1.2016", "capacity": "-1"},
            ["title_de", "opens_at", "capacity"],
        ),
        ({"closes_at": "1.1.2016", "capacity": "-1"}, ["closes_at", "capacity"]),
    ],
)
def test_what_cannot_be_is_said_where_it_is_and_kept(app, typed, places):
    form, wanted = sent(app, **typed)

    assert wanted is None
    assert [place for place, _sentence in form.errors] == places
    assert {name: form[name].value for name in typed} == typed


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ({}, {}),
        ({"closes_at": "Sonntag, 4. Oktober 2015"}, {"closes_at": datetime(2015, 10, 4, 22, 0)}),
        ({"closes_at": "21.10.2015"}, {"closes_at": datetime(2015, 10, 21, 22, 0)}),
        ({"changes_until": "12.10.2015"}, {"changes_until": datetime(2015, 10, 12, 22, 0)}),
        ({"withdrawals_until": "1.10.2015"}, {"withdrawals_until": datetime(2015, 10, 1, 22, 0)}),
        ({"opens_clock": "9 Uhr"}, {"opens_at": datetime(2015, 9, 1, 7, 0)}),
        ({"opens_at": "2.9.2015", "opens_clock": ""}, {"opens_at": datetime(2015, 9, 1, 22, 0)}),
        ({"venue_de": "Rathaus"}, {"venue": {"de": "Rathaus"}}),
        ({"venue_de": ""}, {"venue": {}}),
        ({"title_en": ""}, {"title": {"de": "Fachkongress"}}),
        (
            {"online_link": " https://Meet.example.org/ü "},
            {"online_link": "https://meet.example.org/%C3%BC"},
        ),
        ({"capacity": "0", "waiting_list": ""}, {"capacity": 0, "waiting_list": False}),
        ({"one_mail": "y"}, {"one_mail": True}),
        ({"confirm_hours": "24"}, {"confirm_hours": 24}),
        ({"confirm_hours": ""}, {"confirm_hours": 0}),
        ({"reminder": "2 hours"}, {"reminder": CalendarAlarm.TWO_HOURS}),
        ({"use_function": "off"}, {"fields": USES | {"function": FieldUse.OFF}}),
        ({"use_assistance": "optional"}, {"fields": USES | {"assistance": FieldUse.OPTIONAL}}),
        ({"contact_email": ""}, {"contact_email": ""}),
        ({"description_de": "B" * 20_000}, {"description": {"de": "B" * 20_000}}),
        ({"lead_de": "Eins\r\n\r\nzwei"}, {"lead": {"de": "Eins\n\nzwei"}}),
    ],
)
def test_what_was_typed_is_meant(app, typed, values):
    form, wanted = sent(app, **typed)
    moments: dict[str, Any] = {
        name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
        for name, value in values.items()
    }

    assert form.errors == []
    assert wanted == replace(Particulars.of(CONGRESS), **moments)


@pytest.mark.parametrize(
    "values",
    [
        {"venue": {"de": "Rathaus", "fr": "Mairie"}},
        {"period": RegistrationPeriod(OPENS, datetime(2015, 10, 7, 12, tzinfo=BERLIN))},
        {"period": RegistrationPeriod(datetime(2015, 9, 1, 12, 50, 33, tzinfo=UTC), CLOSES)},
        {"period": RegistrationPeriod(OPENS, datetime(2015, 12, 1, tzinfo=BERLIN))},
        {"period": RegistrationPeriod(OPENS, CLOSES, CLOSES + HALF_A_DAY, CLOSES - HALF_A_DAY)},
        {"contact_email": "a..b@congress.test"},
    ],
)
def test_what_a_file_said_and_no_form_can_stays_as_it_is(app, values):
    """A third language, a deadline at noon or after the end, a second of the opening."""
    congress = replace(CONGRESS, **values)
    form, wanted = sent(app, congress)

    assert form.errors == []
    assert wanted is not None
    assert wanted.version == Particulars.of(congress).version
