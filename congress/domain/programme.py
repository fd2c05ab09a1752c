"""What a programme consists of: items in time slots, with rooms and people."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from congress.domain.modes import ItemMode
from congress.domain.texts import Texts, in_language, language_of, shortened
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Allocation, Places, Workshop


class ItemKind(StrEnum):
    """What sort of entry of the programme an item is."""

    PLENARY = "plenary"
    TALK = "talk"
    PRACTICE_EXAMPLE = "practice_example"
    WORKSHOP = "workshop"
    PANEL = "panel"
    BREAK = "break"
    DAY = "day"
    EVENING = "evening"
    MEAL = "meal"
    PEER_EXCHANGE = "peer_exchange"  # as the next two a format of a network meeting
    EXPERT_INPUT = "expert_input"
    STATE_NEWS = "state_news"
    PLACEMENT = "placement"  # where people lend a hand on a Social Day


# What people choose when they register: always, or where organisers say so; and which of it goes
# along with everything that is not of its own kind: lunch takes nobody out of a workshop.
ALWAYS_CHOSEN = frozenset({ItemKind.WORKSHOP, ItemKind.PLACEMENT})
CAN_BE_BOOKED = ALWAYS_CHOSEN | {ItemKind.DAY, ItemKind.EVENING, ItemKind.MEAL}
GOES_ALONG = frozenset({ItemKind.DAY, ItemKind.MEAL})


class PersonState(StrEnum):
    """How sure it is that somebody takes part; only the confirmed are named in public."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


LONGEST_LINE, LONGEST_TEXT = 200, 20_000  # characters of a title or name, and of a description
LONGEST_SHORT_TITLE, LONGEST_ROLE = 40, 80
MOST_PLACES = 100_000  # more than any hall has
IN_ENGLISH = " / "  # a role of one's own: as printed in German, and after this in English
DIALOGUE_PARTNER = "dialogue_partner"  # further role names are free
TRAINER = "trainer"  # of a training course, all of it
UNNAMED = "N. N."  # what is said, in every language, instead of a name that is not there


def is_role(text: str) -> bool:
    """Return whether a text can name what somebody does in an item."""
    is_line = text.isprintable() and text == " ".join(text.split())
    return is_line and 0 < len(text) <= LONGEST_ROLE and all(role_texts(text).values())


def role_texts(role: str) -> Texts:
    """Return a role of one's own by language: "Schirmherrschaft / Patronage"."""
    german, parted, english = role.partition(IN_ENGLISH)
    return {"de": german, "en": english} if parted else {"de": german}


@dataclass(frozen=True)
class PublicPerson:
    """Somebody in the programme; without a name (None) it is said `UNNAMED`."""

    name: str | None
    affiliation: Texts
    role: str


@dataclass(frozen=True)
class Face:
    """What the public sees of an item: the part that is released, and only by release."""

    title: Texts
    abstract: Texts
    slot: TimeSlot
    room: Texts
    people: tuple[PublicPerson, ...] = ()
    cancelled: bool = False
    short_title: Texts = field(default_factory=dict)
    online_link: str = ""  # of it all, no page shows this (`domain.online`)


@dataclass(frozen=True)
class ProgrammeItem:
    """One released item of the programme; a workshop is an item with places."""

    id: int
    code: str
    kind: ItemKind
    number: int | None
    face: Face
    bookable: bool
    places: Places
    uid: str = ""
    sequence: int = 0
    revised_at: datetime | None = None
    minimum: int | None = None  # of people it needs, which organisers alone know
    same_as: str = ""  # the code of the first of those that offer the same
    mode: ItemMode = ItemMode.BOTH  # how one can be there, where the congress is hybrid
    one_of: str = ""  # the code of the first of those of which one can have one
    only_with: str = ""  # the code of what it goes only with
    allocation: Allocation | None = None  # of the choice it stands in, where not as usual
    assigned_at: datetime | None = None  # since when places of that choice are given by wishes

    @property
    def slot(self) -> TimeSlot:
        return self.face.slot

    @property
    def waiting(self) -> int:
        """How many people wait for a place: whoever waits for what is called off has no hope."""
        return 0 if self.face.cancelled else self.places.waiting

    @property
    def is_short(self) -> bool:
        """Whether fewer people have a place than it needs."""
        return self.minimum is not None and self.places.taken < self.minimum

    @property
    def workshop(self) -> Workshop:
        """What the rules of booking need of an item with places."""
        face = self.face
        known = (self.id, face.title, face.slot, face.cancelled, self.topic, self.alongside)
        return Workshop(*known, self.mode, self.one_of or self.code, self.only_with)

    @property
    def can_be_had(self) -> bool:
        """Whether one can book it and it takes place, free or not."""
        return self.bookable and not self.face.cancelled

    @property
    def is_workshop(self) -> bool:
        """Whether words for a workshop are true of it."""
        return self.kind is ItemKind.WORKSHOP

    @property
    def alongside(self) -> str:
        """The kind, where it goes along with what is not of that kind; else nothing."""
        return str(self.kind) if self.kind in GOES_ALONG else ""

    def meets(self, other: "ProgrammeItem") -> bool:
        """Return whether nobody can take part in both, for their times."""
        return self.workshop.meets(other.workshop)

    @property
    def topic(self) -> str:
        """What tells a workshop from others; one that is offered twice is one."""
        return self.same_as or self.code


def dialogue_partners(item: ProgrammeItem) -> list[PublicPerson]:
    """Return who carries an item, for every public text: nobody, where nobody was entered."""
    return _distinct(each for each in item.face.people if each.role == DIALOGUE_PARTNER)


def others(item: ProgrammeItem) -> list[PublicPerson]:
    """Return everybody else in an item."""
    return _distinct(each for each in item.face.people if each.role != DIALOGUE_PARTNER)


def _distinct(people: Iterable[PublicPerson]) -> list[PublicPerson]:
    """Say `UNNAMED` once, however many people without a name are meant."""
    found: dict[Hashable, PublicPerson] = {}
    for each in people:
        found.setdefault((each.name, *sorted(each.affiliation.items())), each)
    return list(found.values())


class Titled(Protocol):
    """What has a title and may have a short one: a face, a plan, an item in the log."""

    @property
    def title(self) -> Texts: ...
    @property
    def short_title(self) -> Texts: ...


@dataclass(frozen=True)
class NamedItem:
    """An item as lists call it."""

    number: int | None
    title: Texts
    short_title: Texts


def short_title(of: Titled, language: str) -> str:
    """Return the short title in the language of the title, else the title itself."""
    short = of.short_title.get(language_of(of.title, language))
    return short or in_language(of.title, language)


def short_name(number: int | None, of: Titled, language: str) -> str:
    """Return what lists and the log call an item: its number, if it has one, and short title.

    Where nobody wrote a short title, the title is cut to the same length.
    """
    title = shortened(short_title(of, language), LONGEST_SHORT_TITLE)
    return f"{number} {title}" if number else title
