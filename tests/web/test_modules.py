"""The modules of a course as organisers say what they are, and as pages show them."""

from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import Role
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Congress
from congress.services import tokens
from tests.builders import ENDS, OPEN, STARTS, a_congress, a_registration
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
HERE = f"{ONE}/modules"
EVERY = timedelta(weeks=4)
DAYS = [(STARTS + EVERY * n, ENDS + EVERY * n) for n in range(8)]
GRUNDLAGEN = {
    "title_de-2015-10-21": "Grundlagen",
    "title_en-2015-10-21": "Basics",
    "place_de-2015-10-21": "Rathaus Hamm",
}


@pytest.fixture
def course(app):
    with app.app_context():
        congress = a_congress(kind="training", days=DAYS)
        person = a_registration(congress)
        tokens.renew(person.id, now=OPEN)
        db.session.commit()
        link, an_id = str(tokens.token_for(person.id, TokenPurpose.MANAGE)), congress.id
    an_organiser(app, "organiser@example.org", {an_id: Role.ORGANISER})
    an_organiser(app, "reader@example.org", {an_id: Role.READER})
    with time_machine.travel(OPEN, tick=False):
        yield link


def send(client, values, version=None):
    data = {"csrf_token": hidden(client, HERE, "csrf_token")} | values
    return client.post(f"{HERE}?lang=de", data=data | {"version": version or read(client)})


def read(client):
    return hidden(client, HERE, "version")


def test_what_is_said_of_a_module_stands_on_every_page(app, course):
    client = logged_in(app, "organiser@example.org")
    assert send(client, GRUNDLAGEN).status_code == 303
    said = pages.words(pages.read(client.get(f"{HERE}?lang=de")))
    assert "Die Module sind gespeichert." in said
    for page in ("/fachkongress", f"/registration/{course}"):
        german = pages.read(client.get(f"{page}?lang=de"))
        assert "8 Module, Oktober 2015 bis Mai 2016" in pages.words(german)
        shown = pages.find_all(pages.get(german, id="modules"), "li")
        assert len(shown) == 8
        assert pages.words(shown[0]) == (
            "GrundlagenMittwoch, 21. Oktober 2015, 9.30 bis 16.30 UhrRathaus Hamm"
        )
        english = pages.words(pages.get(pages.read(client.get(f"{page}?lang=en")), id="modules"))
        assert english.startswith("BasicsWednesday, 21 October 2015")
    feed = client.get("/fachkongress/calendar.ics?lang=de").text
    assert feed.count("BEGIN:VEVENT") == 8
    assert "LOCATION:Rathaus Hamm" in feed


@pytest.mark.parametrize("count", [7, 8])
def test_a_venue_is_missed_only_where_a_module_has_none(app, course, count):
    client = logged_in(app, "organiser@example.org")
    send(client, {f"place_de-{day:%Y-%m-%d}": "Hamm" for day, _ends_at in DAYS[:count]})
    for page in ("/fachkongress", f"/registration/{course}"):
        said = pages.words(pages.read(client.get(f"{page}?lang=en")))
        assert ("Each module has a place of its own." in said) is (count == 8)
        assert ("The venue has yet to be confirmed." in said) is (count == 7)


def test_what_is_too_long_is_kept_and_named(app, course):
    client = logged_in(app, "organiser@example.org")
    answer = send(client, {"title_de-2015-11-18": "x" * 201})
    assert answer.status_code == 422
    [fault] = pages.faults(pages.read(answer))
    assert fault.startswith("18. November 2015, ")
    assert "x" * 201 in answer.text


def test_what_two_say_at_once_is_put_together(app, course):
    client = logged_in(app, "organiser@example.org")
    version = read(client)
    send(client, GRUNDLAGEN)
    answer = send(client, {"title_de-2015-11-18": "Recht"}, version)
    assert answer.status_code == 409
    page = pages.read(answer)
    assert pages.get(page, "input", name="title_de-2015-10-21").get("value") == "Grundlagen"
    assert pages.get(page, "input", name="title_de-2015-11-18").get("value") == "Recht"
    with app.app_context():
        assert list(db.session.query(Congress).one().modules) == ["2015-10-21"]


def test_whoever_may_not_edit_the_programme_sees_no_form(app, course):
    assert logged_in(app, "reader@example.org").get(HERE).status_code == 403


def test_the_log_says_what_was_changed(app, course):
    client = logged_in(app, "organiser@example.org")
    send(client, GRUNDLAGEN)
    log = pages.words(pages.read(client.get(f"{ONE}/log?lang=de")))
    assert "21. Oktober 2015, Titel (deutsch) – → „Grundlagen“" in log
