"""Cells of a table as answers to the questions of a congress, checked like those of the form."""

from collections.abc import Iterable, Mapping
from functools import partial

from congress.domain.answer_files import is_file
from congress.domain.attendee_import.answering import OptionNames
from congress.domain.attendee_import.comparing import Finding
from congress.domain.names import says_nothing
from congress.domain.own_questions import (
    LONGEST_LINE,
    LONGEST_TEXT,
    NO,
    YES,
    Given,
    OwnQuestion,
    QuestionKind,
    read_date,
    read_number,
)
from congress.formats import answer_words
from congress.formats import attendee_columns as columns
from congress.web import languages
from congress.web.entries import Entry, read_line, read_text
from congress.web.languages import gettext as _
from congress.web.languages import labelled

LONGEST_CELL = 60  # of which a sentence names what stands there
LONGEST_LIST = 300


class AnswerCells:
    """The columns that a congress's own questions have in a table."""

    def __init__(self, questions: Iterable[OwnQuestion]) -> None:
        self.questions = [each for each in questions if not (each.is_retired or is_file(each))]
        self._options = {each.key: OptionNames.of(each) for each in self.questions}

    @property
    def offered(self) -> list[tuple[str, str]]:
        """What a column may say, each with its words."""
        return [(each.column, languages.text(each.label)) for each in self.questions]

    def read(self, cells: Mapping[str, str]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        """Return what a row answers and what is wrong with it, both by question.

        `cells` stand by the names of the columns; an empty one says nothing.
        """
        said: dict[str, tuple[str, ...]] = {}
        doubts: dict[str, str] = {}
        for each in self.questions:
            cell = cells.get(each.column, "")
            if says_nothing(cell):
                continue
            answer, fault = self._answer(each, cell)
            if fault:
                doubts[each.key] = labelled(languages.text(each.label), fault)
            elif answer:
                said[each.key] = answer
        return said, doubts

    def _answer(self, question: OwnQuestion, cell: str) -> tuple[tuple[str, ...], str]:
        match question.kind:
            case QuestionKind.ONE | QuestionKind.SEVERAL:
                return self._chosen(question, cell)
            case QuestionKind.YES_NO:
                is_yes = columns.said_yes(cell)
                wrong = _("Please enter yes or no instead of “%(cell)s”.", cell=_short(cell))
                return ((YES if is_yes else NO,), "") if is_yes is not None else ((), wrong)
            case QuestionKind.NUMBER:
                number = read_number(cell)
                wrong = _("Please enter a number in figures, for example 12.")
                return ((number,), "") if number is not None else ((), wrong)
            case QuestionKind.DATE:
                day = read_date(cell)
                wrong = _("Please enter a day, for example 21.10.2026.")
                return ((day,), "") if day is not None else ((), wrong)
        entry = Entry(question.column, "")
        is_text = question.kind is QuestionKind.TEXT
        read = (
            partial(read_text, most=LONGEST_TEXT)
            if is_text
            else partial(read_line, most=LONGEST_LINE)
        )
        value = read(entry, cell)
        return ((value,) if value else ()), " ".join(map(str, entry.errors))

    def _chosen(self, question: OwnQuestion, cell: str) -> tuple[tuple[str, ...], str]:
        keys, unknown = self._options[question.key].read(cell)
        if unknown:
            language = languages.current()
            known = "; ".join(
                answer_words.choice(question, each.key, language) for each in question.offered
            )
            return (), _(
                "There is no answer “%(cell)s”. Possible answers: %(answers)s",
                cell=_short(unknown[0]),
                answers=known if len(known) <= LONGEST_LIST else f"{known[:LONGEST_LIST]} …",
            )
        if len(keys) > 1 and question.kind is QuestionKind.ONE:
            return (), _("Please enter only one answer instead of “%(cell)s”.", cell=_short(cell))
        return keys, ""


def answers(questions: Iterable[OwnQuestion], given: Given | None) -> list[tuple[str, str]]:
    """Return what somebody answers, in words, each with its question."""
    language = languages.current()
    return [
        (languages.text(each.label), answer_words.said(each, given[each.key], language))
        for each in questions
        if given and given.get(each.key)
    ]


def changes(questions: Iterable[OwnQuestion], finding: Finding) -> list[tuple[str, str, str]]:
    """Return which answers would change: the question, and what was said before and is now."""
    if finding.person is None or finding.answers is None:
        return []
    language, was, now = languages.current(), finding.person.answers, finding.answers
    return [
        (
            languages.text(each.label),
            answer_words.said(each, was.get(each.key, ()), language) or _("empty"),
            answer_words.said(each, now.get(each.key, ()), language) or _("empty"),
        )
        for each in questions
        if was.get(each.key, ()) != now.get(each.key, ())
    ]


def unasked(finding: Finding) -> str:
    """Return which questions a row answers that nobody asks this person."""
    return ", ".join(languages.text(each.label) for each in finding.unasked)


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL else f"{cell[:LONGEST_CELL]} …"
