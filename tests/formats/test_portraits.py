"""Photos are made upright, small and free of what a camera writes; anything else is refused."""

import struct
from io import BytesIO
from typing import Any
from zlib import crc32

import pytest
from PIL import Image, ImageOps

from congress.domain.images import image_size, image_type
from congress.domain.planning.portraits import (
    LARGEST_PHOTO,
    NotAPhoto,
    PhotoBroken,
    PhotoTooLarge,
    PhotoTooNarrow,
    PhotoTooSmall,
    TooManyPixels,
)
from congress.formats import portraits
from congress.formats.portraits import read_photo

ORIENTATION, GPS, TURNED = 0x0112, 0x8825, 6


def a_picture(
    kind: str, size: tuple[int, int] = (1200, 600), mode: str = "RGB", **how: object
) -> bytes:
    kept = BytesIO()
    Image.new(mode, size).save(kept, kind, **how)
    return kept.getvalue()


def a_bomb(size: tuple[int, int] = (50_000, 50_000)) -> bytes:
    """A PNG of a few bytes that says it has 2.5 thousand million pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", crc32(head))
    return b"\x89PNG\r\n\x1a\n" + chunk


def a_head_of_jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)


def with_entries(*entries: tuple[int, int, bytes]) -> bytes:
    """A JPEG with these entries in its EXIF: tag, kind, value."""
    written = b"".join(struct.pack("<HHI4s", tag, kind, 1, value) for tag, kind, value in entries)
    head = b"Exif\0\0II*\0" + struct.pack("<IH", 8, len(entries))
    return a_picture("JPEG", exif=head + written + bytes(4))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_small_jpeg(kind):
    photo = read_photo(a_picture(kind))

    assert (image_type(photo.content), photo.media_type) == ("image/jpeg", "image/jpeg")
    assert image_size(photo.content) == (photo.width, photo.height) == (640, 320)


def test_place_and_camera_stay_behind_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[ORIENTATION], exif[GPS] = TURNED, {1: "N", 2: (51.0, 37.0, 0.0)}
    taken = a_picture("JPEG", exif=exif, comment=b"Kamera 4711")
    assert b"Exif" in taken

    photo = read_photo(taken)

    assert (photo.width, photo.height) == (320, 640)
    assert (b"Exif" in photo.content, b"Kamera" in photo.content) == (False, False)
    with Image.open(BytesIO(photo.content)) as read:
        assert dict(read.getexif()) == {}


def test_where_a_picture_was_clear_it_is_white():
    photo = read_photo(a_picture("PNG", (200, 200), "RGBA"))
    with Image.open(BytesIO(photo.content)) as read:
        assert read.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"x" * (LARGEST_PHOTO + 1), PhotoTooLarge),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAPhoto),
        (b"%PDF-1.7", NotAPhoto),
        (a_picture("GIF"), NotAPhoto),
        (a_bomb(), TooManyPixels),
        (a_bomb((4000, 3001)), TooManyPixels),
        (a_head_of_jpeg(7100, 7100), TooManyPixels),
        (a_picture("PNG", (199, 300)), PhotoTooSmall),
        (a_picture("PNG", (3000, 60)), PhotoTooSmall),
        (a_picture("JPEG", (200, 601)), PhotoTooNarrow),
        (a_picture("PNG")[:200], PhotoBroken),
        (b"\xff\xd8\xff\xe0", PhotoBroken),
        (b"\xff\xd8\xff<script>", PhotoBroken),
    ],
)
def test_anything_else_is_refused(content, refusal):
    with pytest.raises(refusal):
        read_photo(content)


def test_a_jpeg_may_have_more_pixels_than_others_and_takes_no_more_memory(monkeypatch):
    shrunk, resize = [], Image.Image.resize

    def look(image: Image.Image, *how: Any, **more: Any) -> Image.Image:  # noqa: ANN401 - as Pillow says
        shrunk.append((image.size, portraits.DECODING.locked()))
        return resize(image, *how, **more)

    monkeypatch.setattr(Image.Image, "resize", look)
    photo = read_photo(a_picture("JPEG", (5000, 2500)))
    assert (photo.width, photo.height) == (640, 320)
    [(size, is_alone)] = shrunk
    assert size == (2500, 1250)  # a quarter of it was decoded
    assert is_alone


@pytest.mark.parametrize("turn", range(10))
def test_every_way_to_hold_a_camera_is_known(turn: int) -> None:
    drawn = Image.new("RGB", (1200, 600), "white")
    drawn.paste((200, 0, 0), (0, 0, 600, 300))
    exif, kept = Image.Exif(), BytesIO()
    exif[ORIENTATION] = turn
    drawn.save(kept, "JPEG", exif=exif)
    photo = Image.open(BytesIO(read_photo(kept.getvalue()).content))
    right = ImageOps.exif_transpose(Image.open(kept)).resize(photo.size)
    corners = [(9, 9), (photo.width - 9, 9), (9, photo.height - 9)]
    assert [photo.getpixel(each)[2] > 128 for each in corners] == [
        right.getpixel(each)[2] > 128 for each in corners
    ]


@pytest.mark.parametrize("tag", [0x010E, 0x0132, 0xA005, 0x011A, 0x0100, 0x8769])
@pytest.mark.parametrize("kind", [1, 2, 5, 7, 10, 11, 12])
def test_odd_notes_of_a_camera_harm_nothing(tag: int, kind: int) -> None:
    odd = with_entries((tag, kind, b"\x05\0\0\0"), (ORIENTATION, 3, b"\x06\0\0\0"))
    photo = read_photo(odd)
    assert (photo.width, photo.height) == (320, 640)
