"""QR codes (ISO/IEC 18004): as SVG within a page or on paper, as PNG within a mail."""

import re
from io import BytesIO

import segno
from markupsafe import Markup

QUIET = 4  # modules of white around it, which readers need
PIXELS = 6  # of a module, so that it is sharp on a phone held at arm's length

_DARK = re.compile(b"\x01+")


def svg(text: str) -> Markup:
    """Return a code as an element that fills what it stands in."""
    picture = segno.make(text, error="m").svg_inline(omitsize=True, light="white", svgclass=None)
    return Markup(picture)  # noqa: S704 - paths and numbers only


def png(text: str) -> bytes:
    """Return a code as a picture; the same text gives the same bytes."""
    file = BytesIO()
    segno.make(text, error="m").save(file, kind="png", scale=PIXELS, border=QUIET)
    return file.getvalue()


def svg_file(text: str) -> bytes:
    """Return a code as a picture for paper, where there are hundreds of them.

    The mask is given: to choose the best takes most of the time, and with each it can be read.
    """
    rows = segno.make(text, error="m", micro=False, boost_error=False, mask=3).matrix
    lines = "".join(
        f"M{run.start() + QUIET} {number + QUIET}.5h{run.end() - run.start()}"
        for number, row in enumerate(rows)
        for run in _DARK.finditer(row)
    )
    size = len(rows) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path stroke="#000" d="{lines}"/></svg>'
    ).encode()
