"""The ticket: what the own page shows first."""

from datetime import timedelta

from sqlalchemy import select

from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.formats import codes
from congress.models import ProgrammeItem
from congress.services import tokens
from tests.builders import WORKSHOPS_START, a_congress, a_workshop
from tests.web import pages


def test_the_first_screen_is_the_ticket_and_changing_is_folded(visitor, congress):
    page = visitor.own_page(slot_1="workshop-1")

    own = pages.read(visitor.open(page))

    main = list(pages.get(own, "main").iter())
    ticket = pages.section(own, "karte")
    said = pages.words(ticket)
    for words in ("21. Oktober 2015", "9.30 bis 16.30 Uhr", "Junges Engagement", "13.15 bis 15.15"):
        assert words in said
    assert pages.has(ticket, "a", href=f"{page}/calendar.ics")
    change = pages.get(own, "details", class_="kern-accordion change")
    assert main.index(ticket) < main.index(change)
    assert change.get("open") is None
    assert pages.has(change, aria_labelledby="tauschen")
    assert pages.has(change, "form", action=f"{page}/bookings/1/leave")


def test_the_ticket_calls_a_workshop_by_its_short_title(app, visitor, congress):
    page = visitor.own_page(slot_1="workshop-1")
    with app.app_context():
        row = db.session.scalars(select(ProgrammeItem).filter_by(code="workshop-1")).one()
        row.released = (row.released or {}) | {"short_title": {"de": "Jung"}}
        db.session.commit()

    own = pages.read(visitor.open(page))

    assert "Workshop 1: Jung" in pages.words(pages.section(own, "karte"))
    assert "Junges Engagement" not in pages.words(pages.section(own, "karte"))
    assert pages.titles(pages.section(own, "haben")) == ["Workshop 1: Junges Engagement"]


def test_changing_is_open_after_a_refusal_and_for_whoever_has_no_workshop(visitor, congress):
    page = visitor.own_page(slot_1="workshop-1")
    bare = visitor.own_page(email="max@example.org")

    refused = pages.read(visitor.act(page, "workshops"))

    for own in (refused, pages.read(visitor.open(bare))):
        assert pages.get(own, "details", class_="kern-accordion change").get("open") is not None


def test_whoever_has_a_place_has_a_code_for_the_door(app, visitor):
    with app.app_context():
        a_congress(capacity=1)
    has_place, waits = (visitor.own_page(email=f"{name}@example.org") for name in ("a", "b"))

    own = pages.read(visitor.open(has_place))
    assert "finden wir Sie über Ihren Namen" in pages.words(pages.section(own, "einlass"))
    with app.app_context():
        token = tokens.token_for(1, TokenPurpose.CHECK_IN)
        assert token
        assert codes.svg(token) in visitor.open(has_place).text
        assert token not in visitor.open(has_place).text
    assert not pages.has(pages.read(visitor.open(waits)), aria_labelledby="einlass")


def test_a_workshop_is_new_only_beside_one_at_the_same_time(app, visitor):
    with app.app_context():
        congress = a_congress()
        for number, hours in ((1, 0), (2, 0), (3, 3)):
            starts_at = WORKSHOPS_START + timedelta(hours=hours)
            a_workshop(congress, number=number, title=f"Teil {number}", starts_at=starts_at)

    own = pages.read(visitor.open(visitor.own_page(slot_1="workshop-1", slot_2="none")))

    asked = [pages.words(each) for each in pages.section(own, "tauschen").iter("legend")]
    assert [words.split(" Workshop")[0] for words in asked] == ["Neuer", "Ihr"]
