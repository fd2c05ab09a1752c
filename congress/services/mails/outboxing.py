"""What is done with the outbox: held, let go, a mail sent again, old ones emptied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, cast, func, insert, or_, select, update

from congress import queue
from congress.domain.access import Actor
from congress.domain.calendars.calendar import Method
from congress.domain.errors import Refused
from congress.domain.mails.delivery import KEPT_AFTER_SENDING
from congress.domain.mails.kinds import KINDS, STAYING, MessageKind
from congress.domain.mails.truth import PASSING, MailOutdated, Outdated
from congress.domain.names import full_name
from congress.extensions import db
from congress.models import OutboxMessage, Registration
from congress.queries import dead_mailboxes, workspaces
from congress.services import auditing
from congress.services.mails import controlling, facts, truth
from congress.services.mails.drafting import new_message_id
from congress.transaction import after_commit, transaction

MOST_AT_ONCE = 500  # failed mails that one act sends again: the lock stays short


class NothingToSendAgain(Refused):
    """The mail is on its way already, was deleted after its time, or invites who subscribes."""


class MailboxTakesNothing(Refused):
    """The mail would come back unsent: its mailbox is known to take none."""


@dataclass(frozen=True)
class Again:
    """How many mails are sent again; how many are no longer true, or have a dead mailbox."""

    sent: int
    outdated: int = 0
    dead: int = 0


class _Parted(NamedTuple):
    """Of mails that failed, what is sent again, and what nobody misses: both may be none."""

    again: list[OutboxMessage]
    missed: list[OutboxMessage]
    outdated: int
    dead: int

    def __bool__(self) -> bool:
        return bool(self.again or self.missed)


def hold(*, actor: Actor, now: datetime) -> None:
    """Deliver nothing from now on; mails are still written."""
    with transaction():
        control = controlling.control()
        if not control.held:
            control.held, control.held_since = True, now
            auditing.record("outbox_held", actor=actor, now=now)


def release(*, actor: Actor, now: datetime) -> None:
    """Deliver again, what has gathered first."""
    with transaction():
        control = controlling.control()
        if control.held:
            control.held, control.held_since, control.restored_up_to = False, None, None
            auditing.record("outbox_released", actor=actor, now=now)
        after_commit(queue.wake)


def send_again(message_id: int, *, actor: Actor, now: datetime) -> str:
    """Send a mail once more; returns the address that it goes to by now.

    Raises `NothingToSendAgain`, `MailOutdated` where it misleads, and `MailboxTakesNothing`.

    One that failed goes out under its own Message-ID. One that was taken is written anew:
    mailboxes drop a second copy of what they have.
    """
    with transaction():
        row = _locked(message_id)
        if row.state in {"queued", "sending"} or not row.facts or _is_withdrawn(row):
            raise NothingToSendAgain(message_id)
        if why := truth.judge([row], now=now).outdated.get(row.id):
            raise MailOutdated(why)
        if dead_mailboxes.of_mails([row.id]):
            raise MailboxTakesNothing
        recipient = _recipient_today(row).get("recipient", row.recipient)
        if row.state == "failed":
            _queue_again(row, now=now)
        else:
            _write_anew(row, _recipient_today(row), now=now)
        auditing.record(
            "mail_sent_again",
            actor=actor,
            now=now,
            congress_id=row.congress_id,
            registration_id=row.registration_id,
            details={"kind": row.kind, "subject": row.subject},
        )
        after_commit(queue.wake)
    return recipient


def why_outdated(message_id: int, *, now: datetime) -> Outdated | None:
    """Return why a mail that went out, or could not, is no longer true. Reads alone."""
    row = db.session.get_one(OutboxMessage, message_id)
    return truth.judge([row], now=now).outdated.get(row.id)


def send_failed_again(
    congress_id: int, mailing_id: int | None = None, *, actor: Actor, now: datetime
) -> Again:
    """Send all mails of a congress, or of one info mail, again that failed and are not settled.

    Whoever got a newer mail meanwhile knows better, what is no longer true misleads, and what a
    mailbox does not take comes back: these are left to whoever looks at them. A reminder whose
    moment is over is settled, as nobody misses it. Raises `NothingToSendAgain` where none is sent
    or settled.
    """
    which = [OutboxMessage.congress_id == congress_id, workspaces.HAS_FAILED]
    if mailing_id is not None:
        which.append(OutboxMessage.mailing_id == mailing_id)
    first = _first_to_send(which, now=now)
    with transaction():
        rows = db.session.scalars(
            _page(which, first).with_for_update().execution_options(populate_existing=True)
        ).all()
        found = _parted(rows, now=now)
        if not found:
            raise NothingToSendAgain(congress_id)
        again, missed, outdated = found.again, found.missed, found.outdated
        for row in missed:
            row.settled_at = now
        people = {row.registration_id for row in again}
        known = db.session.scalars(select(Registration).where(Registration.id.in_(people))).all()
        for row in again:
            _queue_again(row, now=now)
        details = {"count": len(again), "people": len(known), "outdated": outdated}
        auditing.record(
            "mails_sent_again", actor=actor, now=now, congress_id=congress_id, details=details
        )
        after_commit(queue.wake)
        return Again(len(again), outdated, found.dead)


def settle(message_id: int, *, is_settled: bool, actor: Actor, now: datetime) -> None:
    """Note that somebody has seen to a mail that failed, or take the note back.

    Raises `NothingToSendAgain` for one that is on its way by now, or went out.
    """
    with transaction():
        row = _locked(message_id)
        if row.state != "failed":
            raise NothingToSendAgain(message_id)
        if is_settled is (row.settled_at is not None):
            return
        row.settled_at = now if is_settled else None
        auditing.record(
            "mail_settled" if is_settled else "mail_unsettled",
            actor=actor,
            now=now,
            congress_id=row.congress_id,
            registration_id=row.registration_id,
            details={"kind": row.kind, "subject": row.subject},
        )


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


def _first_to_send(which: Sequence[ColumnElement[bool]], *, now: datetime) -> int:
    """Return from which of some failed mails on there is something to do; holds none of them.

    What is left to whoever looks at it stays failed, and may be all of the oldest.
    """
    first = 0
    while rows := db.session.scalars(_page(which, first)).all():
        if _parted(rows, now=now):
            return first
        first = rows[-1].id + 1
    return first


def _page(which: Sequence[ColumnElement[bool]], first: int) -> Select[OutboxMessage]:
    mails = select(OutboxMessage).where(*which, OutboxMessage.id >= first)
    return mails.order_by(OutboxMessage.id).limit(MOST_AT_ONCE)


def _parted(rows: Sequence[OutboxMessage], *, now: datetime) -> _Parted:
    """Part mails that failed; whoever looks at them sees to the rest."""
    outdated = truth.judge(rows, now=now).outdated
    dead = dead_mailboxes.of_mails([row.id for row in rows if row.id not in outdated])
    left = outdated.keys() | _overtaken(rows) | dead
    return _Parted(
        [row for row in rows if row.facts and row.id not in left and not _is_withdrawn(row)],
        [row for row in rows if row.id in outdated and row.kind in PASSING],
        len(outdated),
        len(dead),
    )


def _overtaken(rows: Sequence[OutboxMessage]) -> set[int]:
    """Return those of some failed mails after which their reader was written something newer.

    Of those that failed as well, what takes the place of an older one does. What was written at the
    same moment stands beside it, as an invitation beside its letter.
    """
    people = {row.registration_id for row in rows if row.registration_id is not None}
    newest = (
        select(OutboxMessage.registration_id, func.max(OutboxMessage.created_at))
        .where(OutboxMessage.registration_id.in_(people), OutboxMessage.state != "failed")
        .group_by(OutboxMessage.registration_id)
    )
    last = {row[0]: row[1] for row in db.session.execute(newest)}
    found = {
        row.id for row in rows if last.get(row.registration_id, row.created_at) > row.created_at
    }
    failed = (
        select(OutboxMessage.id, OutboxMessage.registration_id, OutboxMessage.kind)
        .where(OutboxMessage.registration_id.in_(people), workspaces.HAS_FAILED)
        .order_by(OutboxMessage.id.desc())
    )
    given_way: dict[int | None, set[str]] = {}
    for row in db.session.execute(failed):
        of_reader = given_way.setdefault(row.registration_id, set())
        if row.kind in of_reader:
            found.add(row.id)
        if row.kind in KINDS:  # one of a later version overtakes nothing
            of_reader |= KINDS[MessageKind(row.kind)].overtakes
    return found


def _locked(message_id: int) -> OutboxMessage:
    return db.session.get_one(
        OutboxMessage, message_id, with_for_update=True, populate_existing=True
    )


def _queue_again(row: OutboxMessage, *, now: datetime) -> None:
    values = {"state": "queued", "attempts": 0, "due_at": now, "content": None, "settled_at": None}
    values["facts"] = _without_entry(row) if _subscribes(row) else row.facts
    if row.fault:  # what was no answer of a server is not to be read as one
        values |= {"fault": "", "last_error": ""}
    for name, value in (values | _recipient_today(row)).items():
        setattr(row, name, value)


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
    if _subscribes(row):
        values["facts"] = _without_entry(row)
    elif entry := row.facts.get("entry"):
        values["facts"] = row.facts | {"entry": entry | {"unseen": False}}
    values |= {"message_id": new_message_id(), "created_at": now, "due_at": now}
    db.session.execute(insert(OutboxMessage).values(values))


def _subscribes(row: OutboxMessage) -> bool:
    """Return whether an invitation would stand beside a calendar that somebody subscribes to."""
    entry = row.facts.get("entry")
    if row.registration_id is None or entry is None or entry["method"] == Method.CANCEL:
        return False
    return db.session.get_one(Registration, row.registration_id).subscribes


def _is_withdrawn(row: OutboxMessage) -> bool:
    """Return whether a mail is nothing but such an invitation."""
    return row.kind == MessageKind.CALENDAR_REQUEST and _subscribes(row)


def _without_entry(row: OutboxMessage) -> dict[str, Any]:
    """Return what a letter states without its calendar object, and so with its link."""
    stated = {name: value for name, value in row.facts.items() if name != "entry"}
    return stated | {"links": ["manage"], "subscribes": True}


def _recipient_today(row: OutboxMessage) -> dict[str, str]:
    """Return to whom a mail goes that is sent again: an address may have been corrected since."""
    if row.registration_id is None or row.kind in STAYING:
        return {}
    person = db.session.get_one(Registration, row.registration_id)
    if person.email_key == row.recipient_key:
        return {}
    return facts.mailbox(person.email, full_name(person.given_name, person.family_name))
