"""Handing over and deputies in the own view, and what the office sees of it."""

from datetime import date, timedelta

import pytest

from congress.extensions import db
from congress.models import ContactPerson
from tests.network import a_contact, an_organisation
from tests.web.network.own import entered, own_address
from tests.web.organisers import a_network_account, logged_in, post, token

BERND = {"given_name": "Bernd", "family_name": "Brandt", "email": "bernd@example.org"}
LATER = f"{date.today() + timedelta(days=9):%d.%m.%Y}"  # noqa: DTZ011 - any day to come


@pytest.fixture
def anna(app):
    with app.app_context():
        contact = a_contact(an_organisation(), "Anna", "Albers")
        return contact.id, own_address(contact)


def others(app, anna):
    with app.app_context():
        found = db.session.query(ContactPerson).filter(ContactPerson.id != anna[0])
        return [(each.id, each.role, each.ends_on) for each in found]


def test_a_role_is_handed_over_seen_and_taken_back(app, anna):
    own = anna[1]
    client, form = entered(app, own), f"{own}/people/hand-over"
    assert post(client, form, form, **BERND, starts_on="1.1.2015") == 409
    assert post(client, form, form, **BERND | {"email": "nobody"}, starts_on=LATER) == 422
    assert post(client, form, form, **BERND, starts_on=LATER) == 303
    page = client.get(f"{own}/people").text
    assert "Bernd Brandt" in page
    assert "/people/hand-over" not in page
    assert post(client, form, form, **BERND, starts_on=LATER) == 409

    assert post(client, f"{own}/people/take-back", f"{own}/people") == 303
    assert others(app, anna) == []
    assert post(client, f"{own}/people/take-back", form) == 409


def test_what_was_typed_is_kept_when_it_is_refused(app, anna):
    client, form = entered(app, anna[1]), f"{anna[1]}/people/hand-over"
    typed = BERND | {"starts_on": "1.1.2015", "function": "Leitung"}
    sent = {"csrf_token": token(client, form)} | typed
    page = client.post(form, data=sent).text
    assert all(f'value="{each}"' in page for each in typed.values())


def test_a_deputy_is_named_and_ended_and_names_nobody(app, anna):
    own = anna[1]
    client, form = entered(app, own), f"{own}/people/deputy"
    assert post(client, form, form, **BERND | {"family_name": ""}) == 422
    assert post(client, form, form, **BERND) == 303
    [(number, role, ends_on)] = others(app, anna)
    assert (role, ends_on) == ("deputy", None)
    ending = f"{own}/people/{number}/end"
    assert ending in client.get(f"{own}/people").text

    with app.app_context():
        theirs = own_address(db.session.get_one(ContactPerson, number))
    other = entered(app, theirs)
    page = other.get(f"{theirs}/people").text
    assert "/people/hand-over" in page
    assert "/people/deputy" not in page
    assert other.get(f"{theirs}/people/deputy").status_code == 404

    assert post(client, ending, ending) == 303
    assert others(app, anna)[0][2] is not None


def test_the_office_takes_a_handing_over_back(app, anna):
    own = anna[1]
    form = f"{own}/people/hand-over"
    assert post(entered(app, own), form, form, **BERND, starts_on=LATER) == 303
    a_network_account(app, "office@example.org", "coordination")
    office, page = logged_in(app, "office@example.org"), f"/organiser/network/contacts/{anna[0]}"
    assert f"{page}/take-back" in office.get(page).text
    assert post(office, f"{page}/take-back", page) == 303
    assert others(app, anna) == []
    assert post(office, f"{page}/take-back", page) == 409
