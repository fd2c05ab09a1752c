"""Colours of a congress: contrast as WCAG 2.2 counts it, and the nearest that can be seen."""

import re
from pathlib import Path

import pytest

from congress.domain.look import (
    DARK,
    EDGE_RATIO,
    LIGHT,
    TEXT_RATIO,
    WHITE,
    Look,
    contrast,
    faint,
    read_colour,
)

KERN = Path(__file__).parents[2] / "congress" / "static" / "vendor" / "kern.min.css"


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),  # the lightest grey that passes, the next one does not
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#00ff00", "#000000", 15.3),
    ],
)
def test_contrast_is_what_wcag_says(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(
    ("name", "colour", "ratio", "nearest"),
    [
        ("primary", "#767676", None, None),
        ("primary", "#777777", 4.47, "#767676"),
        ("primary", "#ffffff", 1.0, "#767676"),
        ("primary", "#000000", None, None),
        ("accent", "#949494", None, None),  # 3:1 on white
        ("accent", "#959595", 2.99, "#949494"),
        ("accent", "#000000", 1.3, "#6b6b6b"),
        ("accent", "#ffff00", 1.07, "#9a9a00"),
    ],
)
def test_what_is_too_faint_is_said_with_the_nearest_that_is_not(name, colour, ratio, nearest):
    found = faint(name, colour)

    assert (found and found.ratio) == ratio
    assert (found and found.nearest) == nearest
    if found:
        assert faint(name, found.nearest) is None
        assert found.ratio < found.needed


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#1A5276", "#1a5276"),
        (" 1a5276 ", "#1a5276"),
        ("#fa0", "#ffaa00"),
        ("", None),
        ("red", None),
        ("#12345", None),
        ("#1a5276; } body { display: none", None),
        ("#1a527\u0661", None),
    ],
)
def test_a_colour_is_figures_and_nothing_else(typed, colour):
    assert read_colour(typed) == colour


def test_other_colours_have_another_address():
    look, other = Look("#1a5276", "#c0562b"), Look("#1a5277", "#c0562b")

    assert look.digest != other.digest
    assert look.style.startswith(
        f".look-{look.digest} {{ --face: #1a5276; --face-edge: #c0562b }}\n"
    )
    assert Look.of(look.values) == look
    assert Look.of({}) is None


def test_the_dark_ground_is_the_grey_of_kern():
    """Its step 900 in Oklch; what stands below edges in the dark is that or darker."""
    found = re.findall(r"--kern-color-neutral-900: ?oklch\(([\d.% ]+)\)", KERN.read_text())

    assert found == ["25.07% .0381 276.75"]  # which is #1d2034
    assert (LIGHT, DARK) == (WHITE, "#1d2034")
    assert (TEXT_RATIO, EDGE_RATIO) == (4.5, 3)  # WCAG 1.4.3 and 1.4.11
