"""Who gets an info mail: looked for by its audience, compared with an earlier one, told by now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, false, func, or_, select

from congress.base import columns_of, table_of
from congress.domain.answers_sought import says
from congress.domain.attendee_list import Wanted
from congress.domain.folding import commonest, fold_for_order, fold_sought
from congress.domain.mails.mailings import Audience, CalendarSaid, MailingState, To
from congress.domain.mails.readers import Difference, Reader, Recipients, difference, recipients
from congress.domain.own_questions import COLUMN
from congress.domain.people import fold_email
from congress.domain.registration import RegistrationState
from congress.domain.texts import Texts
from congress.extensions import db
from congress.models import CalendarReply, Consent
from congress.queries import dead_mailboxes, newsletters, own_answers, programme_readers, wishes
from congress.queries.attendees import conditions
from congress.queries.congresses import get_congress
from congress.queries.mailings import MAILINGS, MAILS, WrittenMailing
from congress.queries.outbox import MessageState
from congress.queries.registrations import PEOPLE

MOST_OFFERED = 200  # names; any other can be typed
GIVEN, SAID = table_of(Consent), table_of(CalendarReply)
TABLES = {
    To.ATTENDEES: PEOPLE,
    To.PROGRAMME: programme_readers.KNOWN,
    To.NEWSLETTER: newsletters.READERS,
}
OF_READERS = columns_of(
    PEOPLE, "id given_name family_name email language state unconfirmed_until merged_into_id"
)


@dataclass(frozen=True)
class Earlier:
    """The info mail that one is compared with, and the numbers of those who had it."""

    id: int
    subject: Texts
    started_at: datetime
    readers: frozenset[int]


@dataclass(frozen=True)
class Mail:
    """Where the mail to one reader stands."""

    id: int
    state: MessageState
    settled_at: datetime | None


@dataclass(frozen=True)
class Told:
    """Somebody whom an info mail was settled for; `is_to_come`: no letter was written yet."""

    reader: Reader
    mail: Mail | None
    is_to_come: bool


@dataclass(frozen=True)
class ToldPage:
    """Some of them, how many there are, and of how many nothing is stored any more."""

    people: list[Told]
    total: int
    forgotten: int


def recipients_of(mailing: WrittenMailing) -> Recipients:
    """Return who would get an info mail now, and who would not and why."""
    if mailing.audience.is_forgotten:
        return Recipients(())
    people = _readers(mailing.congress_id or 0, mailing.audience)
    earlier = earlier_of(mailing) if mailing.audience.only_new else None
    return recipients(
        people,
        dead=dead_mailboxes.every_key(),
        had_before=earlier.readers if earlier else (),
    )


def organisations(congress_id: int) -> list[str]:
    """Return the organisations with the most people, each in the spelling that most have typed."""
    key, typed = PEOPLE.c.organisation_key, PEOPLE.c.organisation
    rows = db.session.execute(
        select(key, typed, func.count())
        .where(PEOPLE.c.congress_id == congress_id, key != "")
        .group_by(key, typed)
    )
    spellings: dict[str, dict[str, int]] = {}
    for folded, name, people in rows:
        spellings.setdefault(folded, {})[name] = people
    by_size = sorted(spellings, key=lambda each: (-sum(spellings[each].values()), each))
    return [commonest(spellings[each]) for each in sorted(by_size[:MOST_OFFERED])]


def still_there(mailing: WrittenMailing, numbers: Collection[int]) -> list[Reader]:
    """Return those of some readers whom a mail reaches now, in the order of their numbers."""
    congress_id, audience = mailing.congress_id or 0, mailing.audience
    people = _stored(congress_id, audience, numbers)
    if audience.is_silent:
        meant = still_silent(congress_id, audience, numbers)
        people = [each for each in people if each.id in meant]
    return sorted(recipients(people, dead=()).reached, key=lambda each: each.id)


def still_silent(congress_id: int, audience: Audience, numbers: Collection[int]) -> set[int]:
    """Return those of some readers who have still said nothing of what they wish for."""
    which = (PEOPLE.c.id.in_(numbers), *_silent(congress_id, audience))
    return set(db.session.scalars(select(PEOPLE.c.id).where(*which)))


def difference_of(mailing: WrittenMailing, found: Recipients, earlier: Earlier) -> Difference:
    """Return what differs between those an info mail reaches and those who had an earlier one."""
    everybody = _stored(mailing.congress_id or 0, mailing.audience)
    return difference(found, earlier.readers, everybody)


def told(mailing: WrittenMailing, *, offset: int, limit: int) -> ToldPage:
    """Return some of those whom an info mail that began was settled for, in the order of lists."""
    statement = select(*columns_of(MAILINGS, "readers told_up_to"))
    row = db.session.execute(statement.where(MAILINGS.c.id == mailing.id)).one()
    numbers, congress_id = frozenset(row.readers), mailing.congress_id or 0
    known = [each for each in _stored(congress_id, mailing.audience) if each.id in numbers]
    part = known[offset : offset + limit]
    mails = _mails_to(mailing, part)
    return ToldPage(
        [Told(each, mails.get(each.id), each.id > row.told_up_to) for each in part],
        total=len(known),
        forgotten=len(numbers) - len(known),
    )


def _mails_to(mailing: WrittenMailing, people: Sequence[Reader]) -> dict[int, Mail]:
    """Return the last mail to each reader, by the reader's number; not everybody has one.

    Several may share a mailbox: a mail says for whom it is until its text is deleted.
    """
    ids = {each.id for each in people}
    of = {fold_email(each.email): each.id for each in people}
    stated = {To.PROGRAMME: "contributor", To.NEWSLETTER: "reader"}.get(mailing.audience.to)
    number = MAILS.c.facts[stated].as_integer() if stated else MAILS.c.registration_id
    key = MAILS.c.recipient_key
    rows = db.session.execute(
        select(number.label("number"), key, *columns_of(MAILS, "id state settled_at"))
        .where(
            MAILS.c.mailing_id == mailing.id,
            or_(number.in_(ids), and_(number.is_(None), key.in_(of))),
        )
        .order_by(MAILS.c.id)
    )
    return {
        row.number or of[row.recipient_key]: Mail(row.id, MessageState(row.state), row.settled_at)
        for row in rows
    }


def earlier_of(mailing: WrittenMailing) -> Earlier | None:
    """Return what an info mail is compared with, if its readers are still stored.

    That is the one it was copied from, or the last to the same audience that was not stopped.
    """
    began = (MAILINGS.c.congress_id == mailing.congress_id, MAILINGS.c.started_at.is_not(None))
    rows = db.session.execute(
        select(*columns_of(MAILINGS, "id congress_id state subject audience started_at"))
        .where(*began, MAILINGS.c.id != mailing.id)
        .order_by(MAILINGS.c.started_at.desc(), MAILINGS.c.id.desc())
    ).all()
    audience = replace(mailing.audience, only_new=False)
    copied = [row for row in rows if row.id == mailing.copy_of_id]
    alike = [
        row
        for row in rows
        if row.state != MailingState.STOPPED and Audience.from_json(row.audience) == audience
    ]
    for row in (*copied, *alike):
        if readers := _had(row):
            return Earlier(row.id, row.subject, row.started_at, readers)
    return None


def _had(row: Row[*tuple[Any, ...]]) -> frozenset[int]:
    """Return who got an info mail; of one that was stopped, whoever has a letter in the outbox."""
    readers = db.session.scalars(select(MAILINGS.c.readers).where(MAILINGS.c.id == row.id))
    had = frozenset(readers.one())
    if row.state != MailingState.STOPPED:
        return had
    letters = select(MAILS.c.registration_id, MAILS.c.recipient_key)
    told = db.session.execute(letters.where(MAILS.c.mailing_id == row.id)).all()
    audience = Audience.from_json(row.audience)
    if audience.to is To.ATTENDEES:
        return had & {each.registration_id for each in told}
    keys = {each.recipient_key for each in told}
    people = _stored(row.congress_id, audience)
    return had & {each.id for each in people if fold_email(each.email) in keys}


def _stored(
    congress_id: int, audience: Audience, numbers: Collection[int] | None = None
) -> list[Reader]:
    """Return readers of a kind, all of a congress or some, whatever else is asked of them."""
    table = TABLES[audience.to]
    which = [table.c.congress_id == congress_id]
    if numbers is not None:
        which.append(table.c.id.in_(numbers))
    if audience.to is To.PROGRAMME:
        return programme_readers.contributors(congress_id, audience, *which)
    if audience.to is To.NEWSLETTER:
        return newsletters.readers(*which)
    return _attendees(audience, which)


def _readers(congress_id: int, audience: Audience) -> list[Reader]:
    if audience.to is To.PROGRAMME:
        return programme_readers.of_programme(congress_id, audience)
    if audience.to is To.NEWSLETTER:
        return _stored(congress_id, audience)
    wanted = Wanted(
        search=audience.search,
        state=audience.state,
        workshop_id=audience.workshop_id,
        waiting_for_id=audience.waiting_for_id,
        has_come=audience.has_come,
        was_in_id=audience.was_in_id,
        missed_id=audience.missed_id,
        kind=audience.kind,
        mode=audience.mode,
    )
    which = [
        *conditions(congress_id, wanted),
        *_answered(audience),
        *_in_group(congress_id, audience),
        *_silent(congress_id, audience),
    ]
    if audience.state is None:  # who has only asked is written to by that state alone
        which.append(PEOPLE.c.state != RegistrationState.REQUESTED)
    people = _attendees(audience, which)
    if not audience.answer_to:
        return people
    said = _said(congress_id, audience, which)
    return [each for each in people if each.id in said]


def _said(congress_id: int, audience: Audience, which: Sequence[ColumnElement[bool]]) -> set[int]:
    """Return who answered what is looked for; apart, as reading answers takes long."""
    if audience.answer_to.startswith(COLUMN):
        return _said_on_its_own(congress_id, audience, which)
    sought = fold_sought(audience.answer).split()
    rows = db.session.execute(select(PEOPLE.c.id, PEOPLE.c.answers).where(*which))
    answers = ((row.id, fold_sought(str(row.answers.get(audience.answer_to, "")))) for row in rows)
    return {
        number
        for number, answer in answers
        if (all(word in answer for word in sought) if sought else answer)
    }


def _said_on_its_own(
    congress_id: int, audience: Audience, which: Sequence[ColumnElement[bool]]
) -> set[int]:
    """Return the same of a question of the congress; of one that is gone, nobody."""
    asked = get_congress(congress_id).questions
    question = next((each for each in asked if each.column == audience.answer_to), None)
    if question is None:
        return set()
    given = own_answers.of_whom(and_(*which))
    answers = ((number, said.get(question.key, ())) for number, said in given.items())
    return {number for number, answer in answers if says(question, answer, audience.answer)}


def _answered(audience: Audience) -> list[ColumnElement[bool]]:
    """Return what holds of those who are of an organisation, agreed to something, or answered."""
    found: list[ColumnElement[bool]] = []
    if audience.organisation:
        key = fold_for_order(audience.organisation)
        found.append(PEOPLE.c.organisation_key == key if key else false())
    if audience.consent:
        holds = (GIVEN.c.purpose == audience.consent, GIVEN.c.withdrawn_at.is_(None))
        agrees = exists().where(GIVEN.c.registration_id == PEOPLE.c.id, *holds)
        found.append(~agrees if audience.without_consent else agrees)
    if audience.calendar is CalendarSaid.NOTHING:
        found.append(~exists().where(SAID.c.registration_id == PEOPLE.c.id))
    elif audience.calendar is not None:
        answer = SAID.c.answer == audience.calendar.upper()
        found.append(exists().where(SAID.c.registration_id == PEOPLE.c.id, answer))
    return found


def _in_group(congress_id: int, audience: Audience) -> list[ColumnElement[bool]]:
    """Return what holds of those of a priority group; in one that is gone there is nobody."""
    if not audience.priority:
        return []
    priority = get_congress(congress_id).rules.priority_groups.find(audience.priority)
    return [false() if priority is None else PEOPLE.c.priority == priority]


def _silent(congress_id: int, audience: Audience) -> list[ColumnElement[bool]]:
    """Return what holds of those who said nothing of their wishes; where none count, of nobody."""
    if not audience.is_silent:
        return []
    slots = wishes.taking_wishes(get_congress(congress_id))
    named = [
        slot
        for slot in slots
        if audience.silent_id in {None, *(item.id for item in slot.workshops)}
    ]
    return [wishes.silent_of_any(named)]


def _attendees(audience: Audience, which: Iterable[ColumnElement[bool]]) -> list[Reader]:
    """Return attendees; whoever asks for those who have withdrawn, by their state, means them."""
    rows = db.session.execute(
        select(*OF_READERS).where(*which).order_by(PEOPLE.c.family_key, PEOPLE.c.id)
    )
    is_wanted = audience.state is RegistrationState.CANCELLED
    return [
        Reader(
            *(row.id, row.given_name, row.family_name, row.email, row.language),
            is_withdrawn=row.state == RegistrationState.CANCELLED and not is_wanted,
            is_unconfirmed=row.unconfirmed_until is not None
            and row.state != RegistrationState.CANCELLED,
            is_merged=row.merged_into_id is not None,
        )
        for row in rows
    ]
