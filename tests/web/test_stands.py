"""The market of possibilities: stands are applied for, accepted, placed and shown."""

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.domain.calls import FITTINGS
from congress.extensions import db
from congress.models import Proposal
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only
HERE = "/organiser/fachkongress"


@pytest.fixture
def house(app, time_machine):
    time_machine.move_to(builders.OPEN, tick=False)
    with app.app_context():
        congress = builders.a_congress()
        builders.a_call(congress, kinds=["stand", "workshop"])
        an_organiser(app, "o@example.org", {congress.id: Role.ORGANISER})
        return congress


def proposed(app):
    with app.app_context():
        return db.session.scalars(select(Proposal)).one()


def test_a_stand_says_what_it_needs_and_is_shown_once_it_is_accepted(app, house):
    guest, organiser = Browser(app.test_client()), Browser(logged_in(app, "o@example.org"))
    guest.load("/fachkongress/call?lang=de")
    said = {
        "kind": "stand", "title": "Ehrenamtskarte zum Anfassen", "abstract": "Karten & Spiele",
        "name": "Erika Muster", "email": "erika@example.org", "privacy_notice": "y",
    }  # fmt: skip
    guest.submit("Vorschlag absenden", **said | {"title": ""}, needs_power="y")
    assert guest.status == 422
    assert pages.get(guest.page, "input", name="needs_power").get("checked") is not None
    guest.submit("Vorschlag absenden", title=said["title"], organisation="Stadt Hamm")
    assert "Für den Stand" in pages.words(guest.page)
    stored = proposed(app)
    assert [name for name in FITTINGS if getattr(stored, name)] == ["needs_power"]
    public = Browser(app.test_client())
    public.load("/fachkongress?lang=de")
    assert "Markt der Möglichkeiten" not in pages.words(public.page)

    one = f"{HERE}/call/proposals/{stored.id}"
    assert app.test_client().get("/fachkongress?lang=de").headers["ETag"]
    organiser.load(f"{one}?lang=de")
    assert not any(each.get("name") == "place" for each in pages.find_all(organiser.page, "input"))
    organiser.load(f"{one}/accept?lang=de")
    organiser.submit("Annehmen und senden")
    public.load("/fachkongress?lang=de")
    words = pages.words(public.page)
    assert "Ehrenamtskarte zum Anfassen Stadt Hamm Karten & Spiele" in words
    assert "Erika" not in words
    organiser.load(f"{one}?lang=de")
    organiser.submit("Platz speichern", place="Foyer\x00, Stand 12" + "x" * 60)
    assert organiser.status == 422
    organiser.submit("Platz speichern", place="Foyer, Stand 12")
    public.load("/fachkongress?lang=de")
    assert "Stadt Hamm Foyer, Stand 12" in pages.words(public.page)
    guest.load(guest.address)
    assert "Foyer, Stand 12" in pages.words(guest.page)
    organiser.load(f"{HERE}/call/proposals?lang=de")
    assert "1 Stand angenommen. Gebraucht wird insgesamt: Strom: 1" in pages.words(organiser.page)
    organiser.load(f"{HERE}/log?lang=de")
    assert "bekam einen Platz: „Foyer, Stand 12“" in pages.words(organiser.page)

    # Taken back, it is gone at once, and its place is free.
    organiser.load(f"{one}/decline?lang=de")
    organiser.submit("Zurücknehmen und senden")
    public.load("/fachkongress?lang=de")
    assert "Markt der Möglichkeiten" not in pages.words(public.page)
    assert proposed(app).stand_place == ""


def test_nothing_but_an_accepted_stand_gets_a_place(app, house):
    with app.app_context():
        number = builders.a_proposal(house, kind="workshop", state="accepted").id
    client = logged_in(app, "o@example.org")
    browser = Browser(client)
    browser.load(f"{HERE}/call/proposals/{number}?lang=de")
    token = pages.find_all(browser.page, "input", name="csrf_token")[0].get("value")
    sent = {"csrf_token": token}
    answer = client.post(f"{HERE}/call/proposals/{number}/stand", data=sent | {"place": "Foyer"})
    assert answer.status_code == 409
    assert "Nur ein Stand" in answer.text
