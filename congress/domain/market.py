"""A Marktplatz: who takes part in it, what is offered and sought there, and what is agreed on.

Companies, associations and public offices exchange help, knowledge and rooms, and no money.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from congress.domain.errors import Refused
from congress.domain.folding import fold_for_search, fold_sought
from congress.domain.texts import Texts

MOST_CATEGORIES = 8
MOST_OF_ONE = 20  # entries of somebody who enters them on a page of their own
LONGEST_TITLE, LONGEST_NAME, LONGEST_CATEGORY = 120, 200, 60
LONGEST_TEXT = 2_000
MOST_STANDS, MOST_HOURS, MOST_EUROS = 999, 9_999, 999_999
MOST_WORDS = 8


class Side(StrEnum):
    """Whether something is given or sought."""

    OFFER = "offer"
    DEMAND = "demand"

    @property
    def other(self) -> "Side":
        return Side.DEMAND if self is Side.OFFER else Side.OFFER


class MarketEditedMeanwhile(Refused):
    """Somebody else has saved it since the form was opened."""


class EntryGone(Refused):
    """Somebody removed it meanwhile."""


class EntriesOver(Refused):
    """The last day for entering something on a page of one's own has passed."""


class TooManyEntries(Refused):
    """Somebody has entered as much as one may."""


class EntriesDiffer(Refused):
    """An offer and a demand are not the same thing."""


class PartyInUse(Refused):
    """Something is agreed on by it, so it stays."""


class StandTaken(Refused):
    """Another one has a stand of this number."""


class CategoryInUse(Refused):
    """Something is entered under a category that is to go."""


class WithItself(Refused):
    """Nobody agrees on something with themselves."""


@dataclass(frozen=True)
class Category:
    """What kind of thing is exchanged; the key stays when it is called otherwise."""

    key: str
    title: Texts


USUAL = (
    Category("hands", {"de": "Helfende Hände", "en": "Helping hands"}),
    Category("know-how", {"de": "Wissen und Können", "en": "Know-how"}),
    Category("rooms", {"de": "Räume und Material", "en": "Rooms and material"}),
    Category("contacts", {"de": "Kontakte", "en": "Contacts"}),
)


@dataclass(frozen=True)
class Market:
    """How a market is laid out, and until when people enter something themselves."""

    categories: tuple[Category, ...] = USUAL
    layout: Texts = field(default_factory=dict)  # where the stands are
    entries_until: date | None = None  # without one until it begins

    @property
    def version(self) -> str:
        return _mark(
            [(each.key, sorted(each.title.items())) for each in self.categories],
            sorted(self.layout.items()),
            self.entries_until,
        )

    def title_of(self, key: str) -> Texts:
        """Return what a category is called."""
        return next((each.title for each in self.categories if each.key == key), {"de": key})

    def closes_at(self, begins_at: datetime, zone: ZoneInfo) -> datetime:
        """Return the first moment too late for entering something oneself."""
        if self.entries_until is None:
            return begins_at
        midnight = datetime.combine(self.entries_until + timedelta(days=1), time(), zone)
        return min(begins_at, midnight)


@dataclass(frozen=True)
class PartyFacts:
    """Who takes part in a market: an organisation, perhaps with a stand."""

    name: str
    sector: str = ""  # one of the three, or not known
    stand: int | None = None
    text: str = ""

    @property
    def version(self) -> str:
        return _mark(self)


@dataclass(frozen=True)
class EntryFacts:
    """What somebody offers or seeks."""

    side: Side
    category: str
    title: str
    text: str = ""

    @property
    def version(self) -> str:
        return _mark(self)


@dataclass(frozen=True)
class AgreementFacts:
    """What two have agreed on; what it is worth is an estimate, and none need be given."""

    giver_id: int
    taker_id: int
    category: str
    what: str
    hours: int | None = None
    euros: int | None = None

    @property
    def version(self) -> str:
        return _mark(self)


@dataclass(frozen=True)
class Party:
    """One of those who take part."""

    id: int
    facts: PartyFacts
    registration_id: int | None = None  # of whoever enters for it


@dataclass(frozen=True)
class Entry:
    """An offer or a demand of somebody who takes part."""

    id: int
    party: Party
    facts: EntryFacts
    is_published: bool = False

    @property
    def folded(self) -> str:
        """All that can be found of it."""
        return fold_for_search(self.facts.title, self.facts.text, self.party.facts.name)


@dataclass(frozen=True)
class Agreement:
    """What two have agreed on, under its number."""

    id: int
    number: int
    giver: Party
    taker: Party
    facts: AgreementFacts
    agreed_at: datetime


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among the entries; what is empty does not matter."""

    words: str = ""
    category: str = ""
    side: Side | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.category or self.side)


@dataclass(frozen=True)
class Counts:
    """What came of a market in figures, without anybody's name."""

    agreements: int
    hours: int
    euros: int
    by_category: Mapping[str, int]
    by_sectors: Mapping[tuple[str, str], int]  # of who gives and of who gets


def sought(entries: Iterable[Entry], wanted: Wanted) -> list[Entry]:
    """Return the entries that hold every word and are as is wanted, in their order."""
    words = fold_sought(wanted.words).split()[:MOST_WORDS]
    return [
        each
        for each in entries
        if wanted.category in {"", each.facts.category}
        and wanted.side in {None, each.facts.side}
        and all(word in each.folded for word in words)
    ]


def matching(entry: Entry, entries: Iterable[Entry]) -> list[Entry]:
    """Return what may go with an entry: the other side of the same category, of somebody else.

    What shares most words with it comes first.
    """
    fits = [
        each
        for each in entries
        if each.facts.side is entry.facts.side.other
        and each.facts.category == entry.facts.category
        and each.party.id != entry.party.id
    ]
    own = _long_words(entry)
    return sorted(fits, key=lambda each: (-len(own & _long_words(each)), each.id))


def counts(agreements: Sequence[Agreement]) -> Counts:
    """Return what came of a market in figures."""
    return Counts(
        len(agreements),
        sum(each.facts.hours or 0 for each in agreements),
        sum(each.facts.euros or 0 for each in agreements),
        Counter(each.facts.category for each in agreements),
        Counter((each.giver.facts.sector, each.taker.facts.sector) for each in agreements),
    )


def merged(kept: EntryFacts, other: EntryFacts) -> EntryFacts:
    """Return one entry made of two: the words of the other stand below where they say more."""
    if kept.side is not other.side:
        raise EntriesDiffer
    said = f"{kept.title}\n{kept.text}"
    more = [each for each in (other.title, other.text) if each not in said]
    text = "\n\n".join(filter(None, [kept.text, *more]))[:LONGEST_TEXT]
    return EntryFacts(kept.side, kept.category, kept.title, text)


def require_apart(facts: AgreementFacts) -> None:
    """Raise WithItself where somebody would agree with themselves."""
    if facts.giver_id == facts.taker_id:
        raise WithItself


def _long_words(entry: Entry) -> set[str]:
    return {word for word in entry.folded.split() if len(word) > 3}  # noqa: PLR2004


def _mark(*facts: object) -> str:
    """What tells facts from others: nobody saves over what they have not seen."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
