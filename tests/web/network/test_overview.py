from datetime import date

import pytest

from tests.network import a_contact, a_membership, an_organisation
from tests.web.organisers import a_network_account, an_organiser, logged_in

NETWORK = "/organiser/network"


@pytest.fixture
def members(app):
    with app.app_context():
        rheine, essen = an_organisation("Stadt Rheine"), an_organisation("Stadt Essen")
        a_membership(rheine, "member")
        a_membership(essen, "partner")
        a_membership(an_organisation("Stadt Unna"), "applied")
        a_contact(rheine)
        a_contact(rheine, "Alt", "Amt", ends_on=date(2014, 12, 31))


@pytest.mark.parametrize(
    ("role", "status", "sees_names"),
    [
        ("coordination", 200, True),
        ("reader", 200, True),
        ("funder", 200, False),
        (None, 403, False),
    ],
)
def test_who_sees_the_network_and_who_belongs_to_it(app, members, role, status, sees_names):
    a_network_account(app, "o@example.org", role)
    answer = logged_in(app, "o@example.org").get(NETWORK)

    assert answer.status_code == status
    assert ("Stadt Rheine" in answer.text) is sees_names
    assert ("1 Mitglied, 1 Partner" in answer.text) is (status == 200)
    assert "Stadt Unna" not in answer.text


def test_the_way_there_is_for_whoever_has_a_role_in_it(app):
    an_organiser(app, "admin@example.org", is_administrator=True)
    a_network_account(app, "funder@example.org", "funder")
    a_network_account(app, "nobody@example.org", None)
    there = {
        email: f'href="{NETWORK}"' in logged_in(app, email).get("/organiser/").text
        for email in ("admin@example.org", "funder@example.org", "nobody@example.org")
    }

    assert list(there.values()) == [True, True, False]
