"""What became of an item: its drafts and publications in words, and nobody who registered."""

import pytest

from congress.domain.access import COMMAND, Role
from congress.services import auditing
from congress.transaction import transaction
from tests import builders
from tests.builders import OPEN
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, publish

HERE = "/organiser/fachkongress"
ITEM = f"{HERE}/programme/ws"

pytestmark = pytest.mark.sqlite_only


def said(browser):
    browser.load(f"{ITEM}/history")
    return [pages.words(each) for each in pages.get(browser.page, "ol").findall("li/span")]


def test_an_item_tells_what_was_edited_and_published_and_of_nobody(app):
    with app.app_context():
        congress = builders.a_congress()
        item = builders.a_workshop(congress, code="ws", number=4, title="Netzwerke")
        builders.an_item(congress, code="other", title="Daneben")
        person = builders.a_registration(congress, family_name="Geheim")
        number = congress.id
        with transaction():
            auditing.record(
                "promoted",
                actor=COMMAND,
                now=OPEN,
                congress_id=number,
                registration_id=person.id,
                item_id=item.id,
            )
    an_organiser(app, "whole@example.org", {number: Role.ORGANISER})
    an_organiser(app, "programme@example.org", {number: Role.PROGRAMME})
    browser = Browser(logged_in(app, "whole@example.org"))
    browser.load(f"{ITEM}/edit")
    assert pages.has(browser.page, "a", href=f"{ITEM}/history")
    browser.load(f"{ITEM}/history")
    assert not pages.find_all(browser.page, "ol")

    browser.load(f"{ITEM}/move")
    browser.submit("Verschieben", starts="10")
    browser.load(f"{HERE}/programme/other/move")
    browser.submit("Verschieben", starts="11")
    publish(browser.client, HERE)
    browser.load(f"{ITEM}/edit")
    browser.submit("Speichern", title_de="Knoten")

    titled, published, moved = said(browser)
    assert "Titel „Netzwerke“ → „Knoten“" in titled
    assert published.startswith("2 Änderungen des Programms wurden veröffentlicht")
    assert "Zeit 13.15 bis 15.15 Uhr → 10.00 bis 12.00 Uhr" in moved
    assert moved.endswith("whole@example.org")
    draft = pages.words(pages.section(browser.page, "changes"))
    assert "Netzwerke" in draft
    assert "Zeit" not in draft  # that is public
    with count_queries() as found:
        browser.load(f"{ITEM}/history")
    assert len(found) <= 16

    programme = Browser(logged_in(app, "programme@example.org"))
    assert [words.removesuffix(" whole@example.org") for words in said(browser)] == said(programme)
    assert "@" not in " ".join(said(programme))
