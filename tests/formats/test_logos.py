"""Logos are made small and free of what programs write into files; what was clear stays clear."""

from io import BytesIO

import pytest
from PIL import Image

from congress.domain.images import PNG, image_type
from congress.domain.planning.portraits import NotAPhoto, PhotoBroken, TooManyPixels
from congress.formats.logos import LARGEST, read_logo
from tests.formats.test_portraits import a_bomb, a_picture


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_logo_becomes_a_small_png_of_its_shape(kind):
    logo = read_logo(a_picture(kind, (1600, 400)))

    assert (logo.media_type, image_type(logo.content)) == (PNG, PNG)
    assert (logo.width, logo.height) == opened(logo.content).size == (LARGEST[0], 200)
    again = read_logo(logo.content)
    assert (again.width, again.height) == (logo.width, logo.height)


def test_what_was_clear_stays_clear_and_notes_are_left_out():
    picture = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    picture.paste((200, 0, 0, 255), (0, 0, 150, 100))
    kept = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Erika Beispiel"
    picture.save(kept, "PNG", exif=exif)
    assert b"Erika" in kept.getvalue()

    logo = read_logo(kept.getvalue())
    found = opened(logo.content).convert("RGBA")
    assert (found.getpixel((10, 50)), found.getpixel((290, 50))[3]) == ((200, 0, 0, 255), 0)
    assert b"Erika" not in logo.content
    assert (logo.width, logo.height) == (300, 100)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotAPhoto),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", NotAPhoto),
        (b"GIF89a", NotAPhoto),
        (a_picture("PNG")[:80], PhotoBroken),
        (a_bomb(), TooManyPixels),
    ],
)
def test_what_is_no_logo_is_refused(content, refusal):
    with pytest.raises(refusal):
        read_logo(content)


def test_a_line_is_a_logo_however_thin():
    logo = read_logo(a_picture("JPEG", (20_000, 1)))
    assert (logo.width, logo.height) == (LARGEST[0], 1)
