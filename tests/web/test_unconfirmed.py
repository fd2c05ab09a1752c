"""What organisers see of registrations that nobody has confirmed, and how they confirm one."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import ATTENDEE, Role
from congress.domain.assistance import Needs
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage, Registration
from congress.services import assisting, confirming, registering
from tests import builders
from tests.builders import BEGUN, OPEN, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

LIST = "/organiser/fachkongress/attendees"


@pytest.fixture
def person(app) -> int:
    with app.app_context():
        congress = builders.a_congress(confirm_hours=24, fields={"assistance": "optional"})
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


def test_files_say_so_also_without_the_status_that_the_list_hides(app, client, person):
    with app.app_context():
        other = db.session.scalars(select(Registration.id).where(Registration.id != person)).one()
    for query, is_there in (
        ("", True),
        ("columns=name&", True),
        (f"columns=name&ids={other}&", False),
    ):
        with client.get(f"{LIST}.csv?{query}lang=de") as answer:
            file = answer.get_data(as_text=True)
        assert file.count("Nicht bestätigt") == is_there
        assert "Beispiel" in file


def test_figures_say_how_many_are_not_confirmed(client):
    assert "2 Personen mit Platz, ohne Namen. Davon ist 1 nicht bestätigt." in words(
        client, "/organiser/fachkongress/figures?"
    )


def test_the_door_says_so_and_whoever_is_there_needs_to_confirm_nothing_more(app, client, person):
    door = "/organiser/fachkongress/check-in"
    with time_machine.travel(BEGUN, tick=False):
        staff = logged_in(app, "organisation@example.org")
        assert words(staff, f"{door}?").count("Nicht bestätigt") == 1
        assert post(staff, f"{door}/{person}", door, day="2015-10-21") == 303
        assert "Nicht bestätigt" not in words(staff, f"{door}?")
        with app.app_context():
            assert not confirming.next_step(now=BEGUN), "nobody ends who is there"
            verbs = db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)).all()
    assert verbs[-2:] == ["confirmed_by_hand", "came"]


def test_who_needs_what_says_so(app, person):
    needs = Needs.of(["step_free"], "")
    with app.app_context():
        assisting.state(person, needs, actor=ATTENDEE, now=OPEN)
        congress_id = db.session.scalars(select(Registration.congress_id).limit(1)).one()
        an_organiser(app, "needs@example.org", {congress_id: Role.ASSISTANCE})
    with time_machine.travel(OPEN, tick=False):
        reader = logged_in(app, "needs@example.org")
        assert "Nicht bestätigt" in words(reader, "/organiser/fachkongress/assistance/names?")
        with reader.get("/organiser/fachkongress/assistance.csv?lang=de") as answer:
            assert "Nicht bestätigt" in answer.get_data(as_text=True)


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
