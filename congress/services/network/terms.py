"""Whether whoever is invited for a member still speaks for it, asked before a letter goes out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from congress.domain.congresses import Congress
from congress.domain.invitations import Invitation
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.truth import RELIES, Outdated, Relies
from congress.extensions import settings
from congress.queries import invitations
from congress.queries.network import delegates


class Letter(Protocol):
    """What is asked of a letter that waits."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def facts(self) -> Any: ...  # noqa: ANN401 - what a kind states


def over(letters: Iterable[Letter], congresses: Mapping[int, Congress]) -> set[int]:
    """Return the invitations among some letters of people who speak for no member that day.

    Whoever is no contact person any more does not; an invitation of anybody else holds.
    """
    asked = {
        each.facts["invitation"]
        for each in letters
        if Relies.SPEAKS in RELIES[MessageKind(each.kind)] and "invitation" in each.facts
    }
    found = [each for each in invitations.delegates(asked) if each.congress_id in congresses]
    silent: set[int] = set()
    for number in {each.congress_id for each in found}:
        mine = [each for each in found if each.congress_id == number]
        day = congresses[number].first_day
        speaking = delegates.speaking({each.contact_id for each in mine}, day)
        silent |= {each.id for each in mine if each.contact_id not in speaking}
    return silent


def ended(letters: Iterable[Letter], now: datetime) -> dict[int, Outdated]:
    """Return which letters for whoever speaks for a member go to somebody who does not today."""
    asked = {
        each.id: each.facts["contact_person"]
        for each in letters
        if each.kind == MessageKind.TOPICS_CALLED and each.facts
    }
    if not asked:
        return {}
    today = now.astimezone(ZoneInfo(settings().timezone)).date()
    speaking = delegates.speaking(set(asked.values()), today)
    over = (number for number, contact in asked.items() if contact not in speaking)
    return dict.fromkeys(over, Outdated.NOT_MEANT)


def silent(congress: Congress, waiting: Iterable[Invitation]) -> set[int]:
    """Return those of some invitations to a congress that are not sent, for the same reason."""
    asked = {each.id: each.contact_id for each in waiting if each.contact_id is not None}
    if not asked:
        return set()
    speaking = delegates.speaking(set(asked.values()), congress.first_day)
    return {number for number, contact in asked.items() if contact not in speaking}
