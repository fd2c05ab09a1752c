"""Photos as they are kept: upright, small, and without what a camera writes into them."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from congress.domain.images import JPEG
from congress.domain.planning.portraits import (
    LONGEST_SIDE,
    MOST_PIXELS,
    Photo,
    PhotoBroken,
    TooManyPixels,
    require_photo,
    require_shape,
)

READ = ("JPEG", "PNG", "WEBP")
QUALITY = 85
FAULTS = (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError)


def read_photo(content: bytes) -> Photo:
    """Return a picture as JPEG of at most 640 pixels; where it was clear it is white.

    Only its pixels are written anew, so place, camera and thumbnail stay behind. Raises the
    refusals of `require_photo` and `require_shape`.
    """
    require_photo(content)
    try:
        with Image.open(BytesIO(content), formats=READ) as opened:
            if opened.width * opened.height > MOST_PIXELS:  # another size than its head said
                raise TooManyPixels
            require_shape(opened.size)
            opened.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # of JPEG: less to decode
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            small = _on_white(upright)
    except FAULTS as error:
        raise PhotoBroken from error
    kept = BytesIO()
    small.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Photo(kept.getvalue(), JPEG, *small.size)


def _on_white(image: Image.Image) -> Image.Image:
    clear = image.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground
