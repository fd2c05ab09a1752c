"""What is done with mails that came back: each in a transaction of its own, and twice like once.

An answer changes no place. Who declines in their calendar is asked by mail whether to give the
place up, and does that on their own page (decision 0062).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update

from congress.base import columns_of, table_of
from congress.domain.access import SYSTEM, Actor
from congress.domain.congresses import Congress, CongressState
from congress.domain.mails import received
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.received import (
    ASKED_AGAIN_AFTER,
    KEPT_FOR_A_HUMAN,
    REPORTED_WITHIN,
    Answer,
    Answered,
    Bounced,
    ForHuman,
    Ignored,
    Noted,
    Received,
    Why,
)
from congress.domain.people import fold_email
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import (
    CalendarEntry,
    CalendarReply,
    OutboxMessage,
    ReceivedMail,
    Registration,
)
from congress.queries import congresses
from congress.queries.registrations import congress_of, standings
from congress.services import auditing
from congress.services.mails import controlling, dead_mailboxes, drafting, telling
from congress.services.mails.facts import Letters
from congress.transaction import transaction

MAILS, REPLIES = table_of(OutboxMessage), table_of(CalendarReply)
KEPT, ENTRIES = table_of(ReceivedMail), table_of(CalendarEntry)
PEOPLE = table_of(Registration)
GOES_ON = ENTRIES.alias("goes_on")
# Whoever registers again goes on with the same entry, at the same congress.
OF_ENTRY = (
    select(PEOPLE.c.congress_id)
    .join(ENTRIES, ENTRIES.c.registration_id == PEOPLE.c.id)
    .where(ENTRIES.c.uid == bindparam("uid"))
    .order_by(PEOPLE.c.id.desc())
    .limit(1)
)
LAST_ENTRY = OF_ENTRY.with_only_columns(
    *columns_of(ENTRIES, "registration_id sequence content"),
    *columns_of(PEOPLE, "email created_at"),
    # Whoever registered again goes on with the entry; else it is of one registration alone.
    select(func.count())
    .where(GOES_ON.c.uid == ENTRIES.c.uid)
    .scalar_subquery()
    .label("registrations"),
)
KEPT_BECAUSE = "kept_"


@dataclass(frozen=True)
class Whose:
    """Whom a mail is about, as far as anybody can say."""

    congress_id: int | None = None
    registration_id: int | None = None


def take(mail: Received, digest: str, *, now: datetime) -> str:
    """Do what a mail asks for; returns what came of it, for the log of the program.

    `digest` tells it from any other.
    """
    found = received.meaning(mail)
    with transaction():
        rest: ForHuman | None = None
        match found:
            case Bounced():
                rest = _bounce(found, now=now)
            case Answered():
                rest = _answer(found, now=now)
            case ForHuman():
                rest = found
            case Ignored():
                return "ignored"
        if rest is not None:
            _keep(mail, rest.why, digest, now=now)
    return "done" if rest is None else f"{KEPT_BECAUSE}{rest.why}"


def _bounce(found: Bounced, *, now: datetime) -> ForHuman | None:
    """Note that a mail did not arrive; that it was taken before is what makes it a report."""
    mail = db.session.execute(
        select(*columns_of(MAILS, "id recipient_key sent_at state"))
        .where(MAILS.c.message_id.in_(found.message_ids))
        .order_by(MAILS.c.id.desc())
        .limit(1)
        .with_for_update()
    ).one_or_none()
    if mail is None or mail.sent_at is None or now - mail.sent_at > REPORTED_WITHIN:
        return ForHuman(Why.REPORT)
    named = {fold_email(each) for each in found.recipients}
    if named and mail.recipient_key not in named:
        return ForHuman(Why.REPORT)  # sent on, to somebody that we do not know
    if mail.state == "sent":
        failed = {"state": "failed", "last_error": found.reason}
        db.session.execute(update(MAILS).where(MAILS.c.id == mail.id).values(failed))
    if found.is_mailbox_gone:
        dead_mailboxes.mark(mail.id, found.reason, now=now)
    return None


def _answer(found: Answered, *, now: datetime) -> ForHuman | None:
    """Note what somebody answered; whoever declines is asked whether to give the place up."""
    congress_id = db.session.scalars(OF_ENTRY, {"uid": found.uid}).one_or_none()
    if congress_id is None:
        return ForHuman(Why.FOREIGN)
    congress = congresses.with_content(congresses.hold(congress_id))
    entry = db.session.execute(LAST_ENTRY, {"uid": found.uid}).one()
    which = (REPLIES.c.registration_id == entry.registration_id, REPLIES.c.uid == found.uid)
    row = db.session.execute(
        select(*columns_of(REPLIES, "sequence answered_at answer")).where(*which)
    ).one_or_none()
    if not received.is_theirs(found, address=entry.email, sequence=entry.sequence):
        return ForHuman(Why.FOREIGN)
    if row and received.is_overtaken(found, Noted(row.sequence, row.answered_at)):
        return None
    is_back = entry.registrations > 1
    if is_back and found.stamped_at and found.stamped_at < entry.created_at:
        return None  # it answered the registration before this one
    answered_at = min(found.stamped_at or now, now)
    stated = {"sequence": found.sequence, "answer": found.answer, "answered_at": answered_at}
    is_news = row is None or row.answer != found.answer
    if row is None:
        named = {"registration_id": entry.registration_id, "uid": found.uid}
        db.session.add(CalendarReply(**named, **stated))
    else:
        seen = {"settled_at": None} if is_news else {}
        db.session.execute(update(REPLIES).where(*which).values(stated | seen))
    if is_news:
        auditing.record(
            "calendar_answered",
            actor=SYSTEM,
            now=now,
            congress_id=congress_id,
            registration_id=entry.registration_id,
            details={"answer": found.answer},
        )
        if found.answer is Answer.DECLINED and congress.state is CongressState.PUBLISHED:
            _ask(congress, entry.registration_id, entry.content["starts"], now=now)
    return None


def _ask(congress: Congress, registration_id: int, day: str, *, now: datetime) -> None:
    """Ask by mail whether to give the place up, unless there is none or it is too late.

    Not again on the same day: whoever lets a calendar say yes and no would fill a mailbox.
    """
    [standing] = standings([registration_id])
    if standing.state is RegistrationState.CANCELLED or now >= congress.starts_at:
        return
    asked = select(MAILS.c.id).where(
        MAILS.c.registration_id == registration_id,
        MAILS.c.kind == MessageKind.DECLINED,
        MAILS.c.created_at > now - ASKED_AGAIN_AFTER,
    )
    if db.session.scalar(asked.limit(1)) is not None:
        return
    letter = Letters(congress).to(standing)
    letter["declined"] = day
    telling.store([drafting.row(congress, standing, MessageKind.DECLINED, letter)], now=now)


def _keep(mail: Received, why: Why, digest: str, *, now: datetime) -> None:
    """Keep a mail for a human, once."""
    known = select(KEPT.c.id).where(KEPT.c.digest == digest)
    if db.session.scalar(known) is not None:
        return
    whose = _whose(mail)
    db.session.add(
        ReceivedMail(
            digest=digest,
            congress_id=whose.congress_id,
            registration_id=whose.registration_id,
            sender=mail.sender,
            subject=mail.subject,
            text=mail.text,
            why=why,
            received_at=now,
        )
    )


def _whose(mail: Received) -> Whose:
    """Return whom a mail is about: whose mail it answers, or who writes from one known address."""
    about = (
        select(*columns_of(MAILS, "congress_id registration_id"))
        .where(MAILS.c.message_id.in_(mail.about))
        .order_by(MAILS.c.id.desc())
    )
    senders = (
        select(PEOPLE.c.congress_id, PEOPLE.c.id)
        .where(PEOPLE.c.email_key == fold_email(mail.sender), PEOPLE.c.email_key != "")
        .order_by(PEOPLE.c.id.desc())
    )
    for statement in (about, senders):
        row = db.session.execute(statement.limit(1)).one_or_none()
        if row is not None:
            return Whose(*row)
    return Whose()


def note_fault(fault: str, *, now: datetime) -> None:
    """Note why the mailbox cannot be read, or with no fault that it can; again changes nothing."""
    with transaction():
        control = controlling.control()
        if bool(control.replies_fault) is not bool(fault):
            control.replies_fault_since = now if fault else None
        control.replies_fault = fault


def settle_mail(received_id: int, *, is_done: bool, actor: Actor, now: datetime) -> None:
    """Note that a human has read a mail, or take that back; again changes nothing."""
    with transaction():
        row = db.session.get_one(ReceivedMail, received_id, with_for_update=True)
        if (row.done_at is not None) is is_done:
            return
        row.done_at = now if is_done else None
        auditing.record(
            "received_mail_done" if is_done else "received_mail_open",
            actor=actor,
            now=now,
            congress_id=row.congress_id,
            registration_id=row.registration_id,
        )


def settle_answer(registration_id: int, *, actor: Actor, now: datetime) -> None:
    """Note that an organiser has seen to a "no"; the next one stands there again."""
    with transaction():
        congress_id = congress_of(registration_id)
        congresses.hold(congress_id)
        result = db.session.execute(
            update(REPLIES)
            .where(
                REPLIES.c.registration_id == registration_id,
                REPLIES.c.answer == Answer.DECLINED,
                REPLIES.c.settled_at.is_(None),
            )
            .values(settled_at=now)
        )
        if result.rowcount:  # type: ignore[attr-defined] # an UPDATE counts its rows
            auditing.record(
                "calendar_answer_settled",
                actor=actor,
                now=now,
                congress_id=congress_id,
                registration_id=registration_id,
            )


def forget_old(*, now: datetime) -> int:
    """Forget mails for a human after a month; returns how many."""
    with transaction():
        is_old = KEPT.c.received_at <= now - KEPT_FOR_A_HUMAN
        result = db.session.execute(delete(KEPT).where(is_old))
        return int(result.rowcount)  # type: ignore[attr-defined] # a DELETE counts its rows
