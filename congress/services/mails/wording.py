"""What organisers put into the letters of a congress: shown in one of them, and saved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from congress.domain import editing, letter_texts
from congress.domain.access import Actor
from congress.domain.congresses import Congress
from congress.domain.letter_texts import LetterTextsEditedMeanwhile
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import LetterFacts
from congress.domain.texts import REQUIRED_LANGUAGE
from congress.formats.catalogue import catalogue
from congress.formats.letters import Wording
from congress.services import auditing
from congress.services.mails import facts, mail_links, showing
from congress.services.planning import publishing
from congress.transaction import transaction


def word(
    congress_id: int, texts: Mapping[str, str], *, version: str, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Save them for the letters that are written from now on; returns the names of what changed.

    Raises LetterTextsEditedMeanwhile when `version` is not that of what was saved last.
    """
    with transaction():
        row, congress = publishing.hold(congress_id)
        before = letter_texts.whole(congress.letters)
        if editing.version_of(before) != version:
            raise LetterTextsEditedMeanwhile
        names = editing.changes(before, texts)
        if names:
            row.letters = letter_texts.written(texts)
            changes = {
                name: [before[name], texts[name]] for name in names if name != letter_texts.REPLY_TO
            }
            auditing.record(
                "letter_texts_edited",
                actor=actor,
                now=now,
                congress_id=congress_id,
                fields=names,
                details={"changes": changes},
            )
    return names


def usual_sender(congress: Congress) -> str:
    """Return the name before the sender's address where organisers have written none."""
    return mail_links.usual_sender(facts.of_congress(congress, REQUIRED_LANGUAGE))


def preview(
    congress: Congress, texts: Mapping[str, str], language: str, *, now: datetime
) -> Wording:
    """Put the confirmation into words as somebody would get it, without their link."""
    _ = catalogue(language).gettext
    as_wanted = replace(congress, letters=letter_texts.written(texts))
    stated: LetterFacts = {
        "congress": facts.of_congress(as_wanted, language),
        "given_name": "",
        "family_name": _("[name]"),
        "confirmed": [],
        "waiting": [],
        "links": ["manage"],
    }
    return showing.in_words(
        congress.id, MessageKind.CONFIRMED, language, stated, own=stated["links"], now=now
    )
