"""Photos of a workshop are written anew, documents stay as they are; no name leads anywhere."""

from io import BytesIO

import pytest
from PIL import Image

from congress.domain.planning.materials import MaterialKind
from congress.domain.planning.portraits import PhotoBroken
from congress.formats.materials import read_material
from tests.materials import PAPER, a_picture


def test_a_photo_is_made_smaller_and_says_nothing_but_itself():
    kept = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kamera"  # its maker
    Image.new("RGB", (3200, 1600), "red").save(kept, "JPEG", exif=exif)
    file = read_material("../../etc/IMG 1.JPEG", kept.getvalue())
    assert (file.kind, file.name, file.width, file.height) == (
        MaterialKind.PHOTO,
        "IMG 1.jpg",
        1600,
        800,
    )
    assert b"Kamera" not in file.content
    with Image.open(BytesIO(file.content)) as image:
        assert not image.getexif()


def test_a_document_stays_what_it_is():
    file = read_material("C:\\x\\Protokoll.exe", PAPER)
    assert (file.kind, file.name, file.content) == (MaterialKind.DOCUMENT, "Protokoll.pdf", PAPER)


def test_half_a_photo_is_none():
    with pytest.raises(PhotoBroken):
        read_material("a.png", a_picture((400, 400))[:60])
