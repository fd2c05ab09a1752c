"""Mails that wait after something has happened: none goes out that is no longer so."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.mails.truth import Outdated
from congress.domain.reminders import Reminder, Which
from congress.extensions import db
from congress.models import Congress, OutboxMessage
from congress.queries import reminders as queries
from congress.services import changing, confirming, registering
from congress.services.mails import (
    announcing,
)
from tests.builders import (
    OPEN,
    a_request,
)
from tests.services.outdated_house import (
    DAY,
    MANY,
    MONTH,
    House,
    claimed,
    kinds,
    said,
    waiting,
)

pytestmark = pytest.mark.usefixtures("database")
CALLED_OFF, NOT_YET = Outdated.CALLED_OFF, Outdated.NOT_YET


@pytest.fixture
def house(database):
    return House()


def test_hundreds_of_reminders_that_wait_are_not_sent_once_it_is_called_off(database):
    house = House(many=MANY)
    now = house.remind()
    assert waiting() > announcing.AT_ONCE
    house.call_off(now)  # its letters are still to be written, in steps
    assert [each.kind for each in claimed(now)] == []
    assert waiting() == 0


def test_a_reminder_of_another_day_is_not_sent_and_goes_out_anew_for_the_new_one(database):
    house = House(many=MANY)
    now = house.remind()
    told = waiting()
    house.move(MONTH, now=now)
    assert "reminder" not in kinds(now)
    house.remind(now)
    assert waiting() == 0
    [standing] = [queries.of_congress(house.id)[Which(Reminder.SOON)]]
    assert (standing.started_at, standing.told) == (None, 0)
    then = house.remind()
    assert then == now + MONTH + timedelta(hours=1)  # the clocks were changed
    assert waiting() == told
    [mail] = claimed(then, most=1)
    assert "18. November 2015" in said(mail)


def test_one_whose_moment_is_moved_into_the_past_does_not_go_out_beside_the_letter(house):
    """The event was to be in four days, and is now in two."""
    now = house.at() - DAY
    house.move(-2 * DAY, now=now)
    assert house.at() < now
    house.remind(now + timedelta(minutes=1))
    assert waiting() == 0
    assert waiting("programme_changed") == len(house.people)
    [standing] = [queries.of_congress(house.id)[Which(Reminder.SOON)]]
    assert (standing.setting.is_on, standing.started_at) == (True, None)


def test_one_that_waits_goes_out_where_the_day_was_moved_and_moved_back(house):
    now = house.remind()
    house.move(MONTH, now=now)
    house.move(-MONTH, now=now)
    reminders = [each for each in claimed(now) if each.kind == "reminder"]
    assert len(reminders) == 2
    assert "21. Oktober 2015" in said(reminders[0])


@pytest.mark.parametrize("is_told", [True, False])
def test_a_confirmation_that_is_tried_again_does_not_follow_the_end(house, is_told):
    """It goes out before the letter of the end, and never after it."""
    person = house.register(3)
    tried = {"attempts": 1, "content": b"Subject: x\r\n\r\n", "due_at": OPEN + DAY}
    of_person = OutboxMessage.registration_id == person
    db.session.execute(update(OutboxMessage).where(of_person).values(**tried))
    db.session.commit()
    changing.withdraw(person, actor=ATTENDEE, now=OPEN)
    if is_told:
        sent = update(OutboxMessage).where(OutboxMessage.kind == "withdrawn")
        db.session.execute(sent.values(state="sent"))
        db.session.commit()
    assert ("confirmed" in kinds(OPEN + DAY)) is not is_told


@pytest.mark.parametrize("happens", ["call_off", "confirm"])
def test_nobody_is_asked_to_confirm_what_is_over_or_confirmed(house, happens):
    db.session.execute(update(Congress).values(confirm_hours=48))
    db.session.commit()
    request = a_request(9, house.workshop)
    person = registering.register(house.id, request, now=OPEN).registration_id
    assert waiting("confirm_registration") == 1
    if happens == "confirm":
        confirming.confirm_by_hand(person, actor=COMMAND, now=OPEN)
    else:
        house.call_off(OPEN)
    assert "confirm_registration" not in kinds(OPEN)
