"""Answers of the Land for everybody: what the office has made public, and nothing else."""

from datetime import UTC

from flask import Response, render_template

from congress import clock
from congress.queries.network import land_questions as queries
from congress.web import languages, page_cache, responses
from congress.web.network.land_questions import PAGE, asked, pages_of
from congress.web.network.public_projects import VARY
from congress.web.page_cache import Finished


def public_questions() -> Response:
    """Show one page of the answers that are public; what one looks for is searched in them."""
    filters = asked()
    words = filters.wanted.words
    found, total = queries.published(words, limit=PAGE, offset=filters.offset)
    # Numbers of organisations and people are no part of the page, so they are none of its state.
    shown = [
        (each.facts, each.answer, each.organisation if each.facts.is_named else "", each.meeting)
        for each in found
    ]
    seen = (words, filters.number, total)
    key = ("public_questions", languages.current(), languages.is_explicit(), repr((shown, seen)))

    def render() -> Finished:
        return Finished(
            render_template(
                "network/public_questions.html",
                lines=found,
                sought=words,
                number=filters.number,
                total=total,
                last_page=pages_of(total),
                dates=languages.dates(UTC),  # of days alone
            )
        )

    return responses.conditional(page_cache.cached(key, render, now=clock.now()), vary=VARY)
