"""What somebody answered to the questions of a congress, as pages say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from congress.domain.answer_files import is_file
from congress.domain.congresses import Congress
from congress.domain.own_questions import Given, OwnQuestion, asked
from congress.domain.registration import RegistrationState
from congress.formats.answer_words import said
from congress.queries.registrations import OwnRegistration
from congress.web import languages


@dataclass(frozen=True)
class Answered:
    """A question with its answer, in words."""

    label: str
    said: str
    file: str = ""  # the key of the question, where the answer is a file


def answered(questions: Iterable[OwnQuestion], given: Given) -> list[Answered]:
    """Return the questions that somebody answered, those no longer asked too."""
    language = languages.current()
    return [
        Answered(
            languages.text(each.label),
            said(each, given[each.key], language),
            each.key if is_file(each) else "",
        )
        for each in questions
        if given.get(each.key)
    ]


def of_page(congress: Congress, own: OwnRegistration) -> dict[str, Any]:
    """Return what the page of a registration says: what was answered, and what is open.

    What has to be answered can be open since a workshop was changed, or the questions were.
    """
    is_active = own.standing.state is not RegistrationState.CANCELLED
    open_to = asked(congress.questions, own.answers, own.booked) if is_active else ()
    return {
        "answered": answered(congress.questions, own.answers),
        "unanswered": [
            languages.text(each.label)
            for each in open_to
            if each.is_required and not own.answers.get(each.key)
        ],
    }
