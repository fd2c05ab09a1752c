"""Rows of questions to the Land."""
# ruff: noqa: ANN401 - the columns of a row have many types

from datetime import date
from typing import Any

from congress.domain.folding import fold_for_search
from congress.models import LandQuestion, Organisation, SameQuestion
from tests.builders import MADE, add

# What a letter about an answer states.
ANSWERED: dict[str, Any] = {
    "given_name": "Erika",
    "family_name": "Muster",
    "organisation": "Stadt Rheine",
    "contact_person": 1,
    "question": 1,
    "title": "Wer haftet bei Festen?",
    "is_answered": True,
    "is_own": True,
    "answered_by": "Staatskanzlei, Referat II B 1",
    "paragraphs": [["Das Land ist versichert."]],
}


def a_question(
    organisation: Organisation, title: str = "Wer haftet bei Festen?", **values: Any
) -> LandQuestion:
    """Store an open question, or one of another state."""
    answer = values.get("answer", {})
    facts = {
        "state": "open",
        "title": {"de": title},
        "text": {},
        "answer": {},
        "search": fold_for_search(title, *answer.values()),
        "created_at": MADE,
    }
    said = facts | {"organisation_id": organisation.id} | values
    return add(LandQuestion(**said))


def an_answered_question(
    organisation: Organisation, title: str = "Wer zahlt?", **values: Any
) -> LandQuestion:
    """Store an answered question that everybody may read."""
    answered = {
        "state": "answered",
        "answer": {"de": f"Antwort auf {title}"},
        "answered_by": "Staatskanzlei",
        "answered_on": date(2015, 3, 1),
        "closed_at": MADE,
        "audience": "public",
    }
    return a_question(organisation, title, **(answered | values))


def a_same_question(
    question: LandQuestion, organisation: Organisation, **values: Any
) -> SameQuestion:
    """Store that another organisation has a question too."""
    said = {"question_id": question.id, "organisation_id": organisation.id, "joined_at": MADE}
    return add(SameQuestion(**(said | values)))
