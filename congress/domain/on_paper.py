"""What sheets of paper are about: people by name and nothing else, rooms, signs on tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from congress.domain.congresses import Congress, CongressState
from congress.domain.folding import fold_for_order
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.domain.texts import REQUIRED_LANGUAGE, Texts, in_language


@dataclass(frozen=True)
class Named:
    """Somebody with a place, as a list sorted by family names calls them."""

    registration_id: int
    given_name: str
    family_name: str
    organisation: str
    is_unconfirmed: bool = False  # the address is not confirmed, and the place held till then
    is_online: bool = False

    @property
    def name(self) -> str:
        """The family name first; one of the two is enough."""
        return ", ".join(filter(None, (self.family_name, self.given_name)))


@dataclass(frozen=True)
class Logo:
    """The logo of a host as it is kept, and what it shows for whoever does not see it."""

    content: bytes
    alt: Texts


@dataclass(frozen=True)
class OnSign:
    """Somebody of the programme as a sign on the table names them, with all their roles."""

    name: str
    affiliation: Texts
    roles: tuple[str, ...]


def on_day(items: Iterable[ProgrammeItem], day: date, zone: ZoneInfo) -> list[ProgrammeItem]:
    """Return what takes place on a day, as the clocks there show it; nothing that is called off."""
    return [
        each
        for each in items
        if not each.face.cancelled and each.slot.starts_at.astimezone(zone).date() == day
    ]


def by_room(items: Iterable[ProgrammeItem], language: str) -> dict[str, list[ProgrammeItem]]:
    """Return what takes place in each room, the rooms by their names; no room has no door."""
    found: dict[str, list[ProgrammeItem]] = {}
    for each in items:
        if room := in_language(each.face.room, language):
            found.setdefault(room, []).append(each)
    return {room: found[room] for room in sorted(found, key=fold_for_order)}


def on_signs(items: Iterable[ProgrammeItem]) -> list[OnSign]:
    """Return who is named in items, each person once, by name."""
    affiliations: dict[tuple[str, str], Texts] = {}
    roles: dict[tuple[str, str], list[str]] = {}
    for item in items:
        for each in item.face.people:
            if each.name is None:
                continue
            who = (each.name, in_language(each.affiliation, REQUIRED_LANGUAGE))
            affiliations.setdefault(who, each.affiliation)
            if each.role not in roles.setdefault(who, []):
                roles[who].append(each.role)
    return [
        OnSign(who[0], affiliations[who], tuple(roles[who]))
        for who in sorted(roles, key=lambda who: (fold_for_order(who[0]), who))
    ]


def may_be_confirmed(congress: Congress, person: Standing) -> bool:
    """Return whether it is true on paper that somebody is registered: for a sure place alone."""
    is_held = congress.state in {CongressState.PUBLISHED, CongressState.FINISHED}
    is_sure = person.state is RegistrationState.CONFIRMED and not person.is_unconfirmed
    return is_held and is_sure
