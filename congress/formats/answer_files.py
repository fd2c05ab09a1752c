"""Files as answers, as they are kept: pictures are written anew, documents stay what they are."""

from io import BytesIO

from congress.domain.answer_files import PDF, AnswerFile, answer_type, clean_name
from congress.domain.images import JPEG
from congress.formats.portraits import QUALITY, opened, upright

LONGEST_SIDE = 2400  # pixels: a page that was photographed stays readable


def read_answer(name: str, content: bytes) -> AnswerFile:
    """Return a file as it is kept; place and camera stay behind where it is a picture.

    Raises what `answer_type` does and, for pictures, `portraits.opened`.
    """
    media_type = answer_type(content)
    if media_type != PDF:
        content = _anew(content, "JPEG" if media_type == JPEG else "PNG")
    return AnswerFile(clean_name(name, media_type), media_type, content)


def _anew(content: bytes, kind: str) -> bytes:
    with opened(content, LONGEST_SIDE) as image:
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        pixels = upright(image).convert("RGB" if kind == "JPEG" else "RGBA")
    pixels.info.clear()
    kept = BytesIO()
    pixels.save(kept, kind, quality=QUALITY, optimize=True)
    return kept.getvalue()
