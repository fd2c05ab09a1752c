"""What people said afterwards: counted, of the event and of each workshop, and of nobody alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import abort
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.congresses import Congress
from congress.domain.feedback.counting import LEAST, Sum, Sums
from congress.domain.feedback.survey import Part, Phase, Question, QuestionKind, Survey
from congress.formats.table import Cell, Heading, Kind
from congress.queries import congresses
from congress.queries import feedback as queries
from congress.services.exporting import FileFormat, Listed, Listing
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.organiser import frame
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


def survey_results() -> str:
    """Show what was answered, as far as five people or more did."""
    congress = congresses.get_congress(access.workspace().id)
    survey = queries.survey_of(congress.id)
    answered, asked = queries.answered(congress.id)
    return frame.page(
        "survey_results.html",
        current="figures",
        results=_results(congress, survey),
        has_begun=survey.has_begun,
        is_open=survey.phase(congress, clock.now()) is Phase.OPEN,
        answered=answered,
        asked=asked,
        bar=BAR,
        least=LEAST,
    )


def survey_file(suffix: str) -> Response:
    """Hand out the same as a file."""
    if suffix not in {FileFormat.CSV, FileFormat.XLSX}:
        abort(404)
    congress = congresses.get_congress(access.workspace().id)
    survey = queries.survey_of(congress.id)
    headings = [
        Heading(_("About"), 30),
        Heading(_("Question"), 50),
        Heading(_("Answer"), 50),
        Heading(_("Count"), 10, Kind.NUMBER),
    ]
    lines = list(_lines(_results(congress, survey)))
    return frame.listing(Listing(Listed.FEEDBACK, headings, lines, FileFormat(suffix)))


def _results(congress: Congress, survey: Survey) -> list[Result]:
    sums = queries.sums_of(congress.id)
    event = survey.of_part(Part.EVENT)
    found = [_result(_("The event"), event, sums.get(None, Sums()))] if event else []
    of_workshop = survey.of_part(Part.WORKSHOP)
    for item in queries.subjects(congress) if of_workshop else ():
        name = languages.short_name(item.number, item.face)
        found.append(_result(name, of_workshop, sums.get(item.id, Sums())))
    return found


def _result(name: str, questions: Sequence[Question], sums: Sums) -> Result:
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


def _lines(results: Sequence[Result]) -> Iterator[Sequence[Cell]]:
    for result in results:
        if not result.is_shown:
            continue
        yield result.name, _("Ballots"), "", result.ballots
        for each in result.questions:
            if not each.is_shown:
                continue
            yield result.name, each.label, _("answered"), each.answered
            for bar in each.bars:
                yield result.name, each.label, bar.words, bar.people
            for text in each.texts:
                yield result.name, each.label, text, None
