"""Changing what a congress asks on its own: what may follow, and how answers stay readable."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from congress.domain.errors import Refused
from congress.domain.own_questions import OwnQuestion, as_json
from congress.domain.texts import Texts

MOST_QUESTIONS = 30


class QuestionsEditedMeanwhile(Refused):
    """Somebody else changed the questions after this form was opened."""


class KindIsFixed(Refused):
    """A question that was answered is to be of another kind."""


@dataclass(eq=False)
class OthersHangOnIt(Refused):
    """Another question is asked only of those who answer this one in some way."""

    question: Texts


class TooManyQuestions(Refused):
    """More questions than anybody would answer."""


@dataclass(eq=False)
class OtherAnswersNow(Refused):
    """Another number of answers would go than was shown before."""

    count: int


def require_may_follow(
    questions: Sequence[OwnQuestion], before: OwnQuestion, after: OwnQuestion, answers: int
) -> None:
    """Refuse a change of a question that would make answers, or other questions, meaningless."""
    if answers and after.kind is not before.kind:
        raise KindIsFixed
    offered = set(after.choices) - {each.key for each in after.options if each.is_retired}
    for each in questions:
        hangs = each.asked_if is not None and each.asked_if.question == before.key
        if hangs and not each.is_retired and each.asked_if and each.asked_if.option not in offered:
            raise OthersHangOnIt(each.label)


def require_free(questions: Sequence[OwnQuestion], key: str) -> None:
    """Refuse to let go of a question on whose answer another hangs that is asked."""
    for each in questions:
        if each.asked_if is not None and each.asked_if.question == key and not each.is_retired:
            raise OthersHangOnIt(each.label)


def version_of(question: OwnQuestion) -> str:
    """Return what tells a question from any other: nobody overwrites what they have not seen."""
    return hashlib.sha256(repr(as_json([question])).encode()).hexdigest()[:16]


def with_gone_options(
    before: OwnQuestion, after: OwnQuestion, answered: Collection[str]
) -> OwnQuestion:
    """Return a question with the options that were taken out and are somebody's answer: retired."""
    kept = {each.key for each in after.options}
    gone = tuple(
        replace(each, is_retired=True)
        for each in before.options
        if each.key not in kept and each.key in answered
    )
    return replace(after, options=(*after.options, *gone))


def moved(questions: Sequence[OwnQuestion], key: str, by: int) -> tuple[OwnQuestion, ...]:
    """Return the questions with one of them before or behind its neighbour.

    Raises OthersHangOnIt where a question would come before the one whose answer it needs.
    """
    rows = list(questions)
    at = next((at for at, each in enumerate(rows) if each.key == key), None)
    if at is None or not 0 <= at + by < len(rows):
        return tuple(questions)
    rows[at], rows[at + by] = rows[at + by], rows[at]
    first, second = sorted((at, at + by))
    earlier = rows[first].asked_if
    if earlier is not None and earlier.question == rows[second].key:
        raise OthersHangOnIt(rows[first].label)
    return tuple(rows)


def without_people(questions: Iterable[OwnQuestion]) -> tuple[OwnQuestion, ...]:
    """Return what another congress takes over: what is asked, and no option that is only kept."""
    return tuple(replace(each, options=each.offered) for each in questions if not each.is_retired)
