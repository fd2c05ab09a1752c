"""Whether whoever a letter goes to still speaks for an organisation, asked before it goes out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select

from congress.base import columns_of, table_of
from congress.domain.congresses import Congress
from congress.domain.invitations import Invitation
from congress.domain.mails.kinds import TO_CONTACTS, MessageKind
from congress.domain.mails.truth import RELIES, Outdated, Relies
from congress.extensions import db, settings
from congress.models import ContactLogin
from congress.queries import invitations
from congress.queries.network import contacts, delegates

LOGINS = table_of(ContactLogin)


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
    """Return which letters to whoever speaks for an organisation go to somebody whose term is over.

    Before its first day they are told that it begins, and with a yes to an application. Whoever is
    asked for topics has to speak for a member.
    """
    mine = [each for each in letters if each.kind in TO_CONTACTS]
    asked = _readers(mine)
    if not asked:
        return {}
    day = today(now)
    holding = {
        each.id for each in contacts.some(set(asked.values())) if not each.term.is_over_on(day)
    }
    called = {each.id for each in mine if each.kind == MessageKind.TOPICS_CALLED}
    members = {number for each, number in asked.items() if each in called}
    speaking = delegates.speaking(members, day) if members else set()
    over = (
        each
        for each, number in asked.items()
        if number not in holding or (each in called and number not in speaking)
    )
    return dict.fromkeys(over, Outdated.NOT_MEANT)


def _readers(letters: Iterable[Letter]) -> dict[int, int]:
    """Return by letter who it says its reader is; of a code that is over, nobody (0)."""
    named = {each.id: each.facts for each in letters if each.facts}
    found = {
        each: said["contact_person"] for each, said in named.items() if "contact_person" in said
    }
    codes = {each: said["contact_login"] for each, said in named.items() if "contact_login" in said}
    if codes:
        of = select(*columns_of(LOGINS, "id contact_id")).where(LOGINS.c.id.in_(codes.values()))
        whose = {row.id: row.contact_id for row in db.session.execute(of)}
        found |= {each: whose.get(number, 0) for each, number in codes.items()}
    return found


def today(now: datetime) -> date:
    """Return the day by which terms hold or are over."""
    return now.astimezone(ZoneInfo(settings().timezone)).date()


def silent(congress: Congress, waiting: Iterable[Invitation]) -> set[int]:
    """Return those of some invitations to a congress that are not sent, for the same reason."""
    asked = {each.id: each.contact_id for each in waiting if each.contact_id is not None}
    if not asked:
        return set()
    speaking = delegates.speaking(set(asked.values()), congress.first_day)
    return {number for number, contact in asked.items() if contact not in speaking}
