"""What a congress asks on its own, as a part of a form: when registering and when correcting it.

Which question is asked of whom is decided here and by the services; a page says it in words, so
that a form works without any script.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from werkzeug.datastructures import FileStorage

from congress.domain import legal, own_questions
from congress.domain.answer_files import AnswerFile, is_file
from congress.domain.congresses import Congress
from congress.domain.own_questions import (
    CHOSEN,
    LONGEST_LINE,
    LONGEST_TEXT,
    Given,
    Option,
    OwnQuestion,
    QuestionKind,
)
from congress.domain.programme import ProgrammeItem
from congress.domain.texts import language_of
from congress.formats.answer_words import choice, said
from congress.formats.dates import Dates
from congress.web import languages
from congress.web.entries import TICKED, Entry, read_line, read_text, told
from congress.web.languages import gettext as _
from congress.web.registration import answer_upload
from congress.web.registration.question_picks import Limits, Pick

ENTRY = "ask-"
SENT = "asked"  # what a form sends that shows the questions at all
Files = Mapping[str, FileStorage]  # that came with a form, by the names of their fields


@dataclass
class Asking:
    """One question with what was typed or chosen."""

    question: OwnQuestion
    entry: Entry
    picks: Sequence[Pick]
    about: str  # of whom it is asked, what for, until when the answer is kept
    lang: str
    stored: str = ""  # the name of the file that stands
    file: AnswerFile | None = None  # that was chosen now
    is_removed: bool = False

    @property
    def remove(self) -> str:
        """The name of the box that takes a file away."""
        return f"{self.entry.name}--remove"

    @property
    def kind(self) -> QuestionKind:
        return self.question.kind

    @property
    def type(self) -> str:
        """What kind of control it has."""
        if self.kind is QuestionKind.SEVERAL:
            return "checkbox"
        return "radio" if self.kind in CHOSEN else str(self.kind)

    @property
    def where(self) -> str:
        """The id that leads to it."""
        return next((each.id for each in self.picks if not each.is_closed), self.entry.id)

    def read(self, posted: Mapping[str, str], files: Files) -> tuple[str, ...]:
        """Take over what was sent, and return it as it is kept."""
        if self.kind is QuestionKind.FILE:
            return self._read_file(posted, files)
        for pick in self.picks:
            sent = TICKED if self.kind is QuestionKind.SEVERAL else pick.key
            pick.is_chosen = posted.get(pick.name, "") == sent
        if self.kind in CHOSEN:
            return tuple(each.key for each in self.picks if each.is_chosen and each.key)
        typed = posted.get(self.entry.name, "")
        if self.kind is QuestionKind.TEXT:
            read_text(self.entry, typed, most=LONGEST_TEXT)
        else:
            read_line(self.entry, typed, most=LONGEST_LINE)
        kept = self._kept() if self.entry.value and not self.entry.errors else ""
        return (kept,) if kept else ()

    def _read_file(self, posted: Mapping[str, str], files: Files) -> tuple[str, ...]:
        self.file = answer_upload.take(self.entry, files.get(self.entry.name))
        self.is_removed = posted.get(self.remove, "") == TICKED
        if self.file is not None:
            return (self.file.name,)
        return (self.stored,) if self.stored and not self.is_removed else ()

    def _kept(self) -> str:
        value = self.entry.value
        if self.kind is QuestionKind.NUMBER:
            number = own_questions.read_number(value)
            if number is None:
                self.entry.errors.append(_("Please enter a number in figures, for example 12."))
            return number or ""
        if self.kind is QuestionKind.DATE:
            day = own_questions.read_date(value)
            if day is None:
                self.entry.errors.append(_("Please enter a day, for example 21.10.2026."))
            return day or ""
        return value

    def require(self) -> None:
        """Say that an answer is missing."""
        if not self.entry.errors:
            sentence = (
                _("Please choose an answer.")
                if self.kind in CHOSEN
                else _("Please choose a file.")
                if self.kind is QuestionKind.FILE
                else _("Please answer this question.")
            )
            self.entry.errors.append(sentence)


@dataclass
class QuestionsForm:
    """All questions in their order; `given` is what was answered to those that are asked."""

    rows: list[Asking]
    given: dict[str, tuple[str, ...]] = field(default_factory=dict)
    is_sent: bool = False
    kept: Given = field(default_factory=dict)  # files, in a form that cannot take any
    sent: Files = field(default_factory=dict)

    @property
    def has_files(self) -> bool:
        """Whether the form has to be sent as one with files."""
        return any(is_file(each.question) for each in self.rows)

    @property
    def files(self) -> dict[str, AnswerFile]:
        """The files among what was given."""
        found = {each.question.key: each.file for each in self.rows}
        return {key: file for key, file in found.items() if file and key in self.given}

    def forget_files(self) -> None:
        """Say where a file has to be chosen once more, in a form that is shown again."""
        for each in self.rows:
            if each.file is not None:
                each.file = None
                again = _("Please choose the file again: a browser does not keep it.")
                each.entry.errors.append(again)

    def read(
        self, posted: Mapping[str, str], workshops: Collection[str], *, may_lack: bool = False
    ) -> None:
        """Take over what was sent by whoever wants these workshops, named by their codes.

        What is not asked of them counts for nothing, and nothing is wrong with it. Where it
        `may_lack`, nobody can be made to answer: an organiser answers for them.
        """
        self.is_sent = SENT in posted
        read = {each.question.key: each.read(posted, self.sent) for each in self.rows}
        asked = own_questions.asked([each.question for each in self.rows], read, workshops)
        keys = {each.key for each in asked}
        said = {key: answer for key, answer in read.items() if key in keys and answer}
        self.given = {**self.kept, **said}
        for each in self.rows:
            if each.question.key not in keys:
                each.entry.errors.clear()
            elif each.question.is_required and not read[each.question.key] and not may_lack:
                each.require()

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the questions."""
        return [(each.where, told_of[1]) for each in self.rows for told_of in told(each.entry)]


def questions_form(
    congress: Congress,
    items: Iterable[ProgrammeItem],
    before: Given | None = None,
    *,
    with_files: bool = False,
    limits: Limits | None = None,
) -> QuestionsForm:
    """Return the questions that are asked now, empty or with what somebody answered.

    Files only where the form takes any; elsewhere those that are there stay. Of several forms on
    one page all have the same `limits`.
    """
    asked = [each for each in congress.questions if not each.is_retired]
    shown = [each for each in asked if with_files or not is_file(each)]
    had = before or {}
    kept = {each.key: had[each.key] for each in asked if each not in shown and each.key in had}
    if not shown:
        return QuestionsForm([], dict(kept), kept=kept)
    limits = limits or Limits(congress)
    rows = [_asking(congress, each, had, limits, items) for each in shown]
    return QuestionsForm(rows, dict(had), kept=kept)


def _asking(
    congress: Congress,
    question: OwnQuestion,
    had: Given,
    limits: Limits,
    items: Iterable[ProgrammeItem],
) -> Asking:
    answer, language = had.get(question.key, ()), languages.current()
    condition = _condition(congress.questions, question, items)
    example = _("For example 21.10.2026") if question.kind is QuestionKind.DATE else ""
    hint = languages.text(question.hint) or (f"{example}." if example else "")
    is_picked = question.kind in CHOSEN
    stored = "".join(answer) if is_file(question) else ""
    if is_file(question):
        hint = " ".join(filter(None, (hint, _("PDF, JPEG or PNG, at most 5 MB."))))
    about = (condition, hint, _kept_for(congress, question))
    return Asking(
        question,
        Entry(
            f"{ENTRY}{question.key}",
            languages.text(question.label),
            "" if is_picked or is_file(question) else said(question, answer, language),
            required=question.is_required and question.asked_if is None,
        ),
        _picks(question, answer, limits) if is_picked else (),
        " ".join(filter(None, about)),
        language_of(question.label, language),
        stored,
    )


def _picks(question: OwnQuestion, answer: Sequence[str], limits: Limits) -> list[Pick]:
    name, language = f"{ENTRY}{question.key}", languages.current()
    is_one = question.kind is not QuestionKind.SEVERAL
    found = []
    for key in question.choices:
        option = question.option(key) or Option(key)
        if option.is_retired and key not in answer:
            continue
        found.append(
            Pick(
                name if is_one else f"{name}--{key}",
                choice(question, key, language),
                language_of(option.label, language) if option.label else language,
                key in answer,
                question,
                option,
                limits,
                was_chosen=key in answer,
            )
        )
    if is_one and (not question.is_required or question.asked_if is not None):
        none = Option("")
        found.append(Pick(name, _("No answer"), language, not answer, question, none, limits))
    return found


def _condition(
    questions: Sequence[OwnQuestion], question: OwnQuestion, items: Iterable[ProgrammeItem]
) -> str:
    """Return of whom a question is asked, where it is not asked of everybody."""
    asked_if = question.asked_if
    if asked_if is None:
        return ""
    if asked_if.workshop:
        names = (_called(each) for each in items if each.code == asked_if.workshop)
        workshop = next(names, asked_if.workshop)
        return _("Only if you choose “%(workshop)s”.", workshop=workshop)
    earlier = next((each for each in questions if each.key == asked_if.question), None)
    if earlier is None:
        return ""
    return _(
        "Only if you answer “%(question)s” with “%(answer)s”.",
        question=languages.text(earlier.label),
        answer=choice(earlier, asked_if.option, languages.current()),
    )


def _called(item: ProgrammeItem) -> str:
    """Return what the cards above the question call a workshop."""
    title = languages.short_title(item.face)
    return f"{languages.number_name(item)}: {title}" if item.number else title


def _kept_for(congress: Congress, question: OwnQuestion) -> str:
    """Return what an answer is needed for and until when it is kept."""
    purpose = languages.text(question.purpose)
    day = Dates(languages.current(), congress.zone).date(goes_at(congress, question))
    if purpose:
        return _("For: %(purpose)s. Deleted by %(day)s.", purpose=purpose.rstrip("."), day=day)
    return _("Deleted by %(day)s.", day=day)


def goes_at(congress: Congress, question: OwnQuestion) -> datetime:
    """Return until when answers to a question are kept."""
    ends = congress.ends_at.astimezone(congress.zone)
    return legal.months_later(ends, question.months)


def answers_now(form: QuestionsForm, stored: Given) -> list[tuple[str | None, str]]:
    """Return what is stored where a form says something else, each with the way to its entry."""
    language = languages.current()
    return [
        (
            each.where,
            _(
                "%(field)s: now “%(said)s”",
                field=each.entry.label,
                said=said(each.question, stored[each.question.key], language),
            )
            if stored.get(each.question.key)
            else _("%(field)s: now empty", field=each.entry.label),
        )
        for each in form.rows
        if form.given.get(each.question.key, ()) != stored.get(each.question.key, ())
    ]
