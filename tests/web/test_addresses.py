import pytest

from congress.domain.access import Role
from congress.domain.slugs import RESERVED
from congress.extensions import db
from congress.models import Congress
from tests import builders
from tests.courses import a_course_call
from tests.guests import an_invitation
from tests.land_questions import a_question
from tests.market import a_market
from tests.materials import a_material, a_recommendation
from tests.module_tasks import a_task
from tests.network import (
    a_contact,
    a_contact_note,
    a_document,
    a_membership,
    an_application,
    an_organisation,
)
from tests.network_mails import an_archived_mail
from tests.projects import a_project, a_project_document
from tests.texts import a_comment, a_text, a_version
from tests.topics import a_round, a_topic
from tests.web.organisers import an_organiser, logged_in
from tests.wishes import a_run

pytestmark = pytest.mark.sqlite_only
NO_FACTS = {"X-Request-Id", "Set-Cookie"}


@pytest.fixture
def organiser(app):
    """Somebody who may do everything, beside a congress with one of each thing."""
    with app.app_context():
        congress = builders.a_congress()
        workshop = builders.a_workshop(congress, code="ws")
        person = builders.a_registration(congress)
        builders.a_booking(person, workshop)
        named = builders.a_contribution(workshop).person.id
        numbers = {"registration_id": person.id, "booking_id": 1, "message_id": 1, "view_id": 1}
        numbers["other_id"] = builders.a_registration(congress).id
        numbers["person_id"] = named
        numbers["proposal_id"] = builders.a_proposal(congress).id
        numbers["invitation_id"] = an_invitation(congress).id
        numbers["mailing_id"] = builders.a_mailing(congress).id
        an_archived_mail(code="ws")
        numbers["material_id"] = a_material(congress).id
        numbers["recommendation_id"] = a_recommendation(congress).id
        numbers["task_id"] = a_task(congress).id
        numbers |= {f"{name}_id": number for name, number in a_market(congress).items()}
        town = an_organisation()
        numbers["organisation_id"] = town.id
        project = a_project()
        numbers["project_id"] = project.id
        numbers["document_id"] = a_project_document(project).id
        text = a_text(code="ws")
        version = a_version(text, 2, "in_comment")
        a_version(text, 1, "superseded")
        numbers |= {"text_id": text.id, "number": version.number}
        numbers["comment_id"] = a_comment(version, town).id
        numbers["contact_id"] = numbers["deputy_id"] = a_contact(town).id
        numbers["question_id"] = a_question(town).id
        a_course_call(congress)
        numbers["run_id"] = a_run(congress).id
        numbers["note_id"] = a_contact_note(town).id
        numbers["topic_id"] = a_topic(a_round(congress), town).id
        numbers["record_id"] = a_membership(town).id
        numbers["document_id"] = a_document(town).id
        numbers["application_id"] = an_application(town).id
    colleague = an_organiser(app, "colleague@example.org", {congress.id: Role.READER})
    app.config["NUMBERS"] = numbers | {"account_id": colleague, "passkey_id": 1, "paper_id": 1}
    an_organiser(app, "admin@example.org", is_administrator=True)
    return logged_in(app, "admin@example.org")


def readable(app):
    values = app.config["NUMBERS"] | {
        "slug": "fachkongress",
        "code": "ws",
        "suffix": "csv",
        "mode": "online",
    }
    values |= {
        "day": "2015-10-21",
        "digest": "0" * 64,
        "token": "x" * 43,
        "key": "nothing",
        "kind": "confirmed",
        "condition": "card",
    }
    values["part"] = "event"
    values |= {"first": 2014, "last": 2014}
    with app.test_request_context():
        adapter = app.url_map.bind("congress.test")
        for rule in app.url_map.iter_rules():
            if "GET" in rule.methods:
                chosen = {name: values[name] for name in rule.arguments}
                yield adapter.build(rule.endpoint, chosen, method="GET")


def head_of(client, method, address):
    with client.open(address, method=method) as answer:
        facts = {name: value for name, value in answer.headers if name not in NO_FACTS}
        return answer.status_code, facts, answer.data


def test_a_head_is_the_head_of_a_get(app, organiser):
    """RFC 9110, section 9.3.2."""
    for address in list(readable(app)):
        status, facts, _body = head_of(organiser, "GET", address)
        assert head_of(organiser, "HEAD", address) == (status, facts, b""), address


def test_a_head_changes_nothing(app, organiser):
    """Scanners of links and proxies send it, with the cookies of whoever is logged in."""
    with organiser.head("/organiser/fachkongress/state?to=cancelled") as answer:
        assert answer.status_code == 200
    with app.app_context():
        assert db.session.query(Congress).one().state == "published"


def test_every_first_part_of_an_address_is_reserved(app):
    first = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}

    assert {part for part in first if part and "<" not in part and "." not in part} <= RESERVED


@pytest.mark.parametrize(
    "path",
    [
        "/ab",  # a slug has three characters
        f"/{'a' * 61}",
        "/Fachkongress",
        "/fachkongress/programme/a_b",
        "/registration/short",
        f"/registration/{'a' * 100}",
        "/organiser/fachkongress/attendees/99999999999999999999",
        "/organiser/fachkongress/attendees/١",
    ],
)
def test_what_no_address_can_be_is_unknown_before_any_query(client, path):
    assert client.get(path).status_code == 404
