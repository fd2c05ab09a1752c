"""What is printed for a congress: offered on one page, for this login, with a line in the log."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import Role
from congress.domain.programme import PublicPerson
from congress.extensions import db
from congress.models import AuditLine, Congress, CongressDay, ProgrammeItem, Registration
from congress.web.organiser import prints
from tests import builders, tagged_pdf
from tests.builders import OPEN, STARTS
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in
from tests.web.registration.visitors import Visitor

HERE = "/organiser/fachkongress"
DAY = STARTS.date().isoformat()
SIGN_IN, PLACES = f"{HERE}/print/sign-in.pdf", f"{HERE}/print/places/ws.pdf"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def house(app):
    """A workshop with two people, one of them unconfirmed, one who waits, and who carries it."""
    with app.app_context():
        congress = builders.a_congress()
        anna = PublicPerson("Anna Beispiel", {"de": "Stadt Köln"}, "dialogue_partner")
        item = builders.a_workshop(congress, code="ws", number=3, people=(anna,), room="Raum 1")
        builders.a_contribution(item, "Anna Beispiel", state="confirmed")
        builders.a_workshop(congress, code="off", cancelled=True)
        erika = builders.a_registration(congress, family_name="Muster")
        asked = builders.a_registration(congress, unconfirmed_until=builders.CLOSES)
        for person in (erika, asked):
            builders.a_booking(person, item)
        waiting = builders.a_registration(congress)
        builders.a_booking(waiting, item, state="waiting")
        ids = {"congress": congress.id, "erika": erika.id, "asked": asked.id}
    for name, role in (("o", Role.ORGANISER), ("p", Role.PROGRAMME), ("r", Role.READER)):
        an_organiser(app, f"{name}@example.org", {ids["congress"]: role})
    return ids


def links(client):
    page = pages.read(client.get(f"{HERE}/print"))
    return {str(each.get("href")) for each in pages.find_all(page, "a") if each.get("href")}


def handed_out(app):
    with app.app_context():
        lines = db.session.scalars(
            select(AuditLine).where(AuditLine.verb.like("%handed_out")).order_by(AuditLine.id)
        )
        return [(line.verb, line.details["count"], tuple(line.fields)) for line in lines]


def test_one_page_offers_all_by_day_to_whoever_may_have_it(app, house):
    names = {f"{SIGN_IN}?day={DAY}", f"{SIGN_IN}?day={DAY}&of=ws", PLACES}
    signs = {f"{HERE}/print/{each}-signs.pdf?day={DAY}" for each in ("door", "table")}
    organiser, editor, reader = (logged_in(app, f"{each}@example.org") for each in "opr")
    shown = links(organiser)

    assert names | signs <= shown
    assert f"{SIGN_IN}?day={DAY}&of=off" not in shown
    for client in (editor, reader):
        assert signs <= links(client)
        assert names.isdisjoint(links(client))
        assert client.get(SIGN_IN).status_code == client.get(PLACES).status_code == 403
    with count_queries() as queries:
        organiser.get(f"{HERE}/print")
    assert len(queries) <= 12


@pytest.mark.parametrize(
    ("days", "is_said"), [(-2, False), (-1, True), (0, True), (0.4, False), (1, False)], ids=str
)
def test_the_overview_says_when_to_print(app, house, days, is_said):
    with time_machine.travel(STARTS + timedelta(days=days), tick=False):
        client = logged_in(app, "o@example.org")
        tasks = pages.get(pages.read(client.get(HERE)), aria_labelledby="today")
    assert pages.has(tasks, "a", href=f"{HERE}/print") is is_said


@pytest.mark.parametrize(
    ("of", "most", "status"), [("", 2, 303), ("", 3, 200), ("&of=ALL", 1, 303)]
)
@time_machine.travel(OPEN, tick=False)
def test_no_file_takes_the_memory_of_all_others(app, house, monkeypatch, of, most, status):
    monkeypatch.setattr(prints, "MOST_ROWS", most)
    client = logged_in(app, "o@example.org")
    answer = client.get(f"{SIGN_IN}?day={DAY}{of}")
    assert answer.status_code == status
    assert bool(handed_out(app)) is (status == 200)
    said = pages.words(pages.read(client.get(f"{HERE}/print?lang=de")))
    assert ("fasst höchstens" in said) is (status == 303)


@time_machine.travel(OPEN, tick=False)
def test_each_file_is_tagged_kept_by_no_cache_and_noted(app, house):
    """GDPR-09, GDPR-10."""
    client = logged_in(app, "o@example.org")
    rows = {  # head and rows of people, of the programme, of whoever comes as well
        SIGN_IN: 1 + 3 + 1 + 1 + 1 + 5,
        f"{SIGN_IN}?day={DAY}&of=ws": 1 + 2 + 1 + 1 + 1 + 5,
        f"{SIGN_IN}?day={DAY}&of=ALL": 1 + 2 + 1 + 1 + 1 + 5,
        PLACES: 1 + 2,
        f"{HERE}/print/door-signs.pdf?day={DAY}": 2,
        f"{HERE}/print/table-signs.pdf": 0,
        f"{HERE}/attendees/{house['erika']}/confirmation.pdf": None,
    }
    for address, count in rows.items():
        answer = client.get(f"{address}{'&' if '?' in address else '?'}lang=de")
        assert (answer.status_code, answer.content_type) == (200, "application/pdf"), address
        assert answer.headers["Cache-Control"] == "no-store"
        assert "inline" in answer.headers["Content-Disposition"]  # looked at before it is printed
        told = tagged_pdf.read(answer.data)
        assert count is None or told.tags.count("TR") == count, address
        answer.close()

    people = ("given_name", "family_name", "organisation")
    assert handed_out(app) == [
        ("sign_in_handed_out", 3, people),
        ("sign_in_handed_out", 2, people),
        ("sign_in_handed_out", 2, people),
        ("places_handed_out", 2, people),
        ("door_signs_handed_out", 1, ()),
        ("table_signs_handed_out", 1, ()),
        ("confirmation_handed_out", 1, people),
    ]
    log = pages.words(pages.read(client.get(f"{HERE}/log?lang=de")))
    assert "Unterschriftenlisten mit 3 Personen wurden als PDF ausgegeben." in log
    assert "Türschild für 1 Raum" in log


def test_whoever_is_in_the_programme_signs_on_their_day(app, house):
    second = STARTS + timedelta(days=1)
    with app.app_context():
        congress = db.session.get_one(Congress, house["congress"])
        ends_at = second + timedelta(hours=2)
        builders.add(
            CongressDay(
                congress_id=congress.id, day=second.date(), starts_at=second, ends_at=ends_at
            )
        )
        bernd = (PublicPerson("Bernd Muster", {}, "speaker"),)
        item = builders.an_item(congress, people=bernd, starts_at=second)
        builders.a_contribution(item, "Bernd Muster", state="confirmed")
        builders.a_contribution(item, "Carla Beispiel", state="declined")
    client = logged_in(app, "o@example.org")

    for day in (STARTS, second):
        with client.get(f"{SIGN_IN}?day={day.date()}") as answer:
            rows = tagged_pdf.read(answer.data).tags.count("TR")
        assert rows == 1 + 3 + 1 + 1 + 1 + 5  # one of the programme on each day


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (SIGN_IN, "sign-in-sheets"),
        (f"{SIGN_IN}?of=ALL", "sign-in-sheets-all-workshops"),
        (f"{SIGN_IN}?of=ws", "sign-in-sheets-ws"),
        (PLACES, "list-of-participants-ws"),
    ],
)
@time_machine.travel(OPEN, tick=False)
def test_files_of_one_evening_have_names_of_their_own(app, house, address, name):
    """Saved one after the other they would all be called alike."""
    answer = logged_in(app, "o@example.org").get(address, headers={"Accept-Language": "en"})
    said = answer.headers["Content-Disposition"]
    answer.close()
    assert said == f"inline; filename=fachkongress-{name}-{OPEN.date().isoformat()}.pdf"


@pytest.mark.parametrize(
    "address",
    [
        f"{SIGN_IN}?day=2015-10-22",
        f"{SIGN_IN}?day=heute",
        f"{SIGN_IN}?of=off",
        f"{SIGN_IN}?of=nonsense",
        f"{HERE}/print/places/nonsense.pdf",
        f"{HERE}/attendees/99/confirmation.pdf",
    ],
)
def test_what_there_is_not_is_unknown(app, house, address):
    assert logged_in(app, "o@example.org").get(address).status_code == 404


def test_a_confirmation_is_for_a_sure_place_alone(app, house):
    client = logged_in(app, "o@example.org")
    person = f"{HERE}/attendees/{house['asked']}"

    assert f"{person}/confirmation.pdf" not in client.get(person).text
    assert client.get(f"{person}/confirmation.pdf").location == person
    assert "keine Anmeldebestätigung" in client.get(f"{person}?lang=de").text
    erika = f"{HERE}/attendees/{house['erika']}"
    assert f"{erika}/confirmation.pdf" in client.get(erika).text
    with app.app_context():
        db.session.get_one(Congress, house["congress"]).state = "cancelled"
        db.session.commit()
    assert client.get(f"{erika}/confirmation.pdf").location == erika
    assert handed_out(app) == []


@time_machine.travel(OPEN, tick=False)
def test_somebody_prints_the_confirmation_of_their_own_place(app):
    with app.app_context():
        builders.a_workshop(builders.a_congress())
    visitor = Visitor(app)
    page = visitor.own_page()
    assert f"{page}/confirmation.pdf" in visitor.open(page).text
    answer = visitor.open(f"{page}/confirmation.pdf")

    assert answer.headers["Cache-Control"] == "no-store"
    assert tagged_pdf.read(answer.data).pages == 1
    with app.app_context():
        lines = db.session.scalars(select(AuditLine.verb)).all()
        db.session.scalars(select(Registration)).one().state = "waiting"
        db.session.commit()
    assert "confirmation_handed_out" not in lines
    assert visitor.open(f"{page}/confirmation.pdf").status_code == 303
    assert "confirmation.pdf" not in visitor.open(page).text


def test_the_programme_is_a_leaflet_beside_the_page_made_anew_for_each_release(app, house):
    """A11Y-09: the same as a page stands beside it."""
    client = app.test_client()
    assert "/fachkongress/programme.pdf" in client.get("/fachkongress").text
    first = client.get("/fachkongress/programme.pdf")
    told = tagged_pdf.read(first.data)
    again = client.get(
        "/fachkongress/programme.pdf", headers={"If-None-Match": first.headers["ETag"]}
    )
    with app.app_context():
        item = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == "ws")).one()
        item.released = (item.released or {}) | {"room": {"de": "Raum 2"}}
        db.session.commit()

    assert [told.tags.count(each) for each in ("H1", "H2", "H3")] == [1, 1, 1]  # at one time
    assert again.status_code == 304
    assert client.get("/fachkongress/programme.pdf").headers["ETag"] != first.headers["ETag"]
    assert client.get("/nothing/programme.pdf").status_code == 404


def test_what_stands_on_sheets_is_saved_once_and_two_at_once_see_each_other(app, house):
    anna, bernd = (Browser(logged_in(app, f"{each}@example.org")) for each in "op")
    for browser in (anna, bernd):
        browser.load(f"{HERE}/settings/print?lang=de")
    anna.submit("Speichern", funder_de="x" * 201)
    assert anna.status == 422
    anna.submit("Speichern", funder_de="Gefördert vom Land", **{DAY: "lunch"})
    assert "Gespeichert" in pages.words(anna.page)
    bernd.submit("Speichern", funder_de="Gefördert vom Bund")
    assert bernd.status == 409
    assert "Gefördert vom Land" in pages.words(bernd.page)
    bernd.submit("Speichern")

    with app.app_context():
        stored = db.session.get_one(Congress, house["congress"]).paper
    assert stored == {"funder_de": "Gefördert vom Bund", DAY: "lunch"}
    log = pages.words(pages.read(logged_in(app, "o@example.org").get(f"{HERE}/log?lang=de")))
    assert "Mittagessen" in log
    assert "„Gefördert vom Land“ → „Gefördert vom Bund“" in log
    assert "Gefördert vom Bund" in logged_in(app, "r@example.org").get(f"{HERE}/print").text
