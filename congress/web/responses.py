"""Answers that a browser, a proxy or a calendar program can keep and ask about again."""

from collections.abc import Sequence

from flask import Response, request
from werkzeug.http import dump_options_header

from congress.web.page_cache import Page

# Keep it, but ask each time whether it is still true (RFC 9111, section 5.2.2.4).
ASK_EACH_TIME = "no-cache"
ZIPPED = "-gzip"  # the zipped form is another representation: RFC 9110, section 8.8.3.3


def conditional(
    page: Page,
    *,
    cache_control: str = ASK_EACH_TIME,
    vary: Sequence[str] = (),
    disposition: str = "",
    filename: str = "",
) -> Response:
    """Return a finished answer, zipped where that is wanted, or 304 to whoever has it.

    `vary` names what else of the request the answer depends on. A HEAD is answered like a GET
    without the body, and a Range with the whole, as RFC 9110 (section 14.2) allows.
    """
    is_zipped = page.zipped is not None and request.accept_encodings["gzip"] > 0
    headers = {
        "ETag": f'"{page.etag}{ZIPPED if is_zipped else ""}"',
        "Cache-Control": cache_control,
        "Vary": ", ".join(("Accept-Encoding", *vary)),
    }
    if _is_known(page):
        return Response(status=304, headers=headers)
    headers["Content-Type"] = page.content_type
    if is_zipped:
        headers["Content-Encoding"] = "gzip"
    if disposition:
        headers["Content-Disposition"] = dump_options_header(disposition, {"filename": filename})
    return Response(page.zipped if is_zipped else page.body, headers=headers)


def _is_known(page: Page) -> bool:
    """Return whether the visitor has these very bytes, in either form."""
    if "If-None-Match" not in request.headers:
        return False
    known = request.if_none_match
    return known.contains_weak(page.etag) or known.contains_weak(page.etag + ZIPPED)
