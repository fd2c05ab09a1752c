"""What came of a congress: its page of results, and the files on it."""

from datetime import datetime

from flask import Response, abort, make_response, request

from congress.formats.recommendation_words import BADGES, state_words
from congress.queries import congresses as queries
from congress.queries import programme
from congress.queries.planning import materials, outcomes, recommendations
from congress.web import languages
from congress.web.handed_out import attachment
from congress.web.page_cache import Finished
from congress.web.public.congresses import finished, page


def results(slug: str) -> Response:
    """Show what came of a congress and of its workshops; the address stays, also without any."""
    heading = queries.find_public(slug) or abort(404)

    def render(now: datetime) -> Finished:
        found = queries.with_content(heading)
        overall, by_item = outcomes.of_congress(found.id)
        return finished(
            "public/results.html",
            found,
            now,
            overall=overall,
            by_item=by_item,
            recommended=recommendations.published(found.id),
            titles={each.id: each.face.title for each in programme.kept_items(found)},
            badges=BADGES,
            states=state_words(languages.current()),
        )

    return page("results", slug, heading, render)


def material(digest: str) -> Response:
    """Send a published file; gone from here once it is withdrawn."""
    found = materials.public_file(digest) or abort(404)
    response = attachment(*found)
    response.headers["Cache-Control"] = "public, max-age=86400"  # asked for anew each day
    response.set_etag(digest)
    return make_response(response.make_conditional(request))
