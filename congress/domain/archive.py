"""The archive of past congresses: what is looked for in it, and what of it is found.

Names of people are not looked for: whoever spoke once is not to be found here for ever.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress.domain.congresses import Congress, CongressState
from congress.domain.folding import fold_sought
from congress.domain.texts import Texts

LONGEST_SOUGHT = 100  # characters
MOST_SOUGHT_WORDS = 8
MOST_FOUND = 100  # items that one page lists


@dataclass(frozen=True)
class ArchivedItem:
    """One item of a past programme; `folded` is all that can be found of it."""

    code: str
    title: Texts
    folded: str
    has_results: bool = False
    municipality: str = ""  # where it is a practice example
    topic: str = ""

    @property
    def is_example(self) -> bool:
        return bool(self.municipality)


@dataclass(frozen=True)
class Archived:
    """One congress: `head` is its title and place, `folded` what came of it as a whole."""

    congress: Congress
    head: str
    folded: str
    items: tuple[ArchivedItem, ...]
    has_results: bool = False


@dataclass(frozen=True)
class Sought:
    """What somebody looks for; what is empty does not matter."""

    text: str = ""
    only_examples: bool = False
    municipality: str = ""
    topic: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What to look for, folded like the text it is looked for in."""
        return tuple(fold_sought(self.text[:LONGEST_SOUGHT]).split()[:MOST_SOUGHT_WORDS])

    @property
    def is_of_examples(self) -> bool:
        """Whether only practice examples are meant."""
        return self.only_examples or bool(self.municipality or self.topic)


@dataclass(frozen=True)
class Found:
    """A congress that fits, or of which some items fit."""

    archived: Archived
    items: tuple[ArchivedItem, ...]


def past(archive: Iterable[Archived], now: datetime) -> list[Archived]:
    """Return the congresses that have taken place, the latest first."""
    held = (each for each in archive if each.congress.state is not CongressState.CANCELLED)
    over = [each for each in held if each.congress.is_over(now)]
    return sorted(over, key=lambda each: each.congress.starts_at, reverse=True)


def search(archive: Sequence[Archived], sought: Sought) -> list[Found]:
    """Return what fits, in the order of the archive.

    Every word has to stand somewhere. An item is found by its own words together with title and
    place of its congress, but not by these alone; then the congress is found.
    """
    return list(_search(archive, sought))


def examples(archive: Iterable[Archived]) -> list[ArchivedItem]:
    """Return every practice example."""
    return [item for each in archive for item in each.items if item.is_example]


def _search(archive: Iterable[Archived], sought: Sought) -> Iterator[Found]:
    words = sought.words
    for each in archive:
        if sought.is_of_examples:
            items = tuple(
                item
                for item in each.items
                if _fits(item, sought) and _has_all(words, item.folded, each.head)
            )
            is_found = bool(items)
        else:
            items = tuple(
                item
                for item in each.items
                if any(word in item.folded for word in words)
                and _has_all(words, item.folded, each.head)
            )
            is_found = bool(items) or _has_all(words, each.head, each.folded)
        if is_found:
            yield Found(each, items)


def _fits(item: ArchivedItem, sought: Sought) -> bool:
    return (
        item.is_example
        and sought.municipality in {"", item.municipality}
        and sought.topic in {"", item.topic}
    )


def _has_all(words: Iterable[str], *texts: str) -> bool:
    return all(any(word in text for text in texts) for word in words)
