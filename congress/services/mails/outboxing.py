"""What is done with the outbox: held, let go, a mail sent again, old ones emptied."""

from datetime import datetime

from sqlalchemy import String, cast, func, insert, or_, select, update

from congress import queue
from congress.domain.access import Actor
from congress.domain.errors import Refused
from congress.domain.mails.delivery import KEPT_AFTER_SENDING
from congress.domain.mails.messages import STAYING
from congress.domain.names import full_name
from congress.extensions import db
from congress.models import OutboxControl, OutboxMessage, Registration
from congress.services import auditing
from congress.services.mails import facts
from congress.services.mails.drafting import new_message_id
from congress.transaction import after_commit, transaction


class NothingToSendAgain(Refused):
    """The mail is on its way already, or was deleted after its time."""


def hold(*, actor: Actor, now: datetime) -> None:
    """Deliver nothing from now on; mails are still written."""
    with transaction():
        control = _control()
        if not control.held:
            control.held, control.held_since = True, now
            auditing.record("outbox_held", actor=actor, now=now)


def release(*, actor: Actor, now: datetime) -> None:
    """Deliver again, what has gathered first."""
    with transaction():
        control = _control()
        if control.held:
            control.held, control.held_since = False, None
            auditing.record("outbox_released", actor=actor, now=now)
        after_commit(queue.wake)


def send_again(message_id: int, *, actor: Actor, now: datetime) -> None:
    """Send a mail once more; raises `NothingToSendAgain`.

    One that failed goes out under its own Message-ID. One that was taken is written anew:
    mailboxes drop a second copy of what they have.
    """
    with transaction():
        row = db.session.get_one(
            OutboxMessage, message_id, with_for_update=True, populate_existing=True
        )
        if row.state in {"queued", "sending"} or not row.facts:
            raise NothingToSendAgain(message_id)
        today = _recipient_today(row)
        if row.state == "failed":
            row.state, row.attempts, row.due_at, row.content = "queued", 0, now, None
            for name, value in today.items():
                setattr(row, name, value)
        else:
            _write_anew(row, today, now=now)
        auditing.record(
            "mail_sent_again",
            actor=actor,
            now=now,
            congress_id=row.congress_id,
            registration_id=row.registration_id,
            details={"kind": row.kind, "subject": row.subject},
        )
        after_commit(queue.wake)


def delete_mail_bodies(*, now: datetime) -> int:
    """Delete what old mails said and keep what became of them (REL-16); returns how many.

    One that failed counts from its last attempt.
    """
    with transaction():
        ended = update(OutboxMessage).where(
            OutboxMessage.state.in_(("sent", "failed")),
            func.coalesce(OutboxMessage.sent_at, OutboxMessage.due_at) < now - KEPT_AFTER_SENDING,
            or_(OutboxMessage.content.is_not(None), cast(OutboxMessage.facts, String) != "{}"),
        )
        result = db.session.execute(ended.values(content=None, facts={}))
        return int(result.rowcount)  # type: ignore[attr-defined] # an UPDATE counts its rows


def _write_anew(row: OutboxMessage, today: dict[str, str], *, now: datetime) -> None:
    same = (
        "kind",
        "congress_id",
        "registration_id",
        "recipient",
        "recipient_name",
        "recipient_key",
        "language",
        "facts",
        "priority",
    )
    values = {name: getattr(row, name) for name in same} | today
    if entry := row.facts.get("entry"):
        values["facts"] = row.facts | {"entry": entry | {"unseen": False}}
    values |= {"message_id": new_message_id(), "created_at": now, "due_at": now}
    db.session.execute(insert(OutboxMessage).values(values))


def _recipient_today(row: OutboxMessage) -> dict[str, str]:
    """Return to whom a mail goes that is sent again: an address may have been corrected since."""
    if row.registration_id is None or row.kind in STAYING:
        return {}
    person = db.session.get_one(Registration, row.registration_id)
    if person.email_key == row.recipient_key:
        return {}
    return facts.mailbox(person.email, full_name(person.given_name, person.family_name))


def _control() -> OutboxControl:
    control = db.session.scalars(select(OutboxControl).with_for_update()).first()
    if control is None:
        control = OutboxControl(id=1, held=False)
        db.session.add(control)
    return control
