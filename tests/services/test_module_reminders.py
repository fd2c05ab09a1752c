"""Reminders of modules and tasks: once for each module, and who has not done what is due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.congress_file.plan import DayPlan
from congress.domain.planning.days import WantedDay, change_of, version_of
from congress.domain.reminders import Reminder
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Congress, HandIn, OutboxMessage, ReminderSetting
from congress.queries import module_tasks
from congress.queries.planning import days as day_queries
from congress.services import registering
from congress.services.mails import setting_reminders, task_letters
from congress.services.planning import moving_days, previewing, tasks
from tests import builders
from tests.builders import OPEN
from tests.module_tasks import DAY, a_task
from tests.services.reminding_house import look, told, words
from tests.services.test_module_tasks import DAYS

pytestmark = pytest.mark.usefixtures("database")

WEEK = timedelta(days=7)
SECOND, THIRD = (starts_at.date() for starts_at, _ends_at in DAYS[1:])
ON_THE_EVE = datetime(2015, 10, 18, 7, 0, tzinfo=UTC)  # 9.00 in Lünen, the day before it is due


@pytest.fixture
def course(database):
    """A course of three modules, two people with a place and one without."""
    said = {"title_de": "Recht", "place_de": "Kreishaus Unna"}
    row = builders.a_congress(
        kind="training", days=DAYS, capacity=2, modules={SECOND.isoformat(): said}
    )
    for number in (1, 2, 3):
        registering.register(row.id, builders.a_request(number), now=OPEN)
    setting_reminders.set_up(row.id, is_training=True, now=OPEN)
    db.session.query(OutboxMessage).delete()
    soon = db.session.query(ReminderSetting).filter_by(reminder=Reminder.SOON).one()
    soon.is_on = False
    db.session.commit()
    return row


def nine_before(day):
    return datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC) - WEEK


def move(row, was, day, *, now):
    stored, by = day_queries.days(row.id), day - was
    slots = [TimeSlot(each.slot.starts_at + by, each.slot.ends_at + by) for each in stored]
    wanted = [
        WantedDay(each.day, DayPlan(day, slot) if each.day == was else each)
        for each, slot in zip(stored, slots, strict=True)
    ]
    asked = previewing.of_days(row.id, change_of(stored, wanted), now=now, with_names=True)
    moving_days.edit_days(
        row.id, wanted, version=version_of(stored), seen=asked.seen, actor=COMMAND, now=now
    )


def test_each_further_module_is_told_once_to_those_with_a_place(course):
    look(nine_before(SECOND) - timedelta(seconds=1))
    assert told() == []
    for _twice in range(2):
        look(nine_before(SECOND))
        look(nine_before(SECOND) + timedelta(hours=1))
    assert len(told()) == 2
    subject, said = words(nine_before(SECOND))
    assert subject == "Bald ist es so weit: Modul „Recht“ am 18. November 2015"
    assert "Mittwoch, 18. November 2015" in said
    assert "Kreishaus Unna" in said
    look(nine_before(THIRD))
    look(nine_before(THIRD) + timedelta(hours=1))
    assert len(told()) == 4
    look(DAYS[2][1])
    assert len(told()) == 4


def test_the_office_says_what_to_bring(course):
    row = db.session.query(ReminderSetting).filter_by(reminder=Reminder.MODULE).one()
    row.text = {"de": "Bitte bringen Sie Ihre Satzung mit."}
    db.session.commit()
    look(nine_before(SECOND))
    assert "Bitte bringen Sie Ihre Satzung mit." in words(nine_before(SECOND))[1]


def test_a_module_is_not_reminded_of_where_it_is_no_course(course):
    db.session.get_one(Congress, course.id).kind = "fachkongress"
    db.session.commit()
    look(nine_before(SECOND))
    assert told() == []


def remind(now):
    while task_letters.next_step(now=now):
        pass
    db.session.rollback()


def test_who_has_not_done_a_task_is_reminded_once_the_day_before(course):
    task = a_task(course)
    first, second = [each.id for each in module_tasks.doers(course.id)]
    tasks.hand_in(first, task.id, now=OPEN)
    remind(ON_THE_EVE - timedelta(seconds=1))
    assert told("task_due") == []
    for _twice in range(2):
        remind(ON_THE_EVE)
    assert told("task_due") == [second]
    subject, said = words(ON_THE_EVE)
    assert subject == "Fällig am 19. Oktober 2015: Profil der Kommune"
    assert "/registration/" in said


def test_a_mail_about_a_task_that_was_done_meanwhile_does_not_go_out(course):
    task = a_task(course, whose="organisation")
    remind(ON_THE_EVE)
    people = told("task_due")
    assert len(people) == 2
    statement = select(OutboxMessage.facts).where(OutboxMessage.registration_id == people[0])
    stated = db.session.scalars(statement).one()
    assert task_letters.is_undone(stated, people[0], now=ON_THE_EVE)
    assert not task_letters.is_undone(stated, people[0], now=ON_THE_EVE + timedelta(days=2))
    tasks.hand_in(people[0], task.id, now=ON_THE_EVE)
    assert not task_letters.is_undone(stated, people[0], now=ON_THE_EVE)
    db.session.query(HandIn).delete()
    db.session.commit()
    tasks.remove(course.id, task.id, actor=COMMAND, now=ON_THE_EVE)
    assert not task_letters.is_undone(stated, people[0], now=ON_THE_EVE)


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_nobody_is_reminded_of_a_task_of_what_does_not_take_place(course, state):
    a_task(course)
    db.session.get_one(Congress, course.id).state = state
    db.session.commit()
    remind(ON_THE_EVE)
    assert told("task_due") == []


def test_a_task_that_was_set_too_late_is_not_reminded_of(course):
    a_task(course, created_at=ON_THE_EVE)
    remind(ON_THE_EVE + timedelta(hours=1))
    assert told("task_due") == []


def test_a_module_that_moved_is_reminded_of_once_more(course):
    at = nine_before(SECOND)
    look(at)
    assert len(told()) == 2
    later = date(2015, 12, 2)
    move(course, SECOND, later, now=at)
    look(at + timedelta(hours=1))
    assert len(told()) == 2
    look(nine_before(later))
    assert len(told()) == 4
    assert DAY < SECOND < later < THIRD
