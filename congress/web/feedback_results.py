"""What people said afterwards, in words: of one subject, as far as five people or more said it."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.domain.feedback.counting import Sum, Sums
from congress.domain.feedback.survey import Question, QuestionKind
from congress.web import languages
from congress.web.registration.ballot_form import ends_of

BAR = 400  # units of the drawing, for everybody who answered a question


@dataclass(frozen=True)
class Bar:
    """One answer, and how many gave it."""

    words: str
    people: int
    width: float
    share: str


@dataclass(frozen=True)
class Answered:
    """One question, with what was answered; without it where too few did."""

    label: str
    hint: str
    answered: int
    bars: Sequence[Bar] = ()
    texts: Sequence[str] = ()
    mean: str = ""
    is_shown: bool = True


@dataclass(frozen=True)
class Result:
    """What was said of one subject."""

    name: str
    ballots: int
    questions: Sequence[Answered]
    is_shown: bool = True


def result_of(name: str, questions: Sequence[Question], sums: Sums) -> Result:
    """Return what was said of a subject of this name; nothing where too few have."""
    if not sums.is_shown:
        return Result(name, 0, (), is_shown=False)
    return Result(name, sums.ballots, [_answered(each, sums.of(each)) for each in questions])


def _answered(question: Question, said: Sum) -> Answered:
    label, hint = languages.text(question.label), ends_of(question)
    if not said.is_shown:
        return Answered(label, hint, 0, is_shown=False)
    if question.kind is QuestionKind.TEXT:
        return Answered(label, hint, said.answered, texts=said.texts)
    bars = [_bar(question, key, said) for key in question.choices]
    return Answered(label, hint, said.answered, bars, mean=_mean(question, said))


def _bar(question: Question, key: str, said: Sum) -> Bar:
    people = said.chosen.get(key, 0)
    words = languages.text(question.words_of(key))
    if question.kind is QuestionKind.SCALE:
        words = f"{key} ({words})" if words else key
    share = languages.percent(round(100 * people / said.answered))
    return Bar(words, people, round(BAR * people / said.answered, 1), share)


def _mean(question: Question, said: Sum) -> str:
    """Return the mean of a scale with one decimal, as the language writes it."""
    if question.kind is not QuestionKind.SCALE:
        return ""
    mean = sum(int(key) * many for key, many in said.chosen.items()) / said.answered
    written = f"{mean:.1f}"
    return written.replace(".", ",") if languages.current() == "de" else written
