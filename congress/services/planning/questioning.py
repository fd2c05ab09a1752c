"""What a congress asks on its own: questions come, change, move and go, and answers stay readable.

A change counts from now on and takes nothing from anybody: an option that is somebody's answer is
only offered no more. Answers go with their question, by their number, or by themselves in time.
"""

import dataclasses
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from congress.domain.access import Actor
from congress.domain.answer_files import require_invited
from congress.domain.own_questions import OwnQuestion, as_json, from_json
from congress.domain.question_changes import (
    MOST_QUESTIONS,
    OtherAnswersNow,
    QuestionsEditedMeanwhile,
    TooManyQuestions,
    moved,
    require_free,
    require_may_follow,
    version_of,
    with_gone_options,
)
from congress.models import Congress
from congress.queries import own_answers as queries
from congress.services import auditing, own_answers
from congress.services.planning import publishing
from congress.transaction import transaction


def save(
    congress_id: int, question: OwnQuestion, *, version: str, actor: Actor, now: datetime
) -> bool:
    """Store a question; without a key it is a new one, at the end. Returns whether it is another.

    `version` is that of the question as the form showed it. Options without a key are new. Raises
    QuestionsEditedMeanwhile, TooManyQuestions, KindIsFixed, OthersHangOnIt and FilesOnlyInvited.
    """
    with transaction():
        row, congress = publishing.hold(congress_id)
        stored = from_json(row.questions)
        question = _with_keys(question)
        if not question.key:
            require_invited([question], congress.rules.access)
        if not question.key:
            if len(stored) >= MOST_QUESTIONS:
                raise TooManyQuestions
            question = dataclasses.replace(question, key=secrets.token_hex(4))
            _write(row, (*stored, question), "question_added", question, actor=actor, now=now)
            return True
        before = next((each for each in stored if each.key == question.key), None)
        if before is None or version_of(before) != version:
            raise QuestionsEditedMeanwhile
        answered = queries.chosen(congress_id, question.key)
        question = with_gone_options(before, question, answered)
        question = dataclasses.replace(question, is_retired=before.is_retired)
        if question == before:
            return False
        require_may_follow(stored, before, question, len(answered))
        require_invited([question], congress.rules.access)
        after = [question if each.key == question.key else each for each in stored]
        _write(row, after, "question_edited", question, actor=actor, now=now)
        return True


def move(congress_id: int, key: str, by: int, *, actor: Actor, now: datetime) -> None:
    """Put a question before (-1) or behind (1) its neighbour. Raises OthersHangOnIt."""
    with transaction():
        row, _seen = publishing.hold(congress_id)
        stored = from_json(row.questions)
        after = moved(stored, key, by)
        if after != stored:
            question = next(each for each in stored if each.key == key)
            _write(row, after, "question_moved", question, actor=actor, now=now)


def retire(congress_id: int, key: str, *, is_retired: bool, actor: Actor, now: datetime) -> None:
    """Ask a question of nobody any more, or again; answers stay. Again changes nothing.

    Raises OthersHangOnIt and FilesOnlyInvited.
    """
    with transaction():
        row, congress = publishing.hold(congress_id)
        stored = from_json(row.questions)
        question = next((each for each in stored if each.key == key), None)
        if question is None or question.is_retired == is_retired:
            return
        if is_retired:
            require_free(stored, key)
        question = dataclasses.replace(question, is_retired=is_retired)
        require_invited([question], congress.rules.access)
        after = [question if each.key == key else each for each in stored]
        verb = "question_retired" if is_retired else "question_asked_again"
        _write(row, after, verb, question, actor=actor, now=now)


def remove(congress_id: int, key: str, *, seen: int, actor: Actor, now: datetime) -> None:
    """Delete a question with its answers, of as many people as were `seen`; again changes nothing.

    Raises OtherAnswersNow and OthersHangOnIt.
    """
    with transaction():
        row, _congress = publishing.hold(congress_id)
        stored = from_json(row.questions)
        question = next((each for each in stored if each.key == key), None)
        if question is None:
            return
        require_free(stored, key)
        count = queries.counts(congress_id).get(key, 0)
        if count != seen:
            raise OtherAnswersNow(count)
        own_answers.drop(congress_id, key)
        after = [each for each in stored if each.key != key]
        _write(row, after, "question_removed", question, actor=actor, now=now, answers=count)


def _with_keys(question: OwnQuestion) -> OwnQuestion:
    options = tuple(
        option if option.key else dataclasses.replace(option, key=secrets.token_hex(3))
        for option in question.options
    )
    return dataclasses.replace(question, options=options)


def _write(
    row: Congress,
    questions: Sequence[OwnQuestion],
    verb: str,
    question: OwnQuestion,
    *,
    actor: Actor,
    now: datetime,
    **details: Any,  # noqa: ANN401 - what the log says
) -> None:
    row.questions = as_json(questions)
    auditing.record(
        verb,
        actor=actor,
        now=now,
        congress_id=row.id,
        details={"label": dict(question.label), **details},
    )
