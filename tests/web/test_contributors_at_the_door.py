"""The door for people of the programme: they need not register, and stand there once."""

from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, Contribution, ContributorAttendance
from congress.services import checking_in
from tests import builders
from tests.builders import STARTS
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
HERE = f"{ONE}/check-in"


def a_part(congress, name, state="confirmed"):
    part = builders.a_contribution(builders.an_item(congress), state=state)
    part.person.name = name
    db.session.commit()
    return part.person.id


@pytest.fixture
def house(app):
    with app.app_context():
        congress = builders.a_congress()
        numbers = {
            "Dr. Eva Öse": a_part(congress, "Dr. Eva Öse"),
            "Nina Offen": a_part(congress, "Nina Offen", state="requested"),
            "Otto Doppelt": a_part(congress, "Otto Doppelt"),
        }
        builders.a_registration(congress, given_name="Otto", family_name="Doppelt")
        builders.a_registration(congress, given_name="Anna", family_name="Adler")
        other = builders.a_congress(slug="anderer")
        numbers["elsewhere"] = a_part(other, "Fremde Person")
        number = congress.id
    an_organiser(app, "door@example.org", {number: Role.CHECK_IN})
    with time_machine.travel(STARTS, tick=False):
        yield numbers


def listed(client, query=""):
    """Return who stands there, by the id of the row."""
    page = pages.read(client.get(f"{HERE}?lang=de&{query}"))
    rows = pages.find_all(pages.get(page, id="list"), "li")
    return {row.get("id"): pages.words(row) for row in rows}, pages.words(page)


def test_who_has_a_part_is_ticked_off_without_a_registration(app, house):
    client = logged_in(app, "door@example.org")
    eva = house["Dr. Eva Öse"]
    rows, said = listed(client)
    assert [each for each in rows if each.startswith("c-")] == [f"c-{eva}"]
    assert len(rows) == 3  # Otto stands there once
    assert "Im Programm: 0 von 1 da" in said
    assert post(client, f"{HERE}/contributors/{eva}", HERE) == 303
    assert post(client, f"{HERE}/contributors/{eva}", HERE) == 303  # from a second device
    rows, said = listed(client)
    assert "da seit" in rows[f"c-{eva}"]
    assert "Im Programm: 1 von 1 da" in said
    assert "0 von 2 da" in said
    assert post(client, f"{HERE}/contributors/{eva}/take-back", HERE) == 303
    assert "Im Programm: 0 von 1 da" in listed(client)[1]


def test_the_search_finds_them_and_nobody_elsewhere(app, house):
    client = logged_in(app, "door@example.org")
    assert list(listed(client, "q=oese")[0]) == [f"c-{house['Dr. Eva Öse']}"]
    rows, said = listed(client, "q=adler")
    assert len(rows) == 1
    assert "ohne Anmeldung" not in said
    assert listed(client, "q=xyz")[0] == {}
    for who in ("elsewhere", "Nina Offen"):
        assert post(client, f"{HERE}/contributors/{house[who]}", HERE) == 404


def test_the_overview_says_how_many_come_in_all(app, house):
    with app.app_context():
        congress = db.session.query(Congress).filter_by(slug="fachkongress").one().id
    an_organiser(app, "organiser@example.org", {congress: Role.ORGANISER})
    client = logged_in(app, "organiser@example.org")
    said = pages.words(pages.read(client.get(f"{ONE}?lang=de")))
    assert "1 Person im Programm kommt ohne Anmeldung: insgesamt 3 Personen" in said
    with app.app_context():
        nina = db.session.query(Contribution).filter_by(person_id=house["Nina Offen"]).one()
        nina.state = "confirmed"
        row = db.session.get_one(Congress, congress)
        row.lead = {"de": "Neu"}  # raises the revision, as a release does
        db.session.commit()
    said = pages.words(pages.read(client.get(f"{ONE}?lang=de")))
    assert "2 Personen im Programm kommen ohne Anmeldung: insgesamt 4 Personen" in said


def test_it_goes_a_year_after(app, house):
    client = logged_in(app, "door@example.org")
    assert post(client, f"{HERE}/contributors/{house['Dr. Eva Öse']}", HERE) == 303
    with app.app_context():
        assert checking_in.forget_old(now=STARTS + timedelta(days=364)) == 0
        assert checking_in.forget_old(now=STARTS + timedelta(days=367)) == 1
        assert db.session.query(ContributorAttendance).count() == 0
