"""Deciding who takes part: the list, a yes, a no with a reason, one by one and several at once."""

import pytest
import time_machine

from congress.domain.access import Role
from congress.domain.approval import Approval
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import Congress, Registration
from congress.services import registering
from tests import builders
from tests.builders import OPEN, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, token

pytestmark = pytest.mark.sqlite_only

WORK = "/organiser/fachkongress"
HERE = f"{WORK}/requests"


class House:
    """Three people have asked; there are two places, and one in the workshop."""

    def __init__(self, app) -> None:
        with app.app_context():
            rules = Rules(approval=Approval.KEPT).stored
            congress = builders.a_congress(capacity=2, rules=rules)
            item = builders.a_workshop(congress, number=1, capacity=1)
            self.people = [
                registering.register(congress.id, a_request(number, item), now=OPEN).registration_id
                for number in (1, 2, 3)
            ]
            self.id = congress.id
        an_organiser(app, "organisation@example.org", {self.id: Role.ORGANISER})


@pytest.fixture
def house(app):
    return House(app)


@pytest.fixture
def client(app, house):
    with time_machine.travel(OPEN, tick=False):
        yield logged_in(app, "organisation@example.org")


def post(client, number, part, **typed: str):
    about = {"csrf_token": token(client, HERE)}
    return client.post(f"{WORK}/attendees/{number}/{part}?lang=de", data=about | typed)


def states(app, house):
    with app.app_context():
        return [str(db.session.get_one(Registration, each).state) for each in house.people]


def test_the_list_says_what_there_is_and_one_click_says_yes(app, client, house):
    assert "3 Personen haben einen Platz angefragt" in pages.words(
        pages.read(client.get(f"{WORK}?lang=de"))
    )
    page = pages.read(client.get(f"{HERE}?lang=de"))
    assert "Bis zu Ihrer Entscheidung ist kein Platz freigehalten. Platz frei" in pages.words(page)
    first, second, _third = house.people
    answer = post(client, first, "accept")
    assert (answer.status_code, answer.location) == (303, f"{HERE}?lang=de")
    assert "hat einen Platz" in pages.words(pages.read(client.get(f"{HERE}?lang=de")))
    # The workshop is full now: the waiting list is proposed, and nothing happens unsaid.
    card = pages.get(pages.read(client.get(f"{HERE}?lang=de")), "section", id=f"asking-{second}")
    assert "Kein freier Platz: Workshop 1" in pages.words(card)
    assert post(client, second, "accept").status_code == 422
    assert states(app, house) == ["confirmed", "requested", "requested"]
    assert post(client, second, "accept", **{f"full-{second}": "wait"}).status_code == 303
    assert states(app, house) == ["confirmed", "confirmed", "requested"]


def test_a_no_needs_a_reason_that_stands_on_the_page_and_in_the_log(app, client, house):
    first, *_ = house.people
    refused = post(client, first, "decline")
    assert refused.status_code == 422
    assert "Bitte schreiben Sie" in refused.text
    answer = post(client, first, "decline", **{f"reason-{first}": "Der Saal ist <voll>."})
    assert answer.status_code == 303
    assert states(app, house)[0] == "cancelled"
    page = pages.read(client.get(f"{WORK}/attendees/{first}?lang=de"))
    assert "abgelehnt. Grund: Der Saal ist <voll>." in pages.words(page)
    # Answered meanwhile: it is said, and the page of the person shows what holds.
    assert post(client, first, "accept").location.startswith(f"{WORK}/attendees/{first}")


def test_the_page_of_a_person_says_what_is_to_be_done(client, house):
    first, *_ = house.people
    page = pages.read(client.get(f"{WORK}/attendees/{first}?lang=de"))
    words = pages.words(page)
    assert (
        "Darüber ist zu entscheiden. Bis zu Ihrer Entscheidung ist kein Platz freigehalten" in words
    )
    assert pages.has(page, "a", href=f"{WORK}/attendees/{first}/decide?lang=de") or pages.has(
        page, "a", href=f"{WORK}/attendees/{first}/decide"
    )
    for part in ("/cancel", "/workshops"):
        assert f"/attendees/{first}{part}" not in client.get(f"{WORK}/attendees/{first}").text
    decide = pages.words(pages.read(client.get(f"{WORK}/attendees/{first}/decide?lang=de")))
    assert "Anfrage von" in decide


def test_several_are_answered_at_once_as_far_as_there_are_places(app, client, house):
    here = f"{WORK}/attendees/several?state=requested&act=accept&lang=de"
    page = pages.read(client.get(here))
    words = pages.words(page)
    assert "3 Personen teilnehmen lassen?" in words
    assert "erhält einen Platz bei der Veranstaltung: 2" in words or ": 2" in words
    seen = pages.get(page, "input", name="seen").get("value")
    sent = client.post(here, data={"csrf_token": token(client, HERE), "seen": seen})
    assert sent.status_code == 303
    assert states(app, house) == ["confirmed", "confirmed", "requested"]
    with app.app_context():
        row = db.session.get_one(Congress, house.id)
        assert (row.taken, row.waiting) == (2, 0)


def test_several_are_declined_with_one_reason(app, client, house):
    here = f"{WORK}/attendees/several?state=requested&act=decline&lang=de"
    seen = pages.get(pages.read(client.get(here)), "input", name="seen").get("value")
    data = {"csrf_token": token(client, HERE), "seen": seen}
    without = client.post(here, data=data)
    assert without.status_code == 422
    assert states(app, house) == ["requested"] * 3
    assert client.post(here, data=data | {"reason": "Leider voll."}).status_code == 303
    assert states(app, house) == ["cancelled"] * 3


def test_of_what_is_over_nothing_is_to_be_decided(client, house):
    with time_machine.travel(builders.AFTERWARDS, tick=False):
        later = logged_in(client.application, "organisation@example.org")
        assert "Es gibt nichts zu entscheiden" in later.get(f"{HERE}?lang=de").text
        assert "angefragt und wart" not in later.get(f"{WORK}?lang=de").text
        person = pages.words(pages.read(later.get(f"{WORK}/attendees/{house.people[0]}?lang=de")))
        assert "Über die Anfrage wurde nicht entschieden." in person


def test_a_foreign_congress_has_no_such_request(app, client, house):
    with app.app_context():
        other = builders.a_registration(builders.a_congress(slug="anderer")).id
    for part in ("accept", "decline"):
        assert post(client, other, part).status_code == 404
    assert client.get(f"{WORK}/attendees/{other}/decide").status_code == 404
