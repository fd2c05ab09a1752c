"""What the public pages say of a programme, ready for their templates."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import LazyString, lazy_gettext

from congress.domain.congresses import Congress, OrganisationRole
from congress.domain.programme import (
    DIALOGUE_PARTNER,
    ItemKind,
    ProgrammeItem,
    PublicPerson,
    dialogue_partners,
    others,
)
from congress.domain.slots import Slot, in_slots
from congress.formats.contribution_words import role_name
from congress.web import languages

__all__ = [  # what templates ask of `showing`
    "ROLES", "days", "dialogue_partners", "free_places", "is_parallel", "others", "over",
    "parallel_title", "role",
]  # fmt: skip

ROLES = {
    OrganisationRole.HOST: lazy_gettext("Host"),
    OrganisationRole.CARRIER: lazy_gettext("Responsible body"),
    OrganisationRole.FUNDER: lazy_gettext("Funded by"),
    OrganisationRole.PARTNER: lazy_gettext("In cooperation with"),
}


@dataclass(frozen=True)
class Day:
    """One day of the programme; the heading stands only where there are several."""

    heading: str
    iso: str
    slots: tuple[Slot, ...]


def days(congress: Congress, items: Sequence[ProgrammeItem]) -> list[Day]:
    """Return the programme by day and time slot."""
    dates = languages.dates(congress.zone)
    several = len(congress.days) > 1

    def local_day(slot: Slot) -> str:
        return slot.time.starts_at.astimezone(congress.zone).date().isoformat()

    return [
        Day(dates.day(members[0].time.starts_at) if several else "", iso, tuple(members))
        for iso, group in groupby(in_slots(items), local_day)
        for members in [list(group)]
    ]


# What stands side by side, at one time and at several that overlap; of different kinds: items.
_PARALLEL: Mapping[ItemKind | None, tuple[LazyString, LazyString]] = {
    ItemKind.WORKSHOP: (
        lazy_gettext("%(number)s workshops at the same time"),
        lazy_gettext("%(number)s workshops that overlap"),
    ),
    ItemKind.PLACEMENT: (
        lazy_gettext("%(number)s placements at the same time"),
        lazy_gettext("%(number)s placements that overlap"),
    ),
    None: (
        lazy_gettext("%(number)s items at the same time"),
        lazy_gettext("%(number)s items that overlap"),
    ),
}


def is_parallel(slot: Slot) -> bool:
    """Return whether the items of a slot stand side by side as cards."""
    return len(slot.items) > 1 or bool(slot.workshops)


def parallel_title(slot: Slot) -> str:
    """Return what stands above the cards: "Sechs Workshops zur gleichen Zeit".

    Or "…, die sich überschneiden", where one has a time of its own. What is called off stands
    there as well, but does not count.
    """
    items = [item for item in slot.items if not item.face.cancelled] or slot.items[:1]
    kinds = {item.kind for item in items}
    if len(items) == 1:
        return languages.kind_of(items[0])
    number = languages.in_words(len(items)).capitalize()
    is_one_time = len({item.slot for item in items}) == 1
    only = kinds.pop() if len(kinds) == 1 else None
    together, overlapping = _PARALLEL.get(only, _PARALLEL[None])
    return str(together if is_one_time else overlapping) % {"number": number}


def over(item: ProgrammeItem) -> str:
    """Return what stands above a title: "Workshop 3" or the kind, if the title does not say it."""
    if item.bookable and item.number is not None:
        return languages.number_name(item)
    kind = languages.kind_of(item)
    begins = re.match(rf"{re.escape(kind)}\b", languages.text(item.face.title), re.IGNORECASE)
    return "" if begins else kind


def free_places(item: ProgrammeItem) -> int:
    """Return how many places one can have at once: none while somebody waits for them."""
    return (item.places.left or 0) if item.places.has_free_place else 0


def role(person: PublicPerson) -> str:
    """Return what somebody does beside those who speak, for which no word is needed."""
    is_plain = person.role in {"speaker", DIALOGUE_PARTNER}
    return "" if is_plain else role_name(person.role, languages.current())
