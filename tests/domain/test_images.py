import struct

import pytest

from congress.domain.images import image_size, image_type

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 560, 120)
JPEG = (
    b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + bytes(14)
    + b"\xff\xc4" + struct.pack(">H", 4) + bytes(2)
    + b"\xff\xc2" + struct.pack(">HBHH", 17, 8, 120, 560) + bytes(10)
)  # fmt: skip
LOSSY = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0" + bytes(6) + struct.pack("<HH", 560, 120)
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + struct.pack("<I", 559 | 119 << 14) + bytes(5)
EXTENDED = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0" + bytes(4) + b"\x2f\x02\x00" + b"\x77\x00\x00"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (LOSSY, "image/webp"),
        (LOSSLESS, "image/webp"),
        (EXTENDED, "image/webp"),
    ],
    ids=["png", "jpeg", "lossy webp", "lossless webp", "extended webp"],
)
def test_an_image_says_what_it_is_and_how_large(content, kind):
    assert image_type(content) == kind
    assert image_size(content) == (560, 120)
    for length in range(len(content) - 10):
        assert image_size(content[:length]) in (None, (560, 120))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg></svg>",
        PNG[:16] + bytes(8),
        b"\xff\xd8\xff\xe0\0\0" + bytes(20),
        b"RIFF\0\0\0\0WEBPANIM" + bytes(20),
    ],
    ids=["nothing", "svg", "png of no size", "jpeg without a frame", "another webp"],
)
def test_what_has_no_size_has_none(content):
    assert image_size(content) is None
