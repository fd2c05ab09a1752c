"""Typing from the signed paper who was there: by rows and names, looked at where it matters."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import COMMAND, Role
from congress.domain.sign_in import SheetFor
from congress.extensions import db
from congress.models import Attendance, ContributorAttendance, ProgrammeItem, Registration
from congress.services import printing_sheets
from congress.services.planning.releasing import release
from tests.builders import (
    AFTERWARDS,
    BEGUN,
    STARTS,
    a_booking,
    a_congress,
    a_contribution,
    a_registration,
    a_workshop,
)
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
LIST, DAY = f"{ONE}/attendance", STARTS.date()
HERE = f"{LIST}/workshops/ws-1"
MOST_STATEMENTS, TITLE = 25, "Netzwerke knüpfen"
NAMES = ("Adler", "Birke", "Clausen")


@pytest.fixture
def house(app):
    """A workshop with three on its printed sheet, and somebody who only came."""
    with app.app_context():
        congress = a_congress()
        workshop = a_workshop(congress, number=1, code="ws-1", title=TITLE)
        ids = [a_registration(congress, family_name=name).id for name in NAMES]
        for each in ids:
            a_booking(db.session.get_one(Registration, each), workshop)
        ids.append(a_registration(congress, family_name="Dachs", organisation="Zoo").id)
        meant = SheetFor(DAY, workshop.id)
        sheet = printing_sheets.note_sheet(congress.id, meant, actor=COMMAND, now=BEGUN)
        number = congress.id
    for name, role in (
        ("door", Role.CHECK_IN),
        ("list", Role.ATTENDEE_LIST),
        ("organiser", Role.ORGANISER),
    ):
        an_organiser(app, f"{name}@example.org", {number: role})
    with time_machine.travel(BEGUN, tick=False):
        yield ids, sheet.code


def send(client, at=HERE, **form: str | int):
    return client.post(at, data={"csrf_token": token(client, at), **form})


def there(app):
    """Who is recorded in the workshop."""
    with app.app_context():
        rows = select(Attendance.registration_id).where(Attendance.item_id.is_not(None))
        return db.session.scalars(rows.order_by(Attendance.registration_id)).all()


def test_rows_are_recorded_by_their_numbers_and_others_by_their_names(app, house):
    (anna, _bernd, clara, guest), code = house
    client = logged_in(app, "door@example.org")
    assert pages.has(pages.read(client.get(f"{ONE}/check-in")), "a", href=LIST)
    assert pages.has(pages.read(client.get(LIST)), "a", href=HERE)

    found = pages.read(send(client, sheet=code, rows="alle außer 2", q="zoo", find="1"))
    assert pages.get(found, id=f"other-{guest}").get("checked") is None
    assert "alle außer 2" in pages.words(pages.get(found, "textarea"))
    sent = {"sheet": code, "rows": "alle außer 2", "offered": guest, "others": guest}
    assert post(client, HERE, HERE, **sent) == 303

    assert there(app) == [anna, clara, guest]
    page = pages.read(client.get(LIST))
    assert "3 Personen sind nach der Liste" in pages.words(page)
    cells = [pages.words(each) for each in pages.find_all(pages.get(page, id="ws-1"), "td")]
    assert cells[:4] == ["3", "3", "1", "1"]
    again = pages.read(client.get(HERE))
    assert pages.words(pages.get(again, "textarea")) == "1, 3"
    assert pages.get(again, id=f"other-{guest}").get("checked") is not None


def test_who_signed_and_was_ticked_off_before_is_counted_apart(app, house):
    _ids, code = house
    client = logged_in(app, "door@example.org")
    assert post(client, HERE, HERE, sheet=code, rows="1") == 303
    assert post(client, HERE, HERE, sheet=code, rows="1-3") == 303
    said = pages.words(pages.read(client.get(LIST)))
    assert "2 Personen sind nach der Liste als anwesend erfasst." in said
    assert "1 weitere Person mit Unterschrift war schon erfasst." in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "wer unterschrieben hat"),
        ("1, Frau Meier", "nicht verstanden: frau, meier"),
        ("1-12", "Ihre letzte Zeile ist 3"),
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(app, house, typed, said):
    _ids, code = house
    answer = send(logged_in(app, "door@example.org"), sheet=code, rows=typed)
    page = pages.read(answer)
    assert answer.status_code == 422
    assert said in pages.words(page)
    assert pages.words(pages.get(page, "textarea")) == typed
    assert there(app) == []


def test_what_contradicts_is_looked_at_before_it_is_saved(app, house):
    (anna, bernd, clara, _guest), code = house
    client = logged_in(app, "list@example.org")
    post(client, HERE, HERE, sheet=code, rows="1-2")
    with app.app_context():
        db.session.get_one(Registration, clara).state = "cancelled"
        db.session.commit()

    asked = pages.read(send(client, sheet=code, rows="2-3"))
    assert there(app) == [anna, bernd]
    assert "Adler" in pages.words(pages.get(asked, "section", **{"aria-labelledby": "removed"}))
    refused = pages.get(asked, "section", **{"aria-labelledby": "refused"})
    assert pages.has(refused, "a", href=f"{ONE}/attendees/{clara}")
    seen = pages.get(asked, "input", name="seen").get("value")
    sent = {"sheet": code, "rows": "2-3", "seen": seen}
    with app.app_context():
        db.session.get_one(Registration, clara).state = "confirmed"
        db.session.commit()
    stale = send(client, **sent)
    assert stale.status_code == 409
    assert there(app) == [anna, bernd]
    seen = pages.get(pages.read(stale), "input", name="seen").get("value")
    assert post(client, HERE, HERE, **sent | {"seen": seen}) == 303
    assert there(app) == [bernd, clara]


def test_a_row_means_what_the_paper_said_and_without_paper_one_looks(app, house):
    (anna, _bernd, _clara, guest), code = house
    client = logged_in(app, "list@example.org")
    with app.app_context():
        db.session.get_one(Registration, anna).family_name = "Zander"
        db.session.get_one(Registration, anna).family_key = "zander"
        db.session.commit()
    post(client, HERE, HERE, sheet=code, rows="1")
    assert there(app) == [anna]

    day = f"{LIST}/{DAY.isoformat()}"
    asked = pages.read(send(client, day, rows="3"))
    assert "Dachs" in pages.words(pages.get(asked, "section", **{"aria-labelledby": "added"}))
    seen = pages.get(asked, "input", name="seen").get("value", "")
    assert post(client, day, day, rows="3", seen=seen) == 303
    with app.app_context():
        came = select(Attendance.came_by).where(Attendance.registration_id == guest)
        assert db.session.scalars(came).all() == ["paper"]


def test_people_of_a_workshop_are_found_in_the_list(app, house):
    _ids, code = house
    client = logged_in(app, "list@example.org")
    post(client, HERE, HERE, sheet=code, rows="1")

    def listed(query):
        page = pages.read(client.get(f"{ONE}/attendees?{query}"))
        words = pages.words(pages.get(page, id="list"))
        return [name for name in (*NAMES, "Dachs") if name in words]

    assert listed("was_in=ws-1") == ["Adler"]
    assert listed("missed=ws-1") == ["Birke", "Clausen"]
    page = pages.read(client.get(f"{ONE}/attendees?missed=ws-1"))
    assert "Hatte einen Platz und war nicht da" in pages.words(pages.get(page, id="chosen"))
    shown = pages.read(client.get(f"{ONE}/attendees?columns=was_in"))
    rows = pages.find_all(pages.get(shown, id="list"), "tr")
    assert [TITLE in pages.words(each) for each in rows] == [False, True, False, False, False]
    with client.get(f"{ONE}/attendees.csv?columns=was_in") as file:
        heading, *lines = file.get_data(as_text=True).splitlines()
    assert heading.endswith("War in")
    assert [line.rpartition(";")[2].strip('"') for line in lines] == [f"1 {TITLE}", "", "", ""]
    new = pages.read(client.get(f"{ONE}/mailings/new?missed=ws-1"))
    chosen = pages.get(pages.get(new, id="missed"), "option", selected="")
    assert chosen.get("value") == "ws-1"


def test_people_of_the_programme_sign_for_the_day(app, house):
    with app.app_context():
        workshop = db.session.scalars(select(ProgrammeItem)).one()
        part = a_contribution(workshop, "Erika Beispiel", state="confirmed")
        person = part.person.id
        release(workshop.congress_id, actor=COMMAND, now=BEGUN)
        meant = SheetFor(DAY)
        code = printing_sheets.note_sheet(
            workshop.congress_id, meant, actor=COMMAND, now=BEGUN
        ).code
    client, day = logged_in(app, "door@example.org"), f"{LIST}/{DAY.isoformat()}"
    assert not pages.has(pages.read(client.get(HERE)), id=f"contributor-{person}")
    assert pages.has(pages.read(client.get(day)), id=f"contributor-{person}")
    for _twice in range(2):
        assert post(client, day, day, sheet=code, rows="keine", contributors=str(person)) == 303

    assert not pages.has(pages.read(client.get(day)), id=f"contributor-{person}")
    with app.app_context():
        came = db.session.execute(
            select(ContributorAttendance.person_id, ContributorAttendance.day)
        )
        assert came.all() == [(person, DAY)]


def test_days_and_workshops_that_are_not_there_are_unknown(app, house):
    client = logged_in(app, "door@example.org")
    for address in (f"{LIST}/2015-10-20", f"{LIST}/today", f"{LIST}/workshops/ws-9"):
        assert client.get(address).status_code == 404


def test_the_pages_need_few_statements(app, house):
    client = logged_in(app, "list@example.org")
    for address in (LIST, HERE, f"{LIST}/{DAY.isoformat()}"):
        client.get(address)
        with count_queries() as found:
            assert client.get(address).status_code == 200
        assert len(found) <= MOST_STATEMENTS, address


def test_who_was_there_stands_with_the_person_the_workshop_and_the_figures(app, house):
    (anna, *_others), code = house
    client = logged_in(app, "organiser@example.org")
    item = f"{ONE}/programme/ws-1/edit"
    assert not pages.has(pages.read(client.get(item)), id="there")
    post(client, f"{ONE}/check-in/{anna}", f"{ONE}/check-in")
    post(client, HERE, HERE, sheet=code, rows="1, 2")

    page = pages.read(client.get(f"{ONE}/attendees/{anna}"))
    lines = pages.find_all(pages.get(page, "section", **{"aria-labelledby": "there"}), "li")
    assert len(lines) == 2
    assert "abgehakt" in pages.words(lines[0])
    assert "auf der Liste unterschrieben" in pages.words(lines[1])
    there = pages.words(pages.get(pages.read(client.get(item)), id="there"))
    assert "2 von 3 mit Platz, 1 nicht gekommen, 0 ohne Platz dabei" in there

    with time_machine.travel(AFTERWARDS, tick=False):
        client = logged_in(app, "organiser@example.org")
        shown = pages.read(client.get(f"{ONE}/figures"))
        table = pages.get(shown, "table", **{"aria-labelledby": "there-in"})
        cells = [pages.words(each) for each in pages.find_all(table, "td")]
        assert cells == ["3", "2", "1", "33 %", "0"]
        with client.get(f"{ONE}/figures.csv?lang=en") as answer:
            lines_of_file = answer.get_data(as_text=True).splitlines()
    found = [line.rpartition(";")[2] for line in lines_of_file if "stayed away" in line]
    assert found == ["1"]


def test_the_log_says_who_signed_where(app, house):
    _ids, code = house
    client = logged_in(app, "organiser@example.org")
    post(client, HERE, HERE, sheet=code, rows="1, 2")
    post(client, HERE, HERE, sheet=code, rows="1")
    seen = pages.get(pages.read(send(client, sheet=code, rows="1")), "input", name="seen")
    post(client, HERE, HERE, sheet=code, rows="1", seen=seen.get("value", ""))
    words = pages.words(pages.get(pages.read(client.get(f"{ONE}/log")), "main"))
    assert "wurde nach der Unterschriftenliste in „" in words
    assert "nicht mehr als anwesend erfasst" in words
    assert code in words
