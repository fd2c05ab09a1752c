"""On site or online on the pages: chosen, changed, listed, counted and let in."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, Mailing, Registration
from tests.builders import OPEN, STARTS, a_congress, a_registration, a_workshop
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, token
from tests.web.registration.visitors import Visitor, change

pytestmark = pytest.mark.sqlite_only

ONE, FORM = "/organiser/fachkongress", "/fachkongress/register"


@pytest.fixture
def visitor(app):
    """The first place on site is taken; online there are two, and one workshop is on site only."""
    with app.app_context():
        congress = a_congress(
            capacity=1,
            rules={"mode": "hybrid", "online_places": 2, "link_hours": 24},
            online_capacity=2,
            online_link="https://meet.example.org/1",
        )
        a_registration(congress, family_name="Adler")
        a_workshop(congress, number=1, mode="onsite")
    with time_machine.travel(OPEN, tick=False):
        yield Visitor(app)


@pytest.fixture
def organiser(app, visitor):
    an_organiser(app, "anna@example.org", {1: Role.ORGANISER})
    return logged_in(app, "anna@example.org")


def send(client, address, page, **fields: str):
    return client.post(address, data={"csrf_token": token(client, page)} | fields)


def words(answer) -> str:
    return pages.words(pages.read(answer))


def test_the_public_page_says_what_is_free_of_each(visitor):
    said = words(visitor.open("/fachkongress"))
    assert "Vor Ort: Ausgebucht, Warteliste offen" in said
    assert "Online: Noch 2 Plätze frei" in said


def test_the_form_asks_and_keeps_what_was_typed(visitor):
    page = pages.read(visitor.open(FORM))
    assert len(pages.find_all(page, "input", name="mode")) == 2
    missing = visitor.register()
    assert missing.status_code == 422
    assert "ob Sie vor Ort oder online teilnehmen" in words(missing)
    unfit = visitor.register(mode="online", slot_1="workshop-1")
    assert unfit.status_code == 422
    assert "nur vor Ort" in words(unfit)
    assert 'value="Erika"' in unfit.text


def test_nobody_is_sent_to_a_venue_of_what_is_online(app, visitor):
    """Whoever waits is promised the link with a place, and pages and calendar name no town."""
    people = [visitor.own_page(given_name=name, mode="online") for name in ("Ada", "Bea", "Cleo")]
    told = [words(visitor.open(each)) for each in people]
    with_place = "Den Link bekommen Sie, sobald Sie einen Platz haben."
    assert [with_place in each for each in told] == [False, False, True]
    change(app, 1, rules={"mode": "online"}, online_link="")
    for address in ("/fachkongress", "/fachkongress/programme/workshop-1"):
        said = words(visitor.open(address))
        assert "Wer einen Platz hat, bekommt den Link per Mail." in said
        assert "Veranstaltungsort" not in said
    ics = visitor.open("/calendar.ics").text
    assert ("LOCATION:Online" in ics, "Lünen" in ics) == (True, False)


def test_ones_own_page_says_how_and_when_the_link_comes_and_changes_it(app, visitor):
    own = visitor.own_page(mode="online")
    said = words(visitor.open(own))
    assert "Ihre Teilnahme: Online" in said
    assert "Wir schicken Ihnen den Link am Dienstag, 20. Oktober 2015, 9.30 Uhr per Mail." in said
    assert "https://meet.example.org" not in visitor.open(own).text
    assert "Sie können wechseln, sobald dort ein Platz frei ist." in said

    refused = visitor.act(own, "mode", mode="onsite")
    assert refused.status_code == 422
    assert "Kein Platz ist frei: vor Ort" in words(refused)
    assert "Der jetzige Platz bleibt erhalten." in words(refused)
    assert visitor.act(own, "mode", mode="nowhere").status_code == 400

    with app.app_context():
        db.session.get_one(Congress, 1).capacity = 2
        db.session.commit()
    assert visitor.act(own, "mode", mode="onsite").status_code == 303
    assert "Ihre Teilnahme: Vor Ort" in words(visitor.open(own))


def test_organisers_see_filter_count_and_change_it(visitor, organiser):
    own = visitor.own_page(mode="online")
    assert own
    listed = organiser.get(f"{ONE}/attendees?mode=online&columns=mode")
    assert "Muster" in listed.text
    assert "Adler" not in listed.text
    with organiser.get(f"{ONE}/attendees.csv?mode=online") as answer:
        file = answer.text
    assert "Nimmt teil" in file
    assert "online" in file
    assert "Adler" not in file
    assert "Online: 1 von 2" in words(organiser.get(ONE))
    assert "Online1" in words(organiser.get(f"{ONE}/figures"))
    lists = words(organiser.get(f"{ONE}/attendees/waiting-lists"))
    assert ": Vor Ort 1 von 1" in lists
    assert ": Online 1 von 2" in lists

    full = send(organiser, f"{ONE}/attendees/2/mode/onsite", f"{ONE}/attendees/2")
    assert full.status_code == 409
    beyond = send(organiser, f"{ONE}/attendees/2/mode/onsite", f"{ONE}/attendees/2", beyond="y")
    assert beyond.status_code == 303
    assert "wurde umgestellt: online → vor Ort" in words(organiser.get(f"{ONE}/attendees/2"))


def test_a_filtered_list_is_written_to_as_it_stands(app, visitor, organiser):
    """Whoever is on site must not get by mistake what is for those online."""
    assert visitor.own_page(mode="online")
    told = pages.read(organiser.get(f"{ONE}/attendees/write?mode=online"))
    assert "Online" in words(organiser.get(f"{ONE}/attendees/write?mode=online"))
    [query] = {
        link.get("href").partition("?")[2]
        for link in told.iter("a")
        if "/mailings/new?" in link.get("href", "")
    }
    assert query == "mode=online"
    for unknown in ("substituted=yes", "group=1"):  # by which an info mail cannot filter
        page = organiser.get(f"{ONE}/attendees/write?{unknown}&mode=online").text
        assert "/mailings/new" not in page
    anna = Browser(organiser)
    anna.load(f"{ONE}/mailings/new?{query}&state=confirmed")
    anna.submit("Speichern und ansehen", subject="Technik", text="https://meet.example.org/1")
    said = pages.words(anna.page)
    assert ("Bestätigt; Online" in said, "1 Person" in said) == (True, True)
    assert "ein Link zur Online-Teilnahme" not in said
    with app.app_context():
        assert db.session.scalars(select(Mailing.audience)).one()["mode"] == "online"
    anna.load("/organiser/fachkongress/mailings/1/edit")
    anna.submit("Speichern und ansehen", mode="")
    assert "ein Link zur Online-Teilnahme" in pages.words(anna.page)


TABLE = """Vorname;Nachname;E-Mail;Nimmt teil
Olga;Online;olga@example.org;online
Paul;Platz;paul@example.org;in Präsenz
Ute;Unklar;ute@example.org;Telefon
Lena;Leer;lena@example.org;
"""


def test_a_column_of_an_import_says_how_people_take_part(app, visitor, organiser):
    change(app, 1, capacity=9)
    anna = Browser(organiser)
    anna.load(f"{ONE}/attendees/import")
    anna.submit("Zeigen, was sich ändern würde", rows=TABLE)
    said = pages.words(anna.page)
    assert "Bitte geben Sie statt „Telefon“ eines davon ein: vor Ort, online." in said
    assert "olga@example.org, Online" in said
    assert "paul@example.org, Vor Ort" in said
    anna.submit("Übernehmen")
    with app.app_context():
        modes = dict(db.session.execute(select(Registration.family_name, Registration.mode)).all())
    assert modes == {"Adler": "onsite", "Online": "online", "Platz": "onsite", "Leer": "onsite"}

    with organiser.get(f"{ONE}/attendees.csv?columns=email,mode") as file:
        again = file.text
    anna.load(f"{ONE}/attendees/import")
    anna.submit("Zeigen, was sich ändern würde", rows=again)
    said = pages.words(pages.section(anna.page, "difference"))
    assert "4 Personen bleiben gleich" in said
    assert "nicht geändert" not in said
    anna.load(f"{ONE}/attendees/import")
    anna.submit("Zeigen, was sich ändern würde", rows=again.replace("online", "vor Ort"))
    said = pages.words(pages.section(anna.page, "difference"))
    assert "Olga Online: Vor Ort oder online" in said


@pytest.mark.parametrize(("column", "free"), [("", "online"), (";online", "onsite")])
def test_a_free_place_the_other_way_lets_nobody_in_by_an_import(
    app, visitor, organiser, column, free
):
    change(app, 1, capacity=2 if free == "onsite" else 1, online_capacity=int(free == "online"))
    table = f"Vorname;Nachname{column and ';Nimmt teil'}\nOlga;Online{column}"
    anna = Browser(organiser)
    anna.load(f"{ONE}/attendees/import")
    anna.submit("Zeigen, was sich ändern würde", rows=table)
    assert "Es ist kein Platz frei" in pages.words(anna.page)
    assert "Erlauben Sie unten Wartelisten" in pages.words(anna.page)


def test_places_held_back_are_those_on_site_and_everybody_is_counted(app, visitor, organiser):
    assert visitor.own_page(mode="online")
    held = {"mode": "hybrid", "online_places": 2, "held_for_guests": 3}
    change(app, 1, capacity=9, held_back=3, rules=held)

    listed = words(organiser.get(f"{ONE}/attendees"))
    assert "2 Personen angemeldet" in listed
    said = "Vor Ort: 1 von 9, 8 frei, davon 3 zurückgehalten"
    assert f"{said} · Online: 1 von 2 ·" in listed
    assert said in words(organiser.get(ONE))
    lists = words(organiser.get(f"{ONE}/attendees/waiting-lists"))
    assert lists.count("davon") == 1
    assert "2 Personen angemeldet" in words(organiser.get("/organiser/"))
    change(app, 1, state="cancelled")
    assert "2 Personen waren angemeldet." in words(organiser.get(f"{ONE}/attendees"))


def test_the_door_lets_in_those_on_site(app, visitor, organiser):
    visitor.own_page(mode="online")
    with time_machine.travel(STARTS + timedelta(minutes=1), tick=False):
        organiser = logged_in(app, "anna@example.org")
        said = words(organiser.get(f"{ONE}/check-in"))
        assert "nimmt online teil" in said
        assert "0 von 1 da" in said
        refused = send(
            organiser, f"{ONE}/check-in/2", f"{ONE}/check-in", day=STARTS.date().isoformat()
        )
        assert refused.status_code == 409
        assert "Diese Person nimmt online teil" in words(refused)


def test_a_rule_that_would_take_a_way_away_is_refused_beside_it(visitor, organiser):
    visitor.own_page(mode="online")
    page = organiser.get(f"{ONE}/settings/rules").text
    version = html.unescape(re.search(r'name="version" value="([^"]*)"', page)[1])
    sent = {"mode": "onsite", "approval": "off", "access": "open", "version": version}
    sent["allocation"] = "first_come"
    answer = send(organiser, f"{ONE}/settings/rules", f"{ONE}/settings/rules", **sent, seen="0 / 0")
    assert answer.status_code == 422
    assert "Niemand verliert durch eine Regel den Platz" in words(answer)
