"""What the rows of a file answer to the questions of a congress, beside what stands already.

An empty cell changes nothing, what is not asked of somebody counts for nothing and is said, and
nobody gets more of an option than there is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from congress.domain.attendee_import.comparing import Finding, Outcome, Why
from congress.domain.attendee_import.people import parted
from congress.domain.errors import Refused
from congress.domain.folding import fold_for_order
from congress.domain.own_questions import (
    CHOSEN,
    WITH_OPTIONS,
    Given,
    Option,
    OptionUsedUp,
    OwnQuestion,
    asked,
    find_used_up,
    limited,
    settled,
)
from congress.domain.texts import Texts


@dataclass(eq=False)
class OptionNotOffered(Refused):
    """A row names an option that is offered no more."""

    question: Texts
    option: Texts


@dataclass(frozen=True)
class OptionNames:
    """The options of a question by everything they may be called: words of any language, or keys.

    As they are written, and folded where that leaves no doubt.
    """

    written: Mapping[str, str]
    folded: Mapping[str, str]

    @classmethod
    def of(cls, question: OwnQuestion) -> "OptionNames":
        """Return the names; what would name two options names none, unless one is retired."""
        retired = [each for each in question.options if each.is_retired]
        written, folded = (
            _named(retired, fold) | _named(question.offered, fold)
            for fold in (_plain, fold_for_order)
        )
        return cls(written, folded)

    def read(self, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the keys of the options that a cell names, and what in it is none."""
        return parted(cell, self._find)

    def _find(self, text: str) -> str | None:
        return self.written.get(_plain(text)) or self.folded.get(fold_for_order(text))


@dataclass
class Tally:
    """How many have each limited option, counted on while one after another answers."""

    questions: Sequence[OwnQuestion]
    taken: dict[tuple[str, str], int]

    def take(self, given: Given, before: Given) -> OptionUsedUp | None:
        """Count one who answers otherwise than before; refuse and count nothing if one is gone."""
        new = limited(self.questions, given, before)
        if refusal := find_used_up(new, self.taken):
            return refusal
        for step, options in ((1, new), (-1, limited(self.questions, before, given))):
            for question, option in options:
                key = (question.key, option.key)
                self.taken[key] = self.taken.get(key, 0) + step
        return None


def with_answers(
    findings: Iterable[Finding], questions: Sequence[OwnQuestion], codes: Mapping[int, str]
) -> list[Finding]:
    """Return the findings with what each person answers once the row was taken over.

    `codes` are those of the workshops, by their numbers.
    """
    return [_answered(each, questions, codes) for each in findings]


def _answered(
    finding: Finding, questions: Sequence[OwnQuestion], codes: Mapping[int, str]
) -> Finding:
    row, person = finding.row, finding.person
    before = person.answers if person else {}
    new = {
        each.key: row.answers[each.key]
        for each in questions
        if each.key in row.answers
        and not _is_the_same(each, row.answers[each.key], before.get(each.key, ()))
    }
    is_open = finding.outcome is Outcome.OPEN or (person is not None and person.is_ended)
    if is_open or not (new or row.doubts):
        return finding
    chosen = person.workshops if person else row.workshops or ()
    workshops = {codes[each] for each in chosen if each in codes}
    wanted = {**before, **new}
    keys = {each.key for each in asked(questions, wanted, workshops)}
    if doubts := tuple(sentence for key, sentence in row.doubts.items() if key in keys):
        return replace(
            finding, row=replace(row, faults=doubts), outcome=Outcome.OPEN, why=Why.FAULTY
        )
    if refusal := _find_not_offered(
        questions, {key: new[key] for key in new if key in keys}, before
    ):
        return finding.blocked(refusal)
    said = {*new, *row.doubts}
    unasked = tuple(each for each in questions if each.key in said and each.key not in keys)
    found = replace(finding, unasked=unasked)
    given = settled(questions, wanted, workshops, before, may_lack=True)
    if person is not None and given == dict(before):
        return found
    is_other = finding.outcome is Outcome.UNCHANGED
    return replace(found, answers=given, outcome=Outcome.CHANGED if is_other else finding.outcome)


def _is_the_same(question: OwnQuestion, said: Sequence[str], before: Sequence[str]) -> bool:
    """Return whether a cell says what stands already; a workbook knows no lines in a cell."""
    if question.kind in CHOSEN:
        return set(said) == set(before)
    return [" ".join(each.split()) for each in said] == [" ".join(each.split()) for each in before]


def _find_not_offered(
    questions: Iterable[OwnQuestion], new: Given, before: Given
) -> OptionNotOffered | None:
    for each in questions:
        for option in each.options if each.kind in WITH_OPTIONS else ():
            is_new = option.key in new.get(each.key, ()) and option.key not in before.get(
                each.key, ()
            )
            if option.is_retired and is_new:
                return OptionNotOffered(each.label, option.label)
    return None


def _named(options: Iterable[Option], fold: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for each in options:
        for name in filter(None, (each.key, *each.label.values())):
            found.setdefault(fold(name), set()).add(each.key)
    return {name: min(keys) for name, keys in found.items() if len(keys) == 1}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
