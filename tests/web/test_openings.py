"""Being told when registration opens, on its pages; and the date that is saved meanwhile."""

import re
from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, OpeningReader
from congress.queries import openings as found
from congress.services import opening_links
from tests import builders
from tests.builders import BEFORE, OPEN
from tests.opening_readers import an_opening_reader
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in
from tests.web.registration.visitors import Visitor

pytestmark = pytest.mark.sqlite_only
CONGRESS = "/fachkongress"
PAGE, FORM = f"{CONGRESS}/opening", f"{CONGRESS}/register"
DATE = f"{CONGRESS}/save-the-date.ics"


@pytest.fixture
def number(app):
    """A congress that opens in three days, without a context that requests would share."""
    with time_machine.travel(BEFORE, tick=False) as now:
        with app.app_context():
            congress_id = builders.a_congress().id
        app.config["NOW"] = now
        yield congress_id


@pytest.fixture
def congress_id(app, number):
    with app.app_context():
        yield number


@pytest.fixture
def visitor(app, number):
    return Visitor(app)


@pytest.fixture
def link(congress_id):
    """The link of somebody who was asked and has not answered."""
    congress = db.session.get_one(Congress, congress_id)
    reader = an_opening_reader(congress, confirmed_at=None)
    return opening_links.token_of({"reader": reader.id}, reader.email)


def readers():
    db.session.expire_all()
    return db.session.query(OpeningReader).all()


@pytest.mark.parametrize("address", [CONGRESS, FORM, f"{CONGRESS}/programme/ws"])
def test_every_page_that_says_not_yet_offers_to_tell(visitor, app, number, address):
    with app.app_context():
        builders.a_workshop(db.session.get_one(Congress, number), code="ws")

    assert pages.has(pages.read(visitor.open(address)), href=PAGE)

    app.config["NOW"].move_to(OPEN)
    assert not pages.has(pages.read(visitor.open(address)), href=PAGE)
    assert visitor.open(PAGE).location == FORM


def test_whoever_asks_a_moment_too_late_is_led_on(visitor, app, congress_id):
    hidden = visitor.hidden(PAGE)
    app.config["NOW"].move_to(BEFORE + timedelta(hours=1))
    congress = db.session.get_one(Congress, congress_id)
    congress.opens_at = BEFORE
    db.session.commit()

    answer = visitor.send(PAGE, **hidden | {"email": "eva@example.org"})

    assert answer.status_code == 409
    assert 'value="eva@example.org"' in answer.text
    assert "Die Anmeldung hat inzwischen begonnen" in answer.text
    assert pages.has(pages.read(answer), href=CONGRESS)
    assert readers() == []


def test_opening_the_link_changes_nothing_and_the_button_confirms(visitor, link, congress_id):
    address = f"/opening/{link}"
    hidden = visitor.hidden(address)
    assert found.count(congress_id) == 0

    for _ in range(2):  # whoever presses twice reads the second answer
        answer = visitor.send(address, **hidden)
        assert answer.location.endswith("?done=confirmed")
        assert found.count(congress_id) == 1
    page = pages.read(visitor.open(answer.location))
    assert "Wir schreiben Ihnen einmal" in pages.words(page)
    assert pages.has(page, href=DATE)


def test_a_mail_program_leaves_without_cookie_or_form(app, visitor, link):
    address = f"/opening/{link}/leave"
    assert visitor.open(address).status_code == 200
    assert visitor.client.head(address, base_url="http://congress.test").status_code == 200
    assert len(readers()) == 1, "a scanner that follows links changes nothing"

    bare = app.test_client()
    for _ in range(2):
        one_click = {"List-Unsubscribe": "One-Click"}
        answer = bare.post(address, data=one_click, base_url="http://congress.test")
        assert answer.status_code == 200
    assert readers() == []
    assert visitor.open(f"/opening/{link}").status_code == 404


def test_the_saved_date_is_the_entry_of_the_feed(visitor, congress_id):
    """So that a feed, or the file once more, takes its place (RFC 5546, section 3.2.1)."""
    saved, feed = (
        visitor.open(address).text.replace("\r\n ", "").split("\r\n")
        for address in (DATE, "/calendar.ics")
    )

    said = [
        lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")] for lines in (saved, feed)
    ]
    organizer = [each for each in said[0] if each.startswith("ORGANIZER")]
    assert [each for each in said[0] if each not in organizer] == said[1]
    assert len(organizer) == 1
    assert "METHOD:PUBLISH" in saved
    assert not re.search(r"^ATTENDEE", "\n".join(saved), re.MULTILINE)


@pytest.mark.parametrize(("state", "status"), [("cancelled", "STATUS:CANCELLED"), ("draft", None)])
def test_a_date_saved_later_says_what_became_of_it(visitor, congress_id, state, status):
    congress = db.session.get_one(Congress, congress_id)
    congress.state = state
    db.session.commit()

    answer = visitor.open(DATE)

    assert answer.status_code == (404 if status is None else 200)
    assert status is None or status in answer.text


def test_organisers_see_how_many_want_to_know(app, number):
    with app.app_context():
        congress = db.session.get_one(Congress, number)
        for each in (1, 2):
            an_opening_reader(congress, each)
        an_opening_reader(congress, 3, confirmed_at=None)
    an_organiser(app, "organisation@example.org", {number: Role.ORGANISER})
    client = logged_in(app, "organisation@example.org")

    page = pages.read(client.get(f"/organiser{CONGRESS}?lang=de"))

    said = pages.words(pages.get(page, id="awaiting"))
    assert said.startswith("2 Personen möchten wissen, wann die Anmeldung beginnt.")
