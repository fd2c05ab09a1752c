"""Mails that wait, or are sent again, after something has happened: never what is no longer so."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, select, update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.congress_file.plan import DayPlan
from congress.domain.mails.mailings import CALLED_OFF as CALLED_OFF_MAILING
from congress.domain.mails.mailings import Audience, CongressIsOff
from congress.domain.mails.truth import MailOutdated, Outdated
from congress.domain.planning.days import WantedDay, change_of, version_of
from congress.domain.registration import RegistrationState
from congress.domain.reminders import USUAL, Reminder, Setting, goes_out_at
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import Booking, Congress, Mailing, OutboxMessage
from congress.queries import congresses
from congress.queries import reminders as queries
from congress.queries.planning import days
from congress.services import changing, filling, registering
from congress.services.mails import (
    announcing,
    delivering,
    mailing_steps,
    mailings,
    outboxing,
    reminding,
)
from congress.services.mails.outboxing import Again
from congress.services.planning import moving_days, previewing, releasing
from tests.builders import (
    AFTERWARDS,
    OPEN,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
)
from tests.services import mailing_house

pytestmark = pytest.mark.usefixtures("database")

DAY, MONTH = timedelta(days=1), timedelta(days=28)
MANY = announcing.AT_ONCE + 20
CALLED_OFF, OVER, NOT_YET = Outdated.CALLED_OFF, Outdated.OVER, Outdated.NOT_YET


class House:
    """A congress with a workshop, reminders that are on, and people who have a place."""

    def __init__(self, *, many: int = 0) -> None:
        congress = a_congress()
        self.id = congress.id
        self.workshop = a_workshop(congress, number=1)
        self.people = [self.register(number) for number in (1, 2)]
        if many:
            filling.fill(self.id, seed=1, first=0, count=many, total=many, now=OPEN)
        send_everything()
        seen = {each: one.setting for each, one in queries.of_congress(self.id).items()}
        on = {each: Setting(True, USUAL[each].days, USUAL[each].hour) for each in Reminder}
        reminding.save(self.id, seen | on, seen=seen, actor=COMMAND, now=OPEN)

    def register(self, number: int) -> int:
        request = a_request(number, self.workshop)
        return registering.register(self.id, request, now=OPEN).registration_id

    def at(self, reminder: Reminder = Reminder.SOON):
        setting = queries.of_congress(self.id)[reminder].setting
        return goes_out_at(reminder, setting, congresses.get_congress(self.id))

    def remind(self, now=None) -> Any:  # noqa: ANN401 - a moment
        now = now or self.at()
        while reminding.next_step(now=now):
            pass
        return now

    def move(self, by: timedelta, *, now) -> None:
        move(self.id, by, now=now)

    def withdraw(self, now) -> None:
        changing.withdraw(self.people[0], actor=ATTENDEE, now=now)

    def move_on(self, now) -> None:
        self.move(MONTH, now=now)

    def nothing(self, now) -> None:
        """Let time pass."""

    def call_off(self, now) -> None:
        releasing.call_off(self.id, actor=COMMAND, now=now)


def move(congress_id: int, by: timedelta, *, now) -> None:
    """Move the day of a congress, and what is planned on it."""
    before = days.days(congress_id)
    [(day, slot)] = [(each.day, each.slot) for each in before]
    moved = TimeSlot(slot.starts_at + by, slot.ends_at + by)
    wanted = [WantedDay(day, DayPlan(day + by, moved))]
    asked = previewing.of_days(congress_id, change_of(before, wanted), now=now, with_names=False)
    version = version_of(before)
    moving_days.edit_days(
        congress_id, wanted, version=version, seen=asked.seen, actor=COMMAND, now=now
    )


@pytest.fixture
def house(database):
    return House()


def waiting(kind="reminder") -> int:
    db.session.rollback()
    of = (OutboxMessage.kind == kind, OutboxMessage.state.in_(("queued", "sending")))
    return db.session.scalars(select(func.count()).where(*of)).one()


def claimed(now, *, most=20):
    db.session.rollback()
    return delivering.claim("test", now=now, most=most)


def kinds(now) -> set[str]:
    """Return what goes out, all of it."""
    found: set[str] = set()
    while mails := claimed(now):
        found |= {each.kind for each in mails}
    return found


def said(mail) -> str:
    letter = message_from_bytes(delivering.prepare(mail).raw, policy=policy.default)
    return f"{letter['Subject']} {letter.get_body(('plain',)).get_content()}"


def fail(*which: ColumnElement[bool]) -> None:
    """Let mails have failed for good."""
    failed = {"state": "failed", "attempts": 1, "last_error": "550 no"}
    db.session.execute(update(OutboxMessage).where(*which).values(**failed))
    db.session.commit()


def last(kind, *, to: int) -> int:
    found = select(OutboxMessage.id).where(OutboxMessage.kind == kind)
    found = found.where(OutboxMessage.registration_id == to).order_by(OutboxMessage.id.desc())
    return db.session.scalars(found).first() or 0


def why_not(message_id, now) -> Outdated | None:
    """Return why a mail cannot be sent again."""
    try:
        outboxing.send_again(message_id, actor=COMMAND, now=now)
    except MailOutdated as refusal:
        return refusal.why
    return None


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
    [standing] = [queries.of_congress(house.id)[Reminder.SOON]]
    assert (standing.started_at, standing.told) == (None, 0)
    then = house.remind()
    assert then == now + MONTH + timedelta(hours=1)  # the clocks were changed
    assert waiting() == told
    [mail] = claimed(then, most=1)
    assert "18. November 2015" in said(mail)


def test_one_that_waits_goes_out_where_the_day_was_moved_and_moved_back(house):
    now = house.remind()
    house.move(MONTH, now=now)
    house.move(-MONTH, now=now)
    reminders = [each for each in claimed(now) if each.kind == "reminder"]
    assert len(reminders) == 2
    assert "21. Oktober 2015" in said(reminders[0])


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


@pytest.fixture
def infos(database, monkeypatch):
    """Who writes info mails in steps of two."""
    monkeypatch.setattr(mailing_steps, "STEP", 2)
    return mailing_house.House()


def write_on() -> None:
    while mailing_steps.next_step(now=OPEN):
        pass


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_an_info_mail_that_has_begun_goes_no_further_once_it_is_called_off(infos, steps):
    """Whether its letters are still to be written or wait to be sent."""
    number = infos.write()
    infos.send(number)
    for _step in range(steps):
        mailing_steps.next_step(now=OPEN)
    written = waiting("info_mail")
    releasing.call_off(infos.id, actor=COMMAND, now=OPEN)
    write_on()
    assert waiting("info_mail") == written
    assert "info_mail" not in kinds(OPEN)
    row = db.session.get_one(Mailing, number)
    assert (row.state, row.fault) == ("paused", CALLED_OFF_MAILING)
    with pytest.raises(CongressIsOff):
        infos.act(mailings.resume, number)
    releasing.hold_after_all(infos.id, actor=COMMAND, now=OPEN)
    infos.act(mailings.resume, number)
    write_on()
    assert waiting("info_mail") == len(infos.people)
    assert "info_mail" in kinds(OPEN)
    assert db.session.get_one(Mailing, number).fault == ""


def test_a_step_of_an_info_mail_looks_whether_it_is_called_off(infos):
    number = infos.write()
    infos.send(number)
    db.session.execute(update(Congress).values(state="cancelled"))
    db.session.commit()
    write_on()
    assert waiting("info_mail") == 0
    assert infos.state(number) == "paused"


def test_whoever_has_withdrawn_gets_no_info_mail_that_waits_unless_it_is_for_them(infos):
    number = infos.write()
    infos.send(number)
    write_on()
    changing.withdraw(infos.people[0], actor=ATTENDEE, now=OPEN)
    to_the_others = infos.write(Audience(state=RegistrationState.CANCELLED))
    infos.send(to_the_others)
    write_on()
    mails = [each for each in claimed(OPEN) if each.kind == "info_mail"]
    assert sorted(each.registration_id or 0 for each in mails) == sorted(infos.people)
    of = select(OutboxMessage.mailing_id).where(
        OutboxMessage.registration_id == infos.people[0], OutboxMessage.kind == "info_mail"
    )
    assert db.session.scalars(of).all() == [to_the_others]


def test_an_info_mail_that_waits_names_the_day_and_the_workshops_of_now(infos):
    text = {"de": "Bis {Termin}!\n\n{Workshops}"}
    number = infos.write(text=text, subject={"de": "{Termin}: so geht es"})
    infos.send(number)
    write_on()
    move(infos.id, MONTH, now=OPEN)
    of_first = select(Booking.id).where(Booking.registration_id == infos.people[0])
    booking = db.session.scalars(of_first).one()
    db.session.rollback()
    changing.leave(infos.people[0], booking, actor=ATTENDEE, now=OPEN)
    first, second, _third = (said(each) for each in claimed(OPEN) if each.kind == "info_mail")
    assert "21. Oktober" not in first + second
    assert first.startswith("18. November 2015")
    assert ("Workshop 1" in first, "Workshop 1" in second) == (False, True)
