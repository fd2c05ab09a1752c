"""An organisation of the register: what is known of it, and why something of it is refused."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.folding import NEXT, fold_for_search
from congress.domain.network import keys
from congress.domain.organisation_names import PUBLIC_MAIL

MOST_INHABITANTS = 10_000_000


class Kind(StrEnum):
    """What an organisation is."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    MINISTRY = "ministry"
    AGENCY = "agency"
    ASSOCIATION = "association"
    COMPANY = "company"


class Sector(StrEnum):
    """The three sectors: the state, civil society, business."""

    PUBLIC = "public"
    CIVIL = "civil"
    BUSINESS = "business"


SECTOR_OF: Mapping[str, Sector] = {
    Kind.MUNICIPALITY: Sector.PUBLIC,
    Kind.DISTRICT: Sector.PUBLIC,
    Kind.MINISTRY: Sector.PUBLIC,
    Kind.AGENCY: Sector.PUBLIC,
    Kind.ASSOCIATION: Sector.CIVIL,
    Kind.COMPANY: Sector.BUSINESS,
}


@dataclass(frozen=True)
class OrganisationFacts:
    """What the register says of an organisation; the names are those of the columns."""

    name: str
    short_name: str = ""
    kind: str = ""
    ags: str | None = None
    district: str | None = None
    sector: str = ""
    inhabitants: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    successor_id: int | None = None
    website: str = ""
    suggested: bool = True

    @property
    def version(self) -> str:
        """What tells these facts from others: nobody saves over what they have not seen."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:16]

    def changes_to(self, other: "OrganisationFacts") -> list[str]:
        """Return the names of what another one says differently."""
        names = (each.name for each in fields(self))
        return [name for name in names if getattr(self, name) != getattr(other, name)]


@dataclass
class NameTaken(Refused):
    """Another organisation has this name, or is known by it."""

    name: str


class NameOfItself(Refused):
    """The organisation has this name already, or is known by it."""


@dataclass
class KeyTaken(Refused):
    """Another organisation that has not ended has this official key."""

    name: str


@dataclass
class DomainTaken(Refused):
    """A mail domain is another organisation's."""

    name: str


class DomainOfAnybody(Refused):
    """At this domain anybody can have an address."""


class OrganisationEditedMeanwhile(Refused):
    """Somebody else has saved it since the form was opened."""


class SuccessorsInCircle(Refused):
    """An organisation would be followed by itself."""


class OrganisationsUnseen(Refused):
    """What would be merged is not what was looked at."""


def search_text(name: str, others: Iterable[str]) -> str:
    """Return the text in which an organisation is found, and by which it stands in its order.

    `others` are aliases, its short name and key: each of them is found at its beginning too.
    """
    also = (fold_for_search(each) for each in others if each)
    return NEXT.join([fold_for_search(name), *also])


def district_for(ags: str | None, said: str | None) -> str | None:
    """Return the Kreis of an organisation: that of its key, else what was said."""
    return keys.district_of(ags) if ags else said


def last_of(organisation: int, successors: Mapping[int, int]) -> int:
    """Return what has become of an organisation after all mergers; itself where nothing has."""
    seen = {organisation}
    while (follower := successors.get(organisation)) is not None and follower not in seen:
        organisation = follower
        seen.add(organisation)
    return organisation


def require_no_circle(organisation: int, successor: int, successors: Mapping[int, int]) -> None:
    """Refuse a successor whose own successors lead back. Raises SuccessorsInCircle."""
    if last_of(successor, {**successors, organisation: organisation}) == organisation:
        raise SuccessorsInCircle


def require_own_domain(domain: str) -> None:
    """Refuse what is nobody's own. Raises DomainOfAnybody."""
    if domain in PUBLIC_MAIL:
        raise DomainOfAnybody
