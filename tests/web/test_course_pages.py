"""Pages of an application for a course, for who sent it and who is named: what holds today."""

from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
import time_machine

from congress.extensions import db
from congress.models import CoursePerson
from congress.services.courses import letters
from tests.builders import OPEN
from tests.courses import a_course, a_course_application
from tests.web import pages

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize(
    ("course", "state", "own", "named"),
    [
        ("published", "new", "wählt die Geschäftsstelle aus", "müssen Sie nichts tun. Sobald"),
        ("published", "withdrawn", "zurückgezogen", "Der Antrag wurde zurückgezogen"),
        ("published", "declined", "keine Plätze", "Der Antrag wurde abgelehnt"),
        ("cancelled", "new", "findet nicht statt", "findet nicht statt"),
        ("cancelled", "reserve", "findet nicht statt", "findet nicht statt"),
    ],
)
def test_pages_of_an_application_say_what_holds(app, client, course, state, own, named):
    with app.app_context():
        application = a_course_application(a_course(state=course), state=state)
        link = letters.link_for({"application": application.id}, application.email)
        person = db.session.scalars(sa.select(CoursePerson).order_by(CoursePerson.id)).first()
        assert person
        theirs = letters.link_for({"course_person": person.id, "application": 0}, person.email)
    with time_machine.travel(OPEN, tick=False):
        for address, sentence in ((link, own), (theirs, named)):
            page = pages.read(client.get(f"{urlsplit(address or '').path}?lang=de"))
            said = pages.words(page)
            assert sentence in said
            waits = course == "published" and state == "new"
            assert ("Sobald der Antrag" in said) is (waits and address == theirs)
