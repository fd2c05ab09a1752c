"""A workshop that too few people have booked: asked on the overview, answered, off."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Booking, Congress, ProgrammeItem
from congress.services import registering
from tests import builders
from tests.builders import LATE, OPEN, a_booking, a_registration, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, token

pytestmark = pytest.mark.sqlite_only

WORK = "/organiser/fachkongress"
ITEM = f"{WORK}/programme/short"


@pytest.fixture
def client(app):
    """Three people have booked a workshop that needs four; beside it is one with room for two."""
    with app.app_context():
        congress = builders.a_congress()
        short = builders.a_workshop(congress, code="short", number=1, title="Netze", minimum=4)
        builders.a_workshop(congress, code="beside", number=2, title="Chöre", capacity=2)
        for number in (1, 2, 3):
            registering.register(congress.id, a_request(number, short), now=OPEN)
        roles = {congress.id: Role.ORGANISER}
    an_organiser(app, "organisation@example.org", roles)
    an_organiser(app, "programm@example.org", {next(iter(roles)): Role.PROGRAMME})
    with time_machine.travel(LATE, tick=False):
        yield logged_in(app, "organisation@example.org")


def post(client, page, **typed: str):
    about = {"csrf_token": token(client, page)}
    return client.post(f"{page}?lang=de", data=about | typed)


def words(answer, tag="main"):
    return pages.words(pages.get(pages.read(answer), tag))


def today(client):
    return pages.words(pages.section(pages.read(client.get(f"{WORK}?lang=de")), "today"))


def test_the_overview_asks_until_it_is_settled(client):
    asked = "„1 Netze“: 3 von mindestens 4 Plätzen besetzt. Findet er statt?"
    assert asked in today(client)

    answer = post(client, f"{ITEM}/minimum", answer="go_ahead")

    assert answer.status_code == 303
    assert asked not in today(client)
    again = post(client, f"{ITEM}/minimum", answer="go_ahead")
    assert again.status_code == 409
    assert "Es gibt nichts mehr zu entscheiden" in words(again)
    assert "findet trotzdem statt, mit 3 von mindestens 4" in words(
        client.get(f"{WORK}/log?lang=de")
    )


@pytest.mark.parametrize(
    ("day", "status", "said"),
    [
        ("", 422, "Bitte geben Sie einen Tag an"),
        ("morgens", 422, "„morgens“ ist kein Datum"),
        ("21.10.2015", 409, "vor dem Tag des Workshops"),
        ("12.10.2015", 303, ""),
    ],
)
def test_another_day_is_asked_for_and_nothing_typed_is_lost(client, day, status, said):
    answer = post(client, f"{ITEM}/minimum", answer="later", day=day)

    assert answer.status_code == status
    if status == 303:
        assert "Netze" not in today(client)
    else:
        assert said in words(answer)
        assert f'value="{day}"' in answer.text


def call_off(client, **typed: str):
    page = f"{ITEM}/call-off"
    return post(client, page, seen=hidden(client, page, "seen"), **typed)


def test_whoever_waits_for_the_event_and_wishes_for_it_is_counted_and_told(app, client):
    with app.app_context():
        item = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.number == 1)).one()
        congress = db.session.get_one(Congress, item.congress_id)
        a_booking(a_registration(congress, state="waiting"), item, state="waiting")
    assert "4 Personen haben dort einen Platz" in words(client.get(f"{ITEM}/call-off?lang=de"))


def test_it_is_called_off_with_places_elsewhere_and_time_to_choose(app, client):
    question = words(client.get(f"{ITEM}/call-off?lang=de"))
    assert "3 Personen haben dort einen Platz" in question
    assert "Chöre" in question
    with app.app_context():
        into = db.session.scalars(select(ProgrammeItem.id).where(ProgrammeItem.number == 2)).one()

    answer = call_off(client, into=str(into), day="15.10.2015")

    assert answer.status_code == 303
    done = words(client.get(f"{WORK}/programme?lang=de"))
    assert "2 Personen haben einen Platz im anderen Programmpunkt." in done
    with app.app_context():
        held = select(Booking.registration_id).where(Booking.item_id == into)
        somebody = db.session.scalars(held.order_by(Booking.id)).first()
    person = words(client.get(f"{WORK}/attendees/{somebody}?lang=de"))
    assert "Von der Organisation hier eingetragen, weil „Netze“ ausfällt." in person
    assert "wurde umgebucht, weil „1 Netze“ ausfällt: „1 Netze“ → „2 Chöre“." in person
    log = words(client.get(f"{WORK}/log?lang=de"))
    assert "kann bis einschließlich 15. Oktober 2015 neu wählen" in log
    assert call_off_again(client).status_code == 409


def call_off_again(client):
    typed = {"csrf_token": token(client, f"{WORK}/settings"), "seen": "x"}
    return client.post(f"{ITEM}/call-off?lang=de", data=typed)


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"day": "9.10.2015"}, 422, "der noch kommt"),
        ({"day": "bald"}, 422, "„bald“ ist kein Datum"),
        ({"into": "999"}, 422, "mit freien Plätzen"),
        ({"into": "x"}, 422, "mit freien Plätzen"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_called_off(app, client, typed, status, said):
    answer = call_off(client, **typed)

    assert answer.status_code == status
    assert said in words(answer)
    with app.app_context():
        assert not any(db.session.scalars(select(ProgrammeItem.cancelled)))


def test_who_may_not_change_registrations_gives_no_places(app, client):
    theirs = logged_in(app, "programm@example.org")
    assert "Platz bis dahin in" not in words(theirs.get(f"{ITEM}/call-off?lang=de"))


def test_the_form_of_an_item_takes_a_minimum_and_says_what_cannot_be(app, client):
    page = f"{ITEM}/edit"
    sent = {
        "version": hidden(client, page, "version"),
        "title_de": "Netze",
        "day": "2015-10-21",
        "starts": "13.15",
        "ends": "15.15",
        "capacity": "25",
        "waiting_list": "y",
    }
    for typed, status, said in (
        ({"minimum": "26"}, 409, "Die Mindestzahl ist größer als die Zahl der Plätze"),
        ({"minimum": "viele"}, 422, "Bitte geben Sie die Zahl in Ziffern an"),
        ({"minimum_by": "12.10.2015"}, 409, "Bitte geben Sie auch die Mindestzahl an"),
        ({"minimum": "5", "minimum_by": "22.10.2015"}, 409, "muss vor dem Tag des Programmpunkts"),
    ):
        answer = post(client, page, **sent, **typed)
        assert (answer.status_code, said in words(answer)) == (status, True)
        assert all(f'value="{value}"' in answer.text for value in typed.values())

    assert post(client, page, **sent, minimum="5", minimum_by="12.10.2015").status_code == 303

    with app.app_context():
        item = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == "short")).one()
        assert (item.minimum, item.minimum_by.isoformat()) == (5, "2015-10-12")
    log = words(client.get(f"{WORK}/log?lang=de"))
    assert "Mindestzahl 4 → 5; Geprüft am – → 12. Oktober 2015" in log


def test_the_form_names_the_workshop_that_another_one_repeats(app, client):
    page = f"{WORK}/programme/beside/edit"
    sent = {
        "version": hidden(client, page, "version"),
        "title_de": "Chöre",
        "day": "2015-10-21",
        "starts": "13.15",
        "ends": "15.15",
        "capacity": "2",
    }
    for wrong in ("beside", "nothing"):
        answer = post(client, page, **sent, same_as=wrong)
        assert answer.status_code == 409
        assert "muss den ersten von denen nennen" in words(answer)

    assert post(client, page, **sent, same_as="short").status_code == 303

    assert 'value="short" selected' in client.get(page).text
    assert 'name="same_as"' not in client.get(f"{ITEM}/edit").text  # others name it
    assert "Dasselbe wie" in words(client.get(f"{WORK}/log?lang=de"))
