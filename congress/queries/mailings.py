"""Info mails: what is written, who would get it, how far it has come."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from congress.base import columns_of, table_of
from congress.domain.attendee_list import Wanted
from congress.domain.folding import fold_sought
from congress.domain.mails.mailings import (
    Audience,
    MailingState,
    Reader,
    Recipients,
    To,
    recipients,
)
from congress.domain.registration import RegistrationState
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import Contribution, Contributor, Mailing, MailingFile, OutboxMessage, Person
from congress.models import ProgrammeItem as Item
from congress.queries import dead_mailboxes, newsletters
from congress.queries.attendees import conditions
from congress.queries.outbox import MessageState
from congress.queries.registrations import PEOPLE

MAILINGS, FILES, MAILS = table_of(Mailing), table_of(MailingFile), table_of(OutboxMessage)
KNOWN, NAMED = table_of(Contributor), table_of(Person)
WRITTEN = (
    "id congress_id state subject text audience version scheduled_at total done fault copy_of_id "
    "changed_at started_at finished_at"
)
OF_READERS = columns_of(PEOPLE, "id given_name family_name email language state unconfirmed_until")


@dataclass(frozen=True)
class Attached:
    """An attachment, without its content."""

    id: int
    name: str
    media_type: str
    size: int  # bytes


@dataclass(frozen=True)
class WrittenMailing:
    """An info mail as it stands."""

    id: int
    congress_id: int
    state: MailingState
    subject: Texts
    text: Texts
    audience: Audience
    version: int
    scheduled_at: datetime | None
    total: int
    done: int
    fault: str
    copy_of_id: int | None
    changed_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    files: tuple[Attached, ...] = field(default=())


@dataclass(frozen=True)
class Delivered:
    """How many of its mails stand where."""

    waiting: int
    sent: int
    failed: int


def of_congress(congress_id: int) -> list[WrittenMailing]:
    """Return the info mails of a congress, the latest first, without attachments."""
    statement = select(*columns_of(MAILINGS, WRITTEN)).where(MAILINGS.c.congress_id == congress_id)
    rows = db.session.execute(statement.order_by(MAILINGS.c.id.desc()))
    return [_as_written(row) for row in rows]


def find(congress_id: int, mailing_id: int) -> WrittenMailing | None:
    """Return an info mail of this congress with its attachments; None for that of another."""
    statement = select(*columns_of(MAILINGS, WRITTEN)).where(
        MAILINGS.c.id == mailing_id, MAILINGS.c.congress_id == congress_id
    )
    row = db.session.execute(statement).one_or_none()
    return _as_written(row, files_of(mailing_id)) if row else None


def files_of(mailing_id: int) -> tuple[Attached, ...]:
    """Return the attachments of an info mail, in their order."""
    statement = select(*columns_of(FILES, "id name media_type size"))
    rows = db.session.execute(
        statement.where(FILES.c.mailing_id == mailing_id).order_by(FILES.c.id)
    )
    return tuple(Attached(*row) for row in rows)


def contents(file_ids: Sequence[int]) -> dict[int, bytes]:
    """Return what attachments hold, by their numbers."""
    rows = db.session.execute(select(FILES.c.id, FILES.c.content).where(FILES.c.id.in_(file_ids)))
    return {row.id: row.content for row in rows}


def delivered(mailing_ids: Collection[int]) -> dict[int, Delivered]:
    """Return how many mails of some info mails stand where."""
    rows = db.session.execute(
        select(MAILS.c.mailing_id, MAILS.c.state, func.count())
        .where(MAILS.c.mailing_id.in_(mailing_ids))
        .group_by(MAILS.c.mailing_id, MAILS.c.state)
    )
    counts: dict[int, dict[str, int]] = {each: {} for each in mailing_ids}
    for number, state, count in rows:
        counts[number][state] = count
    waiting = (MessageState.QUEUED, MessageState.SENDING)
    return {
        number: Delivered(
            sum(found.get(state, 0) for state in waiting),
            found.get(MessageState.SENT, 0),
            found.get(MessageState.FAILED, 0),
        )
        for number, found in counts.items()
    }


def recipients_of(mailing: WrittenMailing) -> Recipients:
    """Return who would get an info mail now, and who would not and why."""
    people = _readers(mailing.congress_id, mailing.audience)
    before = _had(mailing.copy_of_id)
    return recipients(
        people,
        dead=dead_mailboxes.every_key(),
        had_before=before,
        only_new=mailing.audience.only_new,
    )


def still_there(audience: Audience, numbers: Collection[int]) -> list[Reader]:
    """Return those of some readers whom a mail reaches now, in the order of their numbers."""
    if audience.to is To.PROGRAMME:
        found = _contributors(KNOWN.c.id.in_(numbers))
    elif audience.to is To.NEWSLETTER:
        found = newsletters.readers(newsletters.READERS.c.id.in_(numbers))
    else:
        rows = db.session.execute(select(*OF_READERS).where(PEOPLE.c.id.in_(numbers)))
        found = _as_readers(rows, audience)
    reached = recipients(found, dead=()).reached
    return sorted(reached, key=lambda each: each.id)


def _had(mailing_id: int | None) -> list[int] | None:
    if mailing_id is None:
        return None
    statement = select(MAILINGS.c.readers).where(
        MAILINGS.c.id == mailing_id, MAILINGS.c.started_at.is_not(None)
    )
    return db.session.scalars(statement).one_or_none()


def _readers(congress_id: int, audience: Audience) -> list[Reader]:
    if audience.to is To.PROGRAMME:
        return _of_programme(congress_id, audience)
    if audience.to is To.NEWSLETTER:
        return newsletters.readers(newsletters.READERS.c.congress_id == congress_id)
    wanted = Wanted(
        search=audience.search,
        state=audience.state,
        workshop_id=audience.workshop_id,
        waiting_for_id=audience.waiting_for_id,
        has_come=audience.has_come,
    )
    which = conditions(congress_id, wanted)
    answers = [PEOPLE.c.answers] if audience.answer_to else []  # reading them takes long
    rows = db.session.execute(
        select(*OF_READERS, *answers).where(*which).order_by(PEOPLE.c.family_key, PEOPLE.c.id)
    )
    sought = fold_sought(audience.answer).split()
    return _as_readers(
        (
            row
            for row in rows
            if not audience.answer_to or _answers(row, audience.answer_to, sought)
        ),
        audience,
    )


def _answers(row: Any, name: str, sought: Sequence[str]) -> bool:  # noqa: ANN401 - a row
    said = fold_sought(str(row.answers.get(name, "")))
    return all(word in said for word in sought) if sought else bool(said)


def _as_readers(rows: Iterable[Row[*tuple[Any, ...]]], audience: Audience) -> list[Reader]:
    """Return attendees; whoever asks for those who have withdrawn, by their state, means them."""
    is_wanted = audience.state is RegistrationState.CANCELLED
    return [
        Reader(
            *(row.id, row.given_name, row.family_name, row.email, row.language),
            is_withdrawn=row.state == RegistrationState.CANCELLED and not is_wanted,
            is_unconfirmed=row.unconfirmed_until is not None
            and row.state != RegistrationState.CANCELLED,
        )
        for row in rows
    ]


def _of_programme(congress_id: int, audience: Audience) -> list[Reader]:
    """People of the programme by what they do and what they answered; with a way to reach them."""
    does = (
        select(Contribution.person_id)
        .join(Item, Item.id == Contribution.item_id)
        .where(Item.congress_id == congress_id, Item.cancelled.is_(False))
    )
    if audience.role:
        does = does.where(Contribution.role == audience.role)
    if audience.answered:
        does = does.where(Contribution.state == audience.answered)
    words = fold_sought(audience.search).split()
    found = _contributors(KNOWN.c.congress_id == congress_id, KNOWN.c.person_id.in_(does))
    return [each for each in found if all(word in fold_sought(each.name) for word in words)]


def _contributors(*which: Any) -> list[Reader]:  # noqa: ANN401 - conditions
    statement: Select[*tuple[Any, ...]] = (
        select(KNOWN.c.id, NAMED.c.name, KNOWN.c.email, KNOWN.c.language)
        .join(NAMED, NAMED.c.id == KNOWN.c.person_id)
        .where(*which)
        .order_by(NAMED.c.name, KNOWN.c.id)
    )
    return [
        Reader(row.id, "", row.name, row.email, row.language)
        for row in db.session.execute(statement)
    ]


def _as_written(row: Row[*tuple[Any, ...]], files: tuple[Attached, ...] = ()) -> WrittenMailing:
    values = row._asdict()
    values["state"] = MailingState(row.state)
    values["audience"] = Audience.from_json(row.audience)
    return WrittenMailing(**values, files=files)
