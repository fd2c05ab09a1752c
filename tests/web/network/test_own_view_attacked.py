"""The own view of a municipality under attack: ended terms, foreign tokens, what is no input."""

from datetime import timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from congress.domain.tokens import MunicipalityLink, TokenPurpose
from congress.extensions import db
from congress.models import AccessToken, ContactPerson
from congress.services.tokens import fresh
from tests import builders
from tests.builders import OPEN
from tests.web.network.own import entered
from tests.web.network.test_own_people import IDS, OWN, filled, slug_in
from tests.web.network.test_own_people import house as house  # noqa: PLC0414 - a fixture
from tests.web.organisers import token

FAR = (0, 2**31, 2**63, 10**30)
ODD = ("\x00", "a\x00b", "🦄" * 20, "x" * 100_000, "=1+1", "<script>alert(1)</script>", "-1")
FIELDS = ("title", "body", "text", "email", "given_name", "organisation", "points", "version")


def paths(house, own, numbers):
    for address in OWN:
        yield filled(
            address, own, slug=slug_in(house, address), **dict(zip(IDS, numbers, strict=True))
        )


def test_an_ended_term_opens_nothing_whatever_cookie(app, house):
    """Neither looking nor sending, with the login that was typed while the term held."""
    own, *mine = house["Stadt Rheine"]
    client = entered(app, own)
    form = {"csrf_token": token(client, own)}
    with app.app_context():
        yesterday = (OPEN - timedelta(days=1)).date()
        db.session.execute(sa.update(ContactPerson).values(ends_on=yesterday))
        db.session.commit()
        before = rows()
    db.session.remove()  # what the house had read
    for path in paths(house, own, mine):
        for answer in (client.get(path), client.post(path, data=form)):
            assert answer.status_code in {405, 410}, path
            assert "Aus Stadt Rheine" not in answer.text
            assert "Partner" not in answer.text
    with app.app_context():
        assert rows() == before


def test_tokens_of_other_purposes_open_nothing(app, house):
    _own, *mine = house["Stadt Rheine"]
    client = app.test_client()
    with app.app_context():
        person = builders.a_registration(builders.a_congress(slug="anderer"))
        others = [fresh(MunicipalityLink.CONTACT)[0]]  # nobody's
        for purpose in TokenPurpose:
            link, kept = fresh(purpose)
            said = {"registration_id": person.id, "purpose": purpose, "created_at": OPEN}
            db.session.add(AccessToken(**said, **kept))
            others.append(link)
        db.session.commit()
    for other in others:
        for path in paths(house, f"/municipality/{other}", mine):
            answer = client.get(path)
            assert answer.status_code in {404, 405}, path


def test_numbers_far_off_are_unknown(app, house):
    own, *_mine = house["Stadt Rheine"]
    client = entered(app, own)
    form = {"csrf_token": token(client, own)}
    for address, number in product(OWN, FAR):
        if "<int:" in address:
            path = filled(address, own, slug=slug_in(house, address), **dict.fromkeys(IDS, number))
            assert client.get(path).status_code in {404, 405}, path
            assert client.post(path, data=form).status_code in {404, 405}, path


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_input_is_refused_or_kept_as_it_is(app, house, odd):
    """Never an error of ours: in every field, in the query, and without any token."""
    own, *mine = house["Stadt Rheine"]
    client = entered(app, own)
    form = dict.fromkeys(FIELDS, odd) | {"csrf_token": token(client, own)}
    for path in paths(house, own, mine):
        if path.endswith("/logout"):
            continue
        looked = client.get(path, query_string={"page": odd, "q": odd, "day": odd})
        assert looked.status_code < 500, path
        assert "<script>alert(1)" not in looked.text
        assert client.post(path, data=form | {"csrf_token": ""}).status_code in {400, 405}, path
        sent = client.post(path, data=form)
        assert sent.status_code < 500, path
        assert "<script>alert(1)" not in sent.text


def rows():
    """Return what an own view could change."""
    return [
        sorted(repr(row) for row in db.session.execute(sa.select(table)))
        for name, table in db.metadata.tables.items()
        if name not in {"attempts", "contact_logins"}
    ]
