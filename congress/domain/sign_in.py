"""The signed paper: what a sheet is for, its code, and which of its rows are meant by a text."""

import re
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from congress.domain.attendance import CameBy
from congress.domain.errors import Refused

# What is told from each other in handwriting and on the phone; no vowels, so no words.
CODE_LETTERS = "BCDFGHKLMNPRSTVWXZ23456789"
CODE_LENGTH = 4
LONGEST_ENTRY = 2_000

ALL = frozenset({"alle", "all", "everyone", "everybody"})
NONE = frozenset({"keine", "keiner", "niemand", "none", "nobody", "no one"})
_EXCEPT = re.compile(r"\b(?:au(?:ß|ss)er|ohne|bis auf|ausgenommen|except(?: for)?|but|without)\b:?")
_TO = re.compile(r"\s*(?:[-‐‑‒–—]|\bbis\b|\bto\b)\s*")
_BETWEEN = re.compile(r"[\s,;+&/]+|\b(?:und|and|sowie)\b")
_ROW, _ROWS = re.compile(r"([0-9]{1,6})\.?"), re.compile(r"([0-9]{1,6})\.?-([0-9]{1,6})\.?")


class NoRowsSaid(Refused):
    """Nothing is typed: whether nobody came or nobody looked is not to be guessed."""


class RowsNotUnderstood(Refused):
    """Parts of what is typed name no rows."""

    def __init__(self, parts: Collection[str]) -> None:
        self.parts = tuple(dict.fromkeys(parts))


class NoSuchRows(Refused):
    """The sheet has no such rows; `last` is its last printed one, 0 where nobody stands on it."""

    def __init__(self, numbers: Collection[int], last: int) -> None:
        self.numbers, self.last = tuple(sorted(set(numbers))), last


class PaperUnseen(Refused):
    """What would come of the paper is something else than what was looked at."""


@dataclass(frozen=True)
class SheetFor:
    """What a sign-in sheet is for: a day of the congress, or a workshop on its day."""

    day: date
    item_id: int | None = None


@dataclass(frozen=True)
class SignInRow:
    """One printed row: its number, and who signs there."""

    number: int
    registration_id: int
    name: str
    organisation: str


@dataclass(frozen=True)
class NumberedSheet:
    """A sheet as it is printed: the code on the paper, and its rows in order."""

    meant: SheetFor
    code: str
    rows: tuple[SignInRow, ...]


def read_rows(typed: str, last: int) -> frozenset[int]:
    """Return the rows that are meant of a sheet with so many: "alle außer 4, 17", "1-12; 15".

    Raises NoRowsSaid, RowsNotUnderstood or NoSuchRows, the first that holds.
    """
    said = " ".join(typed[:LONGEST_ENTRY].casefold().split()).strip(" .,;")
    if not said:
        raise NoRowsSaid
    if said in NONE:
        return frozenset()
    everybody = frozenset(range(1, last + 1))
    if said in ALL:
        return everybody
    first, _space, rest = said.partition(" ")
    left_out = _EXCEPT.match(rest)
    if first.rstrip(",") in ALL and left_out:
        return everybody - _listed(rest[left_out.end() :], last)
    return _listed(said, last)


def in_short(numbers: Iterable[int]) -> str:
    """Return rows as one types them, those that follow each other as a range: "1-3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _listed(said: str, last: int) -> frozenset[int]:
    parts = [part for part in _BETWEEN.split(_TO.sub("-", said)) if part.strip(".")]
    wrong, found = [], set[int]()
    for part in parts:
        ends = _ends(part)
        if ends is None:
            wrong.append(part)
        else:
            found.update((ends[0], ends[1]) if ends[1] > last else range(ends[0], ends[1] + 1))
    if wrong:
        raise RowsNotUnderstood(wrong)
    if not found:
        raise NoRowsSaid
    beyond = [number for number in found if not 1 <= number <= last]
    if beyond:
        raise NoSuchRows(beyond, last)
    return frozenset(found)


def _ends(part: str) -> tuple[int, int] | None:
    """Return the first and the last row that a part names; None if it names none."""
    if one := _ROW.fullmatch(part):
        return int(one[1]), int(one[1])
    if two := _ROWS.fullmatch(part):
        first, last = int(two[1]), int(two[2])
        return (first, last) if first <= last else None
    return None


@dataclass(frozen=True)
class Taking:
    """What comes of a signed paper, by the numbers of registrations."""

    added: frozenset[int]  # newly recorded as there
    removed: frozenset[int]  # recorded from paper before, and not on it any more
    kept: frozenset[int]  # ticked off, stand on the sheet and have not signed: they stay
    refused: frozenset[int]  # signed, and have no place: not recorded

    @property
    def is_plain(self) -> bool:
        """Whether nobody need look at it: people are added, and nothing contradicts the paper."""
        return not (self.removed or self.kept or self.refused)

    @property
    def mark(self) -> str:
        """What tells this from what would come of it later."""
        people = (self.added, self.removed, self.kept, self.refused)
        said = "|".join(",".join(map(str, sorted(each))) for each in people)
        return sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class OnPaper:
    """What somebody typed from a paper; people who were merged stand under what goes on."""

    sheet: frozenset[int]  # who stands on it, signed or not
    signed: frozenset[int]  # of them
    others: frozenset[int]  # signed below, or were picked as having stayed
    dropped: frozenset[int] = frozenset()  # were recorded before and are not to be any more


def taking(paper: OnPaper, noted: Mapping[int, CameBy], *, with_place: AbstractSet[int]) -> Taking:
    """Return what comes of a paper, where it is known of some that they were there, and how.

    What was ticked off stays whatever the paper says: some forget to sign. What was typed from
    paper is corrected by what is typed now.
    """
    there = paper.signed | paper.others
    from_paper = {person for person, by in noted.items() if by is CameBy.PAPER}
    ticked = {person for person, by in noted.items() if by is CameBy.DOOR}
    return Taking(
        added=frozenset(there & with_place) - from_paper - ticked,
        removed=frozenset(from_paper & (paper.sheet | paper.dropped)) - there,
        kept=frozenset(ticked & paper.sheet) - there,
        refused=there - with_place - noted.keys(),
    )
