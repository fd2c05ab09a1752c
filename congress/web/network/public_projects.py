"""Projects of the network for everybody: a list, and one project.

What is shown is read anew each time, in few statements; the page is made again only when
something of it has changed.
"""

from collections.abc import Hashable

from flask import Response, abort, render_template

from congress import clock
from congress.domain.network.projects import Part
from congress.queries.network import projects as queries
from congress.web import languages, page_cache, responses
from congress.web.network import project_words as words
from congress.web.network.projects import PAGE, asked, pages_of
from congress.web.page_cache import Finished

VARY = ("Accept-Language", "Cookie")


def public_projects() -> Response:
    """Show one page of the projects that are published."""
    filters = asked()
    lines, total = queries.listed(filters.wanted, limit=PAGE, offset=filters.offset, is_public=True)
    return _page(
        "public_projects.html",
        filters=filters,
        lines=lines,
        total=total,
        last_page=pages_of(total),
    )


def public_project(code: str) -> Response:
    """Show one project that is published."""
    found = queries.find_public(code) or abort(404)
    return _page("public_project.html", found=found, documents=queries.documents(found.id))


def _page(template: str, **shown: object) -> Response:
    key: tuple[Hashable, ...] = (
        template,
        languages.current(),
        languages.is_explicit(),
        repr(shown),  # all that the page says
    )

    def render() -> Finished:
        return Finished(render_template(f"network/{template}", words=words, Part=Part, **shown))

    return responses.conditional(page_cache.cached(key, render, now=clock.now()), vary=VARY)
