"""Publishing one change by itself, from the page of the item, or some that are marked."""

import pytest
import time_machine
from sqlalchemy import update

from congress.domain.access import Role
from congress.extensions import db
from congress.models import ProgrammeItem
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post

HERE = "/organiser/fachkongress"
PROGRAMME = f"{HERE}/programme"
ALONE = f"{PROGRAMME}/release?item=first"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(builders.OPEN, tick=False):
        yield


@pytest.fixture
def organiser(app):
    """Three workshops that were all renamed, and whoever publishes them."""
    with app.app_context():
        congress = builders.a_congress()
        for code in ("first", "second", "third"):
            builders.a_workshop(congress, code=code)
        db.session.execute(update(ProgrammeItem).values(title={"de": "Anders"}))
        db.session.commit()
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
    return logged_in(app, "organiser@example.org")


def changes(client, address):
    """The changes that a page asks about, by the codes of their items."""
    page = pages.read(client.get(address))
    return [each.get("id") for each in page.iter("li") if (each.get("id") or "")[:7] == "change-"]


def test_the_page_of_an_item_publishes_its_change_alone(organiser):
    item = pages.read(organiser.get(f"{PROGRAMME}/first/edit"))
    assert pages.has(item, "a", href=ALONE)

    assert changes(organiser, ALONE) == ["change-first"]
    asked = pages.read(organiser.get(ALONE))
    assert pages.numbers(pages.get(asked, data_others="2")) == [2]

    seen = hidden(organiser, ALONE, "seen")
    assert post(organiser, f"{PROGRAMME}/release", ALONE, seen=seen, item="first") == 303

    assert changes(organiser, f"{PROGRAMME}/release") == ["change-second", "change-third"]
    assert organiser.get(ALONE).status_code == 303  # there is nothing to ask about any more
    item = pages.read(organiser.get(f"{PROGRAMME}/first/edit"))
    assert not pages.has(item, "a", href=ALONE)


def test_pressed_twice_it_says_so_and_publishes_no_other(organiser):
    seen = hidden(organiser, ALONE, "seen")
    for _again in range(2):
        assert post(organiser, f"{PROGRAMME}/release", PROGRAMME, seen=seen, item="first") == 303

    said = pages.words(pages.read(organiser.get(PROGRAMME)))
    assert "Das ist schon veröffentlicht." in said
    assert changes(organiser, f"{PROGRAMME}/release") == ["change-second", "change-third"]


def test_what_is_marked_in_the_programme_is_asked_about_together(organiser):
    page = pages.read(organiser.get(PROGRAMME))
    boxes = pages.find_all(page, "input", type="checkbox", name="item", form="alone")
    form = pages.get(page, "form", id="alone")

    assert [each.get("value") for each in boxes] == ["first", "second", "third"]
    assert form.get("method") == "get"
    marked = f"{form.get('action').partition('?')[0]}?item=first&item=third"
    assert changes(organiser, marked) == ["change-first", "change-third"]
    named = pages.find_all(pages.read(organiser.get(marked)), "input", type="hidden", name="item")
    assert [each.get("value") for each in named] == ["first", "third"]
