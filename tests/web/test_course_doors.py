"""What the public pages and the form say of a course that municipalities can apply for."""

import pytest
import time_machine

from tests.builders import OPEN
from tests.courses import CLOSES, a_course
from tests.web import pages
from tests.web.organisers import hidden
from tests.web.test_course_applications import FORM, TYPED

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPEN, tick=False) as found:
        yield found


def test_the_pages_of_a_closed_course_lead_to_the_application(app, client, clock):
    with app.app_context():
        a_course(rules={"access": "invited"})

    def said(address):
        return pages.words(pages.read(client.get(f"{address}?lang=de")))

    for address in ("/", "/network/trainings"):
        assert "Plätze beantragen bis 30. September 2015" in said(address)
        assert "Nur mit Einladung" not in said(address)
    assert "Kommunen können bis einschließlich 30. September 2015" in said("/fachkongress")
    clock.move_to(CLOSES)
    assert "Nur mit Einladung" in said("/")
    assert "Plätze beantragen" not in said("/")
    assert "Nur mit Einladung" in said("/fachkongress")


def test_the_summary_says_which_person_it_means(app, client):
    with app.app_context():
        a_course()
    marks = {name: hidden(client, FORM, name) for name in ("csrf_token", "form_token")}
    answer = client.post(f"{FORM}?lang=de", data=TYPED | marks | {"person2_email": ""})
    assert answer.status_code == 422
    assert "Person 2, E-Mail: Bitte geben Sie eine E-Mail-Adresse an" in pages.words(
        pages.read(answer)
    )
