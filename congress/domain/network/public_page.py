"""The network as everybody sees it: who belongs to it, what took place, what came of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.archive import Archived, ArchivedItem, past
from congress.domain.congresses import Congress, CongressKind, CongressState
from congress.domain.network.districts import DISTRICTS, LANDS

MOST_EXAMPLES = 12  # practice examples that the page names; the archive has all


@dataclass(frozen=True)
class InDistrict:
    """The members of one district or of another Land, or those of whom neither is known."""

    key: str
    name: str  # empty where it is not known
    organisations: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """All events of one kind: those to come, the next one first, and those over, the last first."""

    kind: CongressKind
    coming: tuple[Archived, ...]
    over: tuple[Archived, ...]


@dataclass(frozen=True)
class Example:
    """A practice example, and at which event it was shown."""

    congress: Congress
    item: ArchivedItem


def by_district(names: Iterable[tuple[int, str]], districts: Mapping[int, str]) -> list[InDistrict]:
    """Return the members, in the order they come, by district and then by Land.

    `districts` are keys of at least two figures by the number of an organisation.
    """
    known = {each.key: each.name for each in DISTRICTS}
    found: dict[str, list[str]] = {}
    for number, name in names:
        key = districts.get(number, "")
        area = key if key in known else key[:2] if key[:2] in LANDS else ""
        found.setdefault(area, []).append(name)
    ordered = sorted(known, key=lambda key: known[key].removeprefix("Kreis "))
    called = {key: known[key] for key in ordered} | dict(LANDS) | {"": ""}
    return [
        InDistrict(key, name, tuple(found[key])) for key, name in called.items() if key in found
    ]


def numbers(members: Iterable[InDistrict]) -> Counter[str]:
    """Return how many members each district has."""
    return Counter({each.key: len(each.organisations) for each in members})


def blocks(archive: Sequence[Archived], now: datetime) -> list[Block]:
    """Return the events of each kind of which there is any; what was called off is left out."""
    over = past(archive, now)
    held = [each for each in archive if each.congress.state is not CongressState.CANCELLED]
    coming = sorted(
        (each for each in held if not each.congress.is_over(now)),
        key=lambda each: (each.congress.starts_at, each.congress.id),
    )
    found = [
        Block(
            kind,
            tuple(each for each in coming if each.congress.kind is kind),
            tuple(each for each in over if each.congress.kind is kind),
        )
        for kind in CongressKind
    ]
    return [each for each in found if each.coming or each.over]


def examples(archive: Sequence[Archived], now: datetime) -> list[Example]:
    """Return the practice examples of the last events."""
    found = [
        Example(each.congress, item)
        for each in past(archive, now)
        for item in each.items
        if item.is_example
    ]
    return found[:MOST_EXAMPLES]


def with_results(archive: Sequence[Archived], now: datetime) -> list[Congress]:
    """Return the events that are over of which results are published, the last one first."""
    return [each.congress for each in past(archive, now) if each.has_results]
