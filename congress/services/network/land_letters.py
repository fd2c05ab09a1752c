"""Letters about questions to the Land, and whether one that waits still holds."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.network_letters import LandQuestionFacts
from congress.domain.mails.truth import Outdated
from congress.domain.network.contacts import Contact
from congress.domain.network.land_questions import QuestionState
from congress.domain.texts import in_language
from congress.extensions import settings
from congress.models import LandQuestion
from congress.queries.network import contacts, land_questions
from congress.services.network import contact_letters


class Letter(Protocol):
    """What is asked of a letter that waits."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def facts(self) -> Any: ...  # noqa: ANN401 - what a kind states


def answered(question: LandQuestion, *, now: datetime) -> None:
    """Tell whoever asked, and whoever has the same question, what the answer is.

    Whoever speaks no more for an organisation is not told; who follows there is.
    """
    asked = [(question.organisation_id, question.contact_id)]
    asked += [(number, contact) for number, _name, contact in land_questions.same(question.id)]
    mails = [
        (MessageKind.LAND_QUESTION_ANSWERED, each, _stated(question, each))
        for number, contact in asked
        for each in _speaking(number, contact, now)
    ]
    contact_letters.store(mails, now=now)


def untrue(letters: Iterable[Letter]) -> dict[int, Outdated]:
    """Return the letters about answers that are none any more."""
    mine = [
        each for each in letters if each.kind == MessageKind.LAND_QUESTION_ANSWERED and each.facts
    ]
    if not mine:
        return {}
    states = land_questions.states({each.facts["question"] for each in mine})
    found: dict[int, Outdated] = {}
    for each in mine:
        told = QuestionState.ANSWERED if each.facts["is_answered"] else QuestionState.DECLINED
        if states.get(each.facts["question"]) is not told:
            found[each.id] = Outdated.OTHERWISE
    return found


def _speaking(organisation_id: int, contact_id: int | None, now: datetime) -> list[Contact]:
    holding = [
        each
        for each in contacts.of_organisation(organisation_id)
        if each.term.holds_on(_today(now))
    ]
    return [each for each in holding if each.id == contact_id] or holding


def _today(now: datetime) -> date:
    return now.astimezone(ZoneInfo(settings().timezone)).date()


def _stated(question: LandQuestion, contact: Contact) -> LandQuestionFacts:
    is_answered = question.state == QuestionState.ANSWERED
    language = contact.details.language
    said = in_language(question.answer, language) if is_answered else question.reason
    stated: LandQuestionFacts = {
        "given_name": contact.details.given_name,
        "family_name": contact.details.family_name,
        "organisation": contact.organisation,
        "contact_person": contact.id,
        "question": question.id,
        "title": in_language(question.title, language),
        "is_answered": is_answered,
        "is_own": contact.organisation_id == question.organisation_id,
        "paragraphs": [
            lines for each in said.split("\n\n") if (lines := each.strip().splitlines())
        ],
    }
    if is_answered:
        stated["answered_by"] = question.answered_by
    return stated
