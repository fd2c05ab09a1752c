"""Badges: the sheets they are printed on, as data, and what stands on one.

Sheets are told apart by their measures, as they stand on every pack, whoever sells it.
"""

import hashlib
from collections.abc import Iterable, Mapping
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
        return digest_of(
            title,
            self.name,
            words_of(self.organisation),
            self.kind,
            without_photos=self.without_photos,
            code=self.code,
            workshops=words_of_workshops(self.workshops),
        )


def digest_of(
    title: str,
    name: str,
    organisation: str,
    kind: str,
    *,
    without_photos: bool,
    code: str,
    workshops: str,
) -> str:
    """Return the digest of a badge from its parts: thousands are compared to find what changed."""
    shown = "no photos" if without_photos else ""
    said = f"{title}\n{name}\n{organisation}\n{kind}\n{shown}\n{code}\n{workshops}"
    return hashlib.sha256(said.encode()).hexdigest()[:DIGEST]


def words_of(texts: Texts) -> str:
    """Return what a text says in all its languages."""
    return "\t".join(f"{language} {words}" for language, words in sorted(texts.items()))


def words_of_workshops(workshops: Iterable[ProgrammeItem]) -> str:
    """Return what a badge says of the workshops on it."""
    return "\n".join(
        "\t".join((str(each.number), each.slot.starts_at.isoformat(), *map(words_of, said)))
        for each in workshops
        for said in [(each.face.room, each.face.title, each.face.short_title)]
    )


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
    digests: Mapping[str, str]  # of `badges`, by holder
    printed: Mapping[str, str]  # the same as they were printed last, where they were
    waiting: int  # how many of the congress need one that says what holds: new and changed
    everybody: int
    left: int  # for which another file is needed

    def is_new(self, holder: str) -> bool:
        """Return whether somebody's badge was never printed."""
        return holder not in self.printed

    def is_changed(self, holder: str) -> bool:
        """Return whether somebody's badge says something that holds no longer."""
        return not self.is_new(holder) and is_due(self.printed, holder, self.digests[holder])


def is_due(printed: Mapping[str, str], holder: str, digest: str) -> bool:
    """Return whether somebody needs a badge: they have none, or one that says something else."""
    return printed.get(holder) != digest
