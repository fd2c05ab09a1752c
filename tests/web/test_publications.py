"""Publications that came of a course, and documents of its modules, as each reads them."""

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from congress.domain.access import COMMAND, Role
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Congress, Material
from congress.services import tokens
from congress.services.planning import collecting
from tests import builders
from tests.builders import OPEN
from tests.materials import a_material
from tests.module_tasks import DAY
from tests.services.test_module_tasks import DAYS
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, token

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
ADD = f"{ONE}/results/add"
BOOK = {
    "title_de": "Zukunftsfaktor Bürgerengagement",
    "link": "https://example.org/buch.pdf",
    "editors": "A. Müller, K. Wörle",
    "publisher": "Stiftung Beispiel",
    "year": "2016",
    "module": "",
}
OVER = DAYS[-1][1] + timedelta(days=1)


@pytest.fixture
def course(app):
    with app.app_context():
        congress = builders.a_congress(kind="training", days=DAYS)
        an_id = congress.id
    an_organiser(app, "organiser@example.org", {an_id: Role.ORGANISER})
    with time_machine.travel(OVER, tick=False):
        yield an_id


def send(client: FlaskClient, **values: str) -> TestResponse:
    data = {"csrf_token": token(client, ADD)} | BOOK | values
    return client.post(f"{ADD}?lang=de", data=data)


def said(client: FlaskClient, address: str) -> str:
    mark = "&" if "?" in address else "?"
    return pages.words(pages.read(client.get(f"{address}{mark}lang=de")))


def test_a_publication_stands_on_the_page_of_the_course_and_is_found_in_the_archive(app, course):
    client, guest = logged_in(app, "organiser@example.org"), app.test_client()
    assert send(client).status_code == 303
    assert "Wörle" not in said(guest, "/fachkongress")
    with app.app_context():
        number = db.session.query(Material).one().id
        collecting.show(course, [number], actor=COMMAND, now=OVER)
    for page in ("/fachkongress", "/fachkongress/results"):
        shown = said(guest, page)
        assert "Herausgegeben von A. Müller, K. Wörle. Stiftung Beispiel, 2016" in shown
    assert "/fachkongress/results" in guest.get("/archive?q=woerle").text
    form = pages.read(client.get(f"{ONE}/materials/{number}"))
    assert pages.get(form, id="editors").get("value") == BOOK["editors"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"year": "bald"}, "Bitte geben Sie ein Jahr mit vier Ziffern ein, zum Beispiel 2016."),
        ({"editors": ""}, "Bitte geben Sie ein, wer sie herausgegeben hat"),
    ],
)
def test_what_is_no_publication_is_kept_and_named(app, course, wrong, sentence):
    answer = send(logged_in(app, "organiser@example.org"), **wrong)
    assert answer.status_code == 422
    assert sentence in " ".join(pages.faults(pages.read(answer)))
    assert "Stiftung Beispiel" in answer.text


def test_documents_of_a_module_stand_on_the_page_of_whoever_takes_part(app, course):
    client = logged_in(app, "organiser@example.org")
    assert (
        send(client, editors="", publisher="", year="", module=DAY.isoformat()).status_code == 303
    )
    with app.app_context():
        row = db.session.query(Material).one()
        assert row.day == DAY
        collecting.show(course, [row.id], actor=COMMAND, now=OVER)
        congress = db.session.get_one(Congress, course)
        a_material(congress, title={"de": "Entwurf"}, day=DAY)
        person = builders.a_registration(congress)
        tokens.renew(person.id, now=OPEN)
        db.session.commit()
        link = f"/registration/{tokens.token_for(person.id, TokenPurpose.MANAGE)}"
    shown = said(app.test_client(), link)
    assert "Unterlagen der Module" in shown
    assert BOOK["title_de"] in shown
    assert "Entwurf" not in shown


def test_documents_go_along_with_their_module(app, course):
    later = DAY + timedelta(days=7)
    with app.app_context():
        a_material(db.session.get_one(Congress, course), day=DAY)
        collecting.move(course, {DAY: later})
        assert db.session.query(Material).one().day == later
        collecting.move(course, {later: None})
        assert db.session.query(Material).one().day is None
