"""What whoever is registered for a marketplace offers and seeks, on a page of their own."""

import pytest
from sqlalchemy import select, update

from congress.domain.market import PartyFacts
from congress.extensions import db
from congress.models import Congress, MarketEntry
from congress.queries import market as queries
from tests.market import a_party, an_entry

pytestmark = pytest.mark.sqlite_only

ENTRY = {"side": "demand", "category": "rooms", "title": "Ein Raum", "text": "Für 30 Leute"}


@pytest.fixture
def market(app, congress):
    with app.app_context():
        db.session.execute(update(Congress).values(kind="market"))
        db.session.commit()
        works = a_party(db.session.get_one(Congress, congress), "Stadtwerke")
        an_entry(works, category="rooms", title="Die Kantine")
        return an_entry(works, title="Fremdes", is_published=False).id


def send(visitor, page, part="", **fields: str):
    address = f"{page}/market{part}"
    return visitor.client.post(
        address, base_url="http://congress.test", data=visitor.hidden(address) | fields
    )


def test_somebody_says_what_they_offer_and_what_they_seek(visitor, app, congress, market):
    page = visitor.own_page()
    assert f"{page.rpartition('/')[2]}/market" in visitor.open(page).text
    first = visitor.open(f"{page}/market").text
    assert 'value="Stadt Lünen"' in first
    assert 'name="title"' not in first  # first who it is
    fresh = PartyFacts("").version
    wrong = send(visitor, page, "/organisation", name="", version=fresh)
    assert wrong.status_code == 422
    said = {"name": "Stadt Lünen", "sector": "public", "text": "Rathaus", "version": fresh}
    assert send(visitor, page, "/organisation", **said).status_code == 303
    assert send(visitor, page, **ENTRY | {"title": ""}).status_code == 422
    assert send(visitor, page, **ENTRY).status_code == 303
    own = visitor.open(f"{page}/market").text
    assert "Ein Raum" in own
    assert "Die Kantine" in own  # may go with it
    assert "Fremdes" not in own
    assert "Ein Raum" not in visitor.open("/fachkongress/market").text

    with app.app_context():
        number = db.session.scalars(
            select(MarketEntry.id).where(MarketEntry.title == "Ein Raum")
        ).one()
    changed = send(visitor, page, f"/entries/{number}", **ENTRY | {"title": "Ein Saal"})
    assert changed.status_code == 303
    late = send(visitor, page, f"/entries/{number}", **ENTRY | {"version": "old"})
    assert (late.status_code, "Ein Raum" in late.text) == (409, True)
    assert visitor.open(f"{page}/market/entries/{market}").status_code == 404
    other = {"name": "Stadt Lünen am Markt", "version": "old"}
    assert send(visitor, page, "/organisation", **other).status_code == 409
    removed = visitor.hidden(f"{page}/market")
    address = f"{page}/market/entries/{number}/remove"
    answer = visitor.client.post(address, base_url="http://congress.test", data=removed)
    assert answer.status_code == 303
    with app.app_context():
        titles = {each.facts.title for each in queries.entries(congress)}
    assert titles == {"Die Kantine", "Fremdes"}


def test_other_kinds_of_event_have_no_market(visitor, congress):
    page = visitor.own_page()
    assert visitor.open(f"{page}/market").status_code == 404
    assert "/market" not in visitor.open(page).text
