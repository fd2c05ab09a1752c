"""Logos as they are kept: small, and without what a program writes into files."""

from io import BytesIO

from PIL import Image

from congress.domain.images import PNG
from congress.domain.planning.portraits import Photo
from congress.formats.portraits import opened, upright

LARGEST = (800, 400)  # pixels of what is kept


def read_logo(content: bytes) -> Photo:
    """Return a picture as PNG of at most 800 × 400 pixels; what was clear stays clear.

    Only its pixels are written anew. Raises the refusals of `require_photo`.
    """
    with opened(content, max(LARGEST)) as image:
        small = upright(image).convert("RGBA")
        small.thumbnail(LARGEST)
    # 256 colours are enough for what is drawn, and leave a tenth of the bytes.
    drawn = small.quantize(256, method=Image.Quantize.FASTOCTREE)
    kept = BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return Photo(kept.getvalue(), PNG, *drawn.size)
