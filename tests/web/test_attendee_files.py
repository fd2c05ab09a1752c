"""The page on which a file of the attendee list is put together, and what its buttons give."""

import json

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AuditLine
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only  # what pages say; the queries are those of the list
LIST = "/organiser/fachkongress/attendees"


@pytest.fixture
def organiser(app):
    """Erika has a place in one workshop and waits for the other; Max has neither."""
    with app.app_context():
        congress = builders.a_congress()
        first = builders.a_workshop(congress, number=1, title="Netzwerke", room="Saal 2")
        second = builders.a_workshop(congress, number=2, title="Motor")
        erika = builders.a_registration(congress, given_name="Erika", family_name="Äbler")
        builders.a_registration(congress, given_name="Max", family_name="Zander")
        builders.a_booking(erika, first)
        builders.a_booking(erika, second, state="waiting")
        number = congress.id
    an_organiser(app, "o@example.org", {number: Role.ORGANISER})
    an_organiser(app, "r@example.org", {number: Role.ATTENDEE_LIST})
    return logged_in(app, "o@example.org")


def test_the_form_keeps_filters_and_choices_and_its_buttons_give_files(organiser):
    page = pages.read(organiser.get(f"{LIST}?q=abler"))
    links = [each.get("href") or "" for each in pages.find_all(page, "a")]
    [more] = [each for each in links if "/files" in each]
    page = pages.read(organiser.get(f"{more}&line=booking&sheets=totals"))
    form = pages.get(page, "form", action=f"{LIST}.xlsx")

    assert pages.has(form, "input", name="q", value="abler")
    assert "1 Person" in pages.words(pages.get(page, "main"))
    chosen = [each.get("value") for each in pages.find_all(form, "option", selected="")]
    assert chosen[-1] == "booking"
    ticked = [each.get("value") for each in pages.find_all(form, "input", checked="")]
    assert ticked == ["totals"]
    assert not pages.has(form, "select", name="several")  # nothing is asked
    buttons = [each.get("formaction") for each in pages.find_all(form, "button")]
    assert buttons == [f"{LIST}.{suffix}" for suffix in ("xlsx", "csv", "pdf", "json")]


def test_a_line_for_each_booking_is_handed_out_and_logged(app, organiser):
    with organiser.get(f"{LIST}.json?line=booking&columns=email&lang=de") as answer:
        bookings = json.loads(answer.data)
        assert answer.headers["Cache-Control"] == "no-store"

    assert [(each["family_name"], each["number"], each["booking"]) for each in bookings] == [
        ("Äbler", 1, "Hat einen Platz"),
        ("Äbler", 2, "Wartet"),
    ]
    assert [(each["position"], each["room"]) for each in bookings] == [(None, "Saal 2"), (1, "")]
    with app.app_context():
        line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
        assert (line.verb, line.details["line"]) == ("attendees_exported", "booking")
        assert (line.details["count"], line.details["columns"]) == (2, 10)
    said = pages.words(pages.read(organiser.get("/organiser/fachkongress/log?lang=de")))
    assert "Die Buchungen von 2 Personen wurden als JSON exportiert (10 Spalten)." in said


@pytest.mark.parametrize("query", ["line=x", "several=2", "sheets=evil", "columns=,,", "line="])
def test_what_an_address_names_and_does_not_exist_is_left_out(organiser, query):
    assert organiser.get(f"{LIST}/files?{query}").status_code == 200
    with organiser.get(f"{LIST}.csv?{query}") as answer:
        assert answer.status_code == 200


def test_a_list_is_printed_or_refused_with_what_to_do_instead(organiser):
    with organiser.get(f"{LIST}.pdf?columns=email&q=abler&lang=de") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.data.startswith(b"%PDF-")

    refused = organiser.get(f"{LIST}.pdf?q=abler&line=booking&lang=de")
    page = pages.read(refused)

    assert refused.status_code == 422
    assert "zu viele Spalten" in pages.words(pages.get(page, id="fehlerliste"))
    form = pages.get(page, "form", action=f"{LIST}.xlsx")
    assert pages.has(form, "input", name="q", value="abler")  # nothing that was chosen is lost
    chosen = [each.get("value") for each in pages.find_all(form, "option", selected="")]
    assert "booking" in chosen
