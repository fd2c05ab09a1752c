"""Small things that pages and browsers fetch: logos, suggestions, icon, word to robots."""

from zoneinfo import ZoneInfo

from flask import Response, abort, jsonify, make_response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from congress import clock, extensions
from congress.queries import congresses
from congress.queries import organisations as queries
from congress.queries.planning import portraits
from congress.web.static_files import static

LOGO_TYPES = frozenset({"image/png", "image/jpeg", "image/webp"})
LONGEST_QUESTION = 100
ROBOTS = """\
User-agent: *
Disallow: /registration/
Disallow: /contribution/
Disallow: /confirm-registration/
Disallow: /newsletter/
Disallow: /invited/
Disallow: /opening/
Disallow: /substitute/
Disallow: /group/
Disallow: /proposal/
Disallow: /municipality/
Disallow: /application/
Disallow: /feed/
Disallow: /organiser/
Disallow: /login
Disallow: /demo/
"""


def logo(digest: str) -> Response:
    """Send a logo; its address holds its digest, so it never changes."""
    found = queries.find_logo(digest)
    if found is None or found.media_type not in LOGO_TYPES:
        abort(404)
    return _for_ever(found.content, found.media_type, digest)


def portrait(digest: str) -> Response:
    """Send a photo of somebody in a programme; gone from here once it is taken back."""
    content, media_type = portraits.content(digest) or abort(404)
    response = _for_ever(content, media_type, digest)
    # Whoever takes a photo back wants it gone: it is asked for anew each day.
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def look(slug: str, digest: str) -> Response:
    """Send the own colours of a congress; their address holds their digest."""
    heading = congresses.find_public(slug) or abort(404)
    found = congresses.with_content(heading).look
    if found is None or found.digest != digest:
        abort(404)
    return _for_ever(found.style.encode(), "text/css", digest)


def _for_ever(content: bytes, media_type: str, digest: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.set_etag(digest)
    return make_response(response.make_conditional(request))


def organisations() -> Response:
    """Send names that go on like what was typed (`?q=`)."""
    typed = request.args.get("q", "")
    if len(typed) > LONGEST_QUESTION or "\x00" in typed:
        abort(400)
    today = clock.now().astimezone(ZoneInfo(extensions.settings().timezone)).date()
    response = jsonify(queries.suggestions(typed, day=today))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def favicon() -> BaseResponse:
    """Lead browsers that do not read the page to its icon."""
    response = redirect(static("icon.svg"), 301)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def robots() -> Response:
    """Ask robots to leave personal and internal pages alone."""
    response = Response(ROBOTS, mimetype="text/plain")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
