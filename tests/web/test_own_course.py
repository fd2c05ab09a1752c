"""A trainer sees and records the own course behind link and code, and nothing of any other."""
# ruff: noqa: ANN401 - fields of forms and columns have many types

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from congress.domain.access import COMMAND
from congress.extensions import db
from congress.models import (
    Attendance,
    AuditLine,
    Congress,
    Contribution,
    OutboxMessage,
    Registration,
)
from congress.services import contributor_codes, contributor_links
from congress.services.planning import inviting, releasing
from tests import builders
from tests.builders import ENDS, OPEN, STARTS
from tests.module_tasks import a_hand_in, a_task
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import token

pytestmark = pytest.mark.sqlite_only

EVERY = timedelta(weeks=4)
DAYS = [(STARTS + EVERY * n, ENDS + EVERY * n) for n in range(4)]
FIRST, SECOND = (starts_at.date().isoformat() for starts_at, _ends_at in DAYS[:2])
NOW = DAYS[1][0]  # the second module begins


class Course:
    """A course with two people, and somebody in its programme who has the personal link."""

    def __init__(self, slug: str, email: str, *, role: str = "trainer", **values: Any) -> None:
        rules = {"certificate_from": 80}
        facts: dict[str, Any] = {
            "kind": "training",
            "days": DAYS,
            "rules": rules,
            "slug": slug,
        } | values
        congress = builders.a_congress(**facts)
        item = builders.an_item(congress, title="Modul")
        part = builders.a_contribution(item, f"Trainer {slug}", role=role, state="confirmed")
        self.id, self.part = congress.id, part.id
        self.people = [
            builders.a_registration(congress, given_name=name, family_name=slug).id
            for name in ("Ida", "Jan")
        ]
        person = part.person.id
        inviting.set_address(self.id, person, email, "de", actor=COMMAND, now=OPEN)
        seen = inviting.preview(self.id, [person], now=OPEN).seen
        inviting.invite(self.id, [person], seen=seen, actor=COMMAND, now=OPEN)
        mails = select(OutboxMessage).where(OutboxMessage.recipient == email)
        mail = db.session.scalars(mails).one()
        link = contributor_links.link_for(mail.facts, mail.recipient) or ""
        self.start, self.email = link[link.index("/contribution/") :], email
        self.here = f"{self.start}/course"
        releasing.release(self.id, actor=COMMAND, now=OPEN)

    def log_in(self, app: Flask) -> FlaskClient:
        """Return a browser that has typed the code."""
        client, login = app.test_client(), f"{self.start}/login"
        data = {"csrf_token": token(client, login)}
        assert client.post(login, data=data | {"step": "send"}).status_code == 303
        with app.app_context():
            mails = select(OutboxMessage.facts).where(
                OutboxMessage.kind == "contributor_code", OutboxMessage.recipient == self.email
            )
            stated = db.session.scalars(mails).one()
            code = contributor_codes.code_for(stated, self.email) or ""
        answer = client.post(login, data={"csrf_token": token(client, login), "code": code})
        assert answer.location == self.here
        return client


@pytest.fixture
def courses(app):
    """Two courses, each with a trainer of its own."""
    with app.app_context():
        found = Course("eins", "eva@example.org"), Course("zwei", "max@example.org")
    with time_machine.travel(NOW, tick=False):
        yield found


def attended(app, people):
    with app.app_context():
        rows = db.session.execute(
            select(Attendance.registration_id, Attendance.day).order_by(Attendance.id)
        )
        return [(people.index(person), day.isoformat()) for person, day in rows]


def tick(client: FlaskClient, course: Course, day: str, **fields: Any) -> TestResponse:
    page = f"{course.here}/{day}"
    data = {"csrf_token": token(client, page)} | fields
    return client.post(f"{page}?lang=de", data=data)


def test_names_stand_behind_a_code(app, courses):
    eins, _zwei = courses
    guest = app.test_client()
    links = pages.find_all(pages.read(guest.get(eins.start)), "a", href=eins.here)
    assert len(links) == 1
    for address in (eins.here, f"{eins.here}/{FIRST}", f"{eins.here}/tasks"):
        assert guest.get(address).location == f"{eins.start}/login"
    page = pages.read(eins.log_in(app).get(f"{eins.here}?lang=de"))
    assert "Ida eins" in pages.words(page)
    assert len(pages.find_all(pages.get(page, id="modules"), "li")) == 4


def test_a_trainer_sees_and_changes_nothing_of_another_course(app, courses):
    """The matrix: each trainer on each address of each course."""
    for own, other in (courses, courses[::-1]):
        client = own.log_in(app)
        for address in (own.here, f"{own.here}/{FIRST}", f"{own.here}/tasks"):
            answer = client.get(address)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
            assert not any(f'value="{each}"' in answer.text for each in other.people)
            slug = other.start.rpartition("/")[2]
            assert slug not in answer.text
        # With the link of the other one, the login of one's own is none.
        for address in (other.here, f"{other.here}/{FIRST}", f"{other.here}/tasks"):
            assert client.get(address).location == f"{other.start}/login"
        answer = tick(client, own, FIRST, came=[str(other.people[0]), str(own.people[1])])
        assert answer.status_code == 303
        assert attended(app, own.people + other.people)[-1] == (1, FIRST)
        unlogged = {"csrf_token": token(client, f"{own.here}/{FIRST}")}
        refused = client.post(
            f"{other.here}/{FIRST}", data=unlogged | {"came": str(other.people[0])}
        )
        assert refused.location == f"{other.start}/login"
    people = [*courses[0].people, *courses[1].people]
    assert attended(app, people) == [(1, FIRST), (3, FIRST)]


def test_a_trainer_reads_what_was_handed_in_for_the_own_course(app, courses):
    eins, _zwei = courses
    with app.app_context():
        for course in courses:
            congress = db.session.get_one(Congress, course.id)
            person = db.session.get_one(Registration, course.people[0])
            a_hand_in(a_task(congress), person, text=f"Von {congress.slug}")
    page = pages.words(pages.read(eins.log_in(app).get(f"{eins.here}/tasks?lang=de")))
    assert "Von eins" in page
    assert "Es fehlt noch: Jan eins" in page
    assert "zwei" not in page


def test_attendance_is_ticked_and_taken_back(app, courses):
    course, _other = courses
    client, [ida, jan] = course.log_in(app), map(str, course.people)
    assert tick(client, course, FIRST, came=[ida, jan]).location == f"{course.here}?lang=de"
    page = pages.words(pages.read(client.get(f"{course.here}?lang=de")))
    assert "Erfasst: Die Anwesenheit von 2 Personen hat sich geändert." in page
    assert page.count("1 von 2 Modulen besucht (50 %)") == 2
    assert page.count("unter dem Anteil") == 2
    tick(client, course, FIRST, came=[ida], was=[ida, jan])
    assert attended(app, course.people) == [(0, FIRST)]
    # What somebody else recorded after the page was opened stays.
    tick(client, course, FIRST, came=[jan])
    assert sorted(attended(app, course.people)) == [(0, FIRST), (1, FIRST)]
    with app.app_context():
        lines = db.session.query(AuditLine).filter(AuditLine.verb.startswith("came"))
        said = [(each.verb, each.actor, each.details) for each in lines.order_by(AuditLine.id)]
    assert [verb for verb, _actor, _details in said] == ["came"] * 2 + ["came_taken_back", "came"]
    assert {actor for _verb, actor, _details in said} == {"contributor"}
    assert said[0][2] == {"day": FIRST}


def test_nobody_is_ticked_before_the_day(app, courses):
    course, _other = courses
    client = course.log_in(app)
    third = DAYS[2][0].date().isoformat()
    assert "Dieses Modul steht noch bevor." in client.get(f"{course.here}/{third}?lang=de").text
    data = {"csrf_token": token(client, f"{course.here}/{FIRST}"), "came": course.people[0]}
    assert client.post(f"{course.here}/{third}", data=data).status_code == 409
    assert attended(app, course.people) == []
    for wrong in ("2015-10-22", "morgen"):
        assert client.get(f"{course.here}/{wrong}").status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"role": "speaker"},
        {"kind": "fachkongress"},
        {"days": DAYS[:1]},
    ],
)
def test_whoever_is_no_trainer_of_a_course_finds_nothing(app, values):
    with app.app_context():
        course = Course("eins", "eva@example.org", **values)
    guest = app.test_client()
    with time_machine.travel(OPEN, tick=False):
        assert not pages.find_all(pages.read(guest.get(course.start)), "a", href=course.here)
        for address in (
            course.here,
            f"{course.here}/{FIRST}",
            f"{course.here}/tasks",
            f"{course.start}/login",
        ):
            assert guest.get(address).status_code == 404


def test_whoever_declines_is_out_at_once_and_after_a_month_everybody(app, courses):
    eins, zwei = courses
    client, other = eins.log_in(app), zwei.log_in(app)
    with app.app_context():
        db.session.get_one(Contribution, eins.part).state = "declined"
        db.session.commit()
    assert client.get(eins.here).status_code == 404
    assert other.get(zwei.here).status_code == 200
    with time_machine.travel(DAYS[-1][1] + timedelta(days=30), tick=False):
        assert other.get(zwei.here).status_code == 404


def test_a_page_asks_as_little_for_many(app, courses):
    course, _other = courses
    client = course.log_in(app)
    client.get(course.here)
    with count_queries() as statements:
        client.get(course.here)
    before = len(statements)
    with app.app_context():
        for number in range(10):
            builders.a_registration(db.session.get_one(Congress, course.id), given_name=str(number))
    client.get(course.here)  # the congress has changed, and is read anew
    with count_queries() as statements:
        client.get(course.here)
    assert len(statements) == before
