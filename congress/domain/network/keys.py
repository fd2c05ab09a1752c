"""Official keys of municipalities: texts of figures that may begin with 0, never numbers.

The key of a municipality (AGS) is Land (2), Regierungsbezirk (1), Kreis (2), municipality (3); that
of a Kreis is its first five figures. The key of a region (ARS) has the number of the association
(4) between Kreis and municipality. A spreadsheet takes the 0 at the beginning away.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

DISTRICT, MUNICIPALITY, REGIONAL = 5, 8, 12
LENGTHS = frozenset({DISTRICT, MUNICIPALITY, REGIONAL})
OF_MUNICIPALITY = 3  # the last figures of an AGS and of an ARS
ALONE = "000"  # a municipality that is its own Kreis ends so
LANDS = frozenset(f"{number:02}" for number in range(1, 17))
_SPACES = re.compile(r"\s+")


class KeyFault(StrEnum):
    """Why a text is no official key."""

    NOT_FIGURES = "not_figures"
    LENGTH = "length"
    LAND = "land"


@dataclass(frozen=True)
class Key:
    """An official key, and whether a 0 had to be put before what was written."""

    text: str
    is_repaired: bool = False


def read_key(written: str) -> Key | KeyFault:
    """Return the key that is written: spaces are left out, a lost 0 is put back."""
    figures = _SPACES.sub("", written)
    if not (figures.isascii() and figures.isdigit()):
        return KeyFault.NOT_FIGURES
    is_repaired = len(figures) + 1 in LENGTHS
    text = f"0{figures}" if is_repaired else figures
    if len(text) not in LENGTHS:
        return KeyFault.LENGTH
    if land_of(text) not in LANDS:
        return KeyFault.LAND
    return Key(text, is_repaired)


def land_of(key: str) -> str:
    """Return the two figures of the Land."""
    return key[:2]


def government_region_of(key: str) -> str:
    """Return the three figures of the Regierungsbezirk; the last is 0 where a Land has none."""
    return key[:3]


def district_of(key: str) -> str:
    """Return the five figures of the Kreis or the town that is its own."""
    return key[:DISTRICT]


def municipality_of(ars: str) -> str:
    """Return the key of a municipality (AGS) from that of the region (ARS)."""
    return ars[:DISTRICT] + ars[-OF_MUNICIPALITY:]


def is_own_district(key: str) -> bool:
    """Return whether a municipality is a Kreis of its own (kreisfreie Stadt)."""
    return len(key) == MUNICIPALITY and key.endswith(ALONE)
