"""What is counted of ballots, so that nobody can tell who said what.

Nothing keeps a ballot: what is kept is how often each answer was given, and what was written in
the order of the alphabet, which has nothing to do with who wrote it or when. Ballots are counted
five at once or more, so that two states of the sums never differ by the ballot of one person, and
fewer than five are never shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from congress.domain.feedback.survey import Question, QuestionKind

LEAST = 5  # ballots that are counted, and shown, together
LONGEST_TEXT = 1000

Answers = Mapping[str, tuple[str, ...]]  # of one ballot on one subject, by the keys of questions


@dataclass(frozen=True)
class Sum:
    """What was answered to one question: by how many, what was chosen, what was written."""

    answered: int = 0
    chosen: Mapping[str, int] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        """Whether enough people have answered for nobody to be known by it."""
        return self.answered >= LEAST


@dataclass(frozen=True)
class Sums:
    """What was answered about one subject: the event, or a workshop."""

    ballots: int = 0
    answers: Mapping[str, Sum] = field(default_factory=dict)

    @property
    def is_shown(self) -> bool:
        return self.ballots >= LEAST

    def of(self, question: Question) -> Sum:
        return self.answers.get(question.key, Sum())


def meant(questions: Iterable[Question], given: Answers) -> dict[str, tuple[str, ...]]:
    """Return the answers on a ballot that mean something to these questions; the rest is none."""
    found: dict[str, tuple[str, ...]] = {}
    for each in questions:
        answer = given.get(each.key, ())
        if each.kind is QuestionKind.TEXT:
            answer = tuple(text[:LONGEST_TEXT] for text in answer[:1] if text)
        else:
            answer = tuple(key for key in each.choices if key in answer)
            answer = answer if each.kind is QuestionKind.SEVERAL else answer[:1]
        if answer:
            found[each.key] = answer
    return found


def group_of(waiting: int, *, is_last: bool) -> int:
    """Return how many of the ballots that wait are counted now.

    Enough are left to be counted together later; the last go together, and fewer than five that
    were all there were are never counted.
    """
    if is_last:
        return waiting if waiting >= LEAST else 0
    return LEAST if waiting >= 2 * LEAST else 0


def counted(sums: Sums, questions: Iterable[Question], ballots: Sequence[Answers]) -> Sums:
    """Return the sums with further ballots in them."""
    answers = dict(sums.answers)
    for each in questions:
        said = [ballot[each.key] for ballot in ballots if ballot.get(each.key)]
        before = answers.get(each.key, Sum())
        if not said:
            continue
        if each.kind is QuestionKind.TEXT:
            texts = sorted([*before.texts, *(text for (text,) in said)])
            answers[each.key] = Sum(before.answered + len(said), {}, tuple(texts))
        else:
            chosen = Counter(before.chosen) + Counter(key for answer in said for key in answer)
            in_order = {key: chosen[key] for key in each.choices if chosen[key]}
            answers[each.key] = Sum(before.answered + len(said), in_order)
    return Sums(sums.ballots + len(ballots), answers)


def from_json(stored: Mapping[str, Any]) -> Sums:
    """Return sums as a row keeps them."""
    answers = stored.get("answers", {})
    return Sums(
        stored.get("ballots", 0),
        {key: Sum(each[0], each[1], tuple(each[2])) for key, each in answers.items()},
    )


def as_json(sums: Sums, questions: Iterable[Question]) -> dict[str, Any]:
    """Return sums as a row keeps them, in the order of the questions."""
    said = ((each.key, sums.of(each)) for each in questions)
    answers = {
        key: [each.answered, dict(each.chosen), list(each.texts)]
        for key, each in said
        if each.answered
    }
    return {"ballots": sums.ballots, "answers": answers}
