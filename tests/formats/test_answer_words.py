"""What somebody answered, in words."""

import pytest

from congress.domain.own_questions import Option, OwnQuestion, QuestionKind
from congress.formats.answer_words import said

K = QuestionKind
OPTIONS = (
    Option("with", {"de": "mit Fleisch", "en": "with meat"}),
    Option("without", {"de": "nicht mit Fleisch"}, is_retired=True),
)


def a_question(kind: QuestionKind) -> OwnQuestion:
    options = OPTIONS if kind in {K.ONE, K.SEVERAL} else ()
    return OwnQuestion(key="q", kind=kind, label={"de": "Frage"}, options=options)


@pytest.mark.parametrize(
    ("kind", "answer", "german", "english"),
    [
        (K.LINE, (), "", ""),
        (K.LINE, ("Säge",), "Säge", "Säge"),
        (K.NUMBER, ("-2.5",), "-2,5", "-2.5"),
        (K.DATE, ("2026-10-01",), "01.10.2026", "01/10/2026"),
        (K.YES_NO, ("yes",), "ja", "yes"),
        (K.ONE, ("with",), "mit Fleisch", "with meat"),
        # What is offered no more, or has no English words, is still read.
        (K.SEVERAL, ("without",), "nicht mit Fleisch", "nicht mit Fleisch"),
        (K.SEVERAL, ("with", "with"), "mit Fleisch, mit Fleisch", "with meat, with meat"),
    ],
)
def test_an_answer_in_words(kind, answer, german, english):
    assert said(a_question(kind), answer, "de") == german
    assert said(a_question(kind), answer, "en") == english
