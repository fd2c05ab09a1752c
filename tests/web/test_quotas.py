"""The quota per organisation on the pages: said before, explained after, decided by organisers."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in
from tests.web.registration.visitors import Visitor

HERE = "/organiser/fachkongress"
LIST = f"{HERE}/attendees/organisations"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def congress(app):
    now = datetime.now(UTC)
    day = (now + timedelta(days=30), now + timedelta(days=30, hours=8))
    with app.app_context():
        return builders.a_congress(
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=9),
            days=(day,),
            capacity=20,
            rules={"quota": 2},
            fields={"organisation": "required"},
        ).id


@pytest.fixture
def anna(app, congress):
    an_organiser(app, "anna@example.org", {congress: Role.ORGANISER})
    return Browser(logged_in(app, "anna@example.org"))


def register(app, number, organisation):
    """Register somebody and return what their own page says."""
    visitor = Visitor(app)
    who = {"family_name": f"Muster-{number}", "email": f"erika-{number}@rheine.de"}
    own_page = visitor.own_page(organisation=organisation, **who)
    return pages.words(pages.read(visitor.open(own_page)))


def test_the_form_says_it_before_and_the_own_page_after(app, congress):
    visitor = Browser(app.test_client())
    visitor.load("/fachkongress/register?lang=de")
    assert "Aus jeder Organisation können bis zu 2 Personen kommen" in pages.words(visitor.page)
    visitor.load("/fachkongress?lang=de")
    assert "Aus jeder Organisation können bis zu 2 Personen kommen" in pages.words(visitor.page)
    for number, name in enumerate(("Stadt Rheine", "Rheine, Stadt"), start=1):
        assert "Sie sind dabei" in register(app, number, name)
    words = register(app, 3, "Stadtverwaltung Rheine")
    assert "Nachrückliste Ihrer Organisation, Platz 1" in words
    assert "Aus Ihrer Organisation haben schon so viele Personen einen Platz" in words
    assert "Alle Plätze waren vergeben" not in words
    visitor.load("/fachkongress?lang=de")
    assert "Noch 18 Plätze." in pages.words(visitor.page)


def four_of_rheine(app):
    for number, name in enumerate(("Stadt Rheine", "Rheine", "Rheine, Stadt", "Rheine"), start=1):
        register(app, number, name)


def test_an_organiser_looks_at_an_organisation_and_decides(app, congress, anna):
    four_of_rheine(app)
    register(app, 5, "Kreis Steinfurt")
    anna.load(f"{LIST}?lang=de")
    assert "2 von 2" in pages.words(anna.page)
    anna.load(f"{LIST}/one?key=rheine")
    anna.submit("Plätze speichern", how_many="own", places="viele")
    assert anna.status == 422
    assert pages.get(anna.page, "input", name="places").get("value") == "viele"
    anna.submit("Plätze speichern", how_many="own", places="3")
    assert "Erika Muster-3" in pages.words(anna.page)  # who moved up
    anna.submit("Zusammen zählen", other="kreis steinfurt")
    assert "4 von 3 Plätzen sind vergeben" in pages.words(anna.page)
    anna.submit("Ist eine andere Organisation")
    assert "zählt ab jetzt als eigene Organisation" in pages.words(anna.page)
    anna.submit("Bestätigen", domain="gmx.de")
    assert anna.status == 422
    anna.submit("rheine.de bestätigen")
    assert "zählen ab jetzt zu" in pages.words(anna.page)
    anna.submit("rheine.de entfernen")
    anna.load(f"{HERE}/log?lang=de")
    words = pages.words(anna.page)
    assert "Die Plätze für „rheine“ wurden geändert: wie aus jeder anderen → 3" in words
    assert "zählen jetzt als eine Organisation" in words


def test_a_person_says_where_they_count_and_can_be_let_in_beyond(app, congress, anna):
    four_of_rheine(app)
    anna.load(f"{HERE}/attendees?lang=de&reserve=yes")
    people = pages.words(next(anna.page.iter("tbody")))
    assert [name in people for name in ("Muster-2", "Muster-3", "Muster-4")] == [False, True, True]
    anna.load(f"{HERE}/attendees?counts=rheine&state=confirmed")
    assert "Zählt zu: Rheine" in pages.words(anna.page)
    anna.load(f"{HERE}/attendees/3")
    words = pages.words(anna.page)
    assert "Auf der Nachrückliste der Organisation, Platz 1" in words
    assert "Rheine (2 von 2)" in words
    anna.submit("Jetzt nachrücken lassen")
    assert anna.status == 409
    anna.submit("Über die Plätze je Organisation hinaus aufnehmen")
    assert "Über die Plätze je Organisation hinaus" in pages.words(anna.page)


def test_who_waits_on_a_reserve_list_is_said_to_and_counted(app, congress, anna):
    four_of_rheine(app)
    anna.load(f"{HERE}/attendees?lang=de&state=waiting")
    body = pages.words(next(anna.page.iter("tbody")))
    assert ["Nachrückliste (Platz 1)" in body, "Nachrückliste (Platz 2)" in body] == [True] * 2
    assert "Nachrücklisten 2" in pages.words(pages.get(anna.page, id="views"))
    with anna.client.get(f"{HERE}/attendees.csv?lang=de") as answer:
        table = answer.text
    assert [each in table for each in ("Nachrückliste (Platz 2)", "Wartet")] == [True, False]
    anna.load(f"{HERE}?lang=de")
    assert pages.words(pages.get(anna.page, id="on-reserve")) == "2"
    for page, words in (
        ("/figures", "2 Personen warten auf einen Platz im Kongress, davon 2 auf Nachrücklisten."),
        ("/attendees/4", "Platz 2 auf der Nachrückliste"),
        ("/attendees/4", "hat sich angemeldet und steht auf der Nachrückliste."),
        ("/log", "Erika Muster-3 hat sich angemeldet und steht auf der Nachrückliste."),
    ):
        anna.load(f"{HERE}{page}?lang=de")
        assert words in pages.words(anna.page)


def test_the_page_of_ones_own_calls_it_so_too(app, congress):
    four_of_rheine(app)

    assert "Sie stehen auf der Nachrückliste Ihrer Organisation, Erika Muster-5." in register(
        app, 5, "Rheine"
    )


def test_entering_by_hand_asks_what_is_to_be_beyond_the_quota(app, congress, anna):
    four_of_rheine(app)
    anna.load(f"{HERE}/attendees/new?lang=de")
    anna.submit("Anmelden", given_name="Max", family_name="Neu", organisation="Rheine")
    assert anna.status == 422
    assert "Die Plätze für diese Organisation sind vergeben" in pages.words(anna.page)
    anna.submit("Anmelden", full="beyond")
    assert "Max Neu" in pages.words(anna.page)


def test_a_request_beyond_the_quota_asks_what_is_to_be(app, congress, anna):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        row.rules = {"quota": 2, "approval": "kept"}
        db.session.commit()
    four_of_rheine(app)
    for number in (1, 2):
        anna.load(f"{HERE}/attendees/{number}/decide?lang=de")
        anna.submit("Anfrage annehmen")
        assert "hat einen Platz" in pages.words(anna.page)
    anna.load(f"{HERE}/attendees/3/decide?lang=de")
    assert "die Plätze ihrer Organisation" in pages.words(anna.page)
    anna.submit("Anfrage annehmen", **{"full-3": "wait"})
    assert "steht auf der Nachrückliste" in pages.words(anna.page)
    anna.load(f"{HERE}/attendees/4/decide?lang=de")
    anna.submit("Anfrage annehmen", **{"full-4": "beyond"})
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        assert (row.taken, row.waiting) == (3, 1)


def test_another_quota_is_foreseen_before_it_is_saved(app, congress, anna):
    four_of_rheine(app)
    anna.load(f"{HERE}/settings/rules?lang=de")
    anna.submit("Speichern", quota="3")
    assert anna.status == 422
    assert "1 Person würde sofort nachrücken" in pages.words(anna.page)
    assert pages.get(anna.page, "input", name="quota").get("value") == "3"
    with app.app_context():
        assert db.session.get_one(Congress, congress).rules == {"quota": 2}
    anna.submit("Speichern")
    assert "Regeln sind gespeichert" in pages.words(anna.page)
    assert "1 Person ist nachgerückt: Erika Muster-3." in pages.words(anna.page)
    with app.app_context():
        assert db.session.get_one(Congress, congress).taken == 3


def test_what_does_not_exist_is_not_found(app, congress, anna):
    anna.load(f"{LIST}/one?key=nobody")
    assert anna.status == 404
