"""What a congress asks on its own: questions, who is asked them, and what may be answered.

A key never changes and is never given again, so an answer is readable whatever becomes of the
words. What was answered is kept apart from the fields (`domain.fields`): one question goes before
another, and one role reads what another does not.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from congress.domain.access import Right
from congress.domain.errors import Refused
from congress.domain.texts import Texts

Given = Mapping[str, tuple[str, ...]]  # what somebody answered, by the keys of the questions

LONGEST_LABEL, LONGEST_HINT, LONGEST_PURPOSE = 200, 400, 200
LONGEST_LINE, LONGEST_TEXT = 200, 2000
MOST_OPTIONS = 30
MOST_PER_OPTION = 100_000
MOST_MONTHS, USUAL_MONTHS = 12, 3  # after the end: no longer than the registration itself
YES, NO = "yes", "no"
COLUMN = "answer-"  # what the column of a question is called in lists and files
_NUMBER = re.compile(r"[-+−]?[0-9]{1,9}(?:[.,][0-9]{1,4})?")
_DAY = re.compile(r"([0-9]{1,2})(?:\.\s?|/)([0-9]{1,2})(?:\.\s?|/)([0-9]{4})")


class QuestionKind(StrEnum):
    """How a question is answered."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    ONE = "one"
    SEVERAL = "several"
    DATE = "date"
    FILE = "file"  # `domain.answer_files`: only of who was invited


class ReadBy(StrEnum):
    """Who reads answers: whoever sees the registrations, or only whoever may change them."""

    ALL = Right.SEE_ATTENDEES.value
    FEW = Right.CHANGE_ATTENDEES.value


WITH_OPTIONS = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})
CHOSEN = WITH_OPTIONS | {QuestionKind.YES_NO}
READERS = tuple(Right(each) for each in ReadBy)


@dataclass(frozen=True)
class Option:
    """One of several answers; `most` is how many people may choose it, None has no limit.

    What is retired can be chosen no more, and stays readable where it was.
    """

    key: str
    label: Texts = field(default_factory=dict)
    most: int | None = None
    is_retired: bool = False


@dataclass(frozen=True)
class AskedIf:
    """Of whom a question is asked: of who chose an option of an earlier one, or a workshop."""

    question: str = ""
    option: str = ""
    workshop: str = ""  # its code


@dataclass(frozen=True, kw_only=True)
class OwnQuestion:
    """One question of a congress."""

    key: str
    kind: QuestionKind
    label: Texts
    hint: Texts = field(default_factory=dict)
    purpose: Texts = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    is_required: bool = False
    asked_if: AskedIf | None = None
    right: Right = Right.SEE_ATTENDEES  # to read the answers
    months: int = USUAL_MONTHS  # after the end of the congress for which answers are kept
    is_retired: bool = False

    @property
    def code(self) -> str:
        """What a congress file calls it."""
        return self.key

    @property
    def column(self) -> str:
        return COLUMN + self.key

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys of everything that could ever be chosen."""
        if self.kind is QuestionKind.YES_NO:
            return YES, NO
        return tuple(each.key for each in self.options)

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options that can still be chosen."""
        return tuple(each for each in self.options if not each.is_retired)

    def option(self, key: str) -> Option | None:
        return next((each for each in self.options if each.key == key), None)


@dataclass(eq=False)
class OptionUsedUp(Refused):
    """As many people as may have an option have chosen it."""

    question: Texts
    option: Texts


@dataclass(eq=False)
class AnswersOutdated(Refused):
    """Another question is asked now than the form showed, or another answer offered."""

    question: Texts


def asked(
    questions: Sequence[OwnQuestion], given: Given, workshops: Collection[str]
) -> tuple[OwnQuestion, ...]:
    """Return what is asked of somebody who answers this and wants these workshops, by their codes.

    An answer to a question that is not asked counts for no other.
    """
    found: list[OwnQuestion] = []
    for each in questions:
        if not each.is_retired and _holds(each.asked_if, found, given, workshops):
            found.append(each)
    return tuple(found)


def _holds(
    asked_if: AskedIf | None,
    earlier: Iterable[OwnQuestion],
    given: Given,
    workshops: Collection[str],
) -> bool:
    if asked_if is None:
        return True
    if asked_if.workshop:
        return asked_if.workshop in workshops
    is_asked = any(each.key == asked_if.question for each in earlier)
    return is_asked and asked_if.option in given.get(asked_if.question, ())


def settled(
    questions: Sequence[OwnQuestion],
    given: Given,
    workshops: Collection[str],
    before: Given | None = None,
    *,
    may_lack: bool = False,
) -> dict[str, tuple[str, ...]]:
    """Return the answers that count: those to what is asked, and older ones to what was retired.

    An option that is offered no more stays with whoever has it. Raises AnswersOutdated where a
    required answer is missing, unless it `may_lack` or is a file, which not every form can take,
    or an option is not offered.
    """
    had = before or {}
    found = {each.key: had[each.key] for each in questions if each.is_retired and had.get(each.key)}
    for each in asked(questions, given, workshops):
        answer = given.get(each.key, ())
        if each.kind in CHOSEN:
            offered = {option.key for option in each.offered} | set(had.get(each.key, ()))
            offered = offered if each.kind in WITH_OPTIONS else set(each.choices)
            if not offered.issuperset(answer):
                raise AnswersOutdated(each.label)
            answer = tuple(key for key in each.choices if key in answer)
        if len(answer) > 1 and each.kind is not QuestionKind.SEVERAL:
            raise AnswersOutdated(each.label)
        can_lack = may_lack or each.kind is QuestionKind.FILE
        if each.is_required and not answer and not can_lack:
            raise AnswersOutdated(each.label)
        if answer:
            found[each.key] = answer
    return found


def limited(
    questions: Sequence[OwnQuestion], wanted: Given, before: Given | None = None
) -> list[tuple[OwnQuestion, Option]]:
    """Return the options with a limit that somebody wants and has not yet."""
    had = before or {}
    return [
        (each, option)
        for each in questions
        for option in each.options
        if option.most is not None
        and option.key in wanted.get(each.key, ())
        and option.key not in had.get(each.key, ())
    ]


def find_used_up(
    new: Iterable[tuple[OwnQuestion, Option]], taken: Mapping[tuple[str, str], int]
) -> OptionUsedUp | None:
    """Return the refusal where one of these options is used up; `taken` says how many have it."""
    for question, option in new:
        if is_used_up(question, option, taken):
            return OptionUsedUp(question.label, option.label)
    return None


def is_used_up(question: OwnQuestion, option: Option, taken: Mapping[tuple[str, str], int]) -> bool:
    """Return whether nobody else can have an option."""
    return option.most is not None and taken.get((question.key, option.key), 0) >= option.most


def united(
    questions: Sequence[OwnQuestion], mine: Given, other: Given
) -> dict[str, tuple[str, ...]]:
    """Return what one person answered in two registrations: the one that goes on comes first."""
    both = {each.key: mine.get(each.key) or other.get(each.key, ()) for each in questions}
    return {key: answer for key, answer in both.items() if answer}


def read_number(typed: str) -> str | None:
    """Return a number as it is kept, with a point and no zeros nobody needs; None is none."""
    if not _NUMBER.fullmatch(typed):
        return None
    whole, _point, part = typed.replace("−", "-").replace("+", "").replace(",", ".").partition(".")
    sign = "-" if whole.startswith("-") else ""
    whole = whole.lstrip("-").lstrip("0") or "0"
    number = ".".join(filter(None, (whole, part.rstrip("0"))))
    return number if number == "0" else sign + number


def read_date(typed: str) -> str | None:
    """Return a day as it is kept (ISO 8601), from that or from day, month and year; or None."""
    named = _DAY.fullmatch(typed)
    text = "{2}-{1:0>2}-{0:0>2}".format(*named.groups()) if named else typed
    try:
        return date.fromisoformat(text).isoformat() if len(text) == len("2026-01-01") else None
    except ValueError:
        return None


def from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[OwnQuestion, ...]:
    """Return the questions that a row holds."""
    return tuple(
        OwnQuestion(
            key=each["key"],
            kind=QuestionKind(each["kind"]),
            label=each["label"],
            hint=each.get("hint", {}),
            purpose=each.get("purpose", {}),
            options=tuple(
                Option(one["key"], one["label"], one.get("most"), one.get("is_retired", False))
                for one in each.get("options", ())
            ),
            is_required=each.get("is_required", False),
            asked_if=AskedIf(**each["asked_if"]) if each.get("asked_if") else None,
            right=Right(each.get("right", Right.SEE_ATTENDEES)),
            months=each.get("months", USUAL_MONTHS),
            is_retired=each.get("is_retired", False),
        )
        for each in stored
    )


def as_json(questions: Iterable[OwnQuestion]) -> list[dict[str, Any]]:
    """Return questions as a row holds them."""
    return [
        {
            "key": each.key,
            "kind": each.kind.value,
            "label": dict(each.label),
            "hint": dict(each.hint),
            "purpose": dict(each.purpose),
            "options": [
                {
                    "key": option.key,
                    "label": dict(option.label),
                    "most": option.most,
                    "is_retired": option.is_retired,
                }
                for option in each.options
            ],
            "is_required": each.is_required,
            "asked_if": vars(each.asked_if) if each.asked_if else None,
            "right": each.right.value,
            "months": each.months,
            "is_retired": each.is_retired,
        }
        for each in questions
    ]
