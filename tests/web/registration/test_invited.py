"""The page behind the link of an invitation: coming, saying no, and what it says afterwards."""

# ruff: noqa: ANN003 - the columns of a row have many types

import pytest
import time_machine

from congress.extensions import db
from congress.models import Invitation, Registration
from congress.web.request_log import mask
from tests import builders
from tests.builders import CLOSES, OPEN, OPENS
from tests.guests import an_invitation, token_of
from tests.web import pages
from tests.web.registration.visitors import PERSON, Visitor

pytestmark = pytest.mark.sqlite_only

PUBLIC = "/fachkongress"


class House:
    """A congress by invitation only, one guest, and a visitor."""

    def __init__(self, app, **values) -> None:
        self.app = app
        with app.app_context():
            rules = {"access": "invited"} | values.pop("rules", {})
            self.id = builders.a_congress(
                rules=rules, contact_email="team@example.org", **values
            ).id
        self.visitor = Visitor(app)

    def invite(self, **values):
        with self.app.app_context():
            return f"/invited/{token_of(an_invitation(self.id, **values))}?lang=de"

    def words(self, address):
        answer = self.visitor.open(address)
        return answer.status_code, pages.words(pages.get(pages.read(answer), "main"))

    def decline(self, address, **fields):
        here = address.partition("?")[0]
        return self.visitor.send(f"{here}/decline", **self.visitor.hidden(address) | fields)

    def stored(self, column):
        with self.app.app_context():
            return list(db.session.scalars(db.select(column)))


@pytest.fixture
def house(app):
    with time_machine.travel(OPEN, tick=False):
        yield House(app)


def test_the_public_pages_say_so_before_anything_is_filled_in(house):
    for page in (PUBLIC, f"{PUBLIC}/register"):
        status, words = house.words(f"{page}?lang=de")
        assert status == 200
        assert "Einladung" in words, page
        assert "team@example.org" in words, page
    assert "given_name" not in house.visitor.open(f"{PUBLIC}/register").text
    assert "Nur mit Einladung" in pages.words(pages.read(house.visitor.open("/?lang=de")))


def test_the_form_is_filled_in_as_far_as_it_is_known_and_accepting_is_registering(house):
    guest = house.invite(email="gerda@example.org", organisation="Stadt Unna")
    form = guest.replace("?", "/register?")
    page = pages.read(house.visitor.open(form))
    known = {
        name: pages.get(page, "input", id=name).get("value")
        for name in PERSON
        if name != "privacy_notice"
    }
    assert known == {
        "given_name": "Gerda",
        "family_name": "Gast",
        "email": "gerda@example.org",
        "organisation": "Stadt Unna",
    }
    # Nobody else is shown what is known of this one.
    other = house.visitor.open(house.invite(given_name="Otto").replace("?", "/register?"))
    assert "Otto" in other.text
    assert "Unna" not in other.text
    still_open = house.visitor.hidden(guest)
    answer = house.visitor.register(form, email="gerda@example.org", given_name="Gerda")
    assert answer.status_code == 303, answer.text
    assert "/registration/" in answer.location
    assert len(house.stored(Registration.id)) == 1
    status, words = house.words(guest)
    assert status == 200
    assert "hat sich jemand angemeldet" in words
    assert house.visitor.open(form).status_code == 303  # used: it leads back
    late = house.visitor.send(guest.replace("?", "/decline?"), **still_open)
    assert late.status_code == 409
    assert "abmelden" in late.text or "meldet sich" in late.text


def test_an_organisation_fills_in_its_people(house):
    town = house.invite(given_name="", family_name="", organisation="Stadt Unna", places=2)
    form = town.replace("?", "/register?")
    page = pages.read(house.visitor.open(form))
    assert pages.get(page, "input", id="organisation").get("value") == "Stadt Unna"
    assert not pages.get(page, "input", id="email").get("value")
    for number in (1, 2):
        assert house.visitor.register(form, email=f"{number}@example.org").status_code == 303
    typed = house.visitor.fill_in(form) if house.visitor.open(form).status_code == 200 else {}
    assert not typed
    assert "Alle Plätze dieser Einladung" in house.words(town)[1]


def test_what_was_typed_stays_where_somebody_was_faster(house):
    guest = house.invite()
    form = guest.replace("?", "/register?")
    typed = house.visitor.fill_in(form, email="zu-spaet@example.org")
    house.visitor.register(form, email="schneller@example.org")
    answer = house.visitor.send(form, **typed)
    assert answer.status_code == 422
    assert "zu-spaet@example.org" in answer.text
    assert len(house.stored(Registration.id)) == 1


def test_a_no_is_one_press_and_can_be_taken_back(house):
    guest = house.invite()
    before = house.stored(Invitation.declined_at)
    for look in (house.visitor.client.get, house.visitor.client.head):
        look(guest, base_url="http://congress.test")
    assert house.stored(Invitation.declined_at) == before == [None]
    assert house.visitor.open(guest.replace("?", "/decline?")).status_code == 405
    assert house.decline(guest).status_code == 303
    assert "Bescheid gegeben" in house.words(f"{guest}&done=declined")[1]
    house.decline(guest, represented_by="Karl Kollege", reason="Urlaub")
    assert "Karl Kollege soll stattdessen kommen" in house.words(guest)[1]
    assert house.stored(Invitation.reason) == ["Urlaub"]
    page = pages.read(house.visitor.open(guest))
    assert pages.get(page, "a", href=guest.replace("?", "/register?")) is not None
    assert house.visitor.register(guest.replace("?", "/register?")).status_code == 303
    assert house.stored(Invitation.reason) == [""]


@pytest.mark.parametrize("name", ["www.example.org", "x" * 201])
def test_what_cannot_be_kept_is_said_and_stays(house, name):
    guest = house.invite()
    answer = house.decline(guest, represented_by=name, reason="Urlaub")
    assert answer.status_code == 422
    page = pages.read(answer)
    assert pages.get(page, "input", id="represented_by").get("value") == name
    assert "Urlaub" in answer.text
    assert house.stored(Invitation.declined_at) == [None]


@pytest.mark.parametrize("happens", ["registered", "withdrawn"])
def test_a_no_that_comes_too_late_says_why_and_keeps_the_reason(house, happens):
    guest = house.invite()
    typed = house.visitor.hidden(guest) | {"reason": "Urlaub"}
    if happens == "registered":
        house.visitor.register(guest.replace("?", "/register?"))
    else:
        with house.app.app_context():
            db.session.scalars(db.select(Invitation)).one().withdrawn_at = OPEN
            db.session.commit()
    answer = house.visitor.send(f"{guest.partition('?')[0]}/decline", **typed)
    page = pages.read(answer)
    assert answer.status_code == 409
    assert pages.has(page, class_="note note--bad")
    assert pages.words(pages.get(page, "textarea", id="reason")) == "Urlaub"
    assert not pages.has(pages.read(house.visitor.open(guest)), "textarea", id="reason")


def test_a_withdrawn_invitation_says_so_kindly(house):
    gone = house.invite(withdrawn_at=OPEN)
    status, words = house.words(gone)
    assert status == 410
    assert "zurückgezogen" in words
    assert "team@example.org" in words
    assert house.visitor.open(gone.replace("?", "/register?")).status_code == 303
    assert house.visitor.open(f"/invited/{'x' * 43}").status_code == 404


@pytest.mark.parametrize(
    ("moment", "said"),
    [(OPENS.replace(month=8), "noch nicht"), (CLOSES, "Anmeldung ist geschlossen")],
)
def test_outside_of_registration_it_says_when_and_takes_a_no(app, moment, said):
    with time_machine.travel(moment, tick=False):
        house = House(app)
        guest = house.invite()
        assert said in house.words(guest)[1]
        assert house.decline(guest).status_code == 303


def test_whoever_is_invited_needs_no_approval_and_is_told_of_none(app):
    with time_machine.travel(OPEN, tick=False):
        house = House(app, rules={"approval": "kept"})
        guest = house.invite()
        form = guest.replace("?", "/register?")
        for page in (guest, form):
            assert "Anfrage" not in house.words(page)[1], page
        assert house.visitor.register(form).status_code == 303
    assert house.stored(Registration.state) == ["confirmed"]


@pytest.mark.parametrize(("kind", "door"), [("guest", "Jetzt anmelden"), ("press", "Warteliste")])
def test_a_place_held_back_is_offered_to_whom_it_is_held_back_for(app, kind, door):
    with time_machine.travel(OPEN, tick=False):
        house = House(app, capacity=1, held_back=1, rules={"held_for_guests": 1})
        guest = house.invite(kind=kind)
        said, form = house.words(guest)[1], house.words(guest.replace("?", "/register?"))[1]
    assert door in said
    assert "Ehrengast" not in said + form  # no page of theirs names it
    assert ("Warteliste" in said + form) == (kind == "press")


def test_a_congress_that_is_off_asks_nobody(app):
    with time_machine.travel(OPEN, tick=False):
        house = House(app, state="cancelled")
        guest = house.invite()
        status, words = house.words(guest)
    assert status == 200
    assert "Absagen" not in words


def test_its_link_is_in_no_log_and_no_other_site_learns_it(house):
    guest = house.invite()
    answer = house.visitor.open(guest)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert pages.has(pages.read(answer), "meta", name="robots", content="noindex")
    assert mask(guest.partition("?")[0]) == "/invited/***"
    assert "Disallow: /invited/" in house.visitor.open("/robots.txt").text
