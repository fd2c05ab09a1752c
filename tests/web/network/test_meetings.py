"""The office's page of municipalities and meetings, and its workbook."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import Attendance, AuditLine
from tests.builders import BEGUN, a_congress, a_registration, add
from tests.network import a_membership, an_organisation
from tests.web import pages
from tests.web.organisers import a_network_account, logged_in

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/network/meetings"


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


@pytest.fixture
def _meeting(app):
    with app.app_context():
        meeting = a_congress(kind="network_meeting", slug="treffen")
        a_membership(an_organisation("Stadt Rheine"))
        a_membership(an_organisation("=Unna"), "partner")
        person = a_registration(meeting, organisation="Stadt Rheine", family_name="Geheim")
        at = BEGUN + timedelta(hours=1)
        add(Attendance(registration_id=person.id, day=BEGUN.date(), came_at=at))


@pytest.mark.usefixtures("_meeting")
def test_the_page_says_who_was_there_and_names_nobody(office):
    answer = office.get(f"{HERE}?lang=de")
    page = pages.read(answer)
    assert len(pages.find_all(page, "td", **{"data-presence": "present"})) == 1
    assert len(pages.find_all(page, "td", **{"data-presence": "nothing"})) == 1
    assert "Geheim" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("_meeting")
def test_the_workbook_holds_the_same_with_sums_and_leaves_a_line_in_the_log(app, office):
    with office.get(f"{HERE}.xlsx?lang=de") as answer:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert rows[0] == ("Kommune", "21. Oktober 2015, Engagement vor Ort")
    assert rows[1:] == [
        ("=Unna", "nicht eingeladen"),
        ("Stadt Rheine", "anwesend (1)"),
        ("Anwesende Kommunen", 1),
        ("Anwesende Personen", 1),
    ]
    with app.app_context():
        assert "meetings_exported" in list(db.session.scalars(select(AuditLine.verb)))


def test_without_any_meeting_it_says_how_there_will_be_one(office):
    assert pages.has(pages.read(office.get(f"{HERE}?lang=de")), "p", **{"class": "note"})


def test_who_sees_no_register_sees_no_meetings(app):
    a_network_account(app, "funder@example.org", "funder")
    client = logged_in(app, "funder@example.org")
    assert client.get(HERE).status_code == 403
    assert client.get(f"{HERE}.xlsx").status_code == 403
