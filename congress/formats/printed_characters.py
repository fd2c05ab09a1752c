"""Which characters the fonts of our sheets draw.

`templates/print/fonts/characters.txt` is made with the fonts (`script/fonts`): one range of code
points a line, in hexadecimal figures.
"""

from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

RANGES = Path(__file__).parent.parent.parent / "templates" / "print" / "fonts" / "characters.txt"


def has(char: str) -> bool:
    """Return whether one of the fonts draws a character; a line break needs no font."""
    if char == "\n":
        return True
    starts, ends = _ranges()
    at = bisect_right(starts, ord(char)) - 1
    return at >= 0 and ord(char) <= ends[at]


@lru_cache(maxsize=1)
def _ranges() -> tuple[list[int], list[int]]:
    starts, ends = [], []
    for line in RANGES.read_text().split():
        start, _, end = line.partition("-")
        starts.append(int(start, 16))
        ends.append(int(end or start, 16))
    return starts, ends
