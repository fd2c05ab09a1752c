"""Before an item leaves the programme, or a change is taken back, a page says what that means."""

import pytest

from congress.domain.access import COMMAND, Role
from congress.queries.planning.scheduling import find_edited
from congress.services.planning import scheduling
from tests import builders
from tests.builders import OPEN
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, publish

HERE = "/organiser/fachkongress"
ITEM = f"{HERE}/programme/ws"


@pytest.fixture
def congress(app):
    with app.app_context():
        congress = builders.a_congress()
        item = builders.a_workshop(congress, code="ws", number=4, title="Netzwerke")
        builders.a_booking(builders.a_registration(congress), item)
        builders.an_item(congress, code="neu", title="Technikprobe", is_released=False)
        ids = {"congress": congress.id, "item": item.id}
    an_organiser(app, "organiser@example.org", {ids["congress"]: Role.ORGANISER})
    return ids


@pytest.fixture
def browser(app, congress):
    return Browser(logged_in(app, "organiser@example.org"))


def taken_back_from(browser):
    browser.load(f"{HERE}/programme")
    return [
        each.get("href") for each in browser.page.iter("a") if pages.words(each) == "Zurücknehmen …"
    ]


def test_what_was_public_is_cancelled_and_that_can_be_taken_back(browser):
    public = browser.client.get("/fachkongress").text
    feed = browser.client.get("/fachkongress/calendar.ics").data
    browser.load(f"{ITEM}/remove")
    assert pages.numbers(pages.get(browser.page, class_="page-head"))[-1:] == [1]  # has a place
    browser.submit("Entfernen")
    assert pages.words(pages.get(browser.page, role="status")) == (
        "„Netzwerke“ fällt aus, sobald Sie das veröffentlichen."
    )
    assert f"{ITEM}/undo" in taken_back_from(browser)
    browser.load(f"{ITEM}/undo")
    browser.submit("Zurücknehmen")

    assert browser.status == 200
    assert taken_back_from(browser) == [f"{HERE}/programme/neu/remove"]
    assert browser.client.get("/fachkongress").text == public
    assert browser.client.get("/fachkongress/calendar.ics").data == feed
    browser.load(f"{HERE}/log")
    assert "Änderungen an „4 Netzwerke“ wurden zurückgenommen" in pages.words(browser.page)


def test_what_is_new_is_gone_and_the_log_knows_its_name(browser):
    [link] = taken_back_from(browser)
    browser.load(link)
    browser.submit("Entfernen")

    assert taken_back_from(browser) == []
    assert browser.client.get(f"{HERE}/programme/neu/edit").status_code == 404
    browser.load(f"{HERE}/log")
    assert "„Technikprobe“ wurde aus dem Programm entfernt." in pages.words(browser.page)


def test_once_it_is_published_there_is_nothing_to_take_back(browser):
    browser.load(f"{ITEM}/remove")
    browser.submit("Entfernen")
    publish(browser.client, HERE)

    assert taken_back_from(browser) == []
    assert browser.client.get(f"{ITEM}/undo").status_code == 303
    browser.load(f"{ITEM}/remove")
    assert not pages.has(browser.page, "form", action=f"{ITEM}/remove")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("page", ["remove", "undo"])
def test_whoever_answers_second_is_asked_again(app, browser, congress, page):
    def edit(title):
        with app.app_context():
            plan = find_edited(congress["congress"], "ws").plan
            scheduling.edit_item(
                congress["item"],
                type(plan)(**vars(plan) | {"title": {"de": title}}),
                version=plan.version,
                actor=COMMAND,
                now=OPEN,
            )

    edit("Knoten")
    browser.load(f"{ITEM}/{page}")
    edit("Maschen")
    browser.submit("Entfernen" if page == "remove" else "Zurücknehmen")

    assert browser.status == 409
    assert pages.has(browser.page, role="alert")
    browser.submit("Entfernen" if page == "remove" else "Zurücknehmen")
    assert browser.status == 200


@pytest.mark.sqlite_only
def test_what_somebody_typed_for_an_item_that_is_gone_can_be_a_new_one(browser):
    browser.load(f"{HERE}/programme/neu/edit")
    typing = Browser(browser.client)
    typing.load(f"{HERE}/programme/neu/edit")
    browser.load(f"{HERE}/programme/neu/remove")
    browser.submit("Entfernen")
    typing.submit("Speichern", title_de="Lange überlegt")

    assert typing.status == 409
    assert pages.refusal_heading(typing.page).startswith("Jemand anderes hat")
    typing.submit("Speichern", kind="talk")
    assert typing.status == 200
    assert "Lange überlegt" in pages.words(typing.page)
