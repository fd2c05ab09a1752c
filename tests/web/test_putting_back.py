"""What was done with several people is undone in the browser: looked at, confirmed, once."""

from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import Role
from congress.domain.registration_request import WishedWorkshop
from congress.services import registering
from congress.services.planning import undoing
from tests import builders
from tests.builders import OPEN, a_request, send_everything
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, post

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/attendees"
UNDO, LOG = f"{HERE}/undo", "/organiser/fachkongress/log?lang=de"


@pytest.fixture
def moment():
    with time_machine.travel(OPEN, tick=False) as travelling:
        yield travelling


@pytest.fixture
def house(app):
    """Five people on three places of a workshop, two of them waiting for it."""
    with app.app_context():
        congress = builders.a_congress()
        full = builders.a_workshop(congress, code="full", number=1, title="Netze", capacity=3).id
        ids = [
            registering.register(
                congress.id, a_request(each, WishedWorkshop(full)), now=OPEN
            ).registration_id
            for each in range(5)
        ]
        send_everything()
        congress_id = congress.id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    an_organiser(app, "colleague@example.org", {congress_id: Role.ORGANISER})
    an_organiser(app, "reader@example.org", {congress_id: Role.READER})
    return ids


def act(browser, moment, house, **asked: str):
    moment.shift(timedelta(minutes=1))
    ids = ",".join(map(str, house))
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    browser.load(f"{HERE}/several?ids={ids}&{query}&lang=de")
    browser.submit("Jetzt ausführen")


def words(browser):
    return pages.words(pages.get(browser.page, "main"))


def links(browser):
    hrefs = {each.get("href", "") for each in pages.find_all(browser.page, "a")}
    return [each for each in hrefs if each.startswith(f"{UNDO}?act=")]


def test_what_was_done_is_undone_once_after_a_look(app, house, moment):
    browser = Browser(logged_in(app, "organiser@example.org"))
    act(browser, moment, house[:3], act="take", **{"in": "full"})
    assert "15 Minuten" not in words(browser)
    [undo] = links(browser)
    browser.load(f"{HERE}?lang=de")
    assert links(browser) == [undo]  # the newest lines of the log stand beside the list
    with app.app_context():
        send_everything()

    colleague = Browser(logged_in(app, "colleague@example.org"))
    colleague.load(LOG)
    assert "3 Personen wurden aus „1 Netze“ genommen" in words(colleague)
    assert links(colleague) == [undo]
    colleague.load(f"{undo}&lang=de")
    for sentence in (
        "Rückgängig machen, was mit 3 Personen geschehen ist?",
        "hat alles wieder wie zuvor: 1",
        "Der Platz ist vergeben: 2",
    ):
        assert sentence in words(colleague), sentence
    browser.load(f"{undo}&lang=de")

    moment.shift(timedelta(minutes=1))
    colleague.submit("Jetzt rückgängig machen")
    said = "Rückgängig gemacht bei 1 Person. 2 von 3 konnten nicht zurück: Der Platz ist vergeben."
    assert said in words(colleague)
    assert links(colleague) == []
    browser.submit("Jetzt rückgängig machen")
    assert browser.status == 409
    assert "Es ist schon rückgängig gemacht." in words(browser)
    browser.load(LOG)
    said = words(browser)
    assert "Das Herausnehmen aus „1 Netze“ wurde rückgängig gemacht, bei 1 von 3." in said
    assert "Rückgängig gemacht: Erika Muster-0 hat „1 Netze“ bekommen." in said


def test_a_registration_that_was_cancelled_by_a_slip_is_valid_again(app, house, moment):
    browser = Browser(logged_in(app, "organiser@example.org"))
    act(browser, moment, house[:2], act="cancel")
    [undo] = links(browser)
    reader = logged_in(app, "reader@example.org")
    assert reader.get(undo).status_code == 403
    with count_queries() as statements:
        browser.load(f"{undo}&lang=de")
    assert "ist wieder angemeldet, ohne „1 Netze“: 2" in words(browser)
    assert len([each for each in statements if "programme_items.id IN" in each]) == 1
    browser.submit("Jetzt rückgängig machen")
    said = "Rückgängig gemacht bei 2 Personen. 2 davon haben nicht alles zurückbekommen"
    assert said in words(browser)
    browser.load(f"{HERE}/{house[0]}?lang=de")
    assert "Abgemeldet am" not in words(browser)
    browser.load(LOG)
    assert "Erika Muster-0 ist wieder angemeldet: Die Abmeldung wurde" in words(browser)

    act(browser, moment, house[:1], act="give", full="wait", **{"in": "full"})
    [undo] = links(browser)
    moment.shift(timedelta(minutes=16))
    browser.load(f"{undo}&lang=de")
    assert "mehr als 15 Minuten her" in words(browser)
    with app.app_context():
        undoing.forget_old(now=OPEN + timedelta(days=2))
    browser.load(f"{undo}&lang=de")
    assert "mehr als 15 Minuten her" in words(browser)
    for strange in ("", "x", "99999999999", "1"):
        assert post(browser.client, UNDO, HERE, act=strange) == 409
    act(browser, moment, house[:1], act="admit", full="beyond", **{"in": "full"})
    assert links(browser) == []  # whoever moved up was promised the place
