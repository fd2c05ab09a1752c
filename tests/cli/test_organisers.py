"""`flask organiser invite` and `flask attendees export`, as an operator types them."""

import json

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.models import CongressRole, OutboxMessage, User
from tests import builders
from tests.web.organisers import PASSWORD, log_in

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both


@pytest.fixture
def flask(app):
    with app.app_context():
        builders.a_registration(builders.a_congress(), family_name="=1+1")
    return app.test_cli_runner()


def test_the_first_account_comes_from_a_command(flask, client):
    """SEC-22: there is no default account."""
    arguments = ["organiser", "invite", "admin@example.org", "--admin", "--password-stdin"]
    outcome = flask.invoke(args=arguments, input=f"{PASSWORD}\n")

    assert (outcome.exit_code, outcome.stdout) == (0, "")
    assert log_in(client, "admin@example.org") == 303


def test_an_invitation_is_mailed_and_brings_a_role(flask, app):
    arguments = ["organiser", "invite", "a@example.org", "--congress", "fachkongress"]
    for role in ("reader", "reader", "programme"):
        assert flask.invoke(args=[*arguments, "--role", role]).exit_code == 0
    with app.app_context():
        roles = db.session.scalars(select(CongressRole.role).order_by(CongressRole.id)).all()
        mails = db.session.scalars(select(OutboxMessage.kind)).all()

    assert roles == ["reader", "programme"]
    assert set(mails) == {"organiser_invited"}


@pytest.mark.parametrize(
    ("arguments", "password"),
    [
        (["a@example.org", "--congress", "nothing-here"], ""),
        (["no address", "--admin"], ""),
        (["a@example.org", "--admin", "--password-stdin"], "kurz"),
        (["a@example.org", "--admin", "--password-stdin"], "password"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(flask, app, arguments, password):
    outcome = flask.invoke(args=["organiser", "invite", *arguments], input=password)
    with app.app_context():
        accounts = db.session.scalars(select(User)).all()

    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert len(outcome.stderr.splitlines()) == 1
    assert accounts == []


def test_an_account_for_nothing_is_a_wrong_call(flask):
    outcome = flask.invoke(args=["organiser", "invite", "a@example.org"])

    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "--admin" in outcome.stderr


def test_the_list_goes_to_stdout(flask):
    as_csv = flask.invoke(args=["attendees", "export", "fachkongress"])
    as_json = flask.invoke(args=["attendees", "export", "fachkongress", "--format", "json"])
    as_xlsx = flask.invoke(args=["attendees", "export", "fachkongress", "--format", "xlsx"])

    assert as_csv.stdout_bytes.startswith(b"\xef\xbb\xbfStand;")
    assert json.loads(as_json.stdout)[0]["family_name"] == "=1+1"
    assert as_xlsx.stdout_bytes.startswith(b"PK")


def test_an_unknown_congress_has_no_list(flask):
    assert flask.invoke(args=["attendees", "export", "nothing-here"]).exit_code == 1
