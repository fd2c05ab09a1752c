"""One person's calendar over HTTP: by a secret link, and asked about again every hour."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
import time_machine
from icalendar import Calendar

from congress import clock
from congress.domain.calendars.calendar import Content
from congress.domain.calendars.calendar_json import as_json
from congress.domain.calendars.public_calendar import KEEP_CANCELLED
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.formats import ics
from congress.models import AccessToken, CalendarEntry, Congress, Registration
from congress.services import tokens
from congress.web import page_cache
from congress.web.calendar import views
from tests.builders import ENDS, MADE, OPEN, STARTS, a_congress, a_registration, add
from tests.queries_counter import count_queries

SECOND = timedelta(seconds=1)


def a_personal_calendar(
    app, *, status="CONFIRMED", revised_at=None, state="confirmed", subscribes=True
):
    """Store a registration with one entry; return the tokens of its feed and its page."""
    with app.app_context():
        congress = a_congress(slug="eigener", uid="congress")
        registration = a_registration(congress, state=state, subscribes=subscribes)
        rows, manage = tokens.new_rows(registration.id, now=registration.created_at)
        for row in rows:
            add(AccessToken(revoked_at=None, **row))
        if state == "confirmed":
            content = Content("Fachkongress", STARTS, ENDS, "Europe/Berlin")
            add(
                CalendarEntry(
                    registration_id=registration.id,
                    day=STARTS.date(),
                    uid="own",
                    sequence=1,
                    revised_at=revised_at or registration.created_at,
                    status=status,
                    content=as_json(content),
                )
            )
        feed = tokens.token_for(registration.id, TokenPurpose.FEED)
        return feed, manage


def events(response):
    return {str(each["UID"]): each for each in Calendar.from_ical(response.data).events}


def revoke_all(app):
    with app.app_context():
        for token in db.session.query(AccessToken):
            token.revoked_at = datetime(2015, 10, 1, tzinfo=UTC)
        db.session.commit()


def test_one_s_own_calendar_needs_its_own_link(client, app):
    """ICS-23, SEC-27: the feed's link opens the feed only, and stands nowhere in it."""
    feed, manage = a_personal_calendar(app)
    response = client.get(f"/feed/{feed}.ics")
    assert events(response).keys() == {"own"}
    assert events(response)["own"]["URL"] == "http://congress.test/eigener"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert feed.encode() not in response.data
    assert manage.encode() not in response.data
    assert client.get(f"/feed/{manage}.ics").status_code == 404
    assert client.get(f"/registration/{feed}/calendar.ics").status_code == 404
    known = {"If-None-Match": response.headers["ETag"]}
    assert client.get(f"/feed/{feed}.ics", headers=known).status_code == 304


def test_a_revoked_link_opens_nothing(client, app):
    feed, manage = a_personal_calendar(app)
    revoke_all(app)
    assert client.get(f"/feed/{feed}.ics").status_code == 404
    assert client.get(f"/registration/{manage}/calendar.ics").status_code == 404


def test_one_s_own_calendar_can_be_downloaded(client, app):
    _, manage = a_personal_calendar(app)
    response = client.get(f"/registration/{manage}/calendar.ics")
    assert events(response).keys() == {"own"}
    assert events(response)["own"]["URL"] == "http://congress.test/eigener"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == "attachment; filename=calendar.ics"
    assert b"METHOD" not in response.data
    assert b"ATTENDEE" not in response.data


@pytest.mark.parametrize(("days", "is_shown"), [(89, True), (91, False)])
def test_a_withdrawn_entry_stays_as_cancelled_for_ninety_days(client, app, days, is_shown):
    revised_at = clock.now() - timedelta(days=days)
    feed, manage = a_personal_calendar(app, status="CANCELLED", revised_at=revised_at)
    found = events(client.get(f"/feed/{feed}.ics"))
    assert ("own" in found) is is_shown
    if is_shown:
        assert found["own"]["STATUS"] == "CANCELLED"
    assert client.get(f"/registration/{manage}/calendar.ics").status_code == 404


def test_who_waits_sees_the_congress_and_is_not_marked_as_busy(client, app):
    feed, manage = a_personal_calendar(app, state="waiting")
    (entry,) = events(client.get(f"/feed/{feed}.ics")).values()
    assert (entry["SUMMARY"], entry["TRANSP"]) == ("Engagement vor Ort", "TRANSPARENT")
    assert client.get(f"/registration/{manage}/calendar.ics").status_code == 404


def test_what_invitations_put_into_a_calendar_stands_in_no_other_one(client, app):
    """ICS-20: without entries it is valid all the same, and says where the entry comes from."""
    feed, _ = a_personal_calendar(app, subscribes=False)
    response = client.get(f"/feed/{feed}.ics")
    calendar = Calendar.from_ical(response.data)

    assert events(response) == {}
    assert calendar["X-WR-CALDESC"].startswith("Ihr Kalendereintrag kommt per Mail.")
    assert [each.name for each in calendar.subcomponents] == ["VFREEBUSY"]


def test_what_was_called_off_is_told_whatever_the_channel(client, app):
    feed, _ = a_personal_calendar(app, status="CANCELLED", subscribes=False, revised_at=clock.now())
    assert events(client.get(f"/feed/{feed}.ics"))["own"]["STATUS"] == "CANCELLED"


def ask(client, feed, known=None, moment=OPEN):
    headers = {"If-None-Match": known.headers["ETag"]} if known else {}
    with time_machine.travel(moment, tick=False):
        return client.get(f"/feed/{feed}.ics", headers=headers)


@pytest.mark.parametrize("state", ["confirmed", "waiting"])
def test_one_s_own_calendar_unchanged_is_not_made_again(app, client, state):
    feed, _ = a_personal_calendar(app, state=state)
    first = ask(client, feed)
    with count_queries() as found:
        again = ask(client, feed, first)

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(found) <= 2
    assert ask(client, feed).data == first.data


def another_day(registration, _congress):
    (first,) = db.session.query(CalendarEntry)
    content = {**first.content, "summary": "Zweiter Tag"}
    day, uid = first.day + timedelta(days=1), "second"
    facts = {"sequence": 0, "revised_at": first.revised_at, "status": "CONFIRMED"}
    add(CalendarEntry(registration_id=registration.id, day=day, uid=uid, content=content, **facts))


def a_revision(_registration, _congress):
    (entry,) = db.session.query(CalendarEntry)
    entry.sequence, entry.content = entry.sequence + 1, {**entry.content, "summary": "Verlegt"}


def invitations(registration, _congress):
    registration.subscribes = False


def another_language(registration, _congress):
    registration.language = "en"


def another_title(_registration, congress):
    congress.title = {**congress.title, "de": "Umbenannt"}


@pytest.mark.parametrize(
    ("change", "shows"),
    [
        (invitations, b"X-WR-CALDESC:Ihr Kalendereintrag kommt per Mail."),
        (another_day, b"SUMMARY:Zweiter Tag"),
        (a_revision, b"SUMMARY:Verlegt"),
        (another_language, b"NAME:Engagement on the spot"),
        (another_title, b"NAME:Umbenannt"),
    ],
)
def test_whatever_changes_one_s_own_calendar_is_sent(app, client, change, shows):
    feed, _ = a_personal_calendar(app)
    first = ask(client, feed)
    with app.app_context():
        change(db.session.query(Registration).one(), db.session.query(Congress).one())
        db.session.commit()
    changed = ask(client, feed, first)

    assert changed.status_code == 200
    assert shows in changed.data
    assert shows not in first.data
    assert ask(client, feed, changed).status_code == 304


def test_a_revoked_link_answers_nobody_who_knows_the_calendar(app, client):
    feed, _ = a_personal_calendar(app)
    first = ask(client, feed)
    revoke_all(app)

    assert ask(client, feed, first).status_code == 404


def test_time_alone_takes_a_withdrawn_entry_away(app, client):
    feed, _ = a_personal_calendar(app, status="CANCELLED", revised_at=MADE)
    first = ask(client, feed, moment=MADE)
    last = ask(client, feed, first, moment=MADE + KEEP_CANCELLED - SECOND)
    after = ask(client, feed, first, moment=MADE + KEEP_CANCELLED)

    assert (last.status_code, after.status_code) == (304, 200)
    assert events(after).keys() == {"congress"}


def test_a_new_version_of_the_program_sends_the_calendar_again(app, client, monkeypatch):
    feed, _ = a_personal_calendar(app)
    first = ask(client, feed)
    monkeypatch.setattr(views, "RENDERING", views.RENDERING + 1)

    assert ask(client, feed, first).status_code == 200


def test_other_rules_of_a_time_zone_send_the_calendar_again(app, client, monkeypatch):
    feed, _ = a_personal_calendar(app)
    first = ask(client, feed)
    monkeypatch.setattr(ics, "_zone", lambda *_names: b"BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n")

    assert ask(client, feed, first).status_code == 200


@pytest.mark.parametrize(
    ("facts", "digest"),
    [
        ({}, "0131949e311dc2e3"),
        ({"status": "CANCELLED"}, "3470f7278cfe5c99"),
        ({"state": "waiting"}, "762ac2e50927e8a9"),
    ],
    ids=["a place", "withdrawn", "waiting"],
)
def test_other_bytes_are_another_rendering(app, client, facts, digest):
    """Raise `views.RENDERING` with each digest that you change here: else nobody asks again."""
    feed, _ = a_personal_calendar(app, revised_at=OPEN, **facts)
    answer = ask(client, feed)

    assert (views.RENDERING, sha256(answer.data).hexdigest()[:16]) == (3, digest), answer.text


def test_one_s_own_calendar_takes_no_room_among_the_pages(app, client):
    feed, _ = a_personal_calendar(app)
    ask(client, feed)

    assert page_cache.EXTENSION not in app.extensions
