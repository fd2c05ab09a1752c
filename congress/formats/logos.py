"""Logos as they are kept: small, and without what a program writes into files."""

from io import BytesIO

from PIL import Image, ImageOps

from congress.domain.images import PNG
from congress.domain.planning.portraits import (
    Photo,
    PhotoBroken,
    require_few_pixels,
    require_photo,
)
from congress.formats.portraits import DECODING, FAULTS, READ, decode_small

LARGEST = (800, 400)  # pixels of what is kept


def read_logo(content: bytes) -> Photo:
    """Return a picture as PNG of at most 800 × 400 pixels; what was clear stays clear.

    Only its pixels are written anew. Raises the refusals of `require_photo`.
    """
    require_photo(content)
    with DECODING:
        return _made_small(content)


def _made_small(content: bytes) -> Photo:
    try:
        with Image.open(BytesIO(content), formats=READ) as opened:
            # Of another size or kind than its head said.
            require_few_pixels(opened.size, is_jpeg=opened.format == "JPEG")
            decode_small(opened, max(LARGEST))
            small = ImageOps.exif_transpose(opened).convert("RGBA")
            small.thumbnail(LARGEST)
    except FAULTS as error:
        raise PhotoBroken from error
    # 256 colours are enough for what is drawn, and leave a tenth of the bytes.
    drawn = small.quantize(256, method=Image.Quantize.FASTOCTREE)
    kept = BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return Photo(kept.getvalue(), PNG, *drawn.size)
