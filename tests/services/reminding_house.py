"""A congress with reminders, for their tests."""

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.reminders import USUAL, Reminder, Setting, Which, goes_out_at
from congress.extensions import db
from congress.models import Congress, OutboxMessage
from congress.queries import congresses
from congress.queries import reminders as queries
from congress.services import registering
from congress.services.mails import delivering, reminding, setting_reminders
from tests.builders import OPEN, a_congress, a_request, a_workshop

DAY = timedelta(days=1)


class House:
    """A congress with a workshop and two who have a place there."""

    def __init__(self) -> None:
        self.id = a_congress().id
        self.workshop = a_workshop(db.session.get_one(Congress, self.id), number=1)
        self.people = [
            registering.register(
                self.id, a_request(number, self.workshop), now=OPEN
            ).registration_id
            for number in (1, 2)
        ]
        db.session.query(OutboxMessage).delete()
        db.session.commit()

    def set(self, which: Reminder | Which, *, now=OPEN, **values: Any) -> None:  # noqa: ANN401 - of a setting
        which = which if isinstance(which, Which) else Which(which)
        usual = USUAL[which.sort]
        given: dict[str, Any] = {
            "is_on": True,
            "days": usual.days,
            "hour": usual.hour,
            "text": None,
        } | values
        wanted = self.settings()
        setting_reminders.save(
            self.id,
            wanted | {which: Setting(**given | values)},
            seen=wanted,
            actor=COMMAND,
            now=now,
        )

    def add(self, sort: Reminder, *, now=OPEN, **values: Any) -> Which:  # noqa: ANN401 - of a setting
        seen = self.settings()
        saved = setting_reminders.save(self.id, {}, seen=seen, add=sort, actor=COMMAND, now=now)
        assert saved.added
        self.set(saved.added, now=now, **values)
        return saved.added

    def settings(self):
        return {each: one.setting for each, one in queries.of_congress(self.id).items()}

    def at(self, which: Reminder | Which):
        which = which if isinstance(which, Which) else Which(which)
        setting = queries.of_congress(self.id)[which].setting
        return goes_out_at(which.sort, setting, congresses.get_congress(self.id))


def look(now):
    while reminding.next_step(now=now):
        pass
    db.session.rollback()


def told(kind="reminder"):
    statement = select(OutboxMessage.registration_id).where(OutboxMessage.kind == kind)
    return sorted(db.session.scalars(statement))


def words(now):
    first = delivering.claim("test", now=now)[0]
    mail = message_from_bytes(delivering.prepare(first).raw, policy=policy.default)
    return mail["Subject"], " ".join(mail.get_body(("plain",)).get_content().split())
