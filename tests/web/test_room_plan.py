"""The programme as a plan of its rooms, drawn by the server, with what is wrong where it is."""

import pytest

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Room
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

PLAN = "/organiser/fachkongress/programme?view=rooms"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def client(app):
    with app.app_context():
        congress = builders.a_congress()
        one, two = (
            builders.add(
                Room(congress_id=congress.id, code=code, name={"de": code}, seats=20, position=at)
            )
            for at, code in enumerate(("Saal", "Studio"))
        )
        builders.an_item(congress, title="Begrüßung", room_id=one.id)
        builders.a_workshop(congress, number=1, room_id=one.id, capacity=20)
        builders.a_workshop(congress, number=2, room_id=two.id, capacity=25)
        builders.a_workshop(congress, number=3, room_id=one.id, capacity=20, cancelled=True)
        builders.a_workshop(congress, number=4, room_id=one.id, capacity=20, is_released=False)
        db.session.commit()
        number = congress.id
    for email, role in (("o@example.org", Role.ORGANISER), ("r@example.org", Role.READER)):
        an_organiser(app, email, {number: role})
    return logged_in(app, "o@example.org")


def test_what_is_parallel_stands_in_its_room_and_says_what_is_wrong(client):
    page = pages.read(client.get(PLAN))
    table = pages.get(page, "table")
    heads = [pages.words(each) for each in table.iter("th") if each.get("scope") == "col"]
    assert heads == ["Zeit", "Saal20 Stühle", "Studio20 Stühle"]
    [across] = [each for each in table.iter("td") if each.get("colspan")]
    assert pages.words(across).startswith("PlenumBegrüßung")

    saal, studio = (pages.get(table, "td", **{"data-l": room}) for room in ("Saal", "Studio"))
    marks = [each.get("class", "") for each in pages.find_all(saal, "a", data_version="")]
    assert sorted(marks) == ["item", "item item--bad", "item item--bad"]
    assert "item--warn" in (pages.get(studio, "a", data_version="").get("class") or "")
    assert len(pages.find_all(saal, "del")) == 1
    assert "Neu, nicht veröffentlicht" in pages.words(saal)
    assert pages.has(page, "a", href=PLAN, **{"aria-current": "page"})


def test_whoever_only_reads_has_nothing_to_open(app, client):
    page = pages.read(logged_in(app, "r@example.org").get(PLAN))

    assert not pages.find_all(pages.get(page, "table"), "a")
    assert "Begrüßung" in pages.words(pages.get(page, "table"))
