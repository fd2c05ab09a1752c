"""What is looked for in an answer, to find whom an info mail is for."""

import pytest

from congress.domain.answers_sought import says
from congress.domain.own_questions import Option, OwnQuestion, QuestionKind

K = QuestionKind
OPTIONS = (
    Option("with", {"de": "mit Fleisch", "en": "with meat"}),
    Option("without", {"de": "nicht mit Fleisch"}, is_retired=True),
)


def a_question(kind: QuestionKind) -> OwnQuestion:
    options = OPTIONS if kind in {K.ONE, K.SEVERAL} else ()
    return OwnQuestion(key="q", kind=kind, label={"de": "Frage"}, options=options)


@pytest.mark.parametrize(
    ("kind", "answer", "sought", "found"),
    [
        (K.LINE, ("Säge und Hobel",), "", True),
        (K.LINE, (), "", False),
        (K.LINE, ("Säge und Hobel",), "hobel saege", True),
        (K.LINE, ("Säge",), "Hobel", False),
        (K.ONE, ("with",), "Mit Fleisch", True),
        (K.ONE, ("with",), "with meat", True),
        # What is called exactly so is meant, and not what it is a part of.
        (K.ONE, ("without",), "mit Fleisch", False),
        (K.ONE, ("without",), "fleisch", True),
        (K.SEVERAL, ("with", "without"), "nicht mit Fleisch", True),
        (K.YES_NO, ("no",), "nein", True),
        (K.YES_NO, ("no",), "ja", False),
        (K.NUMBER, ("2.5",), "2,5", True),
        (K.DATE, ("2026-10-01",), "01.10.2026", True),
        (K.DATE, ("2026-10-01",), "2026", True),
    ],
)
def test_what_is_looked_for_in_an_answer(kind, answer, sought, found):
    assert says(a_question(kind), answer, sought) is found
