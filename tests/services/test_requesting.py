"""Requests for a change: asked, taken back, granted or declined, each once and with its mail."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import delete, select, update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.change_requests import (
    ReasonMissing,
    RequestAnswer,
    RequestAnswered,
    RequestKind,
    StillOpen,
    WaitsAlready,
)
from congress.domain.mails.truth import Outdated
from congress.domain.registration import NoPlaceIn, WorkshopCancelled
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import AuditLine, Booking, OutboxMessage, ProgrammeItem, Registration
from congress.models import ChangeRequest as Stored
from congress.queries import change_requests as queries
from congress.queries import congresses
from congress.services import changing, deciding, merging, registering, requesting
from congress.services.mails import delivering, outboxing
from congress.services.merging import Merging
from congress.services.planning import releasing
from tests.builders import (
    CLOSES,
    OPEN,
    STARTS,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
)

pytestmark = pytest.mark.usefixtures("database")

WORKSHOPS, WITHDRAWAL = RequestKind.WORKSHOPS, RequestKind.WITHDRAWAL
MINUTE = timedelta(minutes=1)


class House:
    """One has a place in the first workshop; the second, at the same time, is full."""

    def __init__(self) -> None:
        congress = a_congress(withdrawals_until=CLOSES)
        self.id = congress.id
        self.first = a_workshop(congress, number=1).id
        self.second = a_workshop(congress, number=2, capacity=1).id
        self.me, self.other = (
            registering.register(
                self.id, a_request(number, db.session.get_one(ProgrammeItem, item)), now=OPEN
            ).registration_id
            for number, item in ((1, self.first), (2, self.second))
        )
        send_everything()

    def ask(self, kind=WORKSHOPS, *, note="", now=CLOSES, who=None):
        wishes = [WishedWorkshop(self.second, None, "Wo?")] if kind is WORKSHOPS else []
        number = who or self.me
        requesting.ask(number, kind, wishes, note=note, actor=ATTENDEE, now=now)
        asked = queries.latest_of(number)
        assert asked is not None
        return asked.id

    def accept(self, number, *, beyond=(), waits=()):
        by_hand = ByHand(frozenset(beyond), frozenset(waits))
        return deciding.accept(self.id, number, by_hand=by_hand, actor=COMMAND, now=CLOSES + MINUTE)

    def decline(self, number, reason="Der Raum ist voll.\n\nEs tut uns leid."):
        deciding.decline(self.id, number, reason, actor=COMMAND, now=CLOSES + MINUTE)

    def places(self, who=None):
        rows = select(Booking.item_id, Booking.state).where(
            Booking.registration_id == (who or self.me), Booking.state != "cancelled"
        )
        return {row.item_id: row.state for row in db.session.execute(rows)}

    def state(self):
        return db.session.scalars(
            select(Registration.state).where(Registration.id == self.me)
        ).one()


@pytest.fixture
def house(database):
    return House()


def kinds():
    db.session.rollback()
    waiting = select(OutboxMessage.kind).where(OutboxMessage.state == "queued")
    return sorted(db.session.scalars(waiting))


def said(now=CLOSES + MINUTE):
    [mail] = [each for each in delivering.claim("test", now=now) if each.kind in TOLD]
    letter = message_from_bytes(delivering.prepare(mail).raw, policy=policy.default)
    text = " ".join(letter.get_body(("plain",)).get_content().split())
    return letter["Subject"], text


TOLD = {"changed", "withdrawn", "request_declined"}


def verbs():
    return list(db.session.scalars(select(AuditLine.verb).order_by(AuditLine.id)))[2:]


def test_nothing_changes_by_asking_and_the_same_twice_is_one(house):
    before = house.places()
    first = house.ask(note="Ich ziehe um.")
    assert house.ask(note="Ich ziehe um.") == first
    assert (house.places(), kinds()) == (before, [])
    [asked] = queries.open_ones(house.id)
    assert (asked.request.note, asked.standing.id) == ("Ich ziehe um.", house.me)
    assert verbs() == ["change_asked"]


def test_another_request_takes_the_place_of_the_first(house):
    first = house.ask()
    second = house.ask(WITHDRAWAL)
    assert [each.request.id for each in queries.open_ones(house.id)] == [second]
    with pytest.raises(RequestAnswered):
        house.accept(first)


def test_one_does_not_ask_for_what_one_can_do(house):
    with pytest.raises(StillOpen):
        house.ask(now=CLOSES - MINUTE)


def test_granted_it_is_done_and_told_as_ones_own_wish(house):
    number = house.ask()
    db.session.execute(update(ProgrammeItem).values(capacity=5))
    db.session.commit()
    assert house.accept(number)
    assert house.places() == {house.second: "confirmed"}
    question = select(Booking.question).where(Booking.state == "confirmed")
    question = question.where(Booking.registration_id == house.me)
    assert db.session.scalars(question).one() == "Wo?"
    assert kinds().count("changed") == 1
    subject, text = said()
    assert subject.startswith("Änderung gespeichert: ")
    assert "Die Veranstaltenden haben Ihrer Anfrage zugestimmt." in text
    assert "Sie haben jetzt einen Platz in „Workshop 2" in text
    assert "zurückgegeben" in text
    assert verbs() == ["change_asked", "request_accepted"]


def test_where_no_place_is_free_an_organiser_says_what_is_to_be(house):
    number = house.ask()
    with pytest.raises(NoPlaceIn):
        house.accept(number)
    assert [each.request.id for each in queries.open_ones(house.id)] == [number]
    assert house.accept(number, waits={house.second})
    assert house.places() == {house.first: "confirmed", house.second: "waiting"}


def test_a_place_beyond_is_given_on_purpose(house):
    assert house.accept(house.ask(), beyond={house.second})
    assert house.places() == {house.second: "confirmed"}
    assert house.places(house.other) == {house.second: "confirmed"}
    line = db.session.scalars(select(AuditLine).where(AuditLine.verb == "request_accepted")).one()
    assert line.details["overbooked"] == [house.second]


def test_granted_it_ends_the_registration_after_the_last_day(house):
    assert house.accept(house.ask(WITHDRAWAL))
    assert house.state() == "cancelled"
    assert "withdrawn" in kinds()
    assert said()[0].startswith("Abmeldung bestätigt: ")
    assert queries.latest_of(house.me).answer is RequestAnswer.ACCEPTED


def test_declined_it_stays_and_the_reason_is_told(house):
    number = house.ask()
    with pytest.raises(ReasonMissing):
        house.decline(number, "")
    house.decline(number)
    assert house.places() == {house.first: "confirmed"}
    assert kinds() == ["request_declined"]
    subject, text = said()
    assert subject.startswith("Ihre Anfrage wurde abgelehnt: ")
    assert "Sie haben einen Platz in „Workshop 2" in text
    assert "Der Raum ist voll. Es tut uns leid." in text
    assert "/registration/" in text
    assert verbs() == ["change_asked", "request_declined"]


@pytest.mark.parametrize("second", ["accept", "decline", "take back"])
@pytest.mark.parametrize("first", ["accept", "decline"])
def test_what_is_answered_is_answered_once(house, first, second):
    number = house.ask(WITHDRAWAL)
    acts = {
        "accept": lambda: house.accept(number),
        "decline": lambda: house.decline(number),
        "take back": lambda: requesting.take_back(house.me, actor=ATTENDEE, now=CLOSES),
    }
    acts[first]()
    mails = kinds()
    with pytest.raises(RequestAnswered):
        acts[second]()
    assert kinds() == mails


def test_taken_back_it_is_not_to_be_decided(house):
    number = house.ask()
    requesting.take_back(house.me, actor=ATTENDEE, now=CLOSES)
    requesting.take_back(house.me, actor=ATTENDEE, now=CLOSES)
    assert queries.count_open(house.id) == 0
    assert queries.latest_of(house.me) is None
    with pytest.raises(RequestAnswered):
        house.accept(number)
    assert verbs() == ["change_asked", "change_request_taken_back"]


def test_of_whoever_is_taken_off_the_list_nothing_is_to_be_decided(house):
    house.ask()
    changing.withdraw(house.me, actor=COMMAND, now=CLOSES)
    assert (queries.open_ones(house.id), queries.count_open(house.id)) == ([], 0)


def test_a_workshop_that_was_cancelled_meanwhile_is_not_given(house):
    number = house.ask()
    off = update(ProgrammeItem).where(ProgrammeItem.id == house.second)
    db.session.execute(off.values(cancelled=True))
    db.session.commit()
    releasing.release(house.id, actor=COMMAND, now=CLOSES)
    with pytest.raises(WorkshopCancelled):
        house.accept(number)
    house.decline(number, "Er findet nicht statt.")
    assert "request_declined" in kinds()


def test_a_letter_of_no_is_not_sent_once_more_when_it_was_called_off_since(house):
    """Nobody is to read then that they keep their workshop."""
    house.decline(house.ask())
    send_everything()
    number = db.session.scalars(
        select(OutboxMessage.id).where(OutboxMessage.kind == "request_declined")
    ).one()
    now = CLOSES + MINUTE
    assert outboxing.why_outdated(number, now=now) is None
    releasing.call_off(house.id, actor=COMMAND, now=now)
    assert outboxing.why_outdated(number, now=now) is Outdated.CALLED_OFF


def test_what_was_written_goes_a_month_after_the_congress(house):
    house.decline(house.ask(note="Weil ich umziehe."))
    month = STARTS + timedelta(days=40)
    assert requesting.forget_words(now=STARTS + timedelta(days=29)) == 0
    assert requesting.forget_words(now=month) == 1
    assert requesting.forget_words(now=month) == 0
    row = db.session.scalars(select(Stored)).one()
    assert (row.note, row.reason, row.answer) == ("", "", "declined")
    assert "Wo?" not in str(row.wishes)
    assert [wish.item_id for wish in queries.as_request(row).wishes] == [house.second]


def test_a_question_for_the_workshop_goes_too_where_nothing_else_was_written(house):
    house.ask()
    month = STARTS + timedelta(days=40)
    assert [requesting.forget_words(now=month) for _ in "ab"] == [1, 0]


@pytest.mark.parametrize("act", ["accept", "decline"])
@pytest.mark.parametrize("gone", ["left", "deleted"])
def test_whoever_left_while_it_was_being_decided_hears_no_answer(house, act, gone):
    """Else they would read what they still have; put back, they still wait for an answer."""
    number = house.ask()
    if gone == "left":
        changing.withdraw(house.me, actor=COMMAND, now=CLOSES)
    else:
        db.session.execute(delete(Stored))
        db.session.commit()
    mails = kinds()
    with pytest.raises(RequestAnswered):
        house.accept(number) if act == "accept" else house.decline(number)
    assert kinds() == mails
    left = list(db.session.scalars(select(Stored.answer)))
    assert left == ([None] if gone == "left" else [])


@pytest.mark.parametrize(
    ("asked", "goes_on"),
    [("me", "me"), ("other", "other"), ("me other", "other"), ("other me", "me"), ("", None)],
)
def test_made_one_with_another_registration_the_last_request_goes_on(house, asked, goes_on):
    numbers = {
        who: house.ask(WITHDRAWAL, who=getattr(house, who), now=CLOSES + at * MINUTE)
        for at, who in enumerate(asked.split())
    }
    now = CLOSES + 5 * MINUTE
    mine_win = dict.fromkeys((house.first, house.second), False)
    wanted = Merging(house.other, house.me, other_wins=mine_win)
    seen = merging.foresee(congresses.get_heading(house.id), wanted, now=now).seen
    merging.merge(wanted, seen=seen, actor=COMMAND, now=now)
    found = [(each.request.id, each.standing.id) for each in queries.open_ones(house.id)]
    assert found == ([(numbers[goes_on], house.other)] if goes_on else [])


def test_whoever_waits_for_it_is_moved_up_and_not_told_yes_for_nothing(house):
    number = house.ask()
    by_hand = ByHand(waits=frozenset({house.second}))
    wishes = [WishedWorkshop(house.second)]
    changing.assign_workshops(house.me, wishes, by_hand=by_hand, actor=COMMAND, now=CLOSES)
    mails = kinds()
    with pytest.raises(WaitsAlready):
        house.accept(number, beyond={house.second})
    assert [each.request.id for each in queries.open_ones(house.id)] == [number]
    assert not house.accept(number, waits={house.second})
    assert (queries.open_ones(house.id), kinds()) == ([], mails)


def test_the_letter_of_a_granted_end_says_that_organisers_agreed(house):
    house.accept(house.ask(WITHDRAWAL))
    assert "Die Veranstaltenden haben Ihrer Anfrage zugestimmt. Sie sind abgemeldet." in said()[1]


def test_the_letter_of_an_own_end_does_not(house):
    changing.withdraw(house.me, actor=ATTENDEE, now=CLOSES - MINUTE)
    assert "Anfrage" not in said()[1]
