"""The own view of a contact person: what the link shows, what the code opens, when it is over."""

from datetime import date

import pytest

from tests.network import a_contact, an_organisation
from tests.web.network.own import entered, own_address
from tests.web.organisers import post

TODAY_OVER = {"ends_on": date(2014, 12, 31)}


@pytest.fixture
def own(app):
    with app.app_context():
        return own_address(a_contact(an_organisation()))


def test_the_link_alone_names_nobody_and_a_code_does(app, own):
    client = app.test_client()
    before = client.get(own)
    assert before.status_code == 200
    assert before.headers["Cache-Control"] == "no-store"
    assert "Stadt Rheine" in before.text
    assert "Albers" not in before.text

    client = entered(app, own)
    assert "Anna Albers" in client.get(own).text
    assert client.get(f"{own}/login").status_code == 303
    assert post(client, f"{own}/logout", own) == 303
    assert "Albers" not in client.get(own).text


def test_a_wrong_code_is_refused_and_many_are_not_sent(app, own):
    client = app.test_client()
    sent = [post(client, f"{own}/login", f"{own}/login", step="send") for _time in range(6)]
    assert sent == [303] * 5 + [429]
    assert post(client, f"{own}/login", f"{own}/login", code="12") == 422


def test_a_login_is_for_one_link(app, own):
    client = entered(app, own)
    with app.app_context():
        other = own_address(a_contact(an_organisation("Stadt Essen"), "Eva", "Essen"))
    assert "Eva Essen" not in client.get(other).text


@pytest.mark.parametrize(
    ("term", "says"),
    [
        ({"ends_on": date(2014, 12, 31)}, "31. Dezember 2014"),
        ({"starts_on": date(2999, 1, 1)}, "1. Januar 2999"),
    ],
)
def test_outside_of_the_term_a_link_says_so_and_nothing_else(app, term, says):
    with app.app_context():
        own = own_address(a_contact(an_organisation(), **term))
    client = app.test_client()
    pages = [client.get(own), client.get(f"{own}/login")]
    for page in pages:
        assert page.status_code == 410
        assert says in page.text
        assert "<form" not in page.text


def test_nobodys_link_is_unknown(app):
    assert app.test_client().get(f"/municipality/{'a' * 43}").status_code == 404
