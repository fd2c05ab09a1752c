"""ICS-20 to ICS-24 over HTTP; `script/test` reads the same bytes with other parsers."""

import gzip
from contextlib import contextmanager
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import event

from congress.extensions import db
from congress.models import Congress, ProgrammeItem
from tests.builders import STARTS, a_congress, a_workshop, an_item

ADDRESSES = ("/calendar.ics", "/fachkongress/calendar.ics")
PAST_THE_SESSION = 0  # the front asks for the revision where nothing counts (test_front.py)
UNKNOWN = "x" * 43


@pytest.fixture
def programme(app):
    """A published congress with a greeting and a workshop, and a draft beside it."""
    with app.app_context():
        congress = a_congress()
        an_item(congress, title={"de": "Begrüßung", "en": "Welcome"}, uid="greeting")
        a_workshop(congress, title="Beteiligung", uid="workshop")
        an_item(congress, title="Geheim", uid="secret", is_released=False)
        a_congress(slug="entwurf", state="draft", title={"de": "Entwurf"})


def events(response):
    return {str(each["UID"]): each for each in Calendar.from_ical(response.data).events}


@contextmanager
def counted(app):
    """Collect the statements that an application sends meanwhile."""
    statements = []

    def note(_connection, _cursor, statement, _parameters, _context, _is_many):
        if statement != "BEGIN":
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_a_programme_is_one_entry_per_released_item(client, programme):
    """ICS-20, ICS-23."""
    response = client.get("/fachkongress/calendar.ics")
    found = events(response)
    assert found.keys() == {"greeting", "workshop"}
    assert found["greeting"]["SUMMARY"] == "Begrüßung"
    assert found["greeting"]["DTSTART"].dt == STARTS
    assert found["greeting"]["TRANSP"] == "TRANSPARENT"
    assert found["greeting"]["URL"].startswith("http://congress.test/fachkongress/programme/")
    assert response.content_type == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == "inline; filename=fachkongress.ics"


def test_all_congresses_are_one_entry_each_without_drafts(client, programme):
    (entry,) = events(client.get("/calendar.ics")).values()
    assert (entry["SUMMARY"], entry["DTSTART"].dt) == ("Engagement vor Ort", STARTS.date())
    assert entry["DTEND"].dt == STARTS.date() + timedelta(days=1)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_calendar_is_in_german_unless_its_address_says_otherwise(client, programme, address):
    german = client.get(address, headers={"Accept-Language": "en"})
    english = client.get(f"{address}?lang=en")
    assert b"Engagement vor Ort" in german.data
    assert b"Engagement on the spot" in english.data
    assert client.get(f"{address}?lang=xx").data == german.data


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_a_calendar_is_told_so(client, programme, address):
    """ICS-20, ICS-21."""
    first = client.get(address)
    again = client.get(address)
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    for known in (
        first.headers["ETag"],
        f"W/{first.headers['ETag']}",
        f'"x", {first.headers["ETag"]}',
    ):
        unchanged = client.get(address, headers={"If-None-Match": known})
        assert (unchanged.status_code, unchanged.data) == (304, b"")
        assert unchanged.headers["ETag"] == first.headers["ETag"]
        assert "Content-Type" not in unchanged.headers
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_calendar_is_zipped_for_whoever_takes_it(client, programme, address):
    plain = client.get(address)
    zipped = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert plain.headers["Vary"] == zipped.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    known = {"If-None-Match": zipped.headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_and_range_do_not_fail_and_nobody_gets_a_cookie(client, programme, address):
    """ICS-20, SEC-21."""
    whole = client.get(address)
    head = client.head(address)
    part = client.get(address, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert (part.status_code, part.data) == (200, whole.data)
    for response in (whole, head, part):
        assert "Set-Cookie" not in response.headers


def test_a_cancelled_item_stays_as_cancelled(client, app, programme):
    """ICS-22."""
    before = events(client.get("/fachkongress/calendar.ics?lang=en"))["workshop"]
    with app.app_context():
        item = db.session.query(ProgrammeItem).filter_by(uid="workshop").one()
        item.released = {**(item.released or {}), "cancelled": True}
        item.sequence += 1
        congress = db.session.query(Congress).filter_by(slug="fachkongress").one()
        congress.revision += 1
        congress.content_revision += 1
        db.session.commit()
    after = events(client.get("/fachkongress/calendar.ics?lang=en"))["workshop"]
    assert (after["STATUS"], after["SUMMARY"]) == ("CANCELLED", "Cancelled: Beteiligung")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_congress_without_programme_is_its_own_entry(client, app):
    """ICS-24."""
    with app.app_context():
        congress = a_congress()
    (uid,) = events(client.get("/fachkongress/calendar.ics"))
    assert uid == congress.uid


def test_without_any_congress_there_is_still_a_calendar(client):
    response = client.get("/calendar.ics")
    assert response.status_code == 200
    assert Calendar.from_ical(response.data).walk("VFREEBUSY")


def test_what_is_not_public_is_the_same_not_found(client, programme):
    """ICS-23."""
    addresses = [
        "/entwurf/calendar.ics",
        "/unbekannt/calendar.ics",
        f"/feed/{UNKNOWN}.ics",
        f"/registration/{UNKNOWN}/calendar.ics",
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 4


@pytest.mark.parametrize(
    ("address", "counts"), list(zip(ADDRESSES, (1, PAST_THE_SESSION), strict=True))
)
def test_a_calendar_that_is_kept_costs_one_small_query(client, app, programme, address, counts):
    client.get(address)
    with counted(app) as again:
        client.get(address)
    assert len(again) == counts


@pytest.mark.parametrize("items", [6, 200])
def test_a_programme_of_any_length_takes_the_same_queries(client, app, items):
    with app.app_context():
        congress = a_congress()
        for _ in range(items):
            an_item(congress)
    with counted(app) as statements:
        assert len(events(client.get("/fachkongress/calendar.ics"))) == items
    assert len(statements) <= 6
