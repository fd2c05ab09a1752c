"""Tasks of modules: set by organisers, done on the page of one's own, seen by who may."""

import pytest
import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from congress.domain.access import Role
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Congress, HandIn, ModuleTask
from congress.services import tokens
from tests.builders import OPEN, a_congress, a_registration
from tests.module_tasks import a_task
from tests.services.test_module_tasks import DAYS
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, token

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/modules/tasks"
PROFILE = {
    "day": "2015-10-21",
    "title_de": "Profil der Kommune",
    "title_en": "Profile",
    "text_de": "Auf einer Seite",
    "due_on": "19.10.2015",
    "whose": "organisation",
}


@pytest.fixture
def course(app):
    with app.app_context():
        congress = a_congress(kind="training", days=DAYS)
        links = []
        for name in ("Ida", "Jan"):
            town = {"organisation": "Stadt Hamm", "organisation_key": "stadt hamm"}
            person = a_registration(congress, given_name=name, **town)
            tokens.renew(person.id, now=OPEN)
            db.session.commit()
            links.append(f"/registration/{tokens.token_for(person.id, TokenPurpose.MANAGE)}")
        an_id = congress.id
    an_organiser(app, "organiser@example.org", {an_id: Role.ORGANISER})
    an_organiser(app, "programme@example.org", {an_id: Role.PROGRAMME})
    with time_machine.travel(OPEN, tick=False):
        yield links


def set_task(client, values=PROFILE, page=f"{HERE}/new"):
    seen = "" if page.endswith("/new") else hidden(client, page, "version")
    data = {"csrf_token": token(client, page), "version": seen}
    return client.post(f"{page}?lang=de", data=data | values)


def said(client, page):
    return pages.words(pages.read(client.get(f"{page}?lang=de")))


def hand_in(client: FlaskClient, page: str, **values: str) -> TestResponse:
    return client.post(f"{page}?lang=de", data={"csrf_token": token(client, page)} | values)


def test_a_task_is_set_done_and_seen(app, course):
    client, guest = logged_in(app, "organiser@example.org"), app.test_client()
    assert set_task(client).status_code == 303
    assert "Profil der Kommune" in said(client, HERE)
    ida, jan = course
    [entry] = pages.find_all(pages.get(pages.read(guest.get(f"{ida}?lang=de")), id="tasks"), "a")
    task = entry.get("href", "").partition("?")[0]
    assert "fällig am Montag, 19. Oktober 2015" in said(guest, ida)
    assert hand_in(guest, task, text="Anbei", url="https://example.org/a").status_code == 303
    assert "Sie haben diese Aufgabe am" in said(guest, task)
    assert "Ida Muster" in said(guest, f"{jan}{task.removeprefix(ida)}")
    shown = said(client, HERE)
    assert "Anbei" in shown
    assert "Alle haben sie erledigt." in shown
    back = client.post(f"{task}/take-back", data={"csrf_token": token(client, task)})
    assert back.status_code == 303
    assert "Es fehlt noch: Stadt Hamm" in said(client, HERE)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": ""}, "Bitte wählen Sie ein Modul."),
        ({"title_de": ""}, "Bitte geben Sie ein, was zu tun ist."),
        ({"due_on": "31.2."}, "Bitte geben Sie einen Tag ein, zum Beispiel 21.10.2026."),
    ],
)
def test_what_cannot_be_a_task_is_kept_and_named(app, course, wrong, sentence):
    client = logged_in(app, "organiser@example.org")
    answer = set_task(client, PROFILE | wrong)
    assert answer.status_code == 422
    assert sentence in " ".join(pages.faults(pages.read(answer)))
    assert "Auf einer Seite" in answer.text


def test_nothing_typed_is_lost_to_somebody_faster(app, course):
    client = logged_in(app, "organiser@example.org")
    set_task(client)
    with app.app_context():
        page = f"{HERE}/{db.session.query(ModuleTask).one().id}"
    data = {"csrf_token": token(client, page), "version": hidden(client, page, "version")}
    set_task(client, PROFILE | {"title_de": "Andere"}, page)
    answer = client.post(f"{page}?lang=de", data=data | PROFILE | {"title_de": "Meine"})
    assert answer.status_code == 409
    assert "Meine" in answer.text
    again = {"version": pages.get(pages.read(answer), name="version").get("value", "")}
    answer = client.post(page, data=data | PROFILE | {"title_de": "Meine"} | again)
    assert answer.status_code == 303
    remove = client.post(f"{page}/remove", data={"csrf_token": token(client, f"{page}/remove")})
    assert remove.status_code == 303
    assert client.get(page).status_code == 404


def test_a_link_that_is_none_is_kept_and_named(app, course):
    guest = app.test_client()
    with app.app_context():
        task = f"{course[0]}/tasks/{a_task(_congress()).id}"
    answer = hand_in(guest, task, text="Mein Text", url="javascript:alert(1)")
    assert answer.status_code == 422
    assert "Mein Text" in answer.text
    with app.app_context():
        assert db.session.query(HandIn).count() == 0


def test_names_are_seen_by_whoever_may_see_who_takes_part(app, course):
    with app.app_context():
        number = a_task(_congress()).id
    hand_in(app.test_client(), f"{course[0]}/tasks/{number}", text="Geheim")
    page = said(logged_in(app, "programme@example.org"), HERE)
    assert "Geheim" not in page
    assert "Ida" not in page
    assert "1 Abgabe" in page


def test_a_task_of_another_course_is_unknown(app, course):
    with app.app_context():
        number = a_task(a_congress(slug="anderer", kind="training", days=DAYS)).id
    assert app.test_client().get(f"{course[0]}/tasks/{number}").status_code == 404
    client = logged_in(app, "organiser@example.org")
    assert client.get(f"{HERE}/{number}").status_code == 404


def _congress():
    return db.session.query(Congress).filter_by(slug="fachkongress").one()
