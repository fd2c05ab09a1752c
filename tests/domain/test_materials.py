"""Which files may remain of a workshop, by their bytes alone (SEC-16)."""

import pytest

from congress.domain.planning.materials import (
    LARGEST_MATERIAL,
    MOST_MATERIALS,
    MaterialTooLarge,
    TooManyMaterials,
    TooManyPixelsInMaterial,
    WrongKindOfMaterial,
    material_type,
    require_few_enough_pixels,
    require_room,
)
from tests.materials import PAPER, a_picture

ARCHIVE = b"PK\x03\x04mimetype" + b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PAPER, "application/pdf"),
        (a_picture(), "image/png"),
        (a_picture(kind="JPEG"), "image/jpeg"),
        (a_picture(kind="WEBP"), "image/webp"),
    ],
)
def test_the_bytes_say_what_it_is(content, found):
    assert material_type(content) == found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",  # no end
        b"GIF89a" + PAPER,  # something else first
        PAPER + ARCHIVE,  # an archive as well
        PAPER + b"<script>alert(1)</script>" * 50,  # a page after its end
        ARCHIVE,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><title>x</title>",
        b"\xd0\xcf\x11\xe0" + PAPER,  # an old office file
    ],
)
def test_whatever_else_it_is_is_refused(content):
    with pytest.raises(WrongKindOfMaterial):
        material_type(content)


def test_there_are_limits():
    with pytest.raises(MaterialTooLarge):
        material_type(PAPER.ljust(LARGEST_MATERIAL + 1))
    require_few_enough_pixels((5000, 5000))
    with pytest.raises(TooManyPixelsInMaterial):
        require_few_enough_pixels((5001, 5000))
    require_room(MOST_MATERIALS - 1)
    with pytest.raises(TooManyMaterials):
        require_room(MOST_MATERIALS)
