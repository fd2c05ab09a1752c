"""Photos as they are kept: upright, small, and without what a camera writes into them."""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock

from PIL import Image, UnidentifiedImageError

from congress.domain.images import JPEG
from congress.domain.planning.portraits import (
    LONGEST_SIDE,
    Photo,
    PhotoBroken,
    require_few_pixels,
    require_photo,
    require_shape,
)

READ = ("JPEG", "PNG", "WEBP")
QUALITY = 85
DECODING = Lock()  # one at a time: large ones at once would fill the memory
# What Pillow raises at files that are broken, or that somebody broke on purpose.
FAULTS = (
    *(OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError),
    *(struct.error, ArithmeticError, LookupError, TypeError, AttributeError, EOFError),
)
ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4: how the camera was held
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def read_photo(content: bytes) -> Photo:
    """Return a picture as JPEG of at most 640 pixels; where it was clear it is white.

    Only its pixels are written anew, so place, camera and thumbnail stay behind. Raises the
    refusals of `require_photo` and `require_shape`.
    """
    return as_jpeg(content, LONGEST_SIDE, require_shape)


def as_jpeg(
    content: bytes, longest_side: int, *requirements: Callable[[tuple[int, int]], None]
) -> Photo:
    """Return a picture as JPEG of so many pixels at most, from its pixels alone.

    Raises the refusals of `require_photo` and of the requirements.
    """
    with opened(content, longest_side, *requirements) as image:
        image.thumbnail((longest_side, longest_side))  # before any copy is made
        small = _on_white(upright(image))
    kept = BytesIO()
    small.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Photo(kept.getvalue(), JPEG, *small.size)


@contextmanager
def opened(
    content: bytes, longest_side: int, *requirements: Callable[[tuple[int, int]], None]
) -> Iterator[Image.Image]:
    """Open a picture of which so many pixels are wanted, one at a time in a process.

    Raises the refusals of `require_photo` and of the requirements.
    """
    require_photo(content)
    with DECODING:
        try:
            with Image.open(BytesIO(content), formats=READ) as image:
                # Of another size or kind than its head said.
                require_few_pixels(image.size, is_jpeg=image.format == "JPEG")
                for require in requirements:
                    require(image.size)
                _decode_small(image, longest_side)
                yield image
        except FAULTS as error:
            raise PhotoBroken from error


def upright(image: Image.Image) -> Image.Image:
    """Return a picture as it was seen; whatever else the camera has written does not matter."""
    turn = TURNS.get(image.getexif().get(ORIENTATION, 1))
    return image.transpose(turn) if turn is not None else image


def _decode_small(image: Image.Image, longest_side: int) -> None:
    """Let a JPEG be decoded at a half, a quarter or an eighth where that is still enough."""
    part = min(1, 2 * longest_side / max(image.size))
    width, height = image.size
    image.draft(None, (max(1, int(width * part)), max(1, int(height * part))))


def _on_white(image: Image.Image) -> Image.Image:
    clear = image.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground
