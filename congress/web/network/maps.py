"""Maps of districts as pages draw them: tiles, and what each step of their colour means."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from congress.domain.network.districts import COLUMNS, ROWS
from congress.domain.network.funder_report import AreaFigures
from congress.domain.network.masking import FEW, Count
from congress.domain.network.tile_map import (
    FEW_STEP,
    MEMBER_STEPS,
    STEPS,
    Tile,
    tiles,
    tiles_of_members,
)
from congress.formats import funder_report
from congress.web import languages
from congress.web.languages import gettext as _


@dataclass(frozen=True)
class TileMap:
    """One map; its key tells it from others on the page."""

    key: str
    title: str
    text: str  # what it shows, for whoever does not see it
    tiles: Sequence[Tile]
    steps: Sequence[tuple[int, str]]
    words: Callable[[Count], str]
    wide: int = COLUMNS
    high: int = ROWS


def of_people(districts: Mapping[str, AreaFigures]) -> TileMap:
    """Return the map of how many people were reached."""
    words = partial(funder_report.in_words, language=languages.current())
    numbers = ("0", words(FEW), *(f"≥ {each}" for each in STEPS))
    return TileMap(
        "map",
        _("Map of the districts reached in North Rhine-Westphalia"),
        _(
            "One tile for each district, with the sign of its cars and how many people were "
            "reached. The table below says the same."
        ),
        tiles(districts),
        list(enumerate(numbers)),
        words,
    )


def of_members(numbers: Mapping[str, int]) -> TileMap:
    """Return the map of how many organisations belong to the network."""
    first = FEW_STEP + 1
    darker = [(first + at, f"≥ {each}") for at, each in enumerate(MEMBER_STEPS)]
    return TileMap(
        "members-map",
        _("Map of the districts with members in North Rhine-Westphalia"),
        _(
            "One tile for each district, with the sign of its cars and how many organisations "
            "belong to the network. The list below names them."
        ),
        tiles_of_members(numbers),
        [(0, "0"), *darker],
        partial(funder_report.in_words, language=languages.current()),
    )
