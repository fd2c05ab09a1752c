"""Questions to the Land by whoever speaks for a municipality: asked, corrected, shared."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from congress.base import table_of
from congress.domain.access import CONTACT, Actor
from congress.domain.folding import fold_for_search
from congress.domain.network.contacts import Contact, TermNotInForce
from congress.domain.network.land_questions import (
    CLOSED,
    JOINABLE,
    KEPT_AFTER_QUESTION,
    OwnQuestion,
    QuestionEditedMeanwhile,
    QuestionFacts,
    QuestionState,
    QuestionStep,
    QuestionStepNotPossible,
    after,
    version_of,
)
from congress.extensions import db
from congress.models import LandQuestion, Organisation, SameQuestion
from congress.queries.network import contacts, land_questions
from congress.services import auditing
from congress.services.network import cataloguing
from congress.transaction import transaction

QUESTIONS, SAME = table_of(LandQuestion), table_of(SameQuestion)


def ask(contact_id: int, facts: QuestionFacts, *, today: date, now: datetime) -> int:
    """Ask the Land something for the own organisation; returns its number.

    Pressed twice it is asked once. Raises TermNotInForce.
    """
    with transaction():
        contact = _speaking(contact_id, today)
        return add(contact.organisation_id, facts, contact_id=contact.id, actor=CONTACT, now=now)


def correct(
    contact_id: int,
    question_id: int,
    facts: QuestionFacts,
    *,
    version: str,
    today: date,
    now: datetime,
) -> bool:
    """Say an own open question otherwise; returns whether it is something else.

    Raises TermNotInForce, QuestionStepNotPossible and QuestionEditedMeanwhile.
    """
    with transaction():
        row = _own(_speaking(contact_id, today), question_id)
        if row.state != QuestionState.OPEN:
            raise QuestionStepNotPossible(QuestionState(row.state))
        return revise(row, facts, version=version, actor=CONTACT, now=now)


def withdraw(contact_id: int, question_id: int, *, today: date, now: datetime) -> None:
    """Withdraw an own open question; again changes nothing.

    Raises TermNotInForce and QuestionStepNotPossible.
    """
    with transaction():
        row = _own(_speaking(contact_id, today), question_id)
        if row.state != QuestionState.WITHDRAWN:
            move(row, QuestionStep.WITHDRAW, now=now)
            record("land_question_withdrawn", row, actor=CONTACT, now=now)


def join(contact_id: int, question_id: int, *, today: date, now: datetime) -> None:
    """Say that the own organisation has the same question; again changes nothing.

    Raises TermNotInForce, OwnQuestion, and QuestionStepNotPossible once it is not open.
    """
    with transaction():
        contact, row = _speaking(contact_id, today), hold(question_id)
        if row.organisation_id == contact.organisation_id:
            raise OwnQuestion
        if QuestionState(row.state) not in JOINABLE:
            raise QuestionStepNotPossible(QuestionState(row.state))
        if _joined(row.id, contact.organisation_id) is None:
            same = {"question_id": row.id, "organisation_id": contact.organisation_id}
            db.session.add(SameQuestion(**same, contact_id=contact.id, joined_at=now))
            record("land_question_joined", row, of=contact, actor=CONTACT, now=now)


def leave(contact_id: int, question_id: int, *, today: date, now: datetime) -> None:
    """Say that the own organisation has not the same question; again changes nothing.

    Raises TermNotInForce.
    """
    with transaction():
        contact, row = _speaking(contact_id, today), hold(question_id)
        same = _joined(row.id, contact.organisation_id)
        if same is not None:
            db.session.delete(same)
            record("land_question_left", row, of=contact, actor=CONTACT, now=now)


def forget_old(*, now: datetime) -> int:
    """Forget who asked, a year after the answer, and delete what was withdrawn as long ago.

    Returns how many questions.
    """
    long_ago = QUESTIONS.c.closed_at < now - KEPT_AFTER_QUESTION
    with transaction():
        gone = db.session.execute(
            delete(QUESTIONS).where(QUESTIONS.c.state == QuestionState.WITHDRAWN, long_ago)
        )
        old = select(QUESTIONS.c.id).where(long_ago)
        db.session.execute(
            update(SAME)
            .where(SAME.c.question_id.in_(old), SAME.c.contact_id.is_not(None))
            .values(contact_id=None)
        )
        forgotten = db.session.execute(
            update(QUESTIONS)
            .where(long_ago, QUESTIONS.c.contact_id.is_not(None))
            .values(contact_id=None)
        )
        counts = (gone.rowcount, forgotten.rowcount)  # type: ignore[attr-defined] # both count rows
        return int(sum(counts))


def add(
    organisation_id: int,
    facts: QuestionFacts,
    *,
    contact_id: int | None,
    actor: Actor,
    now: datetime,
) -> int:
    """Store a question unless the organisation has it open already, inside a transaction.

    The organisation is held, so that of two presses at once the second finds what the first stored.
    """
    asks = select(Organisation.id).where(Organisation.id == organisation_id)
    db.session.scalars(asks.with_for_update(key_share=True)).one()
    mine = db.session.scalars(
        select(LandQuestion).where(
            LandQuestion.organisation_id == organisation_id,
            LandQuestion.state == QuestionState.OPEN,
        )
    )
    for each in mine:
        if land_questions.facts_of(each) == facts:
            return each.id
    row = LandQuestion(
        organisation_id=organisation_id,
        contact_id=contact_id,
        state=QuestionState.OPEN,
        answer={},
        created_at=now,
    )
    write(row, facts)
    db.session.add(row)
    db.session.flush()
    record("land_question_asked", row, actor=actor, now=now)
    return row.id


def hold(question_id: int) -> LandQuestion:
    """Lock a question that is there."""
    return db.session.scalars(
        select(LandQuestion).where(LandQuestion.id == question_id).with_for_update(),
        execution_options={"populate_existing": True},
    ).one()


def revise(
    row: LandQuestion, facts: QuestionFacts, *, version: str, actor: Actor, now: datetime
) -> bool:
    """Let a row that is held ask these facts. Raises QuestionEditedMeanwhile."""
    require_seen(row, version)
    changes = land_questions.facts_of(row).changes_to(facts)
    if changes:
        write(row, facts)
        record("land_question_changed", row, actor=actor, now=now, fields=changes)
    return bool(changes)


def require_seen(row: LandQuestion, version: str) -> None:
    """Refuse to save over what nobody has looked at. Raises QuestionEditedMeanwhile."""
    facts, answer = land_questions.facts_of(row), land_questions.answer_of(row)
    if version_of(QuestionState(row.state), facts, answer) != version:
        raise QuestionEditedMeanwhile


def move(row: LandQuestion, step: QuestionStep, *, now: datetime) -> None:
    """Take a row that is held a step further. Raises QuestionStepNotPossible."""
    row.state = after(QuestionState(row.state), step)
    row.closed_at = now if row.state in CLOSED else None
    fold(row)


def write(row: LandQuestion, facts: QuestionFacts) -> None:
    """Let a row ask these facts."""
    row.title, row.text = dict(facts.title), dict(facts.text)
    row.meeting_id, row.is_named = facts.meeting_id, facts.is_named
    fold(row)


def fold(row: LandQuestion) -> None:
    """Let a row be found by its words; by those of an answer only once that is one."""
    texts = [row.title, row.text]
    if row.state == QuestionState.ANSWERED:
        texts.append(row.answer)
    row.search = fold_for_search(*(each[language] for each in texts for language in sorted(each)))


def record(
    verb: str,
    row: LandQuestion,
    *,
    actor: Actor,
    now: datetime,
    of: Contact | None = None,
    fields: Iterable[str] = (),
) -> None:
    """Add the line of the log about a question and an organisation."""
    number = of.organisation_id if of else row.organisation_id
    name = db.session.scalars(select(Organisation.name).where(Organisation.id == number)).one()
    said: dict[str, Any] = {"question_id": row.id, "title": row.title.get("de", "")}
    said |= {"organisation": number, "name": name}
    auditing.record(verb, actor=actor, now=now, fields=list(fields), details=said)


def _speaking(contact_id: int, today: date) -> Contact:
    cataloguing.keep_of(contact_id)
    contact = contacts.find(contact_id)
    if contact is None or not contact.term.holds_on(today):
        raise TermNotInForce
    return contact


def _own(contact: Contact, question_id: int) -> LandQuestion:
    row = hold(question_id)
    if row.organisation_id != contact.organisation_id:
        raise QuestionStepNotPossible(QuestionState(row.state))
    return row


def _joined(question_id: int, organisation_id: int) -> SameQuestion | None:
    return db.session.scalars(
        select(SameQuestion).where(
            SameQuestion.question_id == question_id,
            SameQuestion.organisation_id == organisation_id,
        ),
        execution_options={"populate_existing": True},
    ).one_or_none()
