"""The own colours of a congress: what they are used for, and whether they can be seen there.

White text stands on the first one (WCAG 1.4.3); the second one draws edges on light and on dark
pages (WCAG 1.4.11).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from congress.domain.errors import Refused

WHITE, BLACK = "#ffffff", "#000000"
LIGHT, DARK = WHITE, "#1d2034"  # of pages; in the dark the lightest that stands below an edge
TEXT_RATIO, EDGE_RATIO = 4.5, 3.0
STEPS = 255  # from a colour to black or white, in search of one that can be seen
DIGEST = 12
SHORT = 3  # figures, each of which stands for two alike
LINEAR_BELOW = 0.04045  # of sRGB
NAMES = ("primary", "accent")

_COLOUR = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


class LookEditedMeanwhile(Refused):
    """Somebody else saved colours after this form was opened."""


class LogoEditedMeanwhile(Refused):
    """Somebody else saved a logo after this form was opened."""


@dataclass(frozen=True)
class Faint:
    """A colour that cannot be seen well enough: how well, on what, and the nearest that can."""

    ratio: float
    needed: float
    on: str
    nearest: str


@dataclass(frozen=True)
class Look:
    """Two colours as "#rrggbb"."""

    primary: str  # of the band, below white text
    accent: str  # of edges

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> "Look | None":
        """Return the look that a row holds; None where a congress has the colours of the house."""
        return cls(**{name: stored[name] for name in NAMES}) if stored else None

    @property
    def values(self) -> dict[str, str]:
        return {"primary": self.primary, "accent": self.accent}

    @property
    def class_name(self) -> str:
        """The class that wears it; other colours are another class, and another address."""
        return f"look-{self.digest}"

    @property
    def digest(self) -> str:
        return hashlib.sha256(self._rules("").encode()).hexdigest()[:DIGEST]

    @property
    def style(self) -> str:
        """The style sheet, the same in light and in dark: both are checked."""
        return self._rules(f".{self.class_name}")

    def _rules(self, which: str) -> str:
        """What is less than white on the bands of the house is white on one of one's own."""
        pale = f"{which} .hero :is(.over, .cal .muted, .meta dt)"
        return (
            f"{which} {{ --face: {self.primary}; --face-edge: {self.accent} }}\n"
            f"@media screen {{ {pale} {{ color: #fff }} }}\n"
        )


HOUSE: dict[str, str] = dict.fromkeys(NAMES, "")


def read_colour(typed: str) -> str | None:
    """Return a colour as "#rrggbb", typed with or without #, with three or six figures."""
    found = _COLOUR.fullmatch(typed.strip())
    if found is None:
        return None
    figures = found[1].lower()
    return "#" + ("".join(2 * each for each in figures) if len(figures) == SHORT else figures)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    red, green, blue = map(_linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def faint(name: str, colour: str) -> Faint | None:
    """Return why a colour cannot be used for what it is for; None where it can."""
    needed, grounds = _needs(name)
    ratio, ground = min((contrast(colour, each), each) for each in grounds)
    if ratio >= needed:
        return None
    return Faint(int(ratio * 100) / 100, needed, ground, _nearest(name, colour))


def _needs(name: str) -> tuple[float, tuple[str, ...]]:
    return (TEXT_RATIO, (WHITE,)) if name == "primary" else (EDGE_RATIO, (LIGHT, DARK))


def _nearest(name: str, colour: str) -> str:
    """Return the first colour that can be seen on the way to black or to white."""
    needed, grounds = _needs(name)
    return next(
        each
        for each in _around(colour)
        if all(contrast(each, ground) >= needed for ground in grounds)
    )


def _around(colour: str) -> Iterator[str]:
    start = _channels(colour)
    for step in range(1, STEPS + 1):
        for end in (BLACK, WHITE):
            mixed = (
                round(own + (goal - own) * step / STEPS)
                for own, goal in zip(start, _channels(end), strict=True)
            )
            yield "#" + "".join(f"{each:02x}" for each in mixed)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4
