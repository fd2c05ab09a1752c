"""Badges: the sheets they are printed on, as data, and what stands on one.

Sheets are told apart by their measures, as they stand on every pack, whoever sells it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress.domain.kinds import PersonKind
from congress.domain.programme import ProgrammeItem
from congress.domain.texts import Texts

DIGEST = 16  # hexadecimal figures: enough to tell the badges of one congress apart
A4, A6 = (210, 297), (105, 148)
MOST_AT_ONCE = 500  # badges in one file: a second or two, and 150 MB while it is made
MOST_SHIFT = 10  # millimetres either way: what a printer's tray is out by


@dataclass(frozen=True)
class BadgeSheet:
    """A sheet of paper with badges in rows and columns; all measures in millimetres."""

    key: str  # how an address names it
    paper: tuple[int, int]  # width and height
    columns: int
    rows: int
    badge: tuple[int, int]  # width and height
    left: float = 0.0  # from the edge of the paper to the first badge
    top: float = 0.0
    between_columns: int = 0
    between_rows: int = 0

    @property
    def size(self) -> int:
        """How many badges a sheet has."""
        return self.columns * self.rows

    def sheets(self, badges: int, start: int) -> int:
        """Return how many sheets so many badges need, from the `start`th place of the first."""
        return -(-(badges + start - 1) // self.size) if badges else 0


SHEETS = (
    BadgeSheet("90x54", A4, 2, 5, (90, 54), left=15, top=13.5),
    BadgeSheet("90x55", A4, 2, 4, (90, 55), left=15, top=38.5),
    BadgeSheet(
        "80x50", A4, 2, 5, (80, 50), left=17.5, top=13.5, between_columns=15, between_rows=5
    ),
    BadgeSheet("86x55", A4, 2, 5, (86, 55), left=19, top=11),
    BadgeSheet("105x148-4", A4, 2, 2, (105, 148), top=0.5),
    BadgeSheet("105x148", A6, 1, 1, A6),
)
BY_KEY: Mapping[str, BadgeSheet] = {each.key: each for each in SHEETS}


@dataclass(frozen=True)
class Badge:
    """What stands on one badge.

    `holder` tells whose it is: "r12" of a registration, "p7" of somebody in the programme
    without one.
    """

    holder: str
    name: str
    organisation: Texts
    kind: PersonKind
    without_photos: bool = False  # was asked for consent to photos, and has given none
    code: str = ""  # what tells the code that the door reads from others, not the code itself
    workshops: tuple[ProgrammeItem, ...] = ()  # what somebody has chosen, where it is printed

    def digest(self, title: str) -> str:
        """Return what tells this badge of a congress from one on which anything else stands."""
        said = [
            *(title, self.name, dict(self.organisation), self.kind),
            *(self.without_photos, self.code),
            *(
                (each.number, each.slot.starts_at.isoformat(), *map(dict, words))
                for each in self.workshops
                for words in [(each.face.room, each.face.title, each.face.short_title)]
            ),
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:DIGEST]


class Which(StrEnum):
    """Whose badges are wanted: of those without the right one, or of everybody."""

    NEW = "new"
    ALL = "all"


@dataclass(frozen=True)
class BadgeWish:
    """Which badges are wanted; a `holder` is the one person whose badge is, printed or not."""

    which: Which = Which.NEW
    holder: str = ""
    with_workshops: bool = False


@dataclass(frozen=True)
class Batch:
    """The badges of one file, in the order in which they are printed."""

    badges: tuple[Badge, ...]
    new: frozenset[str]  # whose badges were never printed, of the whole congress
    changed: frozenset[str]  # whose badge says something that holds no longer
    everybody: int
    left: int  # for which another file is needed
    digests: Mapping[str, str]  # of `badges`, by holder


def batch(
    badges: Sequence[Badge], printed: Mapping[str, str], wish: BadgeWish, title: str
) -> Batch:
    """Return what is to be printed; `printed` are the digests of last time, by holder."""
    everybody = {each.holder for each in badges}
    new = frozenset(everybody - printed.keys())
    # A digest costs more than all else here, so that only those are made that are looked at.
    changed = frozenset(
        each.holder
        for each in badges
        if each.holder in printed and printed[each.holder] != each.digest(title)
    )
    if wish.holder:
        wanted = [each for each in badges if each.holder == wish.holder]
    else:
        due = everybody if wish.which is Which.ALL else new | changed
        wanted = [each for each in badges if each.holder in due]
    now = tuple(wanted[:MOST_AT_ONCE])
    return Batch(
        now,
        new,
        changed,
        len(badges),
        len(wanted) - len(now),
        {each.holder: each.digest(title) for each in now},
    )
