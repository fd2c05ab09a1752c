"""QR codes (ISO/IEC 18004): as SVG within a page, as PNG within a mail."""

from io import BytesIO

import segno
from markupsafe import Markup

QUIET = 4  # modules of white around it, which readers need
PIXELS = 6  # of a module, so that it is sharp on a phone held at arm's length


def svg(text: str) -> Markup:
    """Return a code as an element that fills what it stands in."""
    picture = segno.make(text, error="m").svg_inline(scale=4, light="white", svgclass=None)
    return Markup(picture)  # noqa: S704 - paths and numbers only


def png(text: str) -> bytes:
    """Return a code as a picture; the same text gives the same bytes."""
    file = BytesIO()
    segno.make(text, error="m").save(file, kind="png", scale=PIXELS, border=QUIET)
    return file.getvalue()
