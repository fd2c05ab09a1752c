"""On site or online on the pages: chosen, changed, listed, counted and let in."""

import html
import re
from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress
from tests.builders import OPEN, STARTS, a_congress, a_registration, a_workshop
from tests.web import pages
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


def test_ones_own_page_says_how_and_when_the_link_comes_and_changes_it(app, visitor):
    own = visitor.own_page(mode="online")
    said = words(visitor.open(own))
    assert "Ihre Teilnahme: Online" in said
    assert "Wir schicken Ihnen den Link am Dienstag, 20. Oktober 2015, 9.30 Uhr per Mail." in said
    assert "https://meet.example.org" not in visitor.open(own).text
    assert "Sie können wechseln, sobald dort ein Platz frei ist." in said

    refused = visitor.act(own, "mode", mode="onsite")
    assert refused.status_code == 422
    assert "Alle Plätze sind vergeben: vor Ort" in words(refused)
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
    answer = send(organiser, f"{ONE}/settings/rules", f"{ONE}/settings/rules", **sent, seen="0 / 0")
    assert answer.status_code == 422
    assert "Niemand verliert durch eine Regel den Platz" in words(answer)
