"""One step, one mail: how many mails each step writes, and what becomes of those before it."""

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.hall import CONGRESS
from congress.models import OutboxMessage
from congress.services import changing, promoting
from congress.services.mails import outboxing
from tests.builders import (
    OPEN,
    STARTS,
    TWO_HOURS,
    send_everything,
    set_places,
)
from tests.services.mail_house import ORGANISER, House

NEXT_DAY = STARTS.replace(day=22)


@pytest.fixture
def house(session):
    return House(session)


STEPS = {
    "chooses another workshop": (
        lambda house: house.choose(house.second),
        [("changed", "REQUEST 1")],
    ),
    "gives a workshop back": (lambda house: house.leave(), [("changed", "REQUEST 1")]),
    "withdraws": (lambda house: house.withdraw(), [("withdrawn", "CANCEL 1")]),
    "is taken off the list": (
        lambda house: house.withdraw(ORGANISER),
        [("cancelled_by_organiser", "CANCEL 1")],
    ),
    "a workshop is renamed": (
        lambda house: house.release(title={"de": "Umbenannt"}),
        [("programme_changed", "REQUEST 1")],
    ),
    "the congress is called off": (
        lambda house: house.call_off(),
        [("congress_cancelled", "CANCEL 1")],
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_one_mail_that_carries_the_entry_and_no_link(house, step):
    """TRUE-04, SEC-27."""
    act, expected = STEPS[step]

    act(house)

    assert house.kinds() == expected
    assert [each.facts["links"] for each in house.waiting()] == [[]]


def test_a_registration_is_two_mails_and_only_the_letter_has_the_link(session):
    house = House(session)
    house.somebody = house.register(2)

    assert house.kinds() == [("confirmed", None), ("calendar_request", "REQUEST 0")]
    letter, invitation = house.waiting()
    assert letter.facts["links"] == ["manage"]
    assert "links" not in invitation.facts


def test_a_change_that_no_calendar_says_is_a_letter_with_the_link(house):
    house.register(2, house.second)

    house.choose(house.second)

    assert house.kinds() == [("changed", None)]
    assert house.waiting()[0].facts["links"] == ["manage"]


@pytest.mark.parametrize(
    "act",
    [
        lambda _, owner: changing.withdraw(owner, actor=ATTENDEE, now=OPEN),
        lambda house, _: set_places(house.congress.id, CONGRESS, 2, actor=ORGANISER, now=OPEN),
        lambda house, _: promoting.promote_registration(
            house.somebody, overbook=True, actor=ORGANISER, now=OPEN
        ),
    ],
    ids=["somebody withdraws", "more places", "let in by hand"],
)
def test_moving_up_is_one_mail_that_carries_the_first_entry(session, act):
    house = House(session, capacity=1)
    owner, house.somebody = house.somebody, house.register(2)
    send_everything()

    act(house, owner)

    assert house.kinds() == [("place_gained", "REQUEST 0")]


def test_with_several_days_the_letter_carries_one_and_the_others_go_apart(session):
    """RFC 5546: an object has one UID."""
    days = ((STARTS, STARTS + TWO_HOURS), (NEXT_DAY, NEXT_DAY + TWO_HOURS))
    house = House(session, days=days)

    house.withdraw()

    assert house.kinds() == [("withdrawn", "CANCEL 1"), ("calendar_cancel", "CANCEL 1")]


def test_seven_changes_in_three_minutes_are_one_mail(house):
    for workshop in (house.second, house.first) * 3 + (house.second,):
        house.choose(workshop)

    assert house.kinds() == [("changed", "REQUEST 7")]
    [letter] = house.waiting()
    assert [each["number"] for each in letter.facts["before"]["confirmed"]] == [1]
    assert [each["number"] for each in letter.facts["confirmed"]] == [2]


def test_a_change_that_was_taken_back_in_time_is_no_mail(house):
    house.choose(house.second)
    house.choose(house.first)

    assert house.kinds() == []


def test_what_is_on_its_way_stays(house):
    house.choose(house.second)
    house.session.execute(
        update(OutboxMessage).where(OutboxMessage.state == "queued").values(state="sending")
    )
    house.session.commit()

    house.choose(house.first)

    assert house.kinds() == [("changed", "REQUEST 2")]
    [letter] = house.waiting()
    assert [each["number"] for each in letter.facts["before"]["confirmed"]] == [2]


def test_an_invitation_that_was_not_sent_gives_way_to_the_newest(session):
    house = House(session)
    house.somebody = house.register(2)

    house.choose(house.second)

    assert house.kinds() == [("confirmed", None), ("changed", "REQUEST 1")]


def test_a_first_invitation_survives_a_change_that_was_taken_back(session):
    house = House(session)
    house.somebody = house.register(2)

    house.choose(house.second)
    house.leave()

    assert house.kinds() == [("confirmed", None), ("calendar_request", "REQUEST 2")]


def test_nothing_is_cancelled_in_a_calendar_that_never_heard_of_it(session):
    house = House(session)
    house.somebody = house.register(2, house.second)
    house.leave()

    house.withdraw()

    assert house.kinds() == [("confirmed", None), ("withdrawn", None)]


@pytest.mark.parametrize("sent", ["tried", "by hand"])
def test_what_may_have_been_seen_is_cancelled(session, sent):
    """A relay may have taken what it did not confirm, and a copy by hand is not the first."""
    house = House(session)
    house.somebody = house.register(2)
    if sent == "tried":
        session.execute(update(OutboxMessage).values(attempts=1))
        session.commit()
    else:
        send_everything()
        statement = select(OutboxMessage.id).where(OutboxMessage.registration_id == house.somebody)
        for message_id in session.scalars(statement).all():
            outboxing.send_again(message_id, actor=COMMAND, now=OPEN)

    house.withdraw()

    assert house.kinds()[-1] == ("withdrawn", "CANCEL 1")
    assert "calendar_request" not in dict(house.kinds())


def test_news_of_a_programme_are_gathered_while_they_wait(house):
    for title in ("Umbenannt", "Wieder umbenannt"):
        house.release(title={"de": title})

    assert house.kinds() == [("programme_changed", "REQUEST 2")]


def test_a_letter_that_says_more_only_loses_its_calendar_part(session):
    """The registration is told of, and the newest entry goes with the newest mail."""
    house = House(session, one_mail=True)
    house.somebody = house.register(2, house.first)

    house.choose(house.second)

    assert house.kinds() == [("confirmed", None), ("changed", "REQUEST 1")]
    assert house.waiting()[0].facts["links"] == ["manage"]


@pytest.mark.parametrize("tried", [False, True])
def test_a_place_just_won_is_told_with_what_changed_since(session, tried):
    """A mail that was tried may have been taken: its whole news goes out again."""
    house = House(session, capacity=1)
    owner, house.somebody = house.somebody, house.register(2, house.first)
    send_everything()
    changing.withdraw(owner, actor=ATTENDEE, now=OPEN)
    if tried:
        session.execute(update(OutboxMessage).values(attempts=1, content=b"made"))
        session.commit()

    house.release(title={"de": "Umbenannt"})

    assert house.kinds() == [("place_gained", "REQUEST 1")]


def test_who_withdraws_hears_nothing_of_what_came_before(house):
    house.choose(house.second)
    house.release(title={"de": "Umbenannt"})

    house.withdraw()

    assert [kind for kind, _ in house.kinds()] == ["withdrawn"]


def test_bytes_that_were_made_stay_as_they_are(session):
    """REL-10: a repeated mail is the same mail."""
    house = House(session, one_mail=True)
    house.somebody = house.register(2, house.first)
    session.execute(update(OutboxMessage).values(attempts=1, content=b"made"))
    session.commit()

    house.choose(house.second)

    assert house.kinds() == [("confirmed", "REQUEST 0"), ("changed", "REQUEST 1")]


def test_one_mail_by_setting_joins_only_what_else_goes_apart(session):
    house = House(session, one_mail=True)
    house.somebody = house.register(2)
    assert house.kinds() == [("confirmed", "REQUEST 0")]
    send_everything()

    house.choose(house.second)

    assert house.kinds() == [("changed", "REQUEST 1")]
    assert house.waiting()[0].facts["links"] == []
