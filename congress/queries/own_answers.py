"""What people answered to the questions of a congress, one by one and counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, func, select

from congress.base import ListsOf, columns_of, numbers_of, table_of
from congress.domain.answer_files import AnswerFile
from congress.domain.folding import together
from congress.domain.own_questions import CHOSEN, OwnQuestion
from congress.domain.registration import RegistrationState
from congress.extensions import db
from congress.models import Answer, Registration
from congress.models import AnswerFile as FileRow

ANSWERS, PEOPLE = table_of(Answer), table_of(Registration)
FILES = table_of(FileRow)
Answers = dict[str, tuple[str, ...]]

# Made once: putting a statement together costs more than carrying it out.
OF_PEOPLE = (
    select(*columns_of(ANSWERS, "registration_id question choice text"))
    .where(ANSWERS.c.registration_id.in_(numbers_of("people")))
    .order_by(ANSWERS.c.id)
)
# What one person answered, read beside their registration.
OF_PERSON = (
    select(ListsOf(*columns_of(ANSWERS, "id question choice text")))
    .where(ANSWERS.c.registration_id == PEOPLE.c.id)
    .correlate(PEOPLE)
    .scalar_subquery()
)
TAKEN = (
    select(ANSWERS.c.question, ANSWERS.c.choice, func.count().label("people"))
    .join(PEOPLE, PEOPLE.c.id == ANSWERS.c.registration_id)
    .where(
        ANSWERS.c.congress_id == bindparam("congress_id"),
        ANSWERS.c.question.in_(bindparam("questions", expanding=True)),
        # Whoever waits moves up by itself, so what they chose is kept for them.
        PEOPLE.c.state != RegistrationState.CANCELLED,
        ANSWERS.c.choice != "",
    )
    .group_by(ANSWERS.c.question, ANSWERS.c.choice)
)


def of_people(people: Collection[int]) -> dict[int, Answers]:
    """Return what some people answered, by registration and question."""
    if not people:
        return {}
    return by_person(db.session.execute(OF_PEOPLE, {"people": list(people)}))


def find_file(registration_id: int, question: str) -> AnswerFile | None:
    """Return the file that somebody answered a question with."""
    row = db.session.execute(
        select(*columns_of(FILES, "name media_type content")).where(
            FILES.c.registration_id == registration_id, FILES.c.question == question
        )
    ).one_or_none()
    return AnswerFile(*row) if row else None


def of_whom(whose: ColumnElement[bool]) -> dict[int, Answers]:
    """Return what those people answered of whom a condition on registrations holds."""
    statement = (
        select(*columns_of(ANSWERS, "registration_id question choice text"))
        .join(PEOPLE, PEOPLE.c.id == ANSWERS.c.registration_id)
        .where(whose)
        .order_by(ANSWERS.c.id)
    )
    return by_person(db.session.execute(statement))


def of_person(found: Iterable[list[Any]] | None) -> Answers:
    """Return answers by question from what `OF_PERSON` has found."""
    said: Answers = {}
    for _id, question, choice, text in sorted(found or ()):
        said[question] = (*said.get(question, ()), choice or text)
    return said


def by_person(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[int, Answers]:
    """Return answers by registration and question, from their rows."""
    found: dict[int, Answers] = {}
    for registration_id, question, choice, text in rows:
        said = found.setdefault(registration_id, {})
        said[question] = (*said.get(question, ()), choice or text)
    return found


def taken(congress_id: int, questions: Iterable[OwnQuestion]) -> dict[tuple[str, str], int]:
    """Return how many who are registered chose each option of some questions.

    A registration has this read with all else that is counted for it (`queries.counts`).
    """
    keys = [each.key for each in questions]
    if not keys:
        return {}
    rows = db.session.execute(TAKEN, {"congress_id": congress_id, "questions": keys})
    return {(question, choice): count for question, choice, count in rows}


def counts(congress_id: int) -> dict[str, int]:
    """Return how many people answered each question, those who have left included."""
    statement = (
        select(ANSWERS.c.question, func.count(ANSWERS.c.registration_id.distinct()))
        .where(ANSWERS.c.congress_id == congress_id)
        .group_by(ANSWERS.c.question)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def chosen(congress_id: int, question: str) -> set[str]:
    """Return which options of a question are anybody's answer."""
    statement = select(ANSWERS.c.choice).where(
        ANSWERS.c.congress_id == congress_id, ANSWERS.c.question == question
    )
    return set(db.session.scalars(statement.distinct()))


def given(congress_id: int, question: OwnQuestion) -> list[tuple[str, int]]:
    """Return what people with a place answered and how many, what most say first.

    Options in their order and by their keys; what was written in different spellings counts as one.
    """
    said = ANSWERS.c.choice if question.kind in CHOSEN else ANSWERS.c.text
    rows: Sequence[Row[str, int]] = db.session.execute(
        select(said, func.count())
        .join(PEOPLE, PEOPLE.c.id == ANSWERS.c.registration_id)
        .where(
            ANSWERS.c.congress_id == congress_id,
            ANSWERS.c.question == question.key,
            PEOPLE.c.state == RegistrationState.CONFIRMED,
        )
        .group_by(said)
    ).all()
    if question.kind not in CHOSEN:
        return list(together((row[0], row[1]) for row in rows))
    counted: Mapping[str, int] = {row[0]: row[1] for row in rows}
    return [(key, counted[key]) for key in question.choices if key in counted]


def answered(congress_id: int, question: OwnQuestion) -> int:
    """Return how many people with a place answered a question."""
    statement = (
        select(func.count(ANSWERS.c.registration_id.distinct()))
        .join(PEOPLE, PEOPLE.c.id == ANSWERS.c.registration_id)
        .where(
            ANSWERS.c.congress_id == congress_id,
            ANSWERS.c.question == question.key,
            PEOPLE.c.state == RegistrationState.CONFIRMED,
        )
    )
    return db.session.scalars(statement).one()


def who_chose(congress_id: int, question: str, choice: str) -> Select[tuple[int]]:
    """Return the statement that finds who chose an option; an empty one: who gave no answer."""
    of = (ANSWERS.c.congress_id == congress_id, ANSWERS.c.question == question)
    if choice:
        return select(ANSWERS.c.registration_id).where(*of, ANSWERS.c.choice == choice)
    return select(PEOPLE.c.id).where(
        PEOPLE.c.congress_id == congress_id,
        ~exists().where(*of, ANSWERS.c.registration_id == PEOPLE.c.id),
    )
