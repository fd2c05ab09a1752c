"""Files that others chose, as answers: photos are shown, everything else is saved.

Nothing of it runs on this site: it is sandboxed, and no browser guesses what it is (SEC-16).
"""

from flask import Response
from werkzeug.http import dump_options_header

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})


def attachment(content: bytes, media_type: str, name: str) -> Response:
    """Answer with a file: a photo to be looked at, a document to be saved under its name."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    way = "inline" if media_type in SHOWN else "attachment"
    response.headers["Content-Disposition"] = dump_options_header(way, {"filename": name})
    return response
