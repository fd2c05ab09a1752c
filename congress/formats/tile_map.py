"""The map of districts as a picture for paper; on a page it is a template with the same tiles."""

from collections.abc import Sequence
from html import escape

from congress.domain.network.districts import COLUMNS, ROWS
from congress.domain.network.tile_map import Tile
from congress.formats.funder_report import in_words

WIDE, HIGH = 64, 48
# By step: the tile and what is written on it; the second one is hatched.
FILLS = ("#ffffff", "url(#few)", "#dfe6f4", "#b9c8e8", "#4e6cb5", "#1d3b87")
INKS = ("#1d2034", "#1d2034", "#1d2034", "#1d2034", "#ffffff", "#ffffff")


def drawn(tiles: Sequence[Tile], language: str) -> bytes:
    """Return the map as SVG."""
    shapes = "".join(_tile(each, language) for each in tiles)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COLUMNS * WIDE} {ROWS * HIGH}">'
        '<defs><pattern id="few" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>'
        '<path d="M0 0V6" stroke="#b5b7c2" stroke-width="2"/></pattern></defs>'
        f'<g font-family="Fira Sans" text-anchor="middle">{shapes}</g></svg>'
    ).encode()


def _tile(tile: Tile, language: str) -> str:
    left, top = tile.district.column * WIDE, tile.district.row * HIGH
    ink = INKS[tile.step]
    count = in_words(tile.people, language) if tile.step else ""
    return (
        f'<rect x="{left + 2}" y="{top + 2}" width="{WIDE - 4}" height="{HIGH - 4}" rx="4"'
        f' fill="{FILLS[tile.step]}" stroke="#4a4d5e"/>'
        f'<text x="{left + WIDE // 2}" y="{top + 21}" font-size="15" font-weight="600"'
        f' fill="{ink}">{escape(tile.district.sign)}</text>'
        f'<text x="{left + WIDE // 2}" y="{top + 38}" font-size="12" fill="{ink}">'
        f"{escape(count)}</text>"
    )
