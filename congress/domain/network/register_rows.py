"""The rows of a table for the register: what each says, and why nothing can become of one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Why(StrEnum):
    """Why a row is refused."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    ENCODING = "encoding"
    CELL = "cell"  # an error of the spreadsheet
    LINE = "line"  # of the official list, and not of its shape
    KEY_FIGURES = "key_figures"
    KEY_LENGTH = "key_length"
    KEY_LAND = "key_land"
    KIND = "kind"
    SECTOR = "sector"
    NUMBER = "number"
    DAY = "day"
    WEBSITE = "website"
    ENDS_BEFORE = "ends_before"
    DISTRICT = "district"
    KEY_TWICE = "key_twice"
    NAME_TWICE = "name_twice"
    NAME_TAKEN = "name_taken"
    SUCCESSOR = "successor"
    SUCCESSOR_WITHOUT_END = "successor_without_end"
    CIRCLE = "circle"


class Note(StrEnum):
    """What is worth knowing of a row that is taken over."""

    KEY_REPAIRED = "key_repaired"
    KEY_OF_REGION = "key_of_region"
    DISTRICT_UNKNOWN = "district_unknown"
    NAME_COMPLETED = "name_completed"


class Fault(NamedTuple):
    """Why a row is refused, and the cell or the other row that it is about."""

    why: Why
    text: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """One row as read; None and empty texts say nothing."""

    number: int
    name: str = ""
    short_name: str = ""
    kind: str = ""
    ags: str | None = None
    district: str = ""  # a key, or the name of a district
    sector: str = ""
    inhabitants: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    successor: str = ""  # a key, or a name
    website: str = ""
    shown: str = ""  # the row as it stands, for whoever has to find it
    faults: tuple[Fault, ...] = ()
    notes: tuple[Note, ...] = ()
