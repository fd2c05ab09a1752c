"""What somebody answered to a question of the congress, in words, for pages, files and mails."""

from collections.abc import Sequence
from datetime import date

from congress.domain.attendee_list import ListedAttendee
from congress.domain.own_questions import NO, YES, OwnQuestion, QuestionKind
from congress.domain.texts import in_language
from congress.formats.catalogue import catalogue

DAY = {"de": "%d.%m.%Y", "en": "%d/%m/%Y"}


def choice(question: OwnQuestion, key: str, language: str) -> str:
    """Return what an answer that can be chosen is called."""
    if question.kind is QuestionKind.YES_NO:
        _ = catalogue(language).gettext
        return {YES: _("yes"), NO: _("no")}[key]
    option = question.option(key)
    return in_language(option.label, language) if option else key


def cell(question: OwnQuestion, language: str, person: ListedAttendee) -> str:
    """Return what somebody in a list answered."""
    return said(question, person.said.get(question.key, ()), language)


def value(question: OwnQuestion, language: str, answer: Sequence[str]) -> str | date:
    """Return an answer for a file, where a day is a day and no words."""
    if question.kind is QuestionKind.DATE and answer:
        return date.fromisoformat(answer[0])
    return said(question, answer, language)


def said(question: OwnQuestion, answer: Sequence[str], language: str) -> str:
    """Return an answer in words; no answer is an empty text."""
    if question.options or question.kind is QuestionKind.YES_NO:
        return ", ".join(choice(question, each, language) for each in answer)
    text = "".join(answer)
    if question.kind is QuestionKind.DATE and text:
        return date.fromisoformat(text).strftime(DAY[language])
    if question.kind is QuestionKind.NUMBER:
        return text.replace(".", ",") if language == "de" else text
    return text
