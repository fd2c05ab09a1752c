"""What organisers see of registrations that nobody has confirmed, and how they confirm one."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import OutboxMessage, Registration
from congress.services import registering
from tests import builders
from tests.builders import OPEN, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, token

pytestmark = pytest.mark.sqlite_only

LIST = "/organiser/fachkongress/attendees"


@pytest.fixture
def person(app) -> int:
    with app.app_context():
        congress = builders.a_congress(confirm_hours=24)
        builders.a_registration(congress, given_name="Max", family_name="Beispiel")
        made = registering.register(congress.id, a_request(1), now=OPEN)
        an_organiser(app, "organisation@example.org", {congress.id: Role.ORGANISER})
        return made.registration_id


@pytest.fixture
def client(app, person):
    with time_machine.travel(OPEN, tick=False):
        yield logged_in(app, "organisation@example.org")


def words(client, address: str) -> str:
    return pages.words(pages.get(pages.read(client.get(f"{address}lang=de")), "main"))


def test_the_list_marks_and_filters_them_and_the_overview_counts_them(client, person):
    assert "davon 1 nicht bestätigt" in words(client, "/organiser/fachkongress?")
    everybody, unconfirmed = (
        words(client, f"{LIST}?"),
        words(client, f"{LIST}?address=unconfirmed&"),
    )

    assert everybody.count("nicht bestätigt (bis") == 1
    assert "Nicht bestätigt" in everybody
    assert "Beispiel" in everybody
    assert "Beispiel" not in unconfirmed
    assert "Muster-1" in unconfirmed


def test_letters_leave_them_out_and_say_so(client, person):
    assert "1 Person in der Liste hat die Anmeldung noch nicht bestätigt" in words(
        client, f"{LIST}/write?"
    )


def test_one_is_confirmed_by_hand(app, client, person):
    page = f"{LIST}/{person}"
    assert "Nicht bestätigt: Die Anmeldung gilt bis" in words(client, f"{page}?")

    answer = client.post(f"{page}/confirm-by-hand", data={"csrf_token": token(client, page)})

    assert answer.status_code == 303
    said = words(client, f"{page}?")
    assert "Die Anmeldung von Erika Muster-1 ist bestätigt." in said
    assert "Nicht bestätigt: Die Anmeldung gilt bis" not in said
    with app.app_context():
        waits = select(Registration.unconfirmed_until).where(Registration.id == person)
        assert db.session.scalars(waits).one() is None
        kinds = db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    assert kinds == ["confirm_registration", "confirmed", "calendar_request"]
