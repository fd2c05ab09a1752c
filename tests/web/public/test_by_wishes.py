"""Public pages of an event whose places are given by wishes: until when, and none that are free."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from congress.extensions import db
from congress.models import Congress, ProgrammeItem
from tests import builders
from tests.web import pages

pytestmark = pytest.mark.sqlite_only

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def congress(app):
    """Two workshops at one time, of which one is full, by wishes; and one later."""
    starts_at = NOW + 30 * DAY
    with app.app_context():
        congress = builders.a_congress(
            opens_at=NOW - DAY,
            closes_at=NOW + 9 * DAY,
            wishes_until=datetime(NOW.year, NOW.month, NOW.day, tzinfo=builders.BERLIN) + 5 * DAY,
            days=((starts_at, starts_at + timedelta(hours=8)),),
        )
        for number, (taken, capacity) in enumerate(((0, 12), (5, 5)), 1):
            builders.a_workshop(
                *(congress,),
                code=f"workshop-{number}",
                number=number,
                starts_at=starts_at,
                capacity=capacity,
                taken=taken,
                allocation="wishes",
            )
        builders.a_workshop(congress, number=3, starts_at=starts_at + timedelta(hours=3))
        return congress.id


def change(app: Flask, model: type[Any], **values: Any) -> None:  # noqa: ANN401 - columns
    with app.app_context():
        for row in db.session.query(model):
            for name, value in values.items():
                setattr(row, name, value)
        db.session.commit()


def words(client, address):
    return pages.words(pages.read(client.get(f"{address}?lang=de")))


def test_programme_and_item_say_until_when_wishes_are_ranked(app, congress, client):
    page = words(client, "/fachkongress")
    assert page.count("Plätze nach Wünschen, bis einschließlich") == 2
    assert "12 Plätze" in page
    assert "Ausgebucht" not in page
    assert page.count("Plätze frei") == 1
    for code in ("workshop-1", "workshop-2"):
        item = words(client, f"/fachkongress/programme/{code}")
        assert "Plätze nach Wünschen, bis einschließlich" in item
        assert "Warteliste" not in item
        assert "Jetzt anmelden" in item
        assert "ordnen die Workshops dieser Zeit nach Ihren Wünschen" in item


def test_once_wishes_are_closed_places_are_being_assigned(app, congress, client):
    change(app, Congress, wishes_until=NOW - timedelta(minutes=1))
    page = words(client, "/fachkongress")
    assert page.count("Plätze werden nach Wünschen zugeteilt") == 2
    assert "Plätze werden nach Wünschen zugeteilt" in words(
        client, "/fachkongress/programme/workshop-2"
    )


def test_once_they_are_assigned_it_is_a_workshop_like_any_other(app, congress, client):
    change(app, ProgrammeItem, assigned_at=NOW)
    page = words(client, "/fachkongress")
    assert "nach Wünschen" not in page
    assert "Ausgebucht" in page
    assert "Warteliste" in words(client, "/fachkongress/programme/workshop-2")


def test_what_is_called_off_speaks_of_no_wishes(app, congress, client):
    with app.app_context():
        item = db.session.query(ProgrammeItem).filter_by(code="workshop-2").one()
        item.released = {**(item.released or {}), "cancelled": True}
        db.session.commit()
    assert words(client, "/fachkongress").count("Plätze nach Wünschen") == 1
    assert "nach Wünschen" not in words(client, "/fachkongress/programme/workshop-2")


def ticket(client, language="de"):
    page = pages.read(client.get(f"/fachkongress?lang={language}"))
    return pages.words(pages.get(page, id="wishes")) if pages.has(page, id="wishes") else ""


def test_beside_the_last_day_of_registration_it_says_which_day_is_for_wishes(app, congress, client):
    said = ticket(client)
    assert said.startswith("Wünsche ordnen bis einschließlich")
    assert "wer sich später anmeldet, wählt aus" in said
    assert ticket(client, "en").startswith("Rank your wishes up to and including")
    change(app, Congress, wishes_until=NOW + 10 * DAY)
    assert ticket(client).endswith("auch noch nach der Anmeldung")
    change(app, Congress, closes_at=NOW - DAY / 2)
    assert ticket(client).endswith("für alle, die angemeldet sind")


def test_once_wishes_are_closed_the_card_says_what_becomes_of_the_places(app, congress, client):
    change(app, Congress, wishes_until=NOW - timedelta(minutes=1))
    assert ticket(client) == (
        "Keine Wünsche mehr möglich Die Plätze werden zugeteilt. "
        "Was danach noch frei ist, kann gewählt werden."
    )
    change(app, Congress, closes_at=NOW - timedelta(minutes=1))
    assert ticket(client) == "Keine Wünsche mehr möglich Die Plätze werden zugeteilt."
    change(app, ProgrammeItem, assigned_at=NOW)
    assert ticket(client) == ""


def test_in_english_the_day_counts_to_its_end_as_well(congress, client):
    for address in ("/fachkongress", "/fachkongress/programme/workshop-1"):
        page = pages.words(pages.read(client.get(f"{address}?lang=en")))
        assert "by your wishes up to and including" in page
