"""A course of eight modules for twenty people: who attended what, and who gets a certificate."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine

from congress.domain.access import Role
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Attendance, AuditLine, Certificate
from congress.services import tokens
from tests.builders import ENDS, STARTS, a_congress, a_registration, add
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
HERE = f"{ONE}/attendance/modules"
EVERY = timedelta(weeks=4)
DAYS = [(STARTS + EVERY * n, ENDS + EVERY * n) for n in range(8)]
AFTER = DAYS[-1][1] + timedelta(hours=1)


@pytest.fixture
def course(app):
    """A course of 20 people, of whom number n attended the first n modules."""
    with app.app_context():
        congress = a_congress(
            kind="training", capacity=20, days=DAYS, rules={"certificate_from": 80}
        )
        people = [a_registration(congress, family_name=f"Person {n:02}").id for n in range(20)]
        for number, person in enumerate(people):
            for starts_at, _ends_at in DAYS[:number]:
                add(Attendance(registration_id=person, day=starts_at.date(), came_at=starts_at))
        for person in people:
            tokens.renew(person, now=STARTS)
        db.session.commit()
        links = [str(tokens.token_for(each, TokenPurpose.MANAGE)) for each in people]
        an_id = congress.id
    an_organiser(app, "organiser@example.org", {an_id: Role.ORGANISER})
    an_organiser(app, "door@example.org", {an_id: Role.CHECK_IN})
    with time_machine.travel(AFTER, tick=False):
        yield people, links


def test_the_matrix_says_who_is_below_the_share(app, course):
    people, _links = course
    client = logged_in(app, "organiser@example.org")
    answer = client.get(f"{HERE}?lang=de")
    assert "no-store" in answer.headers["Cache-Control"]
    page = pages.read(answer)
    sixth, seventh = (
        pages.words(pages.get(page, id=f"person-{people[number]}")) for number in (6, 7)
    )
    assert "6 von 8 (75 %)" in sixth
    assert "unter dem Anteil" in sixth
    assert "7 von 8 (87 %)" in seventh
    assert "unter dem Anteil" not in seventh
    assert (sixth.count("besucht"), sixth.count("gefehlt")) == (6, 2)
    assert pages.words(page).count("unter dem Anteil") == 7


def test_what_is_to_come_is_missed_by_nobody(app, course):
    with time_machine.travel(DAYS[3][1], tick=False):
        client = logged_in(app, "organiser@example.org")
        page = pages.words(pages.read(client.get(f"{HERE}?lang=de")))
    assert "Bisher haben 4 Module stattgefunden." in page
    assert page.count("4 von 4 (100 %)") == 16
    assert page.count("unter dem Anteil") == 4


def test_the_workbook_says_the_same(app, course):
    client = logged_in(app, "organiser@example.org")
    file = client.get(f"{HERE}.xlsx?lang=de")
    head, *rows = openpyxl.load_workbook(BytesIO(file.data)).worksheets[0].values
    file.close()
    assert len(head) == 2 + 8 + 4
    assert [row[-4:] for row in rows[5:9]] == [
        (5, 8, 62, "nein"),
        (6, 8, 75, "nein"),
        (7, 8, 87, "ja"),
        (8, 8, 100, "ja"),
    ]
    assert [row[2:10].count("×") for row in rows] == [min(n, 8) for n in range(20)]
    with app.app_context():
        line = db.session.query(AuditLine).filter_by(verb="modules_exported").one()
        assert line.details["count"] == 20


def test_whoever_only_checks_in_reads_no_names(app, course):
    client = logged_in(app, "door@example.org")
    assert client.get(f"{ONE}/attendance").status_code == 200
    assert client.get(HERE).status_code == 403
    assert client.get(f"{HERE}.xlsx").status_code == 403


def test_a_page_asks_as_little_for_many_people(app, course):
    client = logged_in(app, "organiser@example.org")
    client.get(HERE)
    with count_queries() as statements:
        client.get(f"{HERE}?page=2")  # nobody
    nobody = len(statements)
    with count_queries() as statements:
        client.get(HERE)
    assert len(statements) == nobody + 1  # and their days


def test_only_who_attended_80_percent_is_offered_the_certificate(app, course):
    """The check of idea 10: twenty people, eight modules, a certificate from 80 %."""
    people, links = course
    client = app.test_client()
    offered = [
        pages.has(
            pages.read(client.get(f"/registration/{link}?lang=en")),
            "form",
            action=f"/registration/{link}/certificate?lang=en",
        )
        for link in links
    ]
    assert offered == [number >= 7 for number in range(20)]
    below = client.get(f"/registration/{links[6]}?lang=de").text
    assert "Sie haben 6 von 8 bisherigen Modulen besucht (75\u00a0%)." in below
    own = [f"/registration/{links[number]}" for number in (6, 7)]
    assert [post(client, f"{page}/certificate", page) for page in own] == [422, 303]
    assert client.get(f"{own[0]}/certificate.pdf").status_code == 303
    assert client.get(f"{own[1]}/certificate.pdf").data.startswith(b"%PDF")
    with app.app_context():
        row = db.session.query(Certificate).one()
        assert (row.registration_id, row.said["held"]) == (people[7], 8)
        assert len(row.said["days"]) == 7


def test_certificates_are_issued_at_once_to_those_only(app, course):
    client = logged_in(app, "organiser@example.org")
    page = f"{ONE}/print/certificates"
    assert post(client, page, page) == 303
    assert "13 Personen haben genug Module besucht" in client.get(f"{page}?lang=de").text
    with app.app_context():
        assert db.session.query(Certificate).count() == 13


def test_a_refusal_names_the_share(app, course):
    people, _links = course
    client = logged_in(app, "organiser@example.org")
    page = f"{ONE}/attendees/{people[6]}"
    data = {"csrf_token": hidden(client, page, "csrf_token")}
    client.post(f"{page}/certificate?lang=de", data=data)
    said = client.get(f"{page}?lang=de").text
    assert "Besucht wurden 6 von 8 Modulen (75\u00a0%)" in said
    assert "ab 80\u00a0%" in said
