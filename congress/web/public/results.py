"""What came of a congress: its page of results, and the files on it."""

from datetime import datetime
from typing import Any

from flask import Response, abort, make_response, request

from congress import clock, links
from congress.domain.answer_files import PDF
from congress.domain.congresses import Congress, CongressKind, OrganisationRole
from congress.domain.market import counts
from congress.formats.dossier import Dossier, dossier
from congress.formats.recommendation_words import BADGES, state_words
from congress.queries import congresses as queries
from congress.queries import market, programme
from congress.queries.congresses import Heading
from congress.queries.network import projects
from congress.queries.planning import materials, outcomes, recommendations
from congress.web import languages, page_cache, responses
from congress.web.handed_out import attachment
from congress.web.languages import gettext as _
from congress.web.market import words
from congress.web.page_cache import Finished
from congress.web.public import showing
from congress.web.public.congresses import VARY, finished, page
from congress.web.registration.occasion import occasion


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
            **_of_market(found),
        )

    return page("results", slug, heading, render)


def _of_market(congress: Congress) -> dict[str, Any]:
    """Return what was agreed on at a marketplace; of others nothing is asked."""
    if congress.kind is not CongressKind.MARKET:
        return {"counts": counts(())}
    names = dict(words.categories(market.setup(congress.id)))
    return {
        "counts": counts(market.agreements(congress.id)),
        "category_names": names,
        "words": words,
    }


def results_file(slug: str) -> Response:
    """Send the same as one file; made once for each state of what is shown."""
    heading = queries.find_public(slug) or abort(404)
    if not outcomes.are_published(heading):
        abort(404)
    language = languages.current()
    # Bookings change nothing here: the key is the revision of the content alone.
    key = ("results.pdf", language, heading.id, heading.content_revision, heading.state)
    now = clock.now()
    done = page_cache.cached(
        key, lambda: Finished(_dossier(slug, heading, now), PDF), now=now, shared=True
    )
    called = _("results-of-the-event")
    name = f"{slug}-{called}.pdf"
    return responses.conditional(done, vary=VARY, disposition="inline", filename=name)


def _dossier(slug: str, heading: Heading, now: datetime) -> bytes:
    found = queries.with_content(heading)
    overall, by_item = outcomes.of_congress(found.id)
    told = Dossier(
        title=found.title,
        occasion=occasion(found).line,
        hosts=[each.name for each in found.named(OrganisationRole.HOST)],
        page=links.absolute(f"/{slug}/results"),
        overall=overall,
        by_item=by_item,
        recommended=recommendations.published(found.id),
        over={each.item.id: showing.over(each.item) for each in by_item if each.item},
    )
    contents = materials.public_contents(found.id, [each.digest for each in told.photos])
    return dossier(told, contents, languages.current(), now=now)


def material(digest: str) -> Response:
    """Send a published file; gone from here once it is withdrawn."""
    found = materials.public_file(digest) or projects.public_file(digest) or abort(404)
    response = attachment(*found)
    response.headers["Cache-Control"] = "public, max-age=86400"  # asked for anew each day
    response.set_etag(digest)
    return make_response(response.make_conditional(request))
