"""The programme as a leaflet to print, beside the page that says the same."""

from flask import Response, abort

from congress import clock, links
from congress.formats import print_heading, print_leaflet, printing
from congress.queries import congresses, on_paper, programme
from congress.web import languages, page_cache, responses
from congress.web.languages import gettext as _
from congress.web.page_cache import Finished

VARY = ("Accept-Language", "Cookie")


def leaflet(slug: str) -> Response:
    """Send what is released of a programme; made once for each state of it."""
    heading = congresses.find_public(slug) or abort(404)
    language, now = languages.current(), clock.now()
    items = programme.kept_items(heading) or abort(404)

    def render() -> Finished:
        congress = congresses.with_content(heading)
        printed = print_leaflet.printed(
            congress, items, links.congress(slug), language=language, now=congress.revised_at
        )
        with_logo = print_heading.with_logo(printed, on_paper.logo_of(congress))
        return Finished(printing.pdf(with_logo), printing.CONTENT_TYPE)

    key = ("leaflet", language, heading.id, heading.content_revision, heading.state)
    called = _("programme")  # as part of a file's name
    return responses.conditional(
        page_cache.cached(key, render, now=now, shared=True),
        vary=VARY,
        disposition="inline",
        filename=f"{slug}-{called}.pdf",
    )
