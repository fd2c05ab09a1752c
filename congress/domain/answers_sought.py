"""Looking for words in what somebody answered, whatever language it is read in."""

from collections.abc import Sequence

from congress.domain.folding import fold_sought
from congress.domain.own_questions import CHOSEN, NO, YES, OwnQuestion, QuestionKind

YES_NO = {YES: ("ja", "yes"), NO: ("nein", "no")}


def says(question: OwnQuestion, answer: Sequence[str], sought: str) -> bool:
    """Return whether an answer, in any language, has what is looked for; anything, if nothing is.

    What is called exactly so is meant alone: "mit Fleisch" is in "nicht mit Fleisch" too.
    """
    if not sought:
        return bool(answer)
    wanted = fold_sought(sought)
    names = {key: [fold_sought(each) for each in _names(question, key)] for key in question.choices}
    if named := {key for key, called in names.items() if wanted in called}:
        return not named.isdisjoint(answer)
    if question.kind in CHOSEN:
        texts = [text for key in answer for text in names.get(key, ())]
    else:
        texts = [fold_sought(each) for each in _written(question, "".join(answer))]
    return any(all(word in text for word in wanted.split()) for text in texts)


def _names(question: OwnQuestion, key: str) -> tuple[str, ...]:
    option = question.option(key)
    return tuple(option.label.values()) if option else YES_NO.get(key, ())


def _written(question: OwnQuestion, text: str) -> tuple[str, ...]:
    """Return what was written, and how a German page writes it."""
    if question.kind is QuestionKind.NUMBER:
        return text, text.replace(".", ",")
    if question.kind is QuestionKind.DATE:
        return text, ".".join(reversed(text.split("-")))
    return (text,)
