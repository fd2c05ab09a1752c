"""What the office does with questions to the Land: note, edit, answer, decline, take back."""

from datetime import datetime

from congress.domain.access import Actor
from congress.domain.network.land_questions import (
    Answer,
    QuestionFacts,
    QuestionState,
    QuestionStep,
)
from congress.services.network import land_letters
from congress.services.network.asking_land import (
    add,
    fold,
    hold,
    move,
    record,
    require_seen,
    revise,
)
from congress.transaction import transaction


def note(organisation_id: int, facts: QuestionFacts, *, actor: Actor, now: datetime) -> int:
    """Note what a municipality asked on paper; returns the number. Again it is noted once."""
    with transaction():
        return add(organisation_id, facts, contact_id=None, actor=actor, now=now)


def edit(
    question_id: int, facts: QuestionFacts, *, version: str, actor: Actor, now: datetime
) -> bool:
    """Say a question otherwise; returns whether it is something else.

    Raises QuestionEditedMeanwhile.
    """
    with transaction():
        return revise(hold(question_id), facts, version=version, actor=actor, now=now)


def answer(question_id: int, answer: Answer, *, version: str, actor: Actor, now: datetime) -> None:
    """Answer a question, or correct the answer; whoever asked is told of the answer once.

    Raises QuestionEditedMeanwhile and QuestionStepNotPossible.
    """
    with transaction():
        row = hold(question_id)
        require_seen(row, version)
        is_new = row.state != QuestionState.ANSWERED
        row.answer, row.answered_by = dict(answer.answer), answer.answered_by
        row.answered_on, row.audience = answer.answered_on, answer.audience
        if is_new:
            move(row, QuestionStep.ANSWER, now=now)
        else:
            fold(row)
        verb = "land_question_answered" if is_new else "land_answer_changed"
        record(verb, row, actor=actor, now=now)
        if is_new:
            land_letters.answered(row, now=now)


def decline(question_id: int, reason: str, *, actor: Actor, now: datetime) -> None:
    """Say why a question is not answered; whoever asked is told. Raises QuestionStepNotPossible."""
    with transaction():
        row = hold(question_id)
        move(row, QuestionStep.DECLINE, now=now)
        row.reason = reason
        record("land_question_declined", row, actor=actor, now=now)
        land_letters.answered(row, now=now)


def take_back(question_id: int, *, actor: Actor, now: datetime) -> None:
    """Show an answer to nobody any more, so that it is open; its words stay for the office.

    A letter that waits does not go out. Raises QuestionStepNotPossible.
    """
    with transaction():
        row = hold(question_id)
        move(row, QuestionStep.REOPEN, now=now)
        row.reason = ""
        record("land_question_reopened", row, actor=actor, now=now)
