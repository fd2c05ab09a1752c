"""SEC-01, SEC-02: every route is declared, and nobody sees what is another's."""

import pytest
from werkzeug.exceptions import HTTPException

from congress.domain.access import Right, Role, may
from congress.models import ChangeRequest
from congress.web.access import Who
from congress.web.addresses import ADDRESSES, MATRIX
from tests import builders
from tests.courses import a_course_application
from tests.guests import an_invitation
from tests.market import a_market
from tests.materials import a_material, a_recommendation
from tests.module_tasks import a_task
from tests.projects import a_project
from tests.signed_papers import a_signed_paper
from tests.web.organisers import an_organiser, logged_in, token
from tests.wishes import a_run

OBJECTS = {
    *("registration_id", "message_id", "account_id", "person_id", "proposal_id", "code"),
    "other_id",
    "application_id",
    "material_id",
    "task_id",
    "recommendation_id",
    *("party_id", "entry_id", "agreement_id"),
    "received_id",
    "mailing_id",
    "paper_id",
    "request_id",
    "key",
    "invitation_id",
    "run_id",
}


@pytest.fixture
def world(app):
    """Two congresses with one attendee each, and accounts of several kinds."""
    with app.app_context():
        ours = builders.a_congress(slug="ours", state="draft")
        theirs = builders.a_congress(slug="theirs", questions=builders.QUESTIONS)
        item = builders.a_workshop(theirs, code="ws")
        named = builders.a_contribution(item).person.id
        person = builders.a_registration(theirs, family_name="Fremd")
        booking = builders.a_booking(person, item)
        ids = {"ours": ours.id, "theirs": theirs.id, "person": person.id, "booking": booking.id}
        ids["other"] = builders.a_registration(theirs).id
        ids["named"] = named
        ids["proposal"] = builders.a_proposal(theirs).id
        ids["received"] = builders.a_received_mail(theirs).id
        ids["invitation"] = an_invitation(theirs).id
        ids["mailing"] = builders.a_mailing(theirs).id
        ids["paper"] = a_signed_paper(theirs).id
        ids["material"] = a_material(theirs).id
        ids["application"] = a_course_application(theirs).id
        ids["task"] = a_task(theirs).id
        ids["recommendation"] = a_recommendation(theirs).id
        ids["run"] = a_run(theirs).id
        ids["project"] = a_project().id
        ids |= a_market(theirs)
        asked = {"registration_id": person.id, "kind": "withdrawal", "asked_at": builders.OPEN}
        ids["request"] = builders.add(ChangeRequest(congress_id=theirs.id, **asked)).id
    an_organiser(app, "ours@example.org", {ids["ours"]: Role.ORGANISER})
    reader = an_organiser(app, "reader@example.org", {ids["theirs"]: Role.READER})
    an_organiser(app, "admin@example.org", is_administrator=True)
    return ids | {"account": reader}


def addresses(app, slug, ids):
    """Return every address of the workspace of one congress, filled with real numbers."""
    values = {
        "slug": slug,
        "registration_id": ids["person"],
        "other_id": ids["other"],
        "person_id": ids["named"],
        "proposal_id": ids["proposal"],
        "received_id": ids["received"],
        "mailing_id": ids["mailing"],
        "material_id": ids["material"],
        "application_id": ids["application"],
        "task_id": ids["task"],
        "recommendation_id": ids["recommendation"],
        "project_id": ids["project"],
        "run_id": ids["run"],
        "party_id": ids["party"],
        "entry_id": ids["entry"],
        "agreement_id": ids["agreement"],
        "invitation_id": ids["invitation"],
        "request_id": ids["request"],
        "file_id": 1,
        "kind": "confirmed",
        "digest": "0" * 64,
        "booking_id": ids["booking"],
        "message_id": 1,
        "account_id": ids["account"],
        "view_id": 1,
        "code": "ws",
        "key": "lunch",
        "part": "event",
        "suffix": "csv",
        "mode": "online",
        "day": "2015-10-21",
        "paper_id": ids["paper"],
    }
    with app.test_request_context():
        adapter = app.url_map.bind("congress.test")
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("organiser.") and "slug" in rule.arguments:
                chosen = {name: values[name] for name in rule.arguments}
                method = "GET" if "GET" in rule.methods else "POST"
                yield rule.endpoint, method, adapter.build(rule.endpoint, chosen, method=method)


@pytest.mark.sqlite_only
def test_every_endpoint_is_declared(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert endpoints - set(MATRIX) == set()
    assert set(MATRIX) - endpoints == set()


def test_a_view_with_two_addresses_is_opened_by_the_same_people():
    rows = {
        (f"{package}.{view.__name__}", who)
        for package, addresses in ADDRESSES.items()
        for _address, _methods, view, who in addresses
    }

    assert rows == set(MATRIX.items())


@pytest.mark.sqlite_only
def test_what_lies_under_organiser_is_never_public(app):
    open_to_all = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/organiser") and MATRIX[rule.endpoint] in {Who.PUBLIC, Who.TOKEN}
    }

    assert open_to_all == set()


def test_strangers_are_sent_to_the_login(app, client, world):
    for _, method, address in addresses(app, "theirs", world):
        form = {"csrf_token": token(client)} if method == "POST" else None
        answer = client.open(address, method=method, data=form)

        assert answer.status_code == 303, address
        assert answer.location.startswith("/login?next="), address


def test_another_congress_is_as_unknown_as_one_that_does_not_exist(app, world):
    client = logged_in(app, "ours@example.org")
    unknown = client.get("/organiser/nothing-here")

    for _, method, address in addresses(app, "theirs", world):
        form = {"csrf_token": token(client, "/organiser/")} if method == "POST" else None
        answer = client.open(address, method=method, data=form)

        assert (answer.status_code, answer.text) == (404, unknown.text), address


def test_numbers_of_another_congress_are_unknown_in_ones_own(app, world):
    client = logged_in(app, "ours@example.org")
    unknown = client.get("/organiser/nothing-here").text

    for endpoint, method, address in addresses(app, "ours", world):
        names_an_object = OBJECTS & {
            name for rule in app.url_map.iter_rules(endpoint) for name in rule.arguments
        }
        if not (names_an_object and may(frozenset({Role.ORGANISER}), Right(MATRIX[endpoint]))):
            continue
        form = {"csrf_token": token(client, "/organiser/")} if method == "POST" else None
        answer = client.open(address, method=method, data=form)

        assert (answer.status_code, answer.text) == (404, unknown), address


def test_a_reader_reads_and_does_nothing_else(app, world):
    client = logged_in(app, "reader@example.org")
    rights = {Right.SEE_CONGRESS, Right.SEE_ATTENDEES}

    for endpoint, method, address in addresses(app, "theirs", world):
        form = {"csrf_token": token(client, "/organiser/")} if method == "POST" else None
        status = client.open(address, method=method, data=form).status_code

        assert (status == 403) is (MATRIX[endpoint] not in rights), address


BELONGING_TO_NO_CONGRESS = {
    Who.LOGIN: set(Role),
    Who.ORGANISER: {Role.ADMINISTRATOR, Role.ORGANISER},
    Who.ADMINISTRATOR: {Role.ADMINISTRATOR},
}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("role", Role)
def test_every_role_opens_what_it_may_and_nothing_of_another_congress(app, world, role):
    """SEC-01, SEC-26: every address, in one's own congress and in a foreign one."""
    app.config["WTF_CSRF_ENABLED"] = False
    is_chief = role is Role.ADMINISTRATOR
    roles = {} if is_chief else {world["theirs"]: role}
    an_organiser(app, "somebody@example.org", roles, is_administrator=is_chief)
    cookie = logged_in(app, "somebody@example.org").get_cookie("session").value

    for endpoint, method, address in addresses(app, "theirs", world):
        wanted = None if may(frozenset({role}), Right(MATRIX[endpoint])) else 403
        assert guarded(app, method, address, cookie) == wanted, address
    for endpoint, method, address in addresses(app, "ours", world):
        wanted = None if may(frozenset({role}), Right(MATRIX[endpoint])) else 403
        assert guarded(app, method, address, cookie) == (wanted if is_chief else 404), address
    for rule in app.url_map.iter_rules():
        who = MATRIX[rule.endpoint]
        if who in BELONGING_TO_NO_CONGRESS and not rule.arguments:
            wanted = None if role in BELONGING_TO_NO_CONGRESS[who] else 403
            method = "GET" if "GET" in rule.methods else "POST"
            assert guarded(app, method, rule.rule, cookie) == wanted, rule.rule


def guarded(app, method, address, cookie):
    """Return the status by which a request is turned away before any page begins."""
    with app.test_request_context(address, method=method, headers={"Cookie": f"session={cookie}"}):
        try:
            answer = app.preprocess_request()
        except HTTPException as refusal:
            return refusal.code
        return answer.status_code if answer else None


def test_only_administrators_hold_the_outbox(app, world):
    organiser, administrator = (
        logged_in(app, "ours@example.org"),
        logged_in(app, "admin@example.org"),
    )
    for client, status in ((organiser, 403), (administrator, 303)):
        form = {"csrf_token": token(client, "/organiser/")}
        assert client.post("/organiser/hold-outbox", data=form).status_code == status


def test_changes_refuse_get_and_forged_forms(app, world):
    """SEC-14."""
    client = logged_in(app, "admin@example.org")
    for endpoint, _, address in addresses(app, "theirs", world):
        rules = list(app.url_map.iter_rules(endpoint))
        if not any("POST" in rule.methods for rule in rules):
            continue
        assert client.post(address).status_code == 400, address
        forged = client.post(
            address,
            data={"csrf_token": token(client, "/organiser/")},
            headers={"Sec-Fetch-Site": "cross-site"},
        )
        assert forged.status_code == 403, address
        if not any("GET" in rule.methods for rule in rules):
            assert client.get(address).status_code == 405, address
