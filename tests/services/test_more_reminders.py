"""Reminders beside the one of each sort: a second one, and one to the people of a workshop."""

import pytest
from sqlalchemy import delete, select, update

from congress.domain.access import COMMAND
from congress.domain.reminders import (
    MOST_ADDED,
    ONE_OF_EACH,
    Reminder,
    RemindersEditedMeanwhile,
    TooManyReminders,
    Which,
)
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import (
    Attendance,
    AuditLine,
    Congress,
    DeadMailbox,
    OutboxMessage,
    ProgrammeItem,
    Registration,
    ReminderSetting,
)
from congress.queries import reminders as queries
from congress.services import changing, registering
from congress.services.mails import reminding, setting_reminders
from congress.services.planning import releasing
from tests.builders import OPEN, STARTS, a_congress, a_request, a_workshop, send_everything
from tests.services.outdated_house import MONTH, claimed, move
from tests.services.reminding_house import DAY, House, look, told, words

pytestmark = pytest.mark.usefixtures("database")

SOON = Which(Reminder.SOON)


class Larger(House):
    """Two people in the first workshop, and one in none."""

    def __init__(self) -> None:
        super().__init__()
        self.other = registering.register(self.id, a_request(3), now=OPEN).registration_id
        db.session.query(OutboxMessage).delete()
        db.session.commit()


@pytest.fixture
def house(database):
    return Larger()


def save(house, *, seen=None, add=None, remove=()):
    seen = seen or house.settings()
    return setting_reminders.save(
        house.id, {}, seen=seen, add=add, remove=remove, actor=COMMAND, now=OPEN
    )


def cancel(house):
    off = update(ProgrammeItem).where(ProgrammeItem.id == house.workshop.id)
    db.session.execute(off.values(cancelled=True))
    db.session.commit()
    releasing.release(house.id, actor=COMMAND, now=OPEN)


@pytest.mark.parametrize(
    ("values", "goes_out"), [({"days": 9}, False), ({"text": {"de": "x"}}, True)]
)
def test_one_that_is_set_to_a_moment_that_has_passed_does_not_go_out(house, values, goes_out):
    house.set(Reminder.SOON, days=3)
    now = house.at(SOON) if goes_out else house.at(SOON) - DAY
    house.set(Reminder.SOON, **{"days": 3} | values, now=now)
    look(now)
    assert told() == ([*house.people, house.other] if goes_out else [])


def test_a_second_one_goes_out_as_well_and_each_once(house):
    house.set(Reminder.SOON, days=3)
    early = house.add(Reminder.SOON, days=14, text={"de": "In zwei Wochen."})
    assert house.at(early) < house.at(SOON)
    for moment in (house.at(early), house.at(early) + DAY):
        look(moment)
        assert told() == [*house.people, house.other]
    assert "In zwei Wochen." in words(house.at(early))[1]
    look(house.at(SOON))
    look(house.at(SOON) + DAY)
    assert told() == sorted([*house.people, house.other] * 2)
    assert [queries.of_congress(house.id)[each].told for each in (SOON, early)] == [3, 3]


def test_one_for_a_workshop_reaches_its_people_and_names_it(house):
    only = house.add(Reminder.SOON, days=1, workshop_id=house.workshop.id)
    assert queries.count(Reminder.SOON, house.id, house.workshop.id) == 2
    look(house.at(only))
    assert told() == house.people
    subject, text = words(house.at(only))
    assert subject.startswith("Bald ist es so weit: „Workshop 1: ")
    assert "Sie haben einen Platz in „Workshop 1: " in text


def test_whoever_leaves_the_workshop_meanwhile_is_not_reminded_of_it(house):
    only = house.add(Reminder.SOON, days=1, workshop_id=house.workshop.id)
    look(house.at(only))
    given_up = [house.workshop.id]
    changing.assign_workshops(
        house.people[0], [], given_up, by_hand=ByHand(), actor=COMMAND, now=OPEN
    )
    sent = {each.registration_id for each in claimed(house.at(only)) if each.kind == "reminder"}
    assert sent == {house.people[1]}


@pytest.mark.parametrize("when", ["before it is written", "while it waits"])
def test_nobody_is_reminded_of_a_workshop_that_is_cancelled(house, when):
    only = house.add(Reminder.SOON, days=1, workshop_id=house.workshop.id)
    if when == "while it waits":
        look(house.at(only))
        assert told() == house.people
    cancel(house)
    look(house.at(only))
    kinds = {each.kind for each in claimed(house.at(only))}
    assert "reminder" not in kinds
    assert "programme_changed" in kinds
    assert told() == []


def test_of_those_who_have_to_choose_anew_only_whose_workshop_it_was(house):
    second = a_workshop(db.session.get_one(Congress, house.id), number=2)
    request = a_request(4, second)
    theirs = registering.register(house.id, request, now=OPEN).registration_id
    db.session.execute(update(ProgrammeItem).values(cancelled=True))
    db.session.commit()
    releasing.release(house.id, actor=COMMAND, now=OPEN)
    send_everything()
    only = house.add(Reminder.UNCHOSEN, workshop_id=second.id)
    look(house.at(only))
    assert told() == [theirs]


@pytest.mark.parametrize(("sort", "who"), [(Reminder.CAME, 0), (Reminder.STAYED_AWAY, 1)])
def test_afterwards_it_goes_to_those_of_the_workshop_alone(house, sort, who):
    """The one without a workshop was there as well, and so was one of the two."""
    only = house.add(sort, workshop_id=house.workshop.id)
    for person in (house.people[0], house.other):
        came = {"registration_id": person, "day": STARTS.date(), "came_at": STARTS}
        db.session.add(Attendance(**came))
    db.session.commit()
    look(house.at(only))
    assert told("follow_up") == [house.people[who]]


def test_a_dead_mailbox_is_neither_counted_nor_written_to(house):
    key = select(Registration.email_key).where(Registration.id == house.people[0])
    dead = DeadMailbox(email_key=db.session.scalars(key).one(), since=OPEN, reason="550 5.1.1")
    db.session.add(dead)
    db.session.commit()
    house.set(Reminder.SOON)
    assert queries.count(Reminder.SOON, house.id) == 2
    look(house.at(SOON))
    assert told() == [house.people[1], house.other]


def test_one_added_goes_out_anew_where_the_event_is_moved(house):
    early = house.add(Reminder.SOON, days=14)
    now = house.at(early)
    look(now)
    move(house.id, MONTH, now=now)
    assert queries.of_congress(house.id)[early].started_at is None
    send_everything()
    look(house.at(early))
    assert queries.of_congress(house.id)[early].told == 3
    assert [each.kind for each in claimed(house.at(early))] == ["reminder"] * 3
    [line] = db.session.scalars(select(AuditLine.details).where(AuditLine.verb == "days_changed"))
    assert line["reminders"] == [str(early)]


def test_what_was_written_for_one_that_is_removed_is_not_sent(house):
    """It was moved on after it had gone out, so that it can be removed again."""
    early = house.add(Reminder.SOON, days=14)
    look(house.at(early))
    assert save(house, remove={early}).removed == (), "it has begun"
    db.session.execute(update(ReminderSetting).values(started_at=None, finished_at=None))
    db.session.commit()
    moment = house.at(early)
    assert save(house, remove={early}).removed == (early,)
    assert claimed(moment) == []
    assert told() == []


def test_the_one_of_a_sort_is_never_removed(house):
    house.set(Reminder.SOON)
    assert not save(house, remove=set(ONE_OF_EACH))
    assert queries.of_congress(house.id)[SOON].setting.is_on


def test_only_so_many_are_added_and_one_that_is_sent_does_not_count(house):
    for _each in range(MOST_ADDED):
        house.add(Reminder.CAME, is_on=False)
    with pytest.raises(TooManyReminders):
        save(house, add=Reminder.SOON)
    sent = update(ReminderSetting).where(ReminderSetting.is_added)
    sent = sent.where(ReminderSetting.id == max(each.number for each in house.settings()))
    db.session.execute(sent.values(started_at=OPEN, finished_at=OPEN))
    db.session.commit()
    assert save(house, add=Reminder.SOON).added


def test_two_who_add_one_notice_each_other(house):
    seen = house.settings()
    first = save(house, seen=seen, add=Reminder.SOON)
    with pytest.raises(RemindersEditedMeanwhile):
        save(house, seen=seen, add=Reminder.SOON)
    assert [each for each in house.settings() if each.is_added] == [first.added]
    line = select(AuditLine.details).where(AuditLine.verb == "reminders_set")
    assert [each["added"] for each in db.session.scalars(line)] == [[str(first.added)]]


def test_an_edition_has_those_for_everybody(house):
    house.set(Reminder.SOON)
    house.add(Reminder.SOON, days=14, text={"de": "Früh"})
    house.add(Reminder.SOON, days=1, workshop_id=house.workshop.id)
    house.set(Reminder.CAME, workshop_id=house.workshop.id)
    edition = a_congress(slug="other").id
    setting_reminders.set_up(edition, now=OPEN)
    setting_reminders.take_along(house.id, edition, now=OPEN)
    theirs = [
        (each.sort, each.is_added, one.setting.days, one.setting.text)
        for each, one in queries.of_congress(edition).items()
        if one.setting.is_on
    ]
    assert theirs == [(Reminder.SOON, False, 3, None), (Reminder.SOON, True, 14, {"de": "Früh"})]


def test_with_a_workshop_that_is_deleted_its_reminder_goes_too(house):
    """It would reach everybody otherwise."""
    empty = a_workshop(db.session.get_one(Congress, house.id), number=9)
    only = house.add(Reminder.SOON, days=1, workshop_id=empty.id)
    db.session.execute(delete(ProgrammeItem).where(ProgrammeItem.id == empty.id))
    db.session.commit()
    assert only not in queries.of_congress(house.id)
    assert not reminding.next_step(now=STARTS - DAY)
