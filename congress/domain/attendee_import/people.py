"""Names and workshops as they stand in one cell."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from congress.domain.folding import fold_for_order
from congress.domain.names import says_nothing
from congress.domain.texts import Texts

_BEFORE_FAMILY = frozenset(
    ["von", "van", "vom", "zu", "zum", "zur", "der", "den", "de", "del", "della", "di", "da", "ten"]
)
_STATE = re.compile(
    r"\s*\((?:Platz \d+|position \d+|vorgemerkt|on their list|fällt aus|cancelled)\)\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:workshop|ws|w|nr\.?|no\.?)?\s*(\d{1,4})\.?", re.IGNORECASE)
LONGEST_CELL = 1000  # characters
MOST_COMMAS = 12  # in one title
_PARTS = re.compile(r"\s*([,;\n])\s*")
Found = TypeVar("Found")


def parted_name(name: str) -> tuple[str, str]:
    """Return given and family name of "Beispiel, Anna" or "Anna von Beispiel"."""
    if "," in name:
        family, _comma, given = name.partition(",")
        return given.strip(), family.strip()
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _BEFORE_FAMILY:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


@dataclass(frozen=True)
class Bookable:
    """What one can book, by its number and its titles in any language."""

    id: int
    number: int | None
    titles: tuple[Texts, ...]


@dataclass(frozen=True)
class Chosen:
    """The workshops that a cell names, and what in it is none."""

    ids: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass
class Catalogue:
    """Workshops by everything they may be called."""

    names: Mapping[str, int]
    _read: dict[str, Chosen] = field(default_factory=dict)

    @classmethod
    def of(cls, workshops: Iterable[Bookable]) -> "Catalogue":
        """Return the catalogue; what would name two workshops names none."""
        found: dict[str, set[int]] = {}
        for each in workshops:
            for name in _names(each):
                found.setdefault(fold_for_order(name), set()).add(each.id)
        return cls({name: min(ids) for name, ids in found.items() if len(ids) == 1})

    def read(self, cell: str) -> Chosen:
        """Return what a cell names; many people have the same in it."""
        if cell not in self._read:
            self._read[cell] = self._parsed(cell)
        return self._read[cell]

    def _parsed(self, cell: str) -> Chosen:
        return Chosen(*parted(cell, self._find))

    def _find(self, text: str) -> int | None:
        while text != (bare := _STATE.sub("", text)):
            text = bare
        number = _NUMBER.fullmatch(text.strip())
        return self.names.get(number[1] if number else fold_for_order(text))


def parted(
    cell: str, find: Callable[[str], Found | None]
) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """Return what a cell names, each once, and what in it is unknown; names may have commas."""
    if len(cell) > LONGEST_CELL:  # as when a quote is opened and never closed
        return (), (cell[:LONGEST_CELL],)
    parts = _PARTS.split(cell)  # parts and what stood between them, in turn
    known: list[Found] = []
    unknown: list[str] = []
    place = 0
    while place < len(parts):
        longest = min(len(parts), place + 2 * MOST_COMMAS + 1)
        for end in range(longest, place, -2):
            found = find("".join(_spaced(parts[place:end])))
            if found is not None:
                known.append(found)
                place = end + 1
                break
        else:
            if not says_nothing(parts[place]):
                unknown.append(parts[place])
            place += 2
    return tuple(dict.fromkeys(known)), tuple(unknown)


def _spaced(parts: Iterable[str]) -> Iterator[str]:
    return (", " if part == "," else part for part in parts)


def _names(workshop: Bookable) -> Iterator[str]:
    if workshop.number is not None:
        yield str(workshop.number)
    for title in (text for texts in workshop.titles for text in texts.values() if text):
        yield title
        if workshop.number is not None:
            yield f"{workshop.number} {title}"
