"""An organiser enters who comes instead, and reads on both pages who came for whom."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import OutboxMessage, Registration
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, token
from tests.web.registration.visitors import change

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/attendees"
NOW = datetime.now(UTC)
BEGINS = NOW + timedelta(days=3)
MAX = {"given_name": "Max", "family_name": "Neu", "email": "max@example.org", "language": "de"}


@pytest.fixture
def house(app):
    """A full congress after its deadline; the browser of an organiser, and somebody in it."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=NOW - timedelta(days=30),
            closes_at=NOW - timedelta(days=1),
            days=((BEGINS, BEGINS + timedelta(hours=8)),),
            capacity=1,
        )
        person = builders.a_registration(congress, family_name="Muster", organisation="Stadt Ahlen")
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        return logged_in(app, "organiser@example.org"), f"{HERE}/{person.id}"


def substitute(client, person, **typed: str):
    page = f"{person}/substitute"
    fields = MAX | {"is_told": "y", "organisation": "Stadt Ahlen"} | typed
    fields |= {"form_key": hidden(client, page, "form_key"), "csrf_token": token(client, page)}
    return client.post(page, data=fields)


def one(page, **marks: str):
    [found] = pages.find_all(page, **marks)
    return found


def test_one_step_and_both_pages_say_who_came_for_whom(app, house):
    client, person = house
    form = pages.read(client.get(f"{person}/substitute"))
    assert one(form, id="organisation").get("value") == "Stadt Ahlen"
    answer = substitute(client, person)
    assert answer.status_code == 303
    came = answer.headers["Location"].partition("?")[0]
    with app.app_context():
        kinds = db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
        assert kinds == ["handed_over", "confirmed", "calendar_request"]
    old, new = (pages.read(client.get(each)) for each in (person, came))
    assert pages.has(one(old, id="substitute"), "a", href=came)
    assert pages.has(one(new, id="came-for"), "a", href=person)
    listed = pages.words(pages.read(client.get(f"{HERE}?substituted=yes")))
    assert "Muster" in listed
    assert "Neu" not in listed.partition("Nachname")[2]
    ended = pages.read(client.get(f"{person}/substitute"))
    assert not pages.has(ended, "form", action=f"{person}/substitute")


def test_what_was_typed_stays_where_the_event_is_finished_meanwhile(app, house):
    client, person = house
    page = f"{person}/substitute"
    kept = {each: hidden(client, page, each) for each in ("form_key", "csrf_token")}
    change(app, 1, state="finished")
    answer = client.post(page, data=MAX | kept | {"organisation": "Stadt Ahlen"})
    assert answer.status_code == 422
    assert one(pages.read(answer), id="family_name").get("value") == "Neu"


def test_somebody_known_is_named_and_nothing_is_lost(app, house):
    client, person = house
    with app.app_context():
        mine = db.session.scalars(select(Registration)).one()
        name = {"given_name": mine.given_name, "family_name": mine.family_name}
    answer = substitute(client, person, **name, email="neu@example.org")
    assert answer.status_code == 422
    page = pages.read(answer)
    assert pages.has(page, "a", href=person)
    assert one(page, id="email").get("value") == "neu@example.org"
    again = substitute(client, person, **name, email="neu@example.org", is_another="y")
    assert again.status_code == 303
