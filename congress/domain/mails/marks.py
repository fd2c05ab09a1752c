"""How far delivery had come, remembered outside of the database, to know an old backup by it."""

from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True)
class Mark:
    """Which database it was, and how many attempts to deliver had been begun."""

    database: str  # a random name; empty: from before databases had one
    begun: int


class Standing(Enum):
    """What a database is to a machine that remembers a mark."""

    NEWER = auto()  # the same, and nothing is missing
    ANOTHER = auto()  # one that this machine has not delivered from
    OLDER = auto()  # a backup that was put back: what it takes for unsent may have been sent


def compare(found: Mark, remembered: Mark | None, *, has_mails: bool) -> Standing:
    """Compare a database with what a machine remembers (REL-15).

    A database without a name that has mails is taken for an old backup: a new one has a name.
    """
    if remembered is None:
        return Standing.ANOTHER
    if not found.database:
        return Standing.OLDER if has_mails else Standing.ANOTHER
    if found.database != remembered.database:
        return Standing.ANOTHER
    return Standing.OLDER if found.begun < remembered.begun else Standing.NEWER
