"""What a congress asks on its own, as a congress file says it."""

from collections.abc import Collection
from typing import Any

from congress.domain.access import Right
from congress.domain.congress_file.items import read_code
from congress.domain.congress_file.problems import ProblemKind
from congress.domain.congress_file.tables import Table
from congress.domain.own_questions import (
    USUAL_MONTHS,
    WITH_OPTIONS,
    AskedIf,
    Option,
    OwnQuestion,
    QuestionKind,
)


def read_questions(tables: list[Table], items: Collection[str]) -> tuple[OwnQuestion, ...]:
    """Return the questions in their order; `items` are the codes that a condition may name."""
    codes: dict[str, object] = {}
    return tuple(_read(table, codes, items) for table in tables)


def _read(table: Table, known: dict[str, object], items: Collection[str]) -> OwnQuestion:
    asked_if = _condition(table, known, items)
    question = OwnQuestion(
        key=table.get("code", ""),
        kind=table.get("kind", QuestionKind.LINE),
        label=table.get("label", {}),
        hint=table.get("hint", {}),
        purpose=table.get("purpose", {}),
        options=_options(table),
        is_required=table.get("required", False),
        asked_if=asked_if,
        right=Right(table.get("read_by", Right.SEE_ATTENDEES)),
        months=table.get("months", USUAL_MONTHS),
        is_retired=table.get("retired", False),
    )
    if question.kind in WITH_OPTIONS and not question.options:
        table.problem(ProblemKind.EMPTY if table.has("options") else ProblemKind.MISSING, "options")
    read_code(table, known, question)
    return question


def _options(table: Table) -> tuple[Option, ...]:
    codes: dict[str, object] = {}
    return tuple(
        Option(
            read_code(each, codes),
            each.get("label", {}),
            each.get("at_most"),
            each.get("retired", False),
        )
        for each in table.tables("options")
    )


def _condition(table: Table, known: dict[str, object], items: Collection[str]) -> AskedIf | None:
    """Return of whom it is asked; what it names has to stand in the file, a question before it."""
    workshop, earlier = table.get("if_workshop", ""), table.get("if_question", "")
    if workshop:
        if workshop not in items:
            table.unknown(ProblemKind.UNKNOWN_CONDITION, "if_workshop", items)
        return AskedIf(workshop=workshop)
    if not earlier:
        return None
    question, option = known.get(earlier), table.get("if_answer", "")
    if not isinstance(question, OwnQuestion):
        table.unknown(ProblemKind.UNKNOWN_CONDITION, "if_question", known)
    elif option not in question.choices:
        table.unknown(ProblemKind.UNKNOWN_CONDITION, "if_answer", question.choices)
    return AskedIf(question=earlier, option=option)


def as_values(question: OwnQuestion) -> dict[str, Any]:
    """Return what a file says of a question, with texts as they are kept."""
    asked_if = question.asked_if or AskedIf()
    return {
        "code": question.key,
        "kind": question.kind.value,
        "label": question.label,
        "hint": question.hint,
        "purpose": question.purpose,
        "required": question.is_required or None,
        "if_workshop": asked_if.workshop,
        "if_question": asked_if.question,
        "if_answer": asked_if.option,
        "read_by": None if question.right is Right.SEE_ATTENDEES else question.right.value,
        "months": question.months,
        "retired": question.is_retired or None,
        "options": [
            {
                "code": each.key,
                "label": each.label,
                "at_most": each.most,
                "retired": each.is_retired or None,
            }
            for each in question.options
        ],
    }
