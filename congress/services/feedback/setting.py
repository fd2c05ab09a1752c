"""How a congress asks afterwards: its settings, its questions, and what editions take along."""

import dataclasses
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.feedback.survey import (
    MOST_QUESTIONS,
    NothingIsAsked,
    Question,
    Survey,
    SurveyEditedMeanwhile,
    SurveyIsOver,
    TooManySurveyQuestions,
    as_json,
    moved,
    require_open_to_change,
)
from congress.extensions import db
from congress.formats.feedback_questions import ready_made
from congress.models import FeedbackSurvey
from congress.queries import congresses
from congress.queries.feedback import of_row, survey_of
from congress.services import auditing
from congress.transaction import transaction

SETTINGS = ("is_on", "days_after", "days_open", "reminder_days", "asks_all")
# What may still be set once people have been asked.
LATER = ("is_on", "days_open", "reminder_days")


def save(
    congress_id: int, wanted: Survey, *, seen: Survey, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Keep how a congress asks, as it was `seen` before; return what is set otherwise.

    Once people have been asked its beginning and whom it asks stay. Raises SurveyEditedMeanwhile,
    SurveyIsOver and NothingIsAsked.
    """
    with transaction():
        congresses.hold(congress_id)
        row = _row_of(congress_id)
        stored = of_row(row)
        if stored.is_counted:
            raise SurveyIsOver
        if any(getattr(stored, name) != getattr(seen, name) for name in SETTINGS):
            raise SurveyEditedMeanwhile
        if wanted.is_on and not stored.questions:
            raise NothingIsAsked
        may_set = LATER if stored.has_begun else SETTINGS
        changed = tuple(name for name in may_set if getattr(wanted, name) != getattr(stored, name))
        for name in changed:
            setattr(row, name, getattr(wanted, name))
        if changed:
            auditing.record(
                "feedback_set",
                actor=actor,
                now=now,
                congress_id=congress_id,
                details={"is_on": wanted.is_on},
            )
        return changed


def share(congress_id: int, *, is_shared: bool, actor: Actor, now: datetime) -> None:
    """Show dialogue partners what was said of their own workshop, or not; again changes nothing."""
    with transaction():
        congresses.hold(congress_id)
        row = _row_of(congress_id)
        if row.is_shared != is_shared:
            row.is_shared = is_shared
            verb = "feedback_shared" if is_shared else "feedback_not_shared"
            auditing.record(verb, actor=actor, now=now, congress_id=congress_id)


def keep_question(
    congress_id: int, question: Question, *, version: str, actor: Actor, now: datetime
) -> bool:
    """Store a question; without a key it is a new one, at the end. Returns whether it is another.

    `version` is that of the question as the form showed it. Raises SurveyHasBegun,
    SurveyEditedMeanwhile and TooManySurveyQuestions.
    """
    question = _with_keys(question)

    def keep(stored: tuple[Question, ...]) -> tuple[Question, ...]:
        if not version:
            if len(stored) >= MOST_QUESTIONS:
                raise TooManySurveyQuestions
            return (*stored, question)
        before = next((each for each in stored if each.key == question.key), None)
        if before is None or before.version != version:
            raise SurveyEditedMeanwhile
        return tuple(question if each.key == question.key else each for each in stored)

    verb = "feedback_question_edited" if version else "feedback_question_added"
    return _change(congress_id, keep, verb, question, actor=actor, now=now)


def move_question(congress_id: int, key: str, by: int, *, actor: Actor, now: datetime) -> bool:
    """Put a question before (-1) or behind (1) its neighbour. Raises SurveyHasBegun."""
    question = _find(congress_id, key)

    def move(stored: tuple[Question, ...]) -> tuple[Question, ...]:
        return moved(stored, key, by)

    verb = "feedback_question_moved"
    return _change(congress_id, move, verb, question, actor=actor, now=now)


def remove_question(congress_id: int, key: str, *, actor: Actor, now: datetime) -> bool:
    """Ask a question no more; again changes nothing. Raises SurveyHasBegun."""
    question = _find(congress_id, key)

    def remove(stored: tuple[Question, ...]) -> tuple[Question, ...]:
        return tuple(each for each in stored if each.key != key)

    verb = "feedback_question_removed"
    return _change(congress_id, remove, verb, question, actor=actor, now=now)


def take_ready_made(congress_id: int, *, actor: Actor, now: datetime) -> bool:
    """Let a survey without a question ask what most ask; one with questions stays as it is."""

    def take(stored: tuple[Question, ...]) -> tuple[Question, ...]:
        return stored or ready_made()

    return _change(congress_id, take, "feedback_set_taken", None, actor=actor, now=now)


def take_along(last_id: int, edition_id: int) -> None:
    """Let an edition ask what the last one asked, once it is switched on: in a transaction."""
    last = survey_of(last_id)
    if last.questions:
        row = _row_of(edition_id)
        row.questions = as_json(last.questions)
        for name in SETTINGS:
            setattr(row, name, getattr(last, name))
        row.is_on = False
        db.session.flush()


def _change(
    congress_id: int,
    change: Callable[[tuple[Question, ...]], tuple[Question, ...]],
    verb: str,
    question: Question | None,
    *,
    actor: Actor,
    now: datetime,
) -> bool:
    with transaction():
        congresses.hold(congress_id)
        row = _row_of(congress_id)
        survey = of_row(row)
        require_open_to_change(survey)
        after = change(survey.questions)
        if after == survey.questions:
            return False
        row.questions = as_json(after)
        details: dict[str, Any] = {"label": dict(question.label)} if question else {}
        row.is_on = row.is_on and bool(after)
        auditing.record(verb, actor=actor, now=now, congress_id=congress_id, details=details)
        return True


def _find(congress_id: int, key: str) -> Question | None:
    asked: Sequence[Question] = survey_of(congress_id).questions
    return next((each for each in asked if each.key == key), None)


def _row_of(congress_id: int) -> FeedbackSurvey:
    found = select(FeedbackSurvey).where(FeedbackSurvey.congress_id == congress_id)
    row = db.session.scalars(found, execution_options={"populate_existing": True}).one_or_none()
    if row is None:
        usual = Survey()
        row = FeedbackSurvey(
            congress_id=congress_id,
            questions=[],
            has_begun=False,
            **{name: getattr(usual, name) for name in SETTINGS},
        )
        db.session.add(row)
        db.session.flush()
    return row


def _with_keys(question: Question) -> Question:
    options = tuple(
        each if each.key else dataclasses.replace(each, key=secrets.token_hex(3))
        for each in question.options
    )
    return dataclasses.replace(question, key=question.key or secrets.token_hex(4), options=options)
