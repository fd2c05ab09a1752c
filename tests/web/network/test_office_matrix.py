"""Who of the office opens which page of the network: every address, by the right it declares."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from congress.domain.access import Role
from congress.domain.network.access import NetworkRight, NetworkRole, may_in_network
from congress.extensions import db
from congress.models import Congress, User
from congress.web.access import Who
from congress.web.addresses import ADDRESSES
from tests.builders import BEGUN, OPEN
from tests.everything import everything_in_use
from tests.network_mails import a_network_mail
from tests.web.organisers import a_network_account, an_organiser, logged_in, token

# The table in which each number of an address stands.
TABLES = {
    "organisation_id": "organisations",
    "alias_id": "organisation_aliases",
    "domain_id": "organisation_domains",
    "contact_id": "contact_persons",
    "record_id": "memberships",
    "application_id": "membership_applications",
    "project_id": "network_projects",
    "part_id": "project_parts",
    "text_id": "network_texts",
    "comment_id": "network_text_comments",
    "question_id": "land_questions",
    "topic_id": "meeting_topics",
    "note_id": "contact_notes",
    "file_id": "mailing_files",
}
WORDS = {"number": "1", "condition": "declaration"}
ROLES = ("coordination", "reader", "funder", "none", "organiser", "administrator")
OFFICE = [
    (address, methods, who)
    for address, methods, _view, who in ADDRESSES["network"]
    if isinstance(who, NetworkRight) or who is Who.ADMINISTRATOR
]
# Where a login was last seen is noted on each look, and what was refused is counted.
NOTED = {"account_sessions", "attempts"}
# For which one has to edit the programme of the meeting besides.
PROGRAMME = ("/take",)


@pytest.fixture
def house(app):
    """A row in every table, and the addresses of the office's pages with numbers there are."""
    with time_machine.travel(BEGUN, tick=False), app.app_context():
        everything_in_use()
        congress = db.session.scalars(sa.select(Congress).order_by(Congress.id.desc())).first()
        assert congress is not None
        congress.kind = "network_meeting"
        mailing = a_network_mail().id
        db.session.commit()
        known: dict[str, object] = {name: first(table) for name, table in TABLES.items()}
        known |= {
            "slug": congress.slug,
            "mailing_id": mailing,
            "account_id": first("users"),
        } | WORDS
        organiser = an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        assert organiser
    with time_machine.travel(OPEN, tick=False):
        for role in NetworkRole:
            a_network_account(app, f"{role}@example.org", role)
        a_network_account(app, "none@example.org", None)
        an_organiser(app, "administrator@example.org", is_administrator=True)
        yield known


def first(table: str) -> int:
    column = db.metadata.tables[table].c.id
    return int(db.session.scalars(sa.select(column).order_by(column).limit(1)).one())


def paths(known: dict[str, object]) -> Iterator[tuple[str, list[str], NetworkRight | Who]]:
    """Return every address of the office, filled in, with its methods and who may open it."""
    for address, methods, who in OFFICE:
        document = "project_documents" if "/projects/" in address else "membership_documents"
        values = known | {"document_id": first(document)}
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), address)  # noqa: B023
        yield path, methods, who


def may(role: str, who: NetworkRight | Who) -> bool:
    if role == "administrator" or who is Who.ADMINISTRATOR:
        return role == "administrator"
    held = NetworkRole(role) if role in set(NetworkRole) else None
    return isinstance(who, NetworkRight) and may_in_network(held, who)


def status_of(client: FlaskClient, path: str) -> int:
    """Look at a page; files are closed again."""
    with client.get(path) as answer:
        return answer.status_code


def rows() -> dict[str, list[str]]:
    """Return everything that is stored."""
    db.session.rollback()
    return {
        each.name: sorted(repr(row) for row in db.session.execute(sa.select(each)))
        for each in db.metadata.sorted_tables
        if each.name not in NOTED
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_address_is_opened_by_its_right_and_by_nobody_else(app, house, role):
    client = logged_in(app, f"{role}@example.org")
    with app.app_context():
        every, before = list(paths(house)), rows()
    form = {"csrf_token": token(client, "/organiser/account")}
    found = elsewhere = 0
    for path, methods, who in every:
        if "GET" in methods:
            status = status_of(client, path)
            if path.endswith(PROGRAMME) and role == "coordination":
                assert status == 403, path
            elif may(role, who):
                assert status in {200, 303, 404, 409}, path
                found, elsewhere = found + (status == 200), elsewhere + (status != 200)
            else:
                assert status == 403, path
        if "POST" in methods:
            assert client.post(path).status_code == 400, path  # nobody without their token
            if not may(role, who):
                assert client.post(path, data=form).status_code == 403, path
    with app.app_context():
        after = rows()
    assert {name for name in before if before[name] != after[name]} <= {"audit_lines"}
    if role in {"coordination", "administrator"}:
        assert found > 2 * elsewhere
    assert (found == 0) is (role in {"none", "organiser"})


def test_strangers_are_led_to_the_login_everywhere(app, house):
    client = app.test_client()
    with app.app_context():
        every = list(paths(house))
    form = {"csrf_token": token(client)}
    for path, methods, _who in every:
        for method in set(methods) & {"GET", "POST"}:
            sent = form if method == "POST" else None
            answer = client.open(path, method=method, data=sent)
            assert answer.status_code == 303, path
            assert answer.location.startswith("/login"), path


def test_a_role_that_was_taken_opens_nothing_whatever_cookie(app, house):
    client = logged_in(app, "coordination@example.org")
    with app.app_context():
        every = list(paths(house))
        taken = sa.update(User).where(User.email == "coordination@example.org")
        db.session.execute(taken.values(network_role=None))
        db.session.commit()
    for path, methods, _who in every:
        if "GET" in methods:
            assert status_of(client, path) == 403, path
