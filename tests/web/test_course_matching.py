"""Which organisation of the register applied for a course: said later, and who applied twice."""

import pytest
import sqlalchemy as sa
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AuditLine, CourseApplication, Organisation, User
from tests.builders import OPEN
from tests.courses import a_course, a_course_application
from tests.network import an_alias, an_organisation
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

LIST = "/organiser/fachkongress/applications"


@pytest.fixture
def house(app):
    """Two applications of one town under two names, of which the register knows one by now."""
    with time_machine.travel(OPEN, tick=False):
        with app.app_context():
            course = a_course()
            town = an_organisation("Stadt Werne")
            an_alias(town, "Werne an der Lippe")
            one = a_course_application(course, organisation="Stadt Werne", organisation_id=town.id)
            two = a_course_application(course, organisation="Rathaus Werne")
            number = course.id
            ids = town.id, one.id, two.id
        an_organiser(app, "editor@example.org", {number: Role.ORGANISER})
        an_organiser(app, "reader@example.org", {number: Role.READER})
        yield logged_in(app, "editor@example.org"), *ids


def organisation_of(app, number):
    with app.app_context():
        return db.session.get_one(CourseApplication, number).organisation_id


def test_an_organisation_is_named_and_both_are_marked(app, house):
    office, town, _one, two = house
    page, match = f"{LIST}/{two}", f"{LIST}/{two}/match"
    assert not pages.find_all(pages.read(office.get(LIST)), "span", **{"data-twice": ""})
    seen = hidden(office, page, "seen")
    assert post(office, match, page, seen=seen, organisation="") == 422
    typed = {"csrf_token": token(office, page), "seen": seen, "organisation": "Stadt Nirgends"}
    unknown = office.post(f"{match}?lang=de", data=typed)
    assert unknown.status_code == 422
    assert pages.get(pages.read(unknown), id="organisation").get("value") == "Stadt Nirgends"
    assert post(office, match, page, seen="other", organisation="Stadt Werne") == 409
    assert organisation_of(app, two) is None
    assert post(office, match, page, seen=seen, organisation="Werne an der Lippe") == 303
    assert organisation_of(app, two) == town
    listed = office.get(f"{LIST}?lang=de").text
    assert listed.count("data-twice") == 2
    assert "Mehrmals beantragt" in listed
    assert "(eingegeben: Rathaus Werne)" in office.get(f"{page}?lang=de").text
    with app.app_context():
        verbs = db.session.scalars(sa.select(AuditLine.verb)).all()
        assert "course_application_matched" in verbs
    assert (
        "einer Organisation des Verzeichnisses zugeordnet"
        in office.get("/organiser/fachkongress/log?lang=de").text
    )
    assert post(office, f"{LIST}/{two + 9}/match", page, seen=seen) == 404
    reader = logged_in(app, "reader@example.org")
    assert post(reader, match, "/organiser/fachkongress", seen=seen) == 403


def test_only_who_keeps_the_register_adds_to_it(app, house):
    office, town, _one, two = house
    page, register = f"{LIST}/{two}", f"{LIST}/{two}/register"
    seen = hidden(office, page, "seen")
    assert not pages.has(pages.read(office.get(page)), "form", action=register)
    assert post(office, register, page, seen=seen) == 403
    with app.app_context():
        found = sa.select(User).where(User.email == "editor@example.org")
        db.session.scalars(found).one().network_role = "coordination"
        db.session.commit()
    assert pages.has(pages.read(office.get(page)), "form", action=register)
    assert post(office, register, page, seen="other") == 409
    assert post(office, register, page, seen=seen) == 303
    with app.app_context():
        added = sa.select(Organisation.id).where(Organisation.name == "Rathaus Werne")
        assert organisation_of(app, two) == db.session.scalars(added).one() != town


def test_the_office_is_led_to_applications_without_an_answer(app, house):
    overview = f"{LIST.removesuffix('/applications')}?lang=de"
    page = pages.read(house[0].get(overview))
    assert "2 Anträge haben noch keine Antwort" in pages.words(pages.section(page, "today"))
    assert len(pages.find_all(page, "a", href=f"{LIST}?lang=de")) == 2
    with app.app_context():
        db.session.execute(sa.update(CourseApplication).values(state="declined"))
        db.session.commit()
    page = pages.read(house[0].get(overview))
    assert "keine Antwort" not in pages.words(pages.section(page, "today"))
    assert pages.has(page, "a", href=f"{LIST}?lang=de")
    assert LIST not in logged_in(app, "reader@example.org").get(overview).text
