"""What organisers do with info mails, whose letters the worker writes (`mailing_steps`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from congress import queue
from congress.base import table_of
from congress.domain.access import Actor
from congress.domain.congresses import Congress
from congress.domain.mails import mailings
from congress.domain.mails.mailings import (
    EDITABLE,
    Audience,
    MailingEditedMeanwhile,
    MailingState,
    MailingUnseen,
    WrongState,
)
from congress.domain.mails.readers import Reader, Recipients
from congress.domain.texts import Texts, in_language
from congress.extensions import db
from congress.models import Mailing, MailingFile, OutboxMessage
from congress.queries import mailings as queries
from congress.queries.mailings import WrittenMailing
from congress.queries.outbox import MessageState
from congress.services import auditing
from congress.services.mails import hearing, mailing_houses, telling
from congress.services.mails.hearing import PRESSED_TWICE
from congress.transaction import after_commit, transaction

MAILINGS, FILES, MAILS = table_of(Mailing), table_of(MailingFile), table_of(OutboxMessage)
PAUSABLE = (MailingState.SENDING, MailingState.SENT)


@dataclass(frozen=True)
class Content:
    """What stands in an info mail, and whom it is for."""

    subject: Texts
    text: Texts
    audience: Audience


def save(
    congress_id: int | None,
    content: Content,
    *,
    mailing_id: int | None,
    version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Keep an info mail, a new one without a number; returns its number.

    One that is scheduled becomes a draft again: what goes out was looked at. Raises
    MailingEditedMeanwhile where it is of another version by now, and WrongState once it began.
    """
    values: dict[str, Any] = {
        "subject": dict(content.subject),
        "text": dict(content.text),
        "audience": content.audience.as_json(),
        "changed_at": now,
    }
    with transaction():
        mailing_houses.hold(congress_id)
        if mailing_id is None:
            if twin := queries.find_twin(congress_id, values, since=now - PRESSED_TWICE):
                return twin
            row = Mailing(congress_id=congress_id, created_at=now, **values)
            db.session.add(row)
            db.session.flush()
        else:
            row = _held(congress_id, mailing_id)
            _require(row, *EDITABLE)
            if row.version != version:
                raise MailingEditedMeanwhile
            _become_draft(row)
            for name, value in values.items():
                setattr(row, name, value)
            row.version += 1
        _record("mailing_saved", row, actor=actor, now=now)
        return row.id


def attach(
    congress_id: int | None,
    mailing_id: int,
    name: str,
    content: bytes,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep a file that goes with every mail; the same one again changes nothing.

    Raises NoFile, WrongKindOfFile, TooManyFiles, FileTooLarge and WrongState.
    """
    media_type = mailings.file_type(name, content)
    with transaction():
        row = _held(congress_id, mailing_id)
        _require(row, *EDITABLE)
        files, size = queries.files_of(mailing_id), len(content)
        alike = [each.id for each in files if (each.name, each.size) == (name, size)]
        if content in db.session.scalars(select(FILES.c.content).where(FILES.c.id.in_(alike))):
            return  # pressed twice
        mailings.require_room([each.size for each in files], size)
        values = {"name": name, "media_type": media_type, "size": size, "content": content}
        db.session.execute(insert(FILES).values(mailing_id=mailing_id, **values))
        _touch(row, now=now)
        _record("mailing_file_added", row, actor=actor, now=now, file=name)


def detach(
    congress_id: int | None, mailing_id: int, file_id: int, *, actor: Actor, now: datetime
) -> None:
    """Leave a file out again; one that is gone already changes nothing. Raises WrongState."""
    with transaction():
        row = _held(congress_id, mailing_id)
        _require(row, *EDITABLE)
        which = (FILES.c.id == file_id, FILES.c.mailing_id == mailing_id)
        name = db.session.scalars(select(FILES.c.name).where(*which)).one_or_none()
        if name is not None:
            db.session.execute(delete(FILES).where(*which))
            _touch(row, now=now)
            _record("mailing_file_removed", row, actor=actor, now=now, file=name)


def send(
    congress_id: int | None, mailing_id: int, *, seen: str, actor: Actor, now: datetime
) -> int:
    """Begin to send what was `seen`; returns to how many. The worker writes the letters.

    Raises MailingUnseen, WrongState (pressed twice), and what `require_sendable` raises.
    """
    with transaction():
        congress, row, found = _looked_at(congress_id, mailing_id, seen, now=now)
        begin(congress, row, found, now=now)
        _record("mailing_sent", row, actor=actor, now=now, count=row.total)
        return row.total


def schedule(
    congress_id: int | None,
    mailing_id: int,
    scheduled_at: datetime,
    *,
    seen: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Send what was `seen` at a moment to come, to whoever the audience is then.

    Raises TimeHasPassed, and what `send` raises.
    """
    mailings.require_later(scheduled_at, now)
    with transaction():
        _congress, row, _found = _looked_at(congress_id, mailing_id, seen, now=now)
        if row.scheduled_at == scheduled_at:
            return  # pressed twice
        row.state, row.scheduled_at, row.fault = MailingState.SCHEDULED, scheduled_at, ""
        at = scheduled_at.isoformat()
        _record("mailing_scheduled", row, actor=actor, now=now, at=at)


def unschedule(congress_id: int | None, mailing_id: int, *, actor: Actor, now: datetime) -> None:
    """Make a draft of what waits for its moment; again changes nothing. Raises WrongState."""
    with transaction():
        row = _held(congress_id, mailing_id)
        _require(row, *EDITABLE)
        if row.state == MailingState.SCHEDULED:
            _become_draft(row)
            _record("mailing_unscheduled", row, actor=actor, now=now)


def pause(congress_id: int | None, mailing_id: int, *, actor: Actor, now: datetime) -> None:
    """Write and send no more of it until it is resumed; again changes nothing. Raises WrongState.

    What the mail server has is gone.
    """
    with transaction():
        row = _held(congress_id, mailing_id)
        if row.state == MailingState.PAUSED:
            return
        _require(row, *PAUSABLE)
        row.state = MailingState.PAUSED
        _record("mailing_paused", row, actor=actor, now=now)


def resume(congress_id: int | None, mailing_id: int, *, actor: Actor, now: datetime) -> None:
    """Go on where it was paused; again changes nothing. Raises WrongState and CongressIsOff."""
    with transaction():
        congress = mailing_houses.hold(congress_id)
        row = _held(congress_id, mailing_id)
        if row.state in PAUSABLE:
            return
        _require(row, MailingState.PAUSED)
        mailings.require_on(mailing_houses.state_of(congress))
        is_written = row.finished_at is not None
        row.state = MailingState.SENT if is_written else MailingState.SENDING
        row.fault = ""
        _record("mailing_resumed", row, actor=actor, now=now)
        after_commit(queue.wake)


def stop(congress_id: int | None, mailing_id: int, *, actor: Actor, now: datetime) -> int:
    """Send no more of it for good; returns how many mails were not sent. Raises WrongState."""
    with transaction():
        row = _held(congress_id, mailing_id)
        _require(row, MailingState.PAUSED)
        return end(row, actor=actor, now=now)


def end(row: Mailing, *, actor: Actor, now: datetime) -> int:
    """Stop one that is paused and locked; returns how many mails were not sent."""
    unsent = (MAILS.c.mailing_id == row.id, MAILS.c.state == MessageState.QUEUED)
    gone = db.session.execute(delete(MAILS).where(*unsent))
    left = gone.rowcount + row.total - row.done  # type: ignore[attr-defined] # a DELETE counts
    row.state, row.finished_at = MailingState.STOPPED, row.finished_at or now
    row.fault = ""
    _record("mailing_stopped", row, actor=actor, now=now, count=left)
    return int(left)


def copy(congress_id: int | None, mailing_id: int, *, actor: Actor, now: datetime) -> int:
    """Make a draft of an info mail, attachments included; returns the new one's number."""
    with transaction():
        row = _held(congress_id, mailing_id)
        values = {name: getattr(row, name) for name in ("subject", "text", "audience")}
        is_known = row.finished_at is None or bool(row.readers)  # to whom it went
        copy_of = row.id if is_known else None
        since = now - PRESSED_TWICE
        twin = queries.find_twin(congress_id, values, since=since, copy_of=copy_of, after=row.id)
        if twin:
            return twin
        made = Mailing(
            congress_id=congress_id,
            created_at=now,
            changed_at=now,
            copy_of_id=copy_of,
            **values,
        )
        db.session.add(made)
        db.session.flush()
        of_file = [FILES.c[name] for name in ("name", "media_type", "size", "content")]
        db.session.execute(
            insert(FILES).from_select(
                ["mailing_id", *(each.name for each in of_file)],
                select(db.literal(made.id), *of_file).where(FILES.c.mailing_id == mailing_id),
            )
        )
        _record("mailing_copied", made, actor=actor, now=now)
        return made.id


def remove(congress_id: int | None, mailing_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete an info mail that nobody has got. Raises WrongState."""
    with transaction():
        row = _held(congress_id, mailing_id)
        _require(row, *EDITABLE)
        _record("mailing_removed", row, actor=actor, now=now)
        db.session.delete(row)


def send_test(
    congress_id: int | None,
    mailing_id: int,
    to: Reader,
    *,
    email: str,
    name: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Send the letter that somebody would get to whoever asks for it, without secret links."""
    with transaction():
        congress = mailing_houses.hold(congress_id)
        mailing = queries.find(congress_id, mailing_id)
        if mailing is None:
            raise WrongState
        row = mailing_houses.letters(congress, mailing).test(to, email=email, name=name)
        kinds, stated = [row["kind"]], row["facts"]
        if hearing.has_just_heard(email, kinds, congress_id, facts=stated, now=now):
            return
        telling.store([row], now=now)
        auditing.record("mailing_tested", actor=actor, now=now, congress_id=congress_id)


def begin(congress: Congress | None, row: Mailing, found: Recipients, *, now: datetime) -> None:
    """Settle whom it goes to, inside a running transaction; raises what it may not be sent for."""
    _require_sendable(congress, row, found)
    row.readers = sorted(each.id for each in found.reached)
    row.state, row.fault, row.started_at = MailingState.SENDING, "", now
    row.total, row.done, row.told_up_to = len(row.readers), 0, 0
    after_commit(queue.wake)


def _looked_at(
    congress_id: int | None, mailing_id: int, seen: str, *, now: datetime
) -> tuple[Congress | None, Mailing, Recipients]:
    congress = mailing_houses.hold(congress_id)
    row = _held(congress_id, mailing_id)
    _require(row, *EDITABLE)
    mailing = queries.find(congress_id, mailing_id)
    if mailing is None:
        raise WrongState
    found = mailing_houses.recipients_of(mailing, now=now)
    if seen != mark_of(mailing, found):
        raise MailingUnseen
    _require_sendable(congress, row, found)
    return congress, row, found


def _require_sendable(congress: Congress | None, row: Mailing, found: Recipients) -> None:
    state, to = mailing_houses.state_of(congress), Audience.from_json(row.audience).to
    mailings.require_sendable(state, row.subject, row.text, to, found)


def mark_of(mailing: WrittenMailing, found: Recipients) -> str:
    """Return what tells this info mail to these people from any other."""
    return mailings.mark_of(mailing.subject, mailing.text, [x.id for x in mailing.files], found)


def _held(congress_id: int | None, mailing_id: int) -> Mailing:
    known = select(Mailing).where(Mailing.id == mailing_id, Mailing.congress_id == congress_id)
    held = known.with_for_update().execution_options(populate_existing=True)
    if (row := db.session.scalars(held).one_or_none()) is None:
        raise WrongState
    return row


def _require(row: Mailing, *states: MailingState) -> None:
    if MailingState(row.state) not in states:
        raise WrongState


def _become_draft(row: Mailing) -> None:
    row.state, row.scheduled_at, row.fault = MailingState.DRAFT, None, ""


def _touch(row: Mailing, *, now: datetime) -> None:
    _become_draft(row)
    row.changed_at = now


def _record(verb: str, row: Mailing, *, actor: Actor, now: datetime, **details: object) -> None:
    said = {"subject": in_language(row.subject, "de"), **details}
    auditing.record(verb, actor=actor, now=now, congress_id=row.congress_id, details=said)
