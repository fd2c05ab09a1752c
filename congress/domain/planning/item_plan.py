"""One programme item as organisers plan it: in the form, in a file, in a copy.

What the public sees of it is its `Face`, which follows by release only.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from typing import Generic, TypeVar

from congress.domain.hosts import NOBODY, Host
from congress.domain.modes import ItemMode
from congress.domain.programme import (
    ALWAYS_CHOSEN,
    Face,
    ItemKind,
    PersonState,
    ProgrammeItem,
    PublicPerson,
)
from congress.domain.texts import Texts
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Allocation, Places


@dataclass(frozen=True)
class PersonPlan:
    """Somebody in the programme; a name of None is said `UNNAMED`."""

    name: str | None
    affiliation: Texts
    role: str
    state: PersonState

    @property
    def is_withheld(self) -> bool:
        """Whether there is a name that the public is not told: nobody is named unasked."""
        return bool(self.name) and self.state is PersonState.REQUESTED

    @property
    def is_named(self) -> bool:
        """Whether the public is told a name."""
        return bool(self.name) and self.state is PersonState.CONFIRMED


@dataclass(frozen=True)
class ItemPlan:
    """The working values of an item; `places` of None have no limit, `room` is a room's code."""

    code: str
    kind: ItemKind
    title: Texts
    slot: TimeSlot
    number: int | None = None
    abstract: Texts = field(default_factory=dict)
    room: str | None = None
    bookable: bool = False
    places: int | None = None
    waiting_list: bool = True
    cancelled: bool = False
    people: tuple[PersonPlan, ...] = ()
    short_title: Texts = field(default_factory=dict)
    online_link: str = ""  # for whoever has a place in it, and nobody else
    minimum: int | None = None  # of people, below which organisers are asked on a day
    minimum_by: date | None = None
    same_as: str = ""  # the code of the first of those that offer the same
    mode: ItemMode = ItemMode.BOTH  # how one can be there, where the congress is hybrid
    one_of: str = ""  # the code of the first of those of which one can have one
    only_with: str = ""  # the code of what it goes only with
    host: Host = NOBODY  # written by a file, a copy and a restored item; else by its own form
    # Likewise: how places of the choice it stands in are given, where not as in the congress.
    allocation: Allocation | None = None

    @property
    def version(self) -> str:
        """What tells these values from any others: two organisers do not overwrite each other.

        Places are left out: they count at once and change under the form.
        """
        values = (
            sorted(self.title.items()),
            sorted(self.short_title.items()),
            sorted(self.abstract.items()),
            self.slot.starts_at.astimezone(UTC).isoformat(),
            self.slot.ends_at.astimezone(UTC).isoformat(),
            self.room,
            [
                (each.name, sorted(each.affiliation.items()), each.role, str(each.state))
                for each in self.people
            ],
            self.cancelled,
            *filter(None, [self.online_link, self.minimum, self.minimum_by, self.same_as]),
            *((self.one_of, self.only_with) if self.one_of or self.only_with else ()),
            *filter(None, [self.bookable and self.kind not in ALWAYS_CHOSEN]),
            *([] if self.mode is ItemMode.BOTH else [str(self.mode)]),
        )
        return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class EditedItem:
    """A stored item: as planned, the face a release would give it, and the one it shows."""

    id: int
    plan: ItemPlan
    places: Places
    working: Face
    released: Face | None  # None: it is new

    @property
    def changes(self) -> tuple[str, ...]:
        """The names of what a release would change, in the order of the form."""
        return ("new",) if self.released is None else changed_fields(self.released, self.working)

    @property
    def waiting(self) -> int:
        """How many people wait for a place in it, as it is shown: for what is called off nobody."""
        is_off = self.released is not None and self.released.cancelled
        return 0 if is_off else self.places.waiting

    def as_published(self, places: Places | None = None) -> ProgrammeItem:
        """Return the item as a release would show it, by default with its places as they are."""
        return ProgrammeItem(
            id=self.id,
            code=self.plan.code,
            kind=self.plan.kind,
            number=self.plan.number,
            face=self.working,
            bookable=self.plan.bookable,
            places=self.places if places is None else places,
            allocation=self.plan.allocation,
        )


def only(items: Sequence[EditedItem], codes: Collection[str] | None) -> list[EditedItem]:
    """Return a programme in which none but these items would change; None means all of them.

    The others are planned as the public sees them, and what it has not seen yet is not there.
    """
    if codes is None:
        return [*items]
    return [
        each
        if each.plan.code in codes or each.released is None
        else replace(each, working=each.released)
        for each in items
        if each.plan.code in codes or each.released is not None
    ]


# By the name under which organisers know it.
FIELDS: Mapping[str, str] = {
    "title": "title",
    "short_title": "short_title",
    "abstract": "abstract",
    "time": "slot",
    "room": "room",
    "online_link": "online_link",
    "people": "people",
    "cancelled": "cancelled",
}
# What organisers alone know of an item is changed by an edit, and by no release.
OF_A_PLAN: Mapping[str, str] = {
    **FIELDS,
    "minimum": "minimum",
    "minimum_by": "minimum_by",
    "same_as": "same_as",
    "one_of": "one_of",
    "only_with": "only_with",
    "bookable": "bookable",
    "mode": "mode",
}


def changed_fields(
    before: object, after: object, fields: Mapping[str, str] = FIELDS
) -> tuple[str, ...]:
    """Return the names of what differs between two plans, or two faces, of one thing."""
    return tuple(
        name
        for name, field_name in fields.items()
        if getattr(before, field_name) != getattr(after, field_name)
    )


Person = TypeVar("Person", PersonPlan, PublicPerson)


@dataclass(frozen=True)
class PeopleChange(Generic[Person]):
    """Who came and who went, and who is there in another role or with another affiliation."""

    came: tuple[Person, ...] = ()
    left: tuple[Person, ...] = ()
    restated: tuple[tuple[Person, Person], ...] = ()  # as before, and as now


def people_change(before: Sequence[Person], after: Sequence[Person]) -> PeopleChange[Person]:
    """Compare people by their names; in another order they are the same people."""
    left, unmatched = list(before), []
    for each in after:
        if each in left:
            left.remove(each)
        else:
            unmatched.append(each)
    came, restated = [], []
    for each in unmatched:
        was = next((one for one in left if one.name == each.name), None)
        if was is None:
            came.append(each)
        else:
            left.remove(was)
            restated.append((was, each))
    return PeopleChange(tuple(came), tuple(left), tuple(restated))
