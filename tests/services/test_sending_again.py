"""Mails that are sent again after something has happened: never what is no longer so."""

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.mails.truth import Outdated
from congress.extensions import db
from congress.models import DeadMailbox, OutboxMessage, Registration
from congress.queries import dead_mailboxes
from congress.services import registering
from congress.services.mails import (
    announcing,
    outboxing,
)
from congress.services.mails.outboxing import Again, MailboxTakesNothing, NothingToSendAgain
from tests.builders import (
    AFTERWARDS,
    OPEN,
    send_everything,
)
from tests.services.outdated_house import MANY, House, claimed, fail, kinds, last, waiting, why_not

pytestmark = pytest.mark.usefixtures("database")
CALLED_OFF, NOT_YET = Outdated.CALLED_OFF, Outdated.NOT_YET


@pytest.fixture
def house(database):
    return House()


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        ("call_off", CALLED_OFF),
        ("move_on", NOT_YET),
        ("withdraw", Outdated.HAS_LEFT),
        ("nothing", None),
    ],
)
def test_a_reminder_is_not_sent_again_after_something_has_happened(house, happens, why):
    """Neither one that was sent nor one that failed."""
    now = house.remind()
    send_everything()
    getattr(house, happens)(now)
    assert why_not(last("reminder", to=house.people[0]), now) is why
    fail(OutboxMessage.kind == "reminder")
    assert why_not(last("reminder", to=house.people[0]), now) is why


def test_of_failed_mails_only_what_is_still_true_is_sent_again(database):
    """Hundreds of reminders and the letters of the end, all failed: nobody reads both."""
    house = House(many=MANY)
    now = house.remind()
    told = waiting()
    fail(OutboxMessage.kind == "reminder")
    house.call_off(now)
    while announcing.next_step(now=now):
        pass
    fail(OutboxMessage.state == "queued")
    first, second = (
        outboxing.send_failed_again(house.id, actor=COMMAND, now=now) for _each in range(2)
    )
    assert first.outdated + second.outdated == told
    assert kinds(now) == {"congress_cancelled"}


def test_a_reminder_that_failed_is_not_sent_a_month_after_the_event(house):
    house.remind()
    fail(OutboxMessage.kind == "reminder")
    assert outboxing.send_failed_again(house.id, actor=COMMAND, now=AFTERWARDS) == Again(0, 2)
    assert kinds(AFTERWARDS) == set()


@pytest.mark.parametrize(
    ("happens", "kind", "why"),
    [
        ("nothing", "confirmed", None),
        ("nothing", "calendar_request", None),
        ("withdraw", "confirmed", Outdated.HAS_LEFT),
        ("withdraw", "calendar_request", Outdated.HAS_LEFT),
        ("withdraw", "withdrawn", None),
        ("come_back", "withdrawn", Outdated.IS_REGISTERED),
        ("move_on", "confirmed", Outdated.OTHERWISE),
        ("move_on", "calendar_request", Outdated.NEWER_ENTRY),
        ("move_on", "programme_changed", None),
        ("cancel_workshop", "confirmed", Outdated.OTHERWISE),
        ("call_off", "confirmed", CALLED_OFF),
        ("call_off", "congress_cancelled", None),
        ("hold_after_all", "congress_cancelled", Outdated.TAKES_PLACE),
        ("hold_after_all", "calendar_request", Outdated.NEWER_ENTRY),
    ],
)
def test_what_ended_does_not_come_back_by_sending_again(house, happens, kind, why):
    """Nor does an older calendar object than the one that is stated now."""
    getattr(house, happens)(OPEN)
    send_everything()
    assert why_not(last(kind, to=house.people[0]), OPEN) is why


def test_of_two_confirmations_that_failed_the_newer_is_sent_again(house):
    """With the calendar object of now."""
    person = house.people[0]
    registering.confirm_again(person, actor=COMMAND, now=OPEN)
    fail(OutboxMessage.registration_id == person)
    outboxing.send_failed_again(house.id, actor=COMMAND, now=OPEN)
    mails = claimed(OPEN)
    assert [each.kind for each in mails] == ["confirmed", "calendar_request"]
    assert [each.id for each in mails] == [
        last("confirmed", to=person),
        last("calendar_request", to=person),
    ]


def test_what_failed_later_is_found_behind_what_is_left_to_whoever_looks_at_it(house, monkeypatch):
    """The oldest, which are no longer true, stay as they are, however many there are."""
    monkeypatch.setattr(outboxing, "MOST_AT_ONCE", 1)
    fail(OutboxMessage.kind.in_(("confirmed", "calendar_request")))
    house.call_off(OPEN)
    fail(OutboxMessage.kind == "congress_cancelled")
    for _person in house.people:
        assert outboxing.send_failed_again(house.id, actor=COMMAND, now=OPEN) == Again(1)
    assert kinds(OPEN) == {"congress_cancelled"}
    with pytest.raises(NothingToSendAgain):
        outboxing.send_failed_again(house.id, actor=COMMAND, now=OPEN)


def test_what_a_later_page_overtakes_is_not_sent_again(house, monkeypatch):
    monkeypatch.setattr(outboxing, "MOST_AT_ONCE", 1)
    person = house.people[0]
    registering.confirm_again(person, actor=COMMAND, now=OPEN)
    fail(OutboxMessage.registration_id == person, OutboxMessage.kind == "confirmed")
    outboxing.send_failed_again(house.id, actor=COMMAND, now=OPEN)
    assert [each.id for each in claimed(OPEN)][:1] == [last("confirmed", to=person)]


def test_what_a_dead_mailbox_would_not_take_is_not_sent_again(database):
    house = House()
    fail(OutboxMessage.kind == "confirmed")
    mails = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "confirmed")).all()
    dead, alive = mails[0], mails[1]
    db.session.add(DeadMailbox(email_key=dead.recipient_key, since=OPEN, reason="550 5.1.1"))
    db.session.commit()
    assert dead_mailboxes.of_mails([each.id for each in mails]) == {dead.id}
    with pytest.raises(MailboxTakesNothing):
        outboxing.send_again(dead.id, actor=COMMAND, now=OPEN)
    found = outboxing.send_failed_again(house.id, actor=COMMAND, now=OPEN)
    assert found.dead >= 1
    assert (dead.state, alive.state) == ("failed", "queued")

    person = db.session.get_one(Registration, dead.registration_id)
    person.email, person.email_key = "new@example.org", "new@example.org"
    db.session.commit()
    assert dead_mailboxes.of_mails([dead.id]) == set(), "it goes to the new address"
    assert outboxing.send_again(dead.id, actor=COMMAND, now=OPEN) == "new@example.org"
