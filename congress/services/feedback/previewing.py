"""The mail of a survey as people would get it, shown to organisers before it is sent."""

from datetime import UTC, datetime

from congress.domain.congresses import Congress
from congress.domain.feedback.survey import Survey
from congress.domain.letter_texts import LANGUAGES
from congress.domain.mails.kinds import MessageKind
from congress.formats.letters import Wording
from congress.services.mails import sample_letters, showing

ASKED = MessageKind.FEEDBACK_ASKED


def letters(congress: Congress, survey: Survey, *, now: datetime) -> dict[str, Wording]:
    """Return the letter to somebody made up, by language."""
    answer_by = survey.closes_at(congress).astimezone(UTC).isoformat()
    found = {}
    for language in LANGUAGES:
        stated = sample_letters.facts_of(congress, ASKED, language) | {"answer_by": answer_by}
        found[language] = showing.in_words(
            congress.id, ASKED, language, stated, own=("feedback",), now=now
        )
    return found
