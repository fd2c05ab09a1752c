"""As what people come: entered, changed for one and for several, filtered, written, counted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, Mailing, Registration
from congress.services import registering
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

HERE = "/organiser/fachkongress"
LIST = f"{HERE}/attendees"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def congress(app):
    now = datetime.now(UTC)
    day = (now + timedelta(days=30), now + timedelta(days=30, hours=8))
    with app.app_context():
        congress = builders.a_congress(
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=9),
            days=(day,),
            capacity=4,
            rules={"held_for_guests": 2},
            held_back=2,
        ).id
        for number in (1, 2, 3):
            registering.register(congress, builders.a_request(number), now=now)
        return congress


@pytest.fixture
def anna(app, congress):
    an_organiser(app, "anna@example.org", {congress: Role.ORGANISER})
    return Browser(logged_in(app, "anna@example.org"))


def people(app):
    with app.app_context():
        rows = db.session.execute(
            select(Registration.family_name, Registration.kind, Registration.state)
        )
        return {row.family_name.removeprefix("Muster-"): (row.kind, row.state) for row in rows}


def number_of(app, name):
    with app.app_context():
        wanted = select(Registration.id).where(Registration.family_name == f"Muster-{name}")
        return db.session.scalars(wanted).one()


def undo_of(page):
    """Return where what was just done with several people is undone, however often it says so."""
    links = (each.get("href", "") for each in pages.find_all(page, "a"))
    [found] = {href.partition("&lang")[0] for href in links if "/undo?act=" in href}
    return found


def test_a_guest_is_entered_without_a_question_and_others_wait(app, anna):
    assert people(app)["3"] == ("attendee", "waiting")
    anna.load(f"{LIST}/new?lang=de")
    said = {"given_name": "Gerda", "family_name": "Gast", "privacy_notice": "y"}
    anna.submit("Anmelden", **said, kind="attendee")
    assert anna.status == 422
    assert "Bitte wählen Sie, was geschehen soll" in pages.words(anna.page)
    anna.submit("Anmelden", kind="guest")
    assert "Ehrengast" in pages.words(anna.page)
    assert people(app)["Gast"] == ("guest", "confirmed")
    anna.load(f"{LIST}/waiting-lists?lang=de")
    words = pages.words(anna.page)
    assert "1 frei, davon 1 zurückgehalten (Ehrengast: 1)" in words
    assert "Jeder freie Platz wird zurückgehalten" in words


def test_what_somebody_comes_as_is_changed_on_their_page_and_said(app, anna):
    here = f"{LIST}/{number_of(app, 3)}"
    anna.load(f"{here}?lang=de")
    anna.submit("Speichern", kind="guest")
    words = pages.words(anna.page)
    assert "Erika Muster-3: Teilnahme als Ehrengast." in words
    assert "Teilnahme als Ehrengast, vorher: Teilnehmende Person" in words
    assert people(app)["3"] == ("guest", "confirmed")
    anna.submit("Speichern", kind="guest")
    assert "Es wurde nichts geändert" in pages.words(anna.page)


def test_several_at_once_then_filtered_and_written_to(app, anna):
    ids = ",".join(str(number_of(app, name)) for name in (1, 3))
    anna.load(f"{LIST}/several?ids={ids}&lang=de")
    assert pages.has(anna.page, "form", action=f"{LIST}/several/kind")
    anna.load(f"{LIST}/several/kind?ids={ids}&as=press")
    words = pages.words(anna.page)
    assert "2 Personen als „Presse“ teilnehmen lassen?" in words
    assert "Teilnehmende Person → Presse" in words
    assert people(app)["1"] == ("attendee", "confirmed")  # only looked at
    anna.submit("Jetzt ausführen")
    assert "2 Personen wurden geändert: Teilnahme als Presse" in pages.words(anna.page)
    undo = undo_of(anna.page)
    anna.load(f"{LIST}?kind=press&columns=kind&lang=de")
    rows = pages.words(pages.get(anna.page, "table"))
    assert ("Muster-1" in rows, "Muster-2" in rows, "Presse" in rows) == (True, False, True)
    assert "Teilnahme als: Presse" in pages.words(anna.page)
    anna.load(f"{HERE}/mailings/new?kind=press&state=&lang=de")
    anna.submit("Speichern und ansehen", subject="Presse", text="Guten Tag")
    assert "Teilnahme als: Presse" in pages.words(anna.page)
    with app.app_context():
        assert db.session.scalars(select(Mailing.audience)).one()["kind"] == "press"
    with anna.client.get(f"{LIST}.csv?columns=kind&lang=de") as file:
        assert file.text.count("Presse") == 2
    anna.load(f"{HERE}/figures?lang=de")
    assert "Presse" in pages.words(anna.page)
    anna.load(undo)
    assert "Presse → Teilnehmende Person" in pages.words(anna.page)
    anna.submit("Jetzt ausführen")
    assert "Rückgängig gemacht bei 2 Personen" in pages.words(anna.page)
    assert {kind for kind, _state in people(app).values()} == {"attendee"}
    anna.load(undo)
    assert "Es ist schon rückgängig gemacht" in pages.words(anna.page)
    anna.load(f"{HERE}/log?lang=de")
    words = pages.words(anna.page)
    assert "Mehrere auf einmal: 2 Personen nehmen als Presse teil" in words
    assert "rückgängig gemacht: 2 von 2" in words


def test_others_look_again_where_something_changed_meanwhile(app, anna):
    ids = number_of(app, 1)
    anna.load(f"{LIST}/several/kind?ids={ids}&as=guest&lang=de")
    other = Browser(anna.client)
    other.load(f"{LIST}/several/kind?ids={ids}&as=press")
    other.submit("Jetzt ausführen")
    anna.submit("Jetzt ausführen")
    assert anna.status == 409
    assert "Presse → Ehrengast" in pages.words(anna.page)
    assert "1 andere Person rückt nach: Erika Muster-3" in pages.words(anna.page)


def test_fewer_held_back_is_shown_before_it_is_saved(app, anna):
    anna.load(f"{HERE}/settings/rules?lang=de")
    anna.submit("Speichern", held_for_guests="9")
    assert "mehr Plätze zurückgehalten, als" in pages.words(anna.page)
    anna.submit("Speichern", held_for_guests="1")
    assert anna.status == 422
    assert "1 Person würde sofort nachrücken" in pages.words(anna.page)
    assert people(app)["3"][1] == "waiting"
    anna.submit("Speichern")
    assert people(app)["3"][1] == "confirmed"


def test_with_offers_it_says_who_is_offered_a_place_and_on_which_list(app, congress, anna):
    with app.app_context():
        rules = {"held_for_guests": 2, "mode": "hybrid", "online_places": 1}
        found = db.session.get_one(Congress, congress)
        found.rules, found.online_capacity = rules, 1
        db.session.commit()
    anna.load(f"{HERE}/settings/rules?lang=de")
    anna.submit("Speichern", held_for_guests="1", offer_hours="5")
    words = pages.words(pages.get(anna.page, "div", id="foreseen"))
    assert "Vor Ort: 1 Person würde ein Platz angeboten" in words
    assert "Erika Muster-3" in words
    assert "nachrücken" not in words
    anna.submit("Speichern")
    assert people(app)["3"][1] == "offered"


def test_before_several_are_cancelled_it_says_who_is_offered_their_places(app, congress, anna):
    with app.app_context():
        found = db.session.get_one(Congress, congress)
        found.rules = {"held_for_guests": 2, "offer_hours": 5}
        db.session.commit()
    anna.load(f"{LIST}/several?ids={number_of(app, 1)}&act=cancel&lang=de")
    words = pages.words(anna.page)
    assert "1 anderen Person wird ein Platz angeboten: Erika Muster-3" in words
    assert "rückt nach" not in words
    assert "2 Mails gehen hinaus" in words


def test_the_public_reads_of_what_everybody_can_have(app, congress):
    page = pages.read(app.test_client().get("/fachkongress?lang=de"))
    words = pages.words(page)
    assert "Alle sind vergeben" in words
    assert "zurückgehalten" not in words


def test_a_column_of_an_import_says_it(app, anna):
    table = "Vorname;Nachname;Teilnahme als\nGerda;Gast;Ehrengast\nPaul;Presse;Zeitung"
    anna.load(f"{LIST}/import?lang=de")
    anna.submit("Zeigen, was sich ändern würde", rows=table)
    assert "Bitte geben Sie statt „Zeitung“ eines davon ein" in pages.words(anna.page)


def test_an_import_changes_what_people_attend_as_and_it_can_be_undone(app, anna):
    table = (
        "Vorname;Nachname;E-Mail;Teilnahme als\n"
        "Erika;Muster-1;erika.muster-1@example.org;Ehrengast\n"
        "Erika;Muster-2;erika.muster-2@example.org;\n"
        "Gerda;Gast;gerda@example.org;Ehrengast\n"
    )
    anna.load(f"{LIST}/import?lang=de")
    anna.submit("Zeigen, was sich ändern würde", rows=table)
    words = pages.words(anna.page)
    assert "Teilnahme als: Teilnehmende Person → Ehrengast" in words
    assert "Erika Muster-3" in words  # who waits, and has the place that is left
    assert people(app)["1"] == ("attendee", "confirmed")
    anna.submit("Übernehmen")
    assert "1 Person wurde geändert" in pages.words(anna.page)
    undo = undo_of(anna.page)
    assert people(app) == {
        "1": ("guest", "confirmed"),
        "2": ("attendee", "confirmed"),
        "3": ("attendee", "confirmed"),
        "Gast": ("guest", "confirmed"),
    }
    anna.load(undo)
    anna.submit("Jetzt ausführen")
    assert people(app)["1"] == ("attendee", "confirmed")
    anna.load(f"{HERE}/log?lang=de")
    assert "Mehrere auf einmal: 1 Person nimmt als Ehrengast teil" in pages.words(anna.page)
