"""Texts of the network for everybody: the list, one text, each version, and what changed.

Each version has an address that stays. What is shown is read anew each time; the page is made
again only when something of it has changed.
"""

from collections.abc import Hashable

from flask import Response, abort, render_template

from congress import clock
from congress.queries.network import texts as queries
from congress.queries.network.texts import Text, Version
from congress.web import languages, page_cache, responses
from congress.web.network import text_words as words
from congress.web.network.frame import dates, today
from congress.web.network.text_versions import base_of, by_section, compared
from congress.web.page_cache import Finished

VARY = ("Accept-Language", "Cookie")


def public_texts() -> Response:
    """Show which texts there are."""
    return _page("public_texts.html", texts=queries.listed(is_public=True), day=today())


def public_text(code: str) -> Response:
    """Show the version of a text that is in force, or the latest while none is."""
    found = queries.find_public(code) or abort(404)
    return _version(found, found.current or found.versions[0], is_text=True)


def public_text_version(code: str, number: int) -> Response:
    """Show one version of a text."""
    found = queries.find_public(code) or abort(404)
    return _version(found, found.having(number) or abort(404))


def public_text_changes(code: str, number: int) -> Response:
    """Show what is different from an earlier version."""
    found = queries.find_public(code) or abort(404)
    version = found.having(number) or abort(404)
    since = base_of(found, version) or abort(404)
    return _page(
        "public_text_changes.html",
        found=found,
        version=version,
        since=since,
        **compared(since, version),
    )


def _version(found: Text, version: Version, *, is_text: bool = False) -> Response:
    body = queries.body_of(version.id)
    comments = queries.comments(version.id) if version.shows_answers else []
    return _page(
        "public_text.html",
        found=found,
        version=version,
        body=body,
        earlier=[each for each in found.versions if each.number < version.number],
        comments=by_section(comments, body.get("de", "")),
        is_text=is_text,
        day=today(),
    )


def _page(template: str, **shown: object) -> Response:
    key: tuple[Hashable, ...] = (
        template,
        languages.current(),
        languages.is_explicit(),
        repr(shown),  # all that the page says
    )

    def render() -> Finished:
        return Finished(render_template(f"network/{template}", words=words, dates=dates(), **shown))

    return responses.conditional(page_cache.cached(key, render, now=clock.now()), vary=VARY)
