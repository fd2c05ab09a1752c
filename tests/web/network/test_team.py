"""Roles in the network: given, changed and taken by administrators, and by a command."""

import pytest
import sqlalchemy as sa

from congress.domain.access import COMMAND, Role
from congress.extensions import db
from congress.models import AccountLink, AuditLine, OutboxMessage, User
from congress.services.logins import team as congress_team
from tests import builders
from tests.builders import MADE
from tests.web import pages
from tests.web.organisers import a_network_account, an_organiser, logged_in, post

pytestmark = pytest.mark.sqlite_only

PAGE = "/organiser/network/team"
NEW = {"email": "neu@example.org", "role": "coordination"}


@pytest.fixture
def admin(app):
    an_organiser(app, "admin@example.org", is_administrator=True)
    return logged_in(app, "admin@example.org")


def role_of(app, email):
    with app.app_context():
        return db.session.scalars(sa.select(User.network_role).where(User.email == email)).one()


def mails(app):
    with app.app_context():
        found = sa.select(OutboxMessage.kind, OutboxMessage.facts).order_by(OutboxMessage.id)
        return [(row.kind, row.facts.get("network", "")) for row in db.session.execute(found)]


def test_a_role_is_given_changed_and_taken(app, admin):
    assert post(admin, PAGE, PAGE, **NEW | {"email": "nix"}) == 422
    assert post(admin, PAGE, PAGE, **NEW | {"role": "boss"}) == 422
    assert post(admin, PAGE, PAGE, **NEW) == 303
    assert role_of(app, NEW["email"]) == "coordination"
    assert post(admin, PAGE, PAGE, **NEW | {"role": "funder"}) == 422  # has one already
    assert post(admin, PAGE, PAGE, **NEW | {"email": "admin@example.org"}) == 422
    [(kind, network)] = mails(app)
    assert (kind, network.startswith("Koordination")) == ("organiser_invited", True)

    rows = pages.find_all(pages.read(admin.get(PAGE)), "tr")
    number = next(row.get("data-account") for row in rows if row.get("data-role"))
    one = f"{PAGE}/{number}"
    assert post(admin, f"{one}/again", PAGE) == 303
    assert post(admin, one, one, role="boss") == 422
    assert post(admin, one, one, role="reader") == 303
    assert role_of(app, NEW["email"]) == "reader"
    assert post(admin, one, one, role="none") == 303
    assert role_of(app, NEW["email"]) is None
    assert admin.get(one).status_code == 404
    with app.app_context():
        assert all(db.session.scalars(sa.select(AccountLink.used_at)))  # nothing is left to open
        verbs = list(db.session.scalars(sa.select(AuditLine.verb).order_by(AuditLine.id)))[1:]
    assert verbs[-4:] == [
        "network_role_given",
        "network_invited_again",
        "network_role_changed",
        "network_role_taken",
    ]


def test_whoever_has_a_password_is_told_of_the_new_role(app, admin):
    an_organiser(app, "old@example.org")
    assert post(admin, PAGE, PAGE, email="old@example.org", role="funder") == 303
    [(kind, network)] = mails(app)
    assert (kind, bool(network)) == ("role_given", True)
    client = logged_in(app, "old@example.org")
    assert client.get("/organiser/network").status_code == 200


def test_the_last_coordination_may_go_and_others_never_see_the_page(app, admin):
    number = a_network_account(app, "c@example.org", "coordination")
    client = logged_in(app, "c@example.org")
    assert client.get(PAGE).status_code == 403
    assert client.get("/organiser/network/members").status_code == 200
    one = f"{PAGE}/{number}"
    assert post(admin, one, one, role="none") == 303
    assert client.get("/organiser/network/members").status_code == 403


def test_many_invitations_within_an_hour_are_refused(app, admin):
    a_network_account(app, "c@example.org", "coordination")
    number = next(
        row.get("data-account")
        for row in pages.find_all(pages.read(admin.get(PAGE)), "tr")
        if row.get("data-role")
    )
    statuses = [post(admin, f"{PAGE}/{number}/again", PAGE) for _ in range(6)]
    assert statuses == [303] * 5 + [429]


def test_an_invitation_to_the_network_outlasts_a_role_in_a_congress(app):
    with app.app_context():
        congress = builders.a_congress().id
        runner = app.test_cli_runner()
        arguments = ["organiser", "invite", "n@example.org"]
        assert runner.invoke(args=[*arguments, "--network", "boss"]).exit_code == 2
        assert runner.invoke(args=arguments).exit_code == 2
        assert runner.invoke(args=[*arguments, "--network", "reader"]).exit_code == 0
    assert role_of(app, "n@example.org") == "reader"
    with app.app_context():
        congress_team.invite_colleague(
            congress, "n@example.org", [Role.READER], actor=COMMAND, now=MADE
        )
        number = db.session.scalars(sa.select(User.id)).one()
        an_organiser(app, "o@example.org", {congress: Role.ORGANISER})
        congress_team.change_roles(congress, number, (), actor=COMMAND, now=MADE)
        assert not any(db.session.scalars(sa.select(AccountLink.used_at)))
    assert role_of(app, "n@example.org") == "reader"
