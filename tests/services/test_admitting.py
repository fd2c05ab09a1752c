"""Asking to take part, and what organisers answer: each with its mail, its places and its line."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.approval import Approval
from congress.domain.change_requests import ReasonMissing
from congress.domain.confirming import NotConfirmedYet
from congress.domain.hall import CONGRESS
from congress.domain.registration import NoFreePlace, NoPlaceIn, NotDecided, NotRequested
from congress.domain.room import ByHand
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import AuditLine, CalendarEntry, Congress, OutboxMessage, ProgrammeItem
from congress.queries import invariants
from congress.queries.acts import last_act
from congress.queries.registrations import standings
from congress.services import admitting, changing, confirming, merging, registering
from congress.services.mails import delivering
from congress.services.merging import Merging
from congress.services.placing import adopt_places
from congress.services.planning import releasing
from congress.transaction import transaction
from tests.builders import CLOSES, OPEN, a_congress, a_request, a_workshop, send_everything

pytestmark = pytest.mark.usefixtures("database")

HELD, KEPT, LATE = (
    Rules(approval=Approval.HELD),
    Rules(approval=Approval.KEPT),
    Rules(late=True),
)
AFTER = CLOSES + timedelta(days=1)


class House:
    """A congress with two workshops at different times, under some rules."""

    def __init__(self, rules, *, capacity=3, workshop=1, **values: object) -> None:
        congress = a_congress(capacity=capacity, rules=rules.stored, **values)
        self.id = congress.id
        self.workshop = a_workshop(congress, number=1, capacity=workshop).id
        self.now = AFTER if rules.late else OPEN

    def ask(self, number, *, with_workshop=True, now=None, **values: object):
        item = db.session.get_one(ProgrammeItem, self.workshop) if with_workshop else None
        request = a_request(number, *([item] if item else []), **values)
        registered = registering.register(self.id, request, now=now or self.now)
        db.session.rollback()
        return registered.registration_id

    def accept(self, number, *, beyond=(), waits=()):
        by_hand = ByHand(frozenset(beyond), frozenset(waits))
        return admitting.accept(self.id, number, by_hand=by_hand, actor=COMMAND, now=self.now)

    def decline(self, number, reason="Der Saal ist voll.\n\nEs tut uns leid."):
        admitting.decline(self.id, number, reason, actor=COMMAND, now=self.now)

    def counts(self):
        """Taken and waiting, in the congress and in the workshop."""
        db.session.rollback()
        rows = (db.session.get_one(Congress, self.id), self.item())
        return [(row.taken, row.waiting) for row in rows]

    def item(self):
        return db.session.get_one(ProgrammeItem, self.workshop)


def states(*numbers: int):
    db.session.rollback()
    return [str(each.state) for each in standings(numbers)]


def mails():
    """The kinds of what waits, in the order of writing."""
    db.session.rollback()
    found = db.session.scalars(
        select(OutboxMessage.kind).where(OutboxMessage.state == "queued").order_by(OutboxMessage.id)
    ).all()
    return list(found)


def letter(kind, now):
    """The first of a kind that waits, made ready."""
    mail = next(each for each in delivering.claim("test", now=now) if each.kind == kind)
    made = message_from_bytes(delivering.prepare(mail).raw, policy=policy.default)
    return made, " ".join(made.get_body(("plain",)).get_content().split())


def verbs(number):
    which = select(AuditLine.verb).where(AuditLine.registration_id == number)
    return list(db.session.scalars(which.order_by(AuditLine.id)))


@pytest.mark.parametrize(
    ("rules", "counts"),
    [
        (HELD, [(2, 0), (1, 1)]),  # the second waits for the workshop
        (KEPT, [(0, 0), (0, 0)]),
        (LATE, [(0, 0), (0, 0)]),
    ],
    ids=["held", "kept", "late"],
)
def test_whoever_asks_is_nowhere_said_to_be_in(rules, counts):
    house = House(rules)
    one, two = house.ask(1), house.ask(2)
    assert states(one, two) == ["requested", "requested"]
    assert house.counts() == counts
    assert mails() == ["requested", "requested"]
    assert not db.session.scalars(select(CalendarEntry.id)).all()
    assert invariants.list_broken() == []
    made, text = letter("requested", house.now)
    assert "Anfrage eingegangen" in made["Subject"]
    assert "text/calendar" not in {part.get_content_type() for part in made.walk()}
    assert ("halten wir für Sie frei" in text) is (rules is HELD)
    assert "angemeldet" not in text


@pytest.mark.parametrize("rules", [HELD, KEPT, LATE], ids=["held", "kept", "late"])
def test_a_yes_brings_the_ordinary_confirmation(rules):
    house = House(rules)
    number = house.ask(1)
    send_everything()
    house.accept(number)
    assert states(number) == ["confirmed"]
    assert house.counts() == [(1, 0), (1, 0)]
    assert mails() == ["confirmed", "calendar_request"]
    assert verbs(number) == ["registered", "registration_accepted"]
    assert invariants.list_broken() == []
    with pytest.raises(NotRequested):
        house.accept(number)


def test_a_no_comes_with_its_reason_and_frees_what_was_held():
    house = House(HELD)
    one, two = house.ask(1), house.ask(2)
    send_everything()
    with pytest.raises(ReasonMissing):
        house.decline(one, "")
    house.decline(one)
    assert states(one, two) == ["cancelled", "requested"]
    assert house.counts() == [(1, 0), (1, 0)]  # the other one has the workshop held now, silently
    assert mails() == ["registration_declined"]
    made, text = letter("registration_declined", house.now)
    assert "Antwort auf Ihre Anfrage" in made["Subject"]
    assert "Der Saal ist voll. Es tut uns leid." in text
    said = last_act(one)
    assert said.is_declined
    assert said.reason.startswith("Der Saal")
    assert invariants.list_broken() == []
    # Registering again is a new request.
    again = house.ask(1, form_key="again")
    assert again != one
    assert states(again) == ["requested"]


def test_where_all_is_full_organisers_say_what_is_to_be():
    house = House(KEPT, capacity=1)
    one, two, three = (house.ask(number) for number in (1, 2, 3))
    house.accept(one)
    for number in (two, three):
        with pytest.raises(NoFreePlace):
            house.accept(number)
    send_everything()
    house.accept(two, waits=[CONGRESS])
    house.accept(three, beyond=[CONGRESS], waits=[house.workshop])
    assert states(one, two, three) == ["confirmed", "waiting", "confirmed"]
    assert house.counts() == [(2, 1), (1, 1)]
    assert mails() == ["waiting", "confirmed", "calendar_request"]
    assert invariants.list_broken() == []


def test_a_full_workshop_is_asked_about_too():
    house = House(KEPT)
    one, two, three = (house.ask(number) for number in (1, 2, 3))
    house.accept(one)
    with pytest.raises(NoPlaceIn):
        house.accept(two)
    house.accept(two, waits=[house.workshop])
    house.accept(three, beyond=[house.workshop])
    assert house.counts() == [(3, 0), (2, 1)]
    line = db.session.scalars(
        select(AuditLine.details).where(
            AuditLine.registration_id == three, AuditLine.verb == "registration_accepted"
        )
    ).one()
    assert line["overbooked"] == [house.workshop]
    assert invariants.list_broken() == []


def test_whoever_asked_earlier_stands_earlier_whenever_it_was_decided():
    house = House(KEPT, capacity=0)
    one, two = house.ask(1), house.ask(2, now=OPEN + timedelta(minutes=1))
    house.accept(two, waits=[CONGRESS])
    house.accept(one, waits=[CONGRESS])
    assert [each.position for each in standings([one, two])] == [1, 2]


def test_a_request_is_taken_back_also_after_the_last_day_to_cancel():
    house = House(LATE, withdrawals_until=CLOSES)
    number = house.ask(1)
    send_everything()
    changing.withdraw(number, actor=ATTENDEE, now=house.now)
    assert states(number) == ["cancelled"]
    assert mails() == ["withdrawn"]
    made, text = letter("withdrawn", house.now)
    assert "Anfrage zurückgezogen" in made["Subject"]
    assert "Anmeldung ist" not in text
    assert last_act(number).took_request_back


def test_organisers_do_not_end_a_request_without_an_answer():
    house = House(KEPT)
    number = house.ask(1)
    with pytest.raises(NotDecided):
        changing.withdraw(number, actor=COMMAND, now=house.now)
    assert states(number) == ["requested"]


def test_the_same_form_twice_and_the_same_person_again_make_one_request():
    house = House(KEPT)
    number = house.ask(1, form_key="a" * 32)
    assert house.ask(1, form_key="a" * 32) == number
    send_everything()
    assert house.ask(1, form_key="b" * 32) == number
    assert mails() == ["already_registered"]
    made, text = letter("already_registered", house.now)
    assert "schon bei uns" in made["Subject"]
    assert "angemeldet" not in text


def test_nothing_is_decided_before_the_address_is_confirmed():
    house = House(KEPT, confirm_hours=24)
    number = house.ask(1)
    assert mails() == ["confirm_registration"]
    with pytest.raises(NotConfirmedYet):
        house.accept(number)
    with pytest.raises(NotConfirmedYet):
        house.decline(number)
    confirming.confirm_by_hand(number, actor=COMMAND, now=house.now)
    assert states(number) == ["requested"]
    assert "requested" in mails()
    house.accept(number)
    assert states(number) == ["confirmed"]


def test_a_request_that_nobody_confirms_ends():
    house = House(HELD, confirm_hours=24)
    number = house.ask(1)
    later = house.now + timedelta(days=2)
    assert confirming.next_step(now=later)
    assert states(number) == ["cancelled"]
    assert house.counts() == [(0, 0), (0, 0)]


def test_more_places_move_a_held_request_up_without_a_letter():
    house = House(HELD)
    house.ask(1)
    two = house.ask(2)
    send_everything()
    with transaction():
        adopt_places(house.id, {house.workshop: (5, True)}, actor=COMMAND, now=house.now)
    assert house.counts() == [(2, 0), (2, 0)]
    assert mails() == []
    house.accept(two)
    assert mails() == ["confirmed", "calendar_request"]
    assert invariants.list_broken() == []


def test_what_was_asked_is_not_made_one_with_a_registration():
    house = House(KEPT)
    one, two = house.ask(1), house.ask(2)
    house.accept(one)
    with pytest.raises(NotDecided):
        merging.merge(Merging(one, two), seen="", actor=COMMAND, now=house.now)


def test_who_asked_hears_that_it_is_called_off_and_can_be_answered_afterwards():
    house = House(KEPT)
    number = house.ask(1)
    send_everything()
    releasing.call_off(house.id, actor=COMMAND, now=house.now)
    assert states(number) == ["requested"]
    assert mails() == ["congress_cancelled"]
    _made, text = letter("congress_cancelled", house.now)
    assert "Sie hatten einen Platz beim Fachkongress" in text
    assert "waren" not in text
    releasing.hold_after_all(house.id, actor=COMMAND, now=house.now)
    house.accept(number)
    assert states(number) == ["confirmed"]
    assert invariants.list_broken() == []
