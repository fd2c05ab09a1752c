"""The catalogue of further training: what is in it, how it is filtered, and its calendar."""

from datetime import timedelta

import pytest
import time_machine

from congress.models import CongressOrganisation
from tests import builders
from tests.builders import ENDS, OPEN, STARTS, add
from tests.courses import a_course_call
from tests.web import pages

pytestmark = pytest.mark.sqlite_only

PAGE = "/network/trainings"
MODULES = [(STARTS + timedelta(weeks=4 * n), ENDS + timedelta(weeks=4 * n)) for n in range(3)]


@pytest.fixture
def catalogue(app):
    with app.app_context():
        builders.a_congress(slug="kongress", title={"de": "Kein Kurs"})
        course = builders.a_congress(
            slug="werkstatt", kind="training", days=MODULES, title={"de": "Werkstatt für Städte"}
        )
        a_course_call(course)
        host = builders.an_organisation("Akademie")
        add(CongressOrganisation(
            congress_id=course.id, organisation_id=host.id, role="carrier", position=0
        ))  # fmt: skip
        online = {"rules": {"mode": "online"}, "town": ""}
        builders.a_congress(slug="online", kind="training", title={"de": "Recht"}, **online)
        earlier = [(STARTS - timedelta(days=90), ENDS - timedelta(days=90))]
        builders.a_congress(
            slug="alt", kind="training", title={"de": "Älteres"}, town="Hamm", days=earlier
        )
        builders.a_congress(slug="off", kind="training", state="cancelled", title={"de": "Aus"})
        builders.a_congress(slug="draft", kind="training", state="draft", title={"de": "Entwurf"})
    with time_machine.travel(OPEN, tick=False):
        yield app.test_client()


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Recht", "Werkstatt für Städte", "Älteres"]),
        ("?q=stadte", ["Werkstatt für Städte"]),
        ("?q=AKADEMIE", ["Werkstatt für Städte"]),
        ("?carrier=Akademie", ["Werkstatt für Städte"]),
        ("?carrier=Niemand", ["Recht", "Werkstatt für Städte", "Älteres"]),
        ("?town=Hamm", ["Älteres"]),
        ("?online=y", ["Recht"]),
        ("?q=nichts", []),
    ],
)
def test_what_is_wanted_is_found(catalogue, query, titles):
    page = pages.read(catalogue.get(f"{PAGE}{query}"))
    assert sorted(pages.words(each) for each in pages.find_all(page, "h3")) == titles


def test_the_calendar_has_an_entry_for_each_module(catalogue):
    body = catalogue.get(f"{PAGE}.ics")
    assert body.mimetype == "text/calendar"
    assert body.text.count("BEGIN:VEVENT") == 3 + 1 + 1


def test_front_page_and_archive_lead_to_it(catalogue):
    for page in ("/", "/archive"):
        assert f'href="{PAGE}"' in catalogue.get(page).text


def test_one_applies_where_applications_are_open(catalogue):
    page = catalogue.get(PAGE).text
    assert page.count('/apply"') == 1
    assert 'href="/werkstatt/apply"' in page
    assert catalogue.get("/werkstatt/apply").status_code == 200
    with time_machine.travel(STARTS, tick=False):
        assert "/apply" not in catalogue.get(PAGE).text
