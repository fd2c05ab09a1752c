"""A congress whose reminders are on, and what waits to be sent, for the tests of what is over."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.congress_file.plan import DayPlan
from congress.domain.mails.truth import MailOutdated, Outdated
from congress.domain.planning.days import WantedDay, change_of, version_of
from congress.domain.reminders import (
    ONE_OF_EACH,
    USUAL,
    Reminder,
    Setting,
    Which,
    goes_out_at,
)
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import OutboxMessage, ProgrammeItem
from congress.queries import congresses
from congress.queries import reminders as queries
from congress.queries.planning import days
from congress.services import changing, filling, registering
from congress.services.mails import (
    announcing,
    delivering,
    outboxing,
    reminding,
    setting_reminders,
)
from congress.services.planning import moving_days, previewing, releasing
from tests.builders import (
    OPEN,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
)

DAY, MONTH = timedelta(days=1), timedelta(days=28)
MANY = announcing.AT_ONCE + 20


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
        on = {
            each: Setting(True, USUAL[each.sort].days, USUAL[each.sort].hour)
            for each in ONE_OF_EACH
        }
        setting_reminders.save(self.id, seen | on, seen=seen, actor=COMMAND, now=OPEN)

    def register(self, number: int) -> int:
        request = a_request(number, self.workshop)
        return registering.register(self.id, request, now=OPEN).registration_id

    def at(self, reminder: Reminder = Reminder.SOON):
        setting = queries.of_congress(self.id)[Which(reminder)].setting
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

    def come_back(self, now) -> None:
        self.withdraw(now)
        send_everything()
        request = a_request(1, self.workshop, form_key="again")
        registering.register(self.id, request, now=now)

    def cancel_workshop(self, now) -> None:
        off = update(ProgrammeItem).where(ProgrammeItem.id == self.workshop.id)
        db.session.execute(off.values(cancelled=True))
        db.session.commit()
        releasing.release(self.id, actor=COMMAND, now=now)

    def hold_after_all(self, now) -> None:
        self.call_off(now)
        send_everything()
        releasing.hold_after_all(self.id, actor=COMMAND, now=now)

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
