"""A device at the doors and the server: the page it keeps, its list, what it sends."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from congress.domain.access import Role
from congress.domain.door_scans import MOST_AT_ONCE
from congress.domain.tokens import TokenPurpose, digest
from congress.extensions import db
from congress.models import Attendance, AuditLine, Congress
from congress.services import tokens
from congress.transaction import transaction
from tests.builders import ENDS, STARTS, a_booking, a_congress, a_registration, a_workshop
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/check-in"
DEVICE = "a" * 32
AT = int(STARTS.timestamp() * 1000)


@pytest.fixture
def house(app):
    """Adler, with a place in a workshop, and somebody at the door."""
    with app.app_context():
        congress = a_congress()
        adler = a_registration(congress, family_name="Adler", organisation="Verein")
        a_booking(adler, a_workshop(congress, number=1))
        with transaction():
            tokens.issue(adler.id, TokenPurpose.CHECK_IN, now=STARTS)
        code = digest(str(tokens.token_for(adler.id, TokenPurpose.CHECK_IN)))
        ids: dict[str, Any] = {"congress": congress.id, "adler": adler.id, "code": code}
    an_organiser(app, "door@example.org", {ids["congress"]: Role.CHECK_IN})
    with time_machine.travel(STARTS, tick=False):
        yield ids | {"client": logged_in(app, "door@example.org")}


def say(client: FlaskClient, part: str, **said: object) -> TestResponse:
    token = hidden(client, f"{HERE}/device", "csrf_token")
    headers = {"X-CSRFToken": token}
    return client.post(f"{HERE}/device/{part}", json={"device": DEVICE} | said, headers=headers)


def a_scan(house: dict[str, Any], **changes: object) -> dict[str, Any]:
    known = {"uuid": str(UUID(int=1)), "day": STARTS.date().isoformat(), "door": None}
    return known | {"digest": house["code"], "person": None, "at": AT, "letIn": False} | changes


def test_only_this_page_may_use_the_camera_and_it_names_nobody(house):
    client = house["client"]
    page = client.get(f"{HERE}/device")
    assert page.headers["Permissions-Policy"].startswith("camera=(self)")
    assert client.get(HERE).headers["Permissions-Policy"].startswith("camera=()")
    assert "unsafe" not in page.headers.get("Content-Security-Policy", "")
    assert "Adler" not in page.text
    assert "@" not in page.text
    script = client.get(f"{HERE}/device.js")
    assert script.mimetype == "text/javascript"
    kept = re.findall(r'"(/static/[^"]+)"', script.text)
    read = pages.read(page)
    shown = {each.get("src") for each in pages.find_all(read, "script")}
    shown |= {each.get("href") for each in pages.find_all(read, "link", rel="stylesheet")}
    assert shown <= set(kept)
    assert all(client.get(each, buffered=True).status_code == 200 for each in kept)


def test_the_list_says_what_a_door_needs(app, house):
    with count_queries() as seen:
        answer = say(house["client"], "list").json
    [person] = answer["people"]
    assert person[:4] == [house["adler"], "Maria Adler", "Verein", house["code"]]
    assert person[4] == [answer["doors"][0]["id"]]
    assert answer["expires"] - answer["now"] <= 12 * 3_600_000
    assert len(seen) <= 20
    again = say(house["client"], "list").json
    assert again["key"] == answer["key"]
    assert say(house["client"], "list", device="b" * 32).json["key"] != answer["key"]
    assert say(logged_in(app, "door@example.org"), "list").json["key"] != answer["key"]
    with app.app_context():
        lines = db.session.scalars(select(AuditLine).where(AuditLine.verb == "door_list_taken"))
        assert [line.personal for line in lines] == [{}] * 4


@pytest.mark.parametrize("at", [STARTS - timedelta(days=3), ENDS + timedelta(days=1)])
def test_no_list_is_handed_out_long_before_and_afterwards(app, house, at):
    with time_machine.travel(at, tick=False):
        answer = say(logged_in(app, "door@example.org"), "list").json
    assert answer["refused"]
    assert "people" not in (answer or {})


@pytest.mark.parametrize("state", ["cancelled", "draft"])
def test_no_list_is_handed_out_of_what_nobody_comes_to(app, house, state):
    with app.app_context(), transaction():
        db.session.get_one(Congress, house["congress"]).state = state
    answer: Any = say(house["client"], "list").json
    assert "abgesagt" in answer["refused"]
    assert "people" not in answer
    with app.app_context():
        taken = select(AuditLine.id).where(AuditLine.verb == "door_list_taken")
        assert db.session.scalars(taken).all() == []


def test_what_is_sent_is_taken_once(app, house):
    for _time in range(2):
        answer = say(house["client"], "scans", sentAt=AT, scans=[a_scan(house)])
        assert answer.json["outcomes"] == {str(UUID(int=1)): "came"}
    with app.app_context():
        assert db.session.scalars(select(Attendance.came_at)).all() == [STARTS]
    page = pages.read(house["client"].get(f"{HERE}/reports"))
    assert pages.find_all(pages.get(page, "main"), "li") == []


def test_what_was_looked_at_is_marked_as_done(app, house):
    unknown = [a_scan(house, uuid=str(UUID(int=each)), digest="0" * 64) for each in range(1, 4)]
    say(house["client"], "scans", sentAt=AT, scans=unknown)

    def rows():
        page = pages.read(house["client"].get(f"{HERE}/reports"))
        forms = pages.find_all(page, "form", action=f"{HERE}/reports/done")
        return [
            [str(each.get("value")) for each in pages.find_all(form, "input", name="scan")]
            for form in forms
        ]

    *each, all_of_them = rows()
    assert sorted(number for [number] in each) == sorted(all_of_them)
    assert len(each) == 3
    token = hidden(house["client"], f"{HERE}/reports", "csrf_token")
    sent = {"csrf_token": token, "scan": [each[0][0], "x", "99999999999999999999"]}
    done = house["client"].post(f"{HERE}/reports/done", data=sent, follow_redirects=True)
    assert "1 Scan ist erledigt" in done.text
    assert len(rows()) == 3  # two, and both at once
    again = house["client"].post(f"{HERE}/reports/done", data=sent, follow_redirects=True)
    assert "1 Scan ist erledigt" not in again.text
    sent["scan"] = all_of_them
    assert house["client"].post(f"{HERE}/reports/done", data=sent).status_code == 303
    assert rows() == []
    assert "reports" not in house["client"].get(HERE).text


@pytest.mark.parametrize(
    "changes",
    [
        {"uuid": "x"},
        {"uuid": None},
        {"day": "gestern"},
        {"day": 7},
        {"door": "1"},
        {"door": -1},
        {"door": True},
        {"digest": "x" * 64},
        {"digest": None},
        {"digest": "", "person": None},
        {"person": 2**40, "digest": ""},
        {"at": "heute"},
        {"at": -1},
        {"at": 1e300},
    ],
)
def test_what_is_no_scan_is_refused(house, changes):
    answer = say(house["client"], "scans", sentAt=AT, scans=[a_scan(house, **changes)])
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"scans": []},
        {"scans": "x", "sentAt": AT},
        {"scans": [7], "sentAt": AT},
        {"scans": [{}] * (MOST_AT_ONCE + 1), "sentAt": AT},
        {"device": "x"},
    ],
)
def test_what_is_no_message_of_a_device_is_refused(house, said):
    assert say(house["client"], "scans", **said).status_code == 400


@pytest.mark.parametrize("sent", ["[" * 100_000, '{"a":' * 100_000, "", "[]", "\x00", "9" * 10_000])
def test_what_is_not_even_an_object_is_refused(house, sent):
    token = hidden(house["client"], f"{HERE}/device", "csrf_token")
    for part in ("list", "scans"):
        answer = house["client"].post(
            f"{HERE}/device/{part}",
            data=sent,
            content_type="application/json",
            headers={"X-CSRFToken": token},
        )
        assert answer.status_code == 400


def test_without_the_token_of_a_form_nothing_is_taken(house):
    said = {"device": DEVICE, "sentAt": AT, "scans": [a_scan(house)]}
    assert house["client"].post(f"{HERE}/device/scans", json=said).status_code == 400


def test_doubles_stand_where_organisers_look(house):
    say(house["client"], "scans", sentAt=AT, scans=[a_scan(house)])
    twice = a_scan(house, uuid=str(UUID(int=2)))
    say(house["client"], "scans", device="b" * 32, sentAt=AT, scans=[twice])
    page = pages.read(house["client"].get(HERE))
    assert "1 Scan muss angesehen werden" in pages.words(page)
    said = pages.words(pages.read(house["client"].get(f"{HERE}/reports")))
    assert "Adler Verein wurde schon von jemand anderem abgehakt" in said
    assert "Gerät BBBB" in said


def test_logging_out_clears_what_a_device_keeps(house):
    token = hidden(house["client"], HERE, "csrf_token")
    answer = house["client"].post("/logout", data={"csrf_token": token})
    assert answer.headers["Clear-Site-Data"] == '"storage"'
