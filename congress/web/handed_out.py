"""Files as answers: what others chose, and what is made here of lists and sheets.

Nothing that others chose runs on this site: it is sandboxed, and no browser guesses what it is
(SEC-16).
"""

from flask import Response, send_file
from werkzeug.http import dump_options_header

from congress.formats.printing import CONTENT_TYPE as PDF
from congress.services.exporting import ExportedFile

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})


def attachment(content: bytes, media_type: str, name: str) -> Response:
    """Answer with a file: a photo to be looked at, a document to be saved under its name."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    way = "inline" if media_type in SHOWN else "attachment"
    response.headers["Content-Disposition"] = dump_options_header(way, {"filename": name})
    return response


def made(exported: ExportedFile) -> Response:
    """Answer with a file that no cache may keep: a sheet is looked at before it is printed.

    Everything else is saved; so is a sheet, under its name, from where it is shown.
    """
    response = send_file(
        exported.content,
        mimetype=exported.content_type,
        as_attachment=exported.content_type != PDF,
        download_name=exported.name,
        etag=False,
        conditional=False,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
