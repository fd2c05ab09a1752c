"""The own view of a municipality: its people, and nobody else's (matrix)."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine

from congress.extensions import db
from congress.models import HandOver, Registration
from congress.web.addresses import ADDRESSES
from tests import builders
from tests.builders import OPEN
from tests.network import a_contact, an_organisation
from tests.web.network.own import entered, own_address
from tests.web.organisers import post

COLLEAGUE = {"given_name": "Max", "family_name": "Neu", "email": "max@example.org"}
# What stands in an address of the own view beside its token.
OWN = [
    address
    for address, _methods, _view, _who in ADDRESSES["network"]
    if address.startswith("/municipality/")
]


@pytest.fixture
def house(app):
    """Two municipalities with a contact person and somebody at one event each."""
    with time_machine.travel(OPEN + timedelta(minutes=1), tick=False), app.app_context():
        congress = builders.a_congress()
        found: dict[str, Any] = {"slug": congress.slug}
        for name in ("Stadt Rheine", "Stadt Essen"):
            here = an_organisation(name)
            person = builders.a_registration(
                congress,
                family_name=f"Aus {name}",
                organisation=name,
                organisation_key=name.lower(),
            )
            found[name] = own_address(a_contact(here, "Anna", name)), person.id
        yield found


def filled(address: str, own: str, **parts: object) -> str:
    path = address.replace("/municipality/<token:token>", own)
    for name, value in parts.items():
        path = path.replace(f"<slug:{name}>", str(value)).replace(f"<int:{name}>", str(value))
    assert "<" not in path, f"say what {address} takes"
    return path


def test_a_contact_person_sees_and_changes_people_of_the_own_municipality_only(app, house):
    """Every address with an id of the other municipality is the 404 of one that nobody has."""
    own, mine = house["Stadt Rheine"]
    _other, theirs = house["Stadt Essen"]
    client = entered(app, own)
    with_person = [each for each in OWN if "registration_id" in each]
    assert with_person
    for address, number in product(OWN, (mine, theirs, 99_999)):
        path = filled(address, own, slug=house["slug"], registration_id=number)
        if path.endswith(("/logout", "/login")):
            continue
        answer = client.get(path)
        is_shown = number == mine or "registration_id" not in address
        assert answer.status_code == (200 if is_shown else 404), path
        assert "Aus Stadt Essen" not in answer.text
        if not is_shown:
            sent = {"csrf_token": "x"} | COLLEAGUE
            assert client.post(path, data=sent).status_code in {400, 404}
    with app.app_context():
        assert db.session.get_one(Registration, theirs).state == "confirmed"


def test_without_a_code_every_page_leads_to_the_login(app, house):
    own, mine = house["Stadt Rheine"]
    client = app.test_client()
    for address in OWN:
        path = filled(address, own, slug=house["slug"], registration_id=mine)
        if path in {own, f"{own}/login", f"{own}/logout"}:
            continue
        answer = client.get(path)
        assert answer.status_code == 303, path
        assert answer.location.endswith(f"{own}/login")


def test_people_are_listed_swapped_and_withdrawn(app, house):
    own, mine = house["Stadt Rheine"]
    client = entered(app, own)
    event = f"{own}/registrations/{house['slug']}"
    page = client.get(event).text
    assert "Aus Stadt Rheine" in page
    assert f"/{house['slug']}/register?organisation=Stadt%20Rheine" in page
    swap, withdraw = f"{event}/{mine}/swap", f"{event}/{mine}/withdraw"
    assert post(client, swap, swap, **COLLEAGUE | {"email": "nobody"}) == 422
    assert post(client, swap, swap, **COLLEAGUE) == 303
    with app.app_context():
        assert db.session.query(HandOver).one().registration_id == mine
    assert post(client, withdraw, withdraw) == 303
    with app.app_context():
        assert db.session.get_one(Registration, mine).state == "cancelled"
    assert "1 Person" not in client.get(f"{own}/registrations").text


def test_a_link_to_the_form_fills_in_the_organisation(app, house):
    page = app.test_client().get(f"/{house['slug']}/register?organisation=Stadt+Rheine").text
    assert 'value="Stadt Rheine"' in page
