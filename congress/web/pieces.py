"""Pieces of pages that read alike for many visitors, written once.

From one registration to the next a form differs in a token and in how many places one workshop
has left: it cannot be kept whole as `page_cache` does, but nearly all of its pieces can.
"""

from collections.abc import Callable, Hashable

from flask import current_app
from markupsafe import Markup

from congress.web.languages import current, is_explicit

EXTENSION = "congress_pieces"
MOST = 500  # of a kilobyte or two; then all are let go, which is rare and harms nobody


def kept(*key: Hashable, caller: Callable[[], Markup]) -> Markup:
    """Return what a call block of a template writes, written anew only for another key.

    The key says all that the block depends on besides the language; a block with None in its
    key is not kept.
    """
    if None in key:
        return caller()
    pieces: dict[tuple[Hashable, ...], Markup] = current_app.extensions.setdefault(EXTENSION, {})
    of_page = (current(), is_explicit(), *key)
    piece = pieces.get(of_page)
    if piece is None:
        if len(pieces) >= MOST:
            pieces.clear()
        piece = pieces[of_page] = caller()
    return piece
