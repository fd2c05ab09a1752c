"""The third of a municipality: on its reserve list whichever way they come, and in once one goes.

By the form to which the own view of a contact person leads, by the public form, and by an
application for a course; what pages and letters say of it.
"""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from sqlalchemy import select

from congress import mailer, worker
from congress.extensions import db
from congress.models import CourseCall, OutboxMessage, Registration
from congress.queries.invariants import list_broken
from congress.services import registering
from tests.builders import OPEN, a_congress, a_request
from tests.courses import a_course
from tests.network import a_contact, a_membership, an_organisation
from tests.services.courses_house import apply, choose, send
from tests.web import pages
from tests.web.network.own import entered, own_address
from tests.web.organisers import post
from tests.web.registration.visitors import HOST, Visitor

TOWN = "Stadt Rheine"
PEOPLE = (("Anna", "Albers"), ("Bert", "Bauer"), ("Cem", "Celik"))
SPELLINGS = ("Rheine, Stadt", "stadt rheine", "Stadtverwaltung Rheine")
RULES = {"quota": 2}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(OPEN + timedelta(minutes=1), tick=False) as found:
        yield found


@pytest.fixture
def own(app):
    """The own view of a municipality for which three speak."""
    with app.app_context():
        town = an_organisation(TOWN)
        a_membership(town)
        for names in PEOPLE[1:]:
            a_contact(town, *names, role="deputy")
        return own_address(a_contact(town, *PEOPLE[0]))


def fill_in(app, form, organisations):
    """Let three register by a form, and return what the own page of the last one is."""
    for names, organisation in zip(PEOPLE, organisations, strict=True):
        visitor = Visitor(app)
        said = dict(zip(("given_name", "family_name"), names, strict=True))
        said["email"] = f"{names[0]}.{names[1]}@example.org".lower()
        answer = visitor.register(form, **said, organisation=organisation)
        assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def who(app):
    with app.app_context():
        found = select(Registration).where(Registration.given_name.in_(n for n, _f in PEOPLE))
        return {each.given_name: each for each in db.session.scalars(found)}


def states(app):
    return {name: each.state for name, each in who(app).items()}


def letters(app, kind):
    """Let everything that waits go out, and return what letters of a kind to the third say."""
    third = who(app)["Cem"]
    with app.app_context():
        worker.deliver()
        db.session.remove()
        found = select(OutboxMessage.message_id).where(
            OutboxMessage.kind == kind, OutboxMessage.registration_id == third.id
        )
        wanted = set(db.session.scalars(found))
        assert list_broken() == []
    said = []
    for each in mailer.delivered():
        mail = message_from_bytes(each.raw, policy=policy.default)
        if mail["Message-ID"] in wanted:
            part = mail.get_body(("plain",))
            said.append(f"{mail['Subject']} {' '.join(part.get_content().split())}")
    return said


def in_own_view(client, own, slug):
    return pages.words(pages.read(client.get(f"{own}/registrations/{slug}?lang=de")))


def moves_up_once_one_goes(app, client, own, slug="anlass"):
    """Hold that the third waits and is told so, and moves up and is told so."""
    assert states(app) == {"Anna": "confirmed", "Bert": "confirmed", "Cem": "waiting"}
    shown = in_own_view(client, own, slug)
    assert "2 von 2 Plätzen Ihrer Organisation sind belegt" in shown
    assert "1 Person steht auf ihrer Nachrückliste" in shown
    [waits] = letters(app, "waiting")
    assert "Nachrückliste" in waits

    away = f"{own}/registrations/{slug}/{who(app)['Bert'].id}/withdraw"
    assert post(client, away, away) == 303
    assert states(app) == {"Anna": "confirmed", "Bert": "cancelled", "Cem": "confirmed"}
    [gained] = letters(app, "place_gained")
    assert "Platz" in gained
    assert "Nachrückliste, Platz" not in gained
    assert "Nachrückliste" not in in_own_view(client, own, slug)


def test_by_the_form_that_the_own_view_leads_to(app, own):
    """At a meeting of members, of which each speaks for theirs."""
    with app.app_context():
        a_congress(
            slug="anlass",
            kind="network_meeting",
            rules=RULES | {"access": "members"},
            fields={"organisation": "required"},
        )
    client = entered(app, own)
    page = pages.read(client.get(f"{own}/registrations/anlass"))
    [form] = [
        each.get("href")
        for each in pages.find_all(page, "a")
        if "/anlass/register?" in (each.get("href") or "")
    ]
    known = pages.read(client.get(form))
    assert pages.get(known, id="organisation").get("value") == TOWN
    theirs = fill_in(app, form, [TOWN] * 3)
    waits = pages.words(pages.read(client.get(theirs, base_url=HOST)))
    assert "Nachrückliste Ihrer Organisation, Platz 1" in waits
    moves_up_once_one_goes(app, client, own)
    assert "Sie sind dabei" in pages.words(pages.read(client.get(theirs, base_url=HOST)))


def test_by_the_public_form_however_they_write_it(app, own):
    """And nobody of another municipality is any the worse for it."""
    with app.app_context():
        congress = a_congress(slug="anlass", rules=RULES, fields={"organisation": "required"})
        dora = a_request(1, organisation="Stadt Unna", email="dora@unna.example")
        registering.register(congress.id, dora, now=OPEN)
    client = entered(app, own)
    theirs = fill_in(app, "/anlass/register", SPELLINGS)
    waits = pages.words(pages.read(client.get(theirs, base_url=HOST)))
    assert "Nachrückliste Ihrer Organisation, Platz 1" in waits
    moves_up_once_one_goes(app, client, own)
    assert "Sie sind dabei" in pages.words(pages.read(client.get(theirs, base_url=HOST)))


def test_by_an_application_for_a_course_that_names_three(app, own):
    with app.app_context():
        course = a_course(slug="kurs", rules=RULES)
        db.session.scalars(select(CourseCall)).one().people = 3
        db.session.commit()
        choose(course, [apply(course, "Rheine", [name for name, _family in PEOPLE])])
        sent = send(course)
        assert (sent.answered, sent.placed, sent.waiting) == (1, 2, 1)
    client = entered(app, own)
    moves_up_once_one_goes(app, client, own, "kurs")
