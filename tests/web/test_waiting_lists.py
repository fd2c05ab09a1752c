"""The page of waiting lists: for each place whether it is free, why, and who is next."""

import pytest
import time_machine

from congress.domain.access import Role
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/attendees"


@pytest.fixture
def house(app):
    with app.app_context():
        congress = builders.a_congress(rules={"offer_hours": 48})
        full = builders.a_workshop(congress, number=1, code="ws-1", capacity=2)
        other = builders.a_workshop(congress, number=2, code="ws-2", capacity=5)
        until = builders.OPEN.replace(day=1, month=10)
        who = {
            "Adam": ("confirmed", None),
            "Berta": ("offered", until),
            "Carla": ("waiting", None),
            "Dora": ("waiting", None),
        }
        found = {}
        for name, (state, offered_until) in who.items():
            person = builders.a_registration(congress, given_name=name, family_name="Muster")
            builders.a_booking(person, full, state=state, offered_until=offered_until)
            found[name] = person.id
            if name == "Carla":
                builders.a_booking(person, other)
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
    return found


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(builders.OPEN, tick=False):
        yield


def test_it_says_who_is_next_until_when_something_is_offered_and_who_is_passed_over(app, house):
    page = pages.read(logged_in(app, "organiser@example.org").get(f"{HERE}/waiting-lists"))

    one, other = (pages.words(pages.section(page, f"list-{each}")) for each in (1, 2))
    assert "2 von 2" in one
    assert "davon 1 angeboten" in one
    said = [one.index(each) for each in ("Berta Muster", "Carla Muster", "Dora Muster")]
    assert said == sorted(said)
    assert "vorerst übergangen: hat zu dieser Zeit einen Platz in" in one
    assert "Niemand wartet." in other


def test_the_page_of_a_person_says_why_they_are_passed_over_and_what_is_offered(app, house):
    client = logged_in(app, "organiser@example.org")

    carla, berta = (client.get(f"{HERE}/{house[each]}").text for each in ("Carla", "Berta"))

    assert "Vorerst übergangen" in carla
    assert "Platz angeboten bis" in berta
