"""Telling people of a programme what a release moves or calls off of what they do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from congress.domain.congresses import Congress
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.programme_letters import MovedFacts, MovedPartFacts
from congress.domain.planning.contributors import Contributor, Part
from congress.services.mails import facts, telling
from congress.services.planning import inviting


def tell(congress: Congress, people: Sequence[Contributor], *, now: datetime) -> None:
    """Write to each of these one letter about all that a release changes for them.

    They are as they were before it, inside the running transaction.
    """
    kind = MessageKind.CONTRIBUTION_MOVED
    mails = [
        inviting.letter(congress, each, kind, partial(_stated, congress, each), now=now)
        for each in people
    ]
    telling.store(mails, now=now)


def _stated(congress: Congress, person: Contributor, contributor_id: int) -> MovedFacts:
    return {
        "congress": facts.of_congress(congress, person.language),
        "given_name": "",
        "family_name": person.name,
        "contributor": contributor_id,
        "moved": [_moved(part, person.language) for part in person.news],
    }


def _moved(part: Part, language: str) -> MovedPartFacts:
    was = part.as_known
    return {
        "now": inviting.part_facts(part, language),
        "was": inviting.part_facts(replace(was, title=part.title), language),
        "off": part.is_cancelled,
        "back": was.is_cancelled and not part.is_cancelled,
    }
