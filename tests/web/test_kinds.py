"""As what people come: entered, changed for one and for several, filtered, written, counted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Mailing, Registration
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
    anna.submit("Für alle speichern", kind="press")
    assert "2 Personen wurden geändert: Teilnahme als Presse" in pages.words(anna.page)
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
