"""Answers to the questions of a congress: stored, held against the limits, let go in time.

Whoever stores answers holds the congress, so that the last of an option is given once.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, insert, literal, select

from congress.base import table_of
from congress.domain.answer_files import AnswerFile, is_file, with_bytes
from congress.domain.attendee_import.answering import Tally
from congress.domain.congresses import Congress
from congress.domain.correction import Correction
from congress.domain.legal import months_later
from congress.domain.own_questions import (
    CHOSEN,
    Given,
    OwnQuestion,
    find_used_up,
    from_json,
    limited,
    settled,
    united,
)
from congress.domain.programme import ProgrammeItem
from congress.domain.question_changes import KindIsFixed, with_gone_options
from congress.domain.registration_request import RegistrationRequest
from congress.extensions import db
from congress.formats.answer_words import said
from congress.models import Answer
from congress.models import AnswerFile as FileRow
from congress.models import Congress as Row
from congress.queries import congresses, own_answers
from congress.transaction import transaction

ANSWERS, FILES = table_of(Answer), table_of(FileRow)
NEW_ANSWERS = insert(ANSWERS).inline()
Taken = Mapping[tuple[str, str], int]
A_DAY = timedelta(days=1)  # the worker looks once a day, and the privacy notice names the last one


def store(congress: Congress, people: Iterable[tuple[int, Given]]) -> None:
    """Store what people answer on registering, inside a running transaction."""
    rows = [row for number, given in people for row in _rows(congress, number, given)]
    if rows:
        db.session.execute(NEW_ANSWERS, rows)


def store_files(congress: Congress, people: Iterable[tuple[int, Mapping[str, AnswerFile]]]) -> None:
    """Store the files that people answer with, inside a running transaction."""
    rows = [
        {
            "congress_id": congress.id,
            "registration_id": number,
            "question": key,
            "name": each.name,
            "media_type": each.media_type,
            "size": len(each.content),
            "content": each.content,
        }
        for number, files in people
        for key, each in files.items()
    ]
    for row in rows:
        earlier = FILES.c.registration_id == row["registration_id"]
        db.session.execute(delete(FILES).where(earlier, FILES.c.question == row["question"]))
    if rows:
        db.session.execute(insert(FILES).inline(), rows)


def as_new(
    registration_id: int, before: Given, given: Given, files: Mapping[str, AnswerFile]
) -> tuple[Given, Mapping[str, AnswerFile]]:
    """Return answers and files without those that are stored already.

    Another file of the same name gets a new one, so that whoever reads the answer sees it is.
    """
    new = {}
    for key, each in files.items():
        if before.get(key) == (each.name,):
            stored = own_answers.find_file(registration_id, key)
            if stored is None or stored.content != each.content:
                new[key] = each.renamed
        else:
            new[key] = each
    named = {key: (new[key].name,) for key in given if key in new}
    return {**given, **named}, new


def replace(congress: Congress, registration_id: int, given: Given) -> None:
    """Store what somebody answers from now on, inside a running transaction."""
    replace_all(congress, [(registration_id, given)])


def replace_all(congress: Congress, people: Sequence[tuple[int, Given]]) -> None:
    """Store what each of several people answers from now on, inside a running transaction."""
    if people:
        numbers = [number for number, _given in people]
        db.session.execute(delete(ANSWERS).where(ANSWERS.c.registration_id.in_(numbers)))
        store(congress, people)
        if any(map(is_file, congress.questions)):
            _drop_unnamed(numbers)


def tally(congress: Congress, wanted: Iterable[Given]) -> Tally:
    """Return how many have each limited option that any of these answers wants."""
    asked = {each.key for given in wanted for each, _ in limited(congress.questions, given)}
    questions = [each for each in congress.questions if each.key in asked]
    return Tally(congress.questions, own_answers.taken(congress.id, questions))


def require_room(
    congress: Congress, given: Given, before: Given | None = None, taken: Taken | None = None
) -> None:
    """Refuse an option that somebody has not yet and nobody can have any more.

    `taken` is how many have them, where that is known.
    """
    new = limited(congress.questions, given, before)
    if new:
        if taken is None:
            taken = own_answers.taken(congress.id, [question for question, _option in new])
        if refusal := find_used_up(new, taken):
            raise refusal


def admit(
    congress: Congress,
    request: RegistrationRequest,
    items: Callable[[], Mapping[int, ProgrammeItem]],
    *,
    may_lack: bool = False,
    taken: Taken | None = None,
) -> RegistrationRequest:
    """Return a request with the answers that count, as a congress that is held asks now.

    `taken` says how many chose each limited option that the request names, if that is known.

    Raises AnswersOutdated, unless only required ones are missing and they `may_lack`, and
    OptionUsedUp.
    """
    if not congress.questions:
        return dataclasses.replace(request, own_answers={}, files={})
    by_workshop = any(each.asked_if and each.asked_if.workshop for each in congress.questions)
    known = items() if by_workshop else {}
    codes = {known[wish.item_id].code for wish in request.choices if wish.item_id in known}
    given = settled(congress.questions, request.own_answers, codes, may_lack=may_lack)
    given = with_bytes(congress.questions, given, {}, request.files)
    require_room(congress, given, taken=taken)
    files = {key: each for key, each in request.files.items() if key in given}
    return dataclasses.replace(request, own_answers=given, files=files)


def corrections(
    congress: Congress, language: str, before: Given, after: Given
) -> tuple[Correction, ...]:
    """Return which answers differ, in words, for the letter to the person."""
    pairs = (
        (each, before.get(each.key, ()), after.get(each.key, ())) for each in congress.questions
    )
    return tuple(
        Correction(each.column, *(said(each, answer, language) for answer in (was, now)))
        for each, was, now in pairs
        if was != now
    )


def unite(congress: Congress, kept: int, other: int) -> None:
    """Let answers of another registration go on that is about to end, where this one has none.

    Inside a running transaction. Nobody new gets an option by it: the other one gives it up.
    """
    if not congress.questions:
        return
    given = own_answers.of_people([kept, other])
    if other in given:
        mine = given.get(kept, {})
        both = united(congress.questions, mine, given[other])
        _copy_files([key for key in given[other] if key not in mine], other, kept)
        replace(congress, kept, both)


def adopted(row: Row, questions: Sequence[OwnQuestion]) -> list[OwnQuestion]:
    """Return the questions of a file as a congress takes them over, with what is answered already.

    A question or an option that the file does not name and somebody answered is asked no more and
    stays. Raises KindIsFixed where what was answered is to be of another kind.
    """
    stored = {each.key: each for each in from_json(row.questions or ())}
    known = {each.key for each in questions}
    if not stored:
        return list(questions)
    found = []
    for each in questions:
        before = stored.get(each.key)
        answered = own_answers.chosen(row.id, each.key) if before else set()
        if before and answered and before.kind is not each.kind:
            raise KindIsFixed
        found.append(with_gone_options(before, each, answered) if before else each)
    counts = own_answers.counts(row.id)
    gone = (each for key, each in stored.items() if key not in known and counts.get(key))
    return [*found, *(dataclasses.replace(each, is_retired=True) for each in gone)]


def forget_old(*, now: datetime) -> int:
    """Delete answers on the day that their question promises; returns of how many rows."""
    count = 0
    with transaction():
        held = db.session.scalars(select(ANSWERS.c.congress_id).distinct()).all()
        for congress in map(congresses.get_congress, sorted(held)):
            ends = congress.ends_at.astimezone(congress.zone)
            over = [
                each.key
                for each in congress.questions
                if months_later(ends, each.months) - A_DAY <= now
            ]
            if over:
                count += _delete(congress.id, over)
    return count


def drop(congress_id: int, question: str) -> int:
    """Delete the answers to a question inside a running transaction; returns of how many rows."""
    return _delete(congress_id, [question])


def _delete(congress_id: int, questions: Sequence[str]) -> int:
    of_files = (FILES.c.congress_id == congress_id, FILES.c.question.in_(questions))
    db.session.execute(delete(FILES).where(*of_files))
    gone = delete(ANSWERS).where(
        ANSWERS.c.congress_id == congress_id, ANSWERS.c.question.in_(questions)
    )
    return int(db.session.execute(gone).rowcount)  # type: ignore[attr-defined] # a DELETE counts


def _drop_unnamed(people: Sequence[int]) -> None:
    """Delete the files of people whose answers name them no more."""
    named = exists().where(
        ANSWERS.c.registration_id == FILES.c.registration_id,
        ANSWERS.c.question == FILES.c.question,
    )
    db.session.execute(delete(FILES).where(FILES.c.registration_id.in_(people), ~named))


def _copy_files(questions: Sequence[str], giver: int, taker: int) -> None:
    names = ("congress_id", "question", "name", "media_type", "size", "content")
    of_giver = select(literal(taker), *(FILES.c[name] for name in names)).where(
        FILES.c.registration_id == giver, FILES.c.question.in_(questions)
    )
    db.session.execute(insert(FILES).from_select(["registration_id", *names], of_giver))


def _rows(congress: Congress, registration_id: int, given: Given) -> list[Mapping[str, Any]]:
    kinds = {each.key: each.kind for each in congress.questions}
    return [
        {
            "congress_id": congress.id,
            "registration_id": registration_id,
            "question": key,
            "choice": value if kinds[key] in CHOSEN else "",
            "text": "" if kinds[key] in CHOSEN else value,
        }
        for key, values in given.items()
        for value in values
    ]
