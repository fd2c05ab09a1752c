"""The short title of an item: typed, published, and then what lists call it."""

from datetime import timedelta

import pytest

from congress.domain.access import Role
from tests import builders
from tests.builders import WORKSHOPS_START
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, publish, token

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both

HERE = "/organiser/fachkongress"
EDIT = f"{HERE}/programme/ws/edit"


@pytest.fixture
def organiser(app):
    with app.app_context():
        congress = builders.a_congress()
        item = builders.a_workshop(congress, code="ws", number=4, title="Im Sozialraum leben")
        builders.a_booking(builders.a_registration(congress), item)
        number = congress.id
    an_organiser(app, "organiser@example.org", {number: Role.ORGANISER})
    return logged_in(app, "organiser@example.org")


def read(client, part=""):
    return pages.read(client.get(f"{HERE}{part}"))


def send(client, **short_titles: str):
    version = pages.get(read(client, "/programme/ws/edit"), "input", name="version").get("value")
    local = WORKSHOPS_START.astimezone(builders.BERLIN)
    form = {
        "csrf_token": token(client, EDIT),
        "version": version,
        "title_de": "Im Sozialraum leben",
        "day": local.date().isoformat(),
        "starts": f"{local:%H:%M}",
        "ends": f"{local + timedelta(hours=2):%H:%M}",
        "capacity": "25",
        "waiting_list": "y",
    }
    return client.post(EDIT, data=form | short_titles)


def test_it_is_shown_as_a_change_and_stands_in_lists_once_published(organiser):
    assert send(organiser, short_title_de="Kurz").status_code == 303
    change = pages.words(pages.section(read(organiser, "/programme"), "changes"))
    assert "Kurztitel: keine Angabe →wird zu Kurz" in change
    assert "4 Im Sozialraum leben" in pages.words(pages.section(read(organiser), "fill"))

    told = pages.words(pages.get(read(organiser, "/programme/release"), id="change-ws"))
    assert told.endswith("Niemand wird per Mail informiert")
    assert publish(organiser, HERE) == 303

    for page, part in (("", "fill"), ("", "log"), ("/attendees", None)):
        found = read(organiser, page)
        where = pages.section(found, part) if part else pages.get(found, "table")
        assert "4 Kurz" in pages.words(where), page
    form = read(organiser, "/programme/ws/edit")
    assert pages.get(form, "input", id="short_title_de").get("value") == "Kurz"


@pytest.mark.parametrize(
    ("typed", "is_said"),
    [
        ({"title_de": "Umbenannt", "short_title_de": "Kurz"}, True),
        ({"title_de": "Umbenannt", "short_title_de": "Kürzer"}, False),
        ({"title_de": "Umbenannt", "short_title_de": ""}, False),
        ({"short_title_de": "Kurz"}, False),
    ],
    ids=["stayed", "changed too", "left out", "title stays"],
)
def test_a_short_title_that_stays_under_a_new_title_is_pointed_out(organiser, typed, is_said):
    send(organiser, short_title_de="Kurz")
    read(organiser, "/programme")

    send(organiser, **typed)

    said = pages.words(pages.get(read(organiser, "/programme"), role="status"))
    assert ("Der Kurztitel ist weiterhin „Kurz“." in said) is is_said


@pytest.mark.parametrize(
    "short_titles",
    [
        {"short_title_de": "x" * 41},
        {"short_title_de": "Kurz", "short_title_en": "x" * 41},
        {"short_title_en": "Short"},
    ],
    ids=["too long", "too long in English", "in English only"],
)
def test_what_is_wrong_with_it_is_said_and_it_stays(organiser, short_titles):
    answer = send(organiser, **short_titles)

    page = pages.read(answer)
    assert answer.status_code == 422
    assert len(pages.faults(page)) == 1
    for name, value in short_titles.items():
        assert pages.get(page, "input", id=name).get("value") == value
