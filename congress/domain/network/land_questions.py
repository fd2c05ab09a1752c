"""Questions of municipalities to the Land: what is asked, what is answered, who may read it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.texts import Texts

LONGEST_TITLE, LONGEST_TEXT, LONGEST_ANSWER = 200, 4_000, 10_000  # characters
LONGEST_SOURCE = 200
# Whoever asked may come back to the answer; then it is no longer known which person it was.
KEPT_AFTER_QUESTION = timedelta(days=365)


class QuestionState(StrEnum):
    """How far a question is."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"  # by whoever asked
    DECLINED = "declined"


class QuestionStep(StrEnum):
    """What is done with a question."""

    ANSWER = "answer"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class Audience(StrEnum):
    """Who may read an answer."""

    MEMBERS = "members"
    PUBLIC = "public"


# From which states a step is possible, and where it leads.
STEPS: Mapping[QuestionStep, tuple[frozenset[QuestionState], QuestionState]] = {
    QuestionStep.ANSWER: (
        frozenset({QuestionState.OPEN, QuestionState.ANSWERED}),
        QuestionState.ANSWERED,
    ),
    QuestionStep.DECLINE: (frozenset({QuestionState.OPEN}), QuestionState.DECLINED),
    QuestionStep.WITHDRAW: (frozenset({QuestionState.OPEN}), QuestionState.WITHDRAWN),
    QuestionStep.REOPEN: (
        frozenset({QuestionState.ANSWERED, QuestionState.DECLINED}),
        QuestionState.OPEN,
    ),
}
CLOSED = frozenset(QuestionState) - {QuestionState.OPEN}
JOINABLE = frozenset({QuestionState.OPEN})


@dataclass
class QuestionStepNotPossible(Refused):
    """Somebody else has taken the question further meanwhile."""

    state: QuestionState


class QuestionEditedMeanwhile(Refused):
    """Somebody else saved the question after the form was opened."""


class OwnQuestion(Refused):
    """Whoever asked a question has it anyway."""


@dataclass(frozen=True)
class QuestionFacts:
    """What is asked, and what may be said of who asks; the names are those of the columns."""

    title: Texts
    text: Texts = field(default_factory=dict)
    meeting_id: int | None = None
    is_named: bool = False  # others may read which municipality asks

    def changes_to(self, other: "QuestionFacts") -> list[str]:
        """Return the names of what another one says differently."""
        names = (each.name for each in fields(self))
        return [name for name in names if getattr(self, name) != getattr(other, name)]

    def asked_anew(
        self, title: str, text: str, meeting_id: int | None, *, is_named: bool
    ) -> "QuestionFacts":
        """Return what whoever asked says instead; a translation of other words goes."""
        return QuestionFacts(
            _kept_or_new(self.title, title), _kept_or_new(self.text, text), meeting_id, is_named
        )


@dataclass(frozen=True)
class Answer:
    """What the Land says, who says it, and who may read it."""

    answer: Texts = field(default_factory=dict)
    answered_by: str = ""  # an office such as a department; no person is needed
    answered_on: date | None = None
    audience: Audience = Audience.MEMBERS


def version_of(state: QuestionState, facts: QuestionFacts, answer: Answer) -> str:
    """Return what tells a question from what it was: nobody saves over what they have not seen."""
    texts = [sorted(each.items()) for each in (facts.title, facts.text, answer.answer)]
    rest = (facts.meeting_id, facts.is_named, answer.answered_by, answer.answered_on)
    said = (str(state), texts, rest, str(answer.audience))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def after(state: QuestionState, step: QuestionStep) -> QuestionState:
    """Return where a step leads. Raises QuestionStepNotPossible."""
    before, then = STEPS[step]
    if state not in before:
        raise QuestionStepNotPossible(state)
    return then


def is_public(state: QuestionState, audience: Audience) -> bool:
    """Return whether everybody may read a question: never before it is answered."""
    return state is QuestionState.ANSWERED and audience is Audience.PUBLIC


def may_read(state: QuestionState, audience: Audience, *, is_own: bool, is_member: bool) -> bool:
    """Return whether somebody who speaks for an organisation may read a question.

    Members also read what is open, so that they can say that they have the same question.
    """
    if is_own or is_public(state, audience):
        return True
    return is_member and state in {QuestionState.OPEN, QuestionState.ANSWERED}


def _kept_or_new(before: Texts, german: str) -> Texts:
    if before.get("de", "") == german:
        return before
    return {"de": german} if german else {}
