"""What organisers call the parts of a question that their event asks on its own."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext

from congress.domain.access import Right
from congress.domain.own_questions import CHOSEN, AskedIf, OwnQuestion, QuestionKind
from congress.domain.programme import ProgrammeItem
from congress.formats.answer_words import choice
from congress.web import languages
from congress.web.languages import gettext as _

KINDS = {
    QuestionKind.LINE: lazy_gettext("One line of text"),
    QuestionKind.TEXT: lazy_gettext("Longer text"),
    QuestionKind.NUMBER: lazy_gettext("A number"),
    QuestionKind.YES_NO: lazy_gettext("Yes or no"),
    QuestionKind.ONE: lazy_gettext("One of several options"),
    QuestionKind.SEVERAL: lazy_gettext("Several options"),
    QuestionKind.DATE: lazy_gettext("A date"),
    QuestionKind.FILE: lazy_gettext("A file (PDF, JPEG or PNG)"),
}
READERS = {
    Right.SEE_ATTENDEES: lazy_gettext("everyone who sees the registrations"),
    Right.CHANGE_ATTENDEES: lazy_gettext("only those who may change registrations"),
}
WORKSHOP = "workshop:"


def code_of(asked_if: AskedIf | None) -> str:
    """Return a condition as a form sends it."""
    if asked_if is None:
        return ""
    if asked_if.workshop:
        return f"{WORKSHOP}{asked_if.workshop}"
    return f"{asked_if.question}:{asked_if.option}"


def from_code(code: str) -> AskedIf | None:
    """Return the condition that a form names."""
    if code.startswith(WORKSHOP):
        return AskedIf(workshop=code.removeprefix(WORKSHOP))
    question, _colon, option = code.partition(":")
    return AskedIf(question=question, option=option) if option else None


def conditions(
    earlier: Sequence[OwnQuestion], workshops: Iterable[ProgrammeItem]
) -> list[tuple[str, str]]:
    """Return of whom a question can be asked, given those that come before it."""
    found = [("", _("everyone"))]
    for each in earlier:
        if each.kind not in CHOSEN or each.is_retired:
            continue
        retired = {option.key for option in each.options if option.is_retired}
        found += [
            (code_of(AskedIf(each.key, key)), answered(each, key))
            for key in each.choices
            if key not in retired
        ]
    found += [
        (code_of(AskedIf(workshop=item.code)), chosen(item)) for item in workshops if item.bookable
    ]
    return found


def answered(question: OwnQuestion, key: str) -> str:
    """Return of whom a question is asked: of who answered another one in some way."""
    return _(
        "whoever answers “%(question)s” with “%(answer)s”",
        question=languages.text(question.label),
        answer=choice(question, key, languages.current()),
    )


def chosen(item: ProgrammeItem) -> str:
    """Return of whom a question is asked: of who chose a workshop."""
    name = languages.short_name(item.number, item.face)
    return _("whoever chooses “%(workshop)s”", workshop=name)
