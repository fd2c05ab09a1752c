"""From an application for membership to its answer, with the letters and what follows from it."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine

from congress.domain import tokens
from congress.domain.tokens import ApplicationLink
from congress.extensions import db
from congress.models import (
    AuditLine,
    ConditionCheck,
    ContactPerson,
    Membership,
    MembershipApplication,
    MembershipDocument,
    Organisation,
    OutboxMessage,
)
from congress.services.network import application_letters, applying
from congress.services.tokens import fresh, make_again
from tests.network import a_membership, an_application, an_organisation
from tests.web import pages
from tests.web.organisers import a_network_account, hidden, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

FORM, OFFICE = "/network/apply", "/organiser/network/applications"
NOW = datetime(2015, 10, 21, 8, tzinfo=UTC)
PDF = b"%PDF-1.7\nsigned\n%%EOF"
TYPED = {
    "organisation": "Stadt Werne",
    "given_name": "Erika",
    "family_name": "Muster",
    "function": "Stabsstelle Ehrenamt",
    "email": "erika@werne.example",
    "phone": "02389 71-0",
    "contact": "y",
    "cross_cutting": "y",
    "cross_cutting_words": "Ratsbeschluss von 2014",
    "declaration": "y",
    "signed_on": "1.10.2015",
    "card": "planned",
    "card_words": "im Frühjahr",
    "privacy_notice": "y",
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def office(app):
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def marks(client):
    return {name: hidden(client, FORM, name) for name in ("csrf_token", "form_token")}


def send(client, changes=None, *, file=PDF, mark=None):
    data: dict[str, Any] = TYPED | (mark or marks(client)) | (changes or {})
    if file:
        data["file"] = (io.BytesIO(file), "Erklärung.pdf")
    return client.post(FORM, data=data, content_type="multipart/form-data")


def stored(app, *columns: Any):  # noqa: ANN401 - whatever is selected
    with app.app_context():
        return [tuple(row) for row in db.session.execute(sa.select(*columns).order_by(columns[0]))]


def mails(app):
    with app.app_context():
        found = sa.select(OutboxMessage.kind, OutboxMessage.recipient).order_by(OutboxMessage.id)
        return [tuple(row) for row in db.session.execute(found)]


def states(app):
    return [tuple(row) for row in stored(app, Membership.id, Membership.state, Membership.since)]


def version_of(client, page):
    return pages.find_all(pages.read(client.get(page)), name="seen")[0].get("value") or ""


def test_from_the_form_to_a_member_with_a_contact_person(app, client, office):
    with app.app_context():
        an_organisation("Stadt Werne")
    mark = marks(client)
    own = send(client, mark=mark).location.split("?")[0]
    again = send(client, mark=mark)
    assert (again.location.split("?")[0], "done=sent" in again.location) == (own, True)
    other = send(client, {"function": "Amt"}, mark=mark)
    assert (other.location.split("?")[0], "done=same" in other.location) == (own, True)
    assert mails(app) == [("application_received", "erika@werne.example")]
    with app.app_context():
        [facts] = db.session.scalars(sa.select(OutboxMessage.facts))
        link = application_letters.link_for(facts, "erika@werne.example")
        assert (link or "").endswith(own)
        assert application_letters.link_for(facts, "other@example.org") is None
    assert [each[1:] for each in states(app)] == [("applied", NOW.date())]
    shown = client.get(own)
    assert pages.get(pages.read(shown), id="application").get("data-state") == "new"
    assert shown.headers["Cache-Control"] == "no-store"

    # The office has a task, and answers what it has read.
    overview = pages.read(office.get("/organiser/network"))
    assert pages.get(overview, **{"aria-labelledby": "waiting"}).get("data-waiting") == "1"
    [(number, seen)] = stored(app, MembershipApplication.id, MembershipApplication.changed_at)
    one = f"{OFFICE}/{number}"
    accept = f"{one}/accept"
    assert office.get(f"{one}/document").data == PDF
    read = version_of(office, accept)
    assert not pages.has(pages.read(office.get(accept)), name="sure")
    assert post(office, accept, accept, seen=read, member_from="bald") == 422
    assert post(office, accept, accept, seen=f"{seen}", member_from="1.11.2015") == 409
    assert post(office, accept, accept, seen=read, member_from="1.11.2030") == 409
    assert post(office, accept, accept, seen=read, member_from="1.11.2015", words="Gut.") == 303
    assert post(office, accept, accept, seen=read, member_from="1.11.2015") == 409

    assert [each[1:] for each in states(app)] == [
        ("applied", NOW.date()),
        ("member", date(2015, 11, 1)),
    ]
    checks = stored(app, ConditionCheck.condition, ConditionCheck.held)
    assert sorted(checks) == [
        ("card", "planned"),
        ("contact", "yes"),
        ("cross_cutting", "yes"),
        ("declaration", "yes"),
    ]
    documents = stored(
        app, MembershipDocument.organisation_id.is_(None), MembershipDocument.application_id
    )
    assert documents == [(False, None)]
    [(name, starts_on, digest)] = stored(
        app, ContactPerson.family_name, ContactPerson.starts_on, ContactPerson.digest
    )
    assert (name, starts_on, bool(digest)) == ("Muster", date(2015, 11, 1), True)
    # One letter for the yes, and it brings the link to the own view.
    assert [kind for kind, _to in mails(app)] == ["application_received", "application_accepted"]
    assert "Gut." in client.get(own).text
    assert client.get(f"{own}/correct").status_code == 303
    assert client.get(f"{own}/withdraw").status_code == 303
    with app.app_context():
        verbs = set(db.session.scalars(sa.select(AuditLine.verb)))
    assert {"application_made", "application_accepted", "application_document_read"} <= verbs


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"organisation": ""}, "organisation"),
        ({"organisation": "Gehen Sie auf www.example.com"}, "organisation"),
        ({"given_name": "", "family_name": ""}, "family_name"),
        ({"function": ""}, "function"),
        ({"email": "nix"}, "email"),
        ({"cross_cutting_words": ""}, "cross_cutting_words"),
        ({"signed_on": ""}, "signed_on"),
        ({"signed_on": "1.1.2030"}, "signed_on"),
        ({"signed_on": "neulich"}, "signed_on"),
        ({"card": ""}, "card"),
        ({"card": "yes"}, "card_since"),
        ({"card_words": ""}, "card_words"),
        ({"privacy_notice": ""}, "privacy_notice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(app, client, changes, field):
    answer = send(client, changes)
    page = pages.read(answer)
    assert answer.status_code == 422
    assert pages.get(page, id=field).get("aria-invalid") == "true"
    kept = "02389 71-0"
    assert pages.get(page, id="phone").get("value") == kept
    assert stored(app, MembershipApplication.id) == []
    assert mails(app) == []


@pytest.mark.parametrize("file", [b"MZ no pdf", b"\xff\xd8\xff\xe0 no pdf", b"%PDF-1.7 cut off"])
def test_only_a_pdf_is_taken(app, client, file):
    answer = send(client, file=file)
    assert answer.status_code == 422
    assert pages.get(pages.read(answer), id="file").get("aria-invalid") == "true"
    assert stored(app, MembershipDocument.id) == []


def test_robots_floods_and_too_many_files_are_refused(app, client, monkeypatch):
    assert send(client, {"homepage": "x"}).status_code == 422
    assert send(client, {"form_token": "forged"}).status_code == 422
    monkeypatch.setattr(applying, "MOST_OPEN_DOCUMENTS", 1)
    assert send(client).status_code == 303
    full = send(client)
    assert (full.status_code, "02389 71-0" in full.text) == (409, True)
    assert [send(client, file=None).status_code for _ in range(5)] == [303] * 4 + [409]
    assert len(mails(app)) == 5


def test_corrected_completed_and_withdrawn_by_whoever_sent_it(app, client):
    with app.app_context():
        town = an_organisation("Stadt Werne")
        a_membership(town, "interested", date(2015, 1, 1))
    own = send(client, {"declaration": "", "signed_on": ""}, file=None).location.split("?")[0]
    form = f"{own}/correct"
    assert pages.get(pages.read(client.get(form)), id="cross_cutting_words") is not None
    typed = {name: value for name, value in TYPED.items() if name not in {"organisation", "email"}}
    data: dict[str, Any] = typed | {"csrf_token": token(client, form), "function": "Amt 1"}
    assert client.post(form, data=data | {"function": ""}).status_code == 422
    data["file"] = (io.BytesIO(PDF), "a.pdf")
    assert client.post(form, data=data).status_code == 303
    data["file"] = (io.BytesIO(PDF), "b.pdf")
    assert client.post(form, data=data).status_code == 303
    assert stored(app, MembershipDocument.name) == [("b.pdf",)]
    assert stored(app, MembershipApplication.function) == [("Amt 1",)]

    back = f"{own}/withdraw"
    for _ in range(2):
        answer = client.post(back, data={"csrf_token": token(client, FORM)})
        assert answer.status_code == 303
    # It applied until then, and is again what it was before.
    assert [each[1] for each in states(app)] == ["interested", "applied", "interested"]
    refused = client.post(form, data=typed | {"csrf_token": token(client, FORM)})
    assert refused.status_code == 409
    assert client.get("/application/" + "x" * 43).status_code == 404


def test_an_organisation_that_is_not_in_the_register(app, client, office):
    send(client)
    assert states(app) == []
    [(number,)] = stored(app, MembershipApplication.id)
    one = f"{OFFICE}/{number}"
    accept = f"{one}/accept"
    read = version_of(office, one)
    assert post(office, accept, accept, seen=read, member_from="1.11.2015") == 409
    assert post(office, f"{one}/match", one, seen=read, organisation="Stadt Nirgends") == 422
    with app.app_context():
        an_organisation("Werne an der Lippe")
    assert post(office, f"{one}/match", one, seen="old", organisation="Werne an der Lippe") == 409
    assert post(office, f"{one}/match", one, seen=read, organisation="Werne an der Lippe") == 303
    assert [each[1] for each in states(app)] == ["applied"]

    # It was another one after all, which the register lacks.
    read = version_of(office, one)
    assert post(office, f"{one}/register", one, seen="old") == 409
    assert post(office, f"{one}/register", one, seen=read) == 303
    assert ("Stadt Werne", "municipality") in stored(app, Organisation.name, Organisation.kind)
    assert [each[1] for each in states(app)] == ["applied", "interested", "applied"]


def test_a_yes_although_conditions_are_missing_is_asked(app, client, office):
    with app.app_context():
        an_organisation("Stadt Werne")
    send(client, {"declaration": "", "signed_on": "", "card": "no"}, file=None)
    [(number,)] = stored(app, MembershipApplication.id)
    accept = f"{OFFICE}/{number}/accept"
    typed = {"seen": version_of(office, accept), "member_from": "21.10.2015", "words": "Willkommen"}
    answer = office.post(accept, data=typed | {"csrf_token": token(office, accept)})
    assert (answer.status_code, "Willkommen" in answer.text) == (409, True)
    missing = "declaration card"
    assert pages.get(pages.read(answer), **{"data-missing": missing}) is not None
    assert post(office, accept, accept, **typed, sure="declaration") == 409
    assert post(office, accept, accept, **typed, sure=missing) == 303
    assert [each[1] for each in states(app)] == ["applied", "member"]


def test_a_no_with_its_reason(app, client, office):
    with app.app_context():
        an_organisation("Stadt Werne")
    own = send(client).location.split("?")[0]
    [(number,)] = stored(app, MembershipApplication.id)
    decline = f"{OFFICE}/{number}/decline"
    read = version_of(office, decline)
    assert post(office, decline, decline, seen=read, words="") == 422
    assert post(office, decline, decline, seen=read, words="Bitte 2016 wieder.") == 303
    assert [kind for kind, _to in mails(app)] == ["application_received", "application_declined"]
    assert "Bitte 2016 wieder." in client.get(own).text
    assert [each[1] for each in states(app)] == ["applied", "interested"]
    assert stored(app, ContactPerson.id) == []


def test_a_partner_that_applies_stays_a_partner_meanwhile(app, client):
    with app.app_context():
        a_membership(an_organisation("Stadt Werne"), "partner", date(2014, 1, 1))
    own = send(client).location.split("?")[0]
    client.post(f"{own}/withdraw", data={"csrf_token": token(client, FORM)})
    assert [each[1] for each in states(app)] == ["partner"]


def test_who_may_read_and_who_may_answer(app):
    with app.app_context():
        number = an_application(an_organisation("Stadt Werne")).id
    one = f"{OFFICE}/{number}"
    for role, reads, answers in (("reader", 200, 403), ("funder", 403, 403)):
        a_network_account(app, f"{role}@example.org", role)
        client = logged_in(app, f"{role}@example.org")
        assert [client.get(each).status_code for each in (OFFICE, one)] == [reads] * 2
        parts = ("accept", "decline", "document")
        assert [client.get(f"{one}/{each}").status_code for each in parts] == [answers] * 3


@pytest.mark.parametrize(
    ("state", "days", "stays"),
    [
        ("new", 3000, True),
        ("declined", 179, True),
        ("declined", 181, False),
        ("withdrawn", 181, False),
        ("accepted", 364, True),
        ("accepted", 366, False),
    ],
)
def test_applications_go_after_their_time(app, state, days, stays):
    with app.app_context():
        answered = NOW - timedelta(days=days)
        an_application(state=state, answered_at=None if state == "new" else answered)
        assert applying.forget_old(now=NOW) == (0 if stays else 1)
    assert len(stored(app, MembershipApplication.id)) == int(stays)


def test_a_link_opens_its_own_application_and_no_other(app, client):
    with app.app_context():
        link, kept = fresh(ApplicationLink.APPLICANT)
        an_application(**kept)
        assert make_again(ApplicationLink.APPLICANT, kept["nonce"], kept["key_id"]) == link
        assert tokens.digest(link) == kept["digest"]
    assert client.get(f"/application/{link}").status_code == 200
    assert client.get(f"/proposal/{link}").status_code == 404
