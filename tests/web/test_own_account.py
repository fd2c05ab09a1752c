"""One's own account: SEC-22, SEC-25."""

import pytest

from congress.domain.access import Role
from congress.web.account.login import MOST_FAILURES
from tests import builders
from tests.web import pages
from tests.web.organisers import PASSWORD, an_organiser, log_in, logged_in, post

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both

ACCOUNT, ANNA, NEW = "/organiser/account", "anna@example.org", "fünf blaue Igel"


@pytest.fixture
def house(app):
    with app.app_context():
        congress = builders.a_congress().id
    for email in (ANNA, "bernd@example.org"):
        an_organiser(app, email, {congress: Role.READER})


def sessions(client):
    page = pages.read(client.get(ACCOUNT))
    found = pages.find_all(pages.get(page, "ul", data_sessions=""), "input", name="session")
    return [each.get("value") or "" for each in found]


def is_in(client):
    return client.get("/organiser/").status_code == 200


def test_own_sessions_are_seen_and_ended(app, house):
    here, there, elsewhere = (logged_in(app, ANNA) for _ in range(3))
    other = logged_in(app, "bernd@example.org")
    latest, earlier = sessions(here)

    assert post(here, f"{ACCOUNT}/end", ACCOUNT, session=latest) == 303
    assert [is_in(each) for each in (here, there, elsewhere)] == [True, True, False]
    assert post(other, f"{ACCOUNT}/end", ACCOUNT, session=earlier) == 303  # not theirs
    assert is_in(there)
    assert post(here, f"{ACCOUNT}/end", ACCOUNT) == 303
    assert [is_in(each) for each in (here, there, other)] == [True, False, True]
    assert sessions(here) == []


def test_another_password_ends_every_other_session(app, house):
    """SEC-13."""
    here, there = logged_in(app, ANNA), logged_in(app, ANNA)
    assert post(here, f"{ACCOUNT}/password", ACCOUNT, current=PASSWORD, password=NEW) == 303

    assert (is_in(here), is_in(there)) == (True, False)
    assert log_in(app.test_client(), ANNA) == 422
    assert log_in(app.test_client(), ANNA, NEW) == 303


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("falsch falsch", NEW, "current"),
        ("", NEW, "current"),
        (PASSWORD, "kurz", "password"),
        (PASSWORD, "password", "password"),
    ],
)
def test_what_will_not_do_is_said_at_its_field(app, house, current, new, field):
    client = logged_in(app, ANNA)
    form = {"current": current, "password": new}
    token = pages.find_all(pages.read(client.get(ACCOUNT)), "input", name="csrf_token")[0]
    answer = client.post(f"{ACCOUNT}/password", data=form | {"csrf_token": str(token.get("value"))})

    assert answer.status_code == 422
    assert pages.has(pages.read(answer), id=f"{field}-err")
    assert log_in(app.test_client(), ANNA) == 303


def test_whoever_found_an_open_browser_does_not_guess_for_long(app, house):
    """SEC-23."""
    client = logged_in(app, ANNA)
    form = {"current": "falsch falsch", "password": NEW}
    got = [post(client, f"{ACCOUNT}/password", ACCOUNT, **form) for _ in range(MOST_FAILURES + 1)]

    assert got == [422] * MOST_FAILURES + [429]
