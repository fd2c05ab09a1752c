"""The page of requests: what is to be decided, a yes, and a no with a reason."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND, Role
from congress.domain.change_requests import RequestKind
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import Booking, ChangeRequest, Congress, Registration
from congress.services import changing, registering, requesting
from tests import builders
from tests.builders import CLOSES, OPEN, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, token

pytestmark = pytest.mark.sqlite_only

WORK = "/organiser/fachkongress"
HERE = f"{WORK}/requests"


class House:
    """Somebody with a place in the first workshop has asked for the second, which is full."""

    def __init__(self, app) -> None:
        with app.app_context():
            congress = builders.a_congress(withdrawals_until=CLOSES)
            first = builders.a_workshop(congress, number=1)
            second = builders.a_workshop(congress, number=2, capacity=1)
            self.me, _other = (
                registering.register(congress.id, a_request(number, item), now=OPEN).registration_id
                for number, item in ((1, first), (2, second))
            )
            wishes = [WishedWorkshop(second.id)]
            kind = RequestKind.WORKSHOPS
            requesting.ask(self.me, kind, wishes, note="Bitte!", actor=ATTENDEE, now=CLOSES)
            self.id = congress.id
            self.request = db.session.scalars(select(ChangeRequest.id)).one()
        an_organiser(app, "organisation@example.org", {self.id: Role.ORGANISER})


@pytest.fixture
def house(app):
    return House(app)


@pytest.fixture
def client(app, house):
    with time_machine.travel(CLOSES, tick=False):
        yield logged_in(app, "organisation@example.org")


def post(client, house, part, **typed: str):
    about = {"csrf_token": token(client, HERE)}
    return client.post(f"{HERE}/{house.request}/{part}?lang=de", data=about | typed)


def words(answer):
    return pages.words(pages.get(pages.read(answer), "main"))


def answer_of(app):
    with app.app_context():
        return db.session.scalars(select(ChangeRequest.answer)).one()


def test_it_shows_who_wants_what_and_why_and_the_overview_leads_there(client, house):
    shown = words(client.get(f"{HERE}?lang=de"))
    assert "Erika Muster-1" in shown
    assert "Workshop 2" in shown
    assert "Gibt zurück: Workshop 1" in shown
    assert "Bitte!" in shown
    overview = client.get(f"{WORK}?lang=de")
    assert "1 Anfrage wegen einer Änderung ist zu entscheiden" in words(overview)
    person = client.get(f"{WORK}/attendees/{house.me}?lang=de")
    assert "hat eine Änderung angefragt" in words(person)


def test_where_it_is_full_one_says_what_is_to_be(app, client, house):
    answer = post(client, house, "accept")
    assert answer.status_code == 422
    assert "Bitte wählen Sie, was geschehen soll" in words(answer)
    done = post(client, house, "accept", **{f"full-{house.request}": "beyond"})
    assert done.status_code == 303
    shown = words(client.get(f"{HERE}?lang=de"))
    assert "Die Anfrage von Erika Muster-1 ist angenommen." in shown
    assert "Es gibt nichts zu entscheiden" in shown
    with app.app_context():
        states = select(Booking.state).where(Booking.registration_id == house.me)
        assert sorted(db.session.scalars(states)) == ["cancelled", "confirmed"]
    log = words(client.get(f"{WORK}/log?lang=de"))
    assert "Der Anfrage von Erika Muster-1 nach" in log
    assert "hat „2 " in log


def test_a_no_needs_a_reason_and_keeps_what_was_typed(app, client, house):
    assert post(client, house, "decline").status_code == 422
    assert answer_of(app) is None
    done = post(client, house, "decline", **{f"reason-{house.request}": "Der Raum ist voll."})
    assert done.status_code == 303
    shown = words(client.get(f"{HERE}?lang=de"))
    assert "Der Raum ist voll." in shown
    assert answer_of(app) == "declined"


@pytest.mark.parametrize("part", ["accept", "decline"])
def test_whoever_comes_second_is_told_so(app, client, house, part):
    typed = {f"reason-{house.request}": "Nein.", f"full-{house.request}": "wait"}
    assert post(client, house, "decline", **typed).status_code == 303
    answer = post(client, house, part, **typed)
    assert answer.status_code == 409
    assert "inzwischen beantwortet oder zurückgezogen" in words(answer)


def test_a_request_of_another_congress_is_not_found(app, client, house):
    other = builders_other(app)
    an_organiser(app, "andere@example.org", {other: Role.ORGANISER})
    stranger = logged_in(app, "andere@example.org")
    here = "/organiser/zweiter/requests"
    data = {"csrf_token": token(stranger, here)}
    assert stranger.post(f"{here}/{house.request}/accept", data=data).status_code == 404
    assert answer_of(app) is None


def builders_other(app):
    with app.app_context():
        return builders.a_congress(slug="zweiter").id


def test_of_whoever_was_taken_off_the_list_nothing_is_shown(app, client, house):
    with app.app_context():
        db.session.get_one(Registration, house.me).state = "cancelled"
        db.session.commit()
    assert "Es gibt nichts zu entscheiden" in words(client.get(f"{HERE}?lang=de"))
    assert "Anfrage wegen" not in words(client.get(f"{WORK}?lang=de"))


def test_while_it_is_called_off_nothing_is_to_be_decided(app, client, house):
    typed = {f"full-{house.request}": "beyond"}
    about = {"csrf_token": token(client, HERE)}
    set_state(app, house, "cancelled")
    shown = words(client.get(f"{HERE}?lang=de"))
    assert "stehen offene Anfragen wieder hier" in shown
    assert "Erika Muster-1" not in shown
    assert "zu entscheiden" not in words(client.get(f"{WORK}/attendees/{house.me}?lang=de"))
    answer = client.post(f"{HERE}/{house.request}/accept?lang=de", data=about | typed)
    assert answer.status_code == 409
    assert "Die Veranstaltung findet nicht statt. Es wurde nichts geändert." in words(answer)
    assert answer_of(app) is None
    set_state(app, house, "published")
    assert "Erika Muster-1" in words(client.get(f"{HERE}?lang=de"))


def set_state(app, house, state):
    with app.app_context():
        db.session.get_one(Congress, house.id).state = state
        db.session.commit()


def test_what_somebody_has_meanwhile_is_only_closed_and_is_not_given_up(app, client, house):
    with app.app_context():
        wishes = db.session.get_one(ChangeRequest, house.request).wishes
        item = wishes[0]["item"]
        by_hand = ByHand(beyond=frozenset({item}))
        changing.assign_workshops(
            house.me, [WishedWorkshop(item)], by_hand=by_hand, actor=COMMAND, now=CLOSES
        )
    shown = words(client.get(f"{HERE}?lang=de"))
    assert "Erika Muster-1 hat das schon." in shown
    assert "Gibt zurück" not in shown
    assert post(client, house, "accept").status_code == 303
    assert "Es ändert sich nichts, deshalb geht keine Mail" in words(client.get(f"{HERE}?lang=de"))
