"""The pages that the law asks for: accessibility, data protection, imprint.

Their texts stand in one file per language, `templates/public/<page>.<language>.html`; whoever
runs the program puts files of the same names into VAR_DIR/templates/public to replace them.
Those of a congress state before them what its host has written, and what the congress asks.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Response, abort, render_template

from congress import clock
from congress.domain import legal
from congress.domain.congresses import Congress, OrganisationRole
from congress.domain.fields import FIELDS
from congress.domain.folding import fold_in_turn
from congress.formats.field_words import field_words, listed
from congress.queries import congresses
from congress.services import consenting
from congress.web import languages, legal_words, page_cache, responses
from congress.web.page_cache import Finished
from congress.web.public import congresses as pages


def accessibility() -> Response:
    """Say what is not accessible and where to report it (BGG § 12b)."""
    return _page("accessibility")


def privacy() -> Response:
    """Say who uses which data, why and for how long (Art. 13 GDPR)."""
    return _page("privacy", **_of_fields())


def imprint() -> Response:
    """Say who is responsible for these pages (DDG § 5)."""
    return _page("imprint")


def accessibility_of(slug: str) -> Response:
    """Say it for one congress: whom to turn to there, and who arbitrates."""
    return _page_of(slug, "accessibility", lambda _congress: {})


def privacy_of(slug: str) -> Response:
    """Say it for one congress: who is responsible, and what it asks."""
    return _page_of(slug, "privacy", _privacy_facts)


def imprint_of(slug: str) -> Response:
    """Say who is responsible for a congress."""
    return _page_of(slug, "imprint", lambda _congress: {})


def _page(name: str, **facts: object) -> Response:
    def render() -> Finished:
        html = render_template(
            "public/legal.html",
            page=name,
            contacts=_in_order(congresses.public_congresses()),
            legal=None,
            legal_of="",
            **facts,
        )
        return Finished(html)

    key = page_cache.of_site(name, languages.current(), languages.is_explicit())
    page = page_cache.cached(key, render, now=clock.now())
    return responses.conditional(page, vary=("Accept-Language", "Cookie"))


def _page_of(slug: str, name: str, facts_of: Callable[[Congress], dict[str, object]]) -> Response:
    heading = congresses.find_public(slug) or abort(404)

    def render(now: datetime) -> Finished:
        found = congresses.with_content(heading)
        return pages.finished(
            "public/legal_of.html",
            found,
            now,
            page=name,
            contacts=_in_order([found]),
            legal=legal.stated(found),
            host=legal.host_of(found),
            label=legal_words.label,
            **facts_of(found),
        )

    return pages.page(name, slug, heading, render)


def _of_fields() -> dict[str, object]:
    return {"fields": FIELDS, "listed": partial(listed, language=languages.current())}


def _privacy_facts(congress: Congress) -> dict[str, object]:
    return _of_fields() | {
        "asked": legal.asked(congress),
        "asked_on_its_own": legal.asked_on_its_own(congress),
        "words": field_words(languages.current()),
        "needs_until": legal.asks_assistance_until(congress),
        "keeps_until": legal.keeps_until(congress),
        "evidence_until": legal.keeps_evidence_until(congress),
        "version": consenting.notice_version(congress),
    }


def _in_order(found: list[Congress]) -> list[tuple[str, str]]:
    """Return the hosts of some congresses with the address under which they are reached."""
    contacts = {
        (host.name, congress.contact_email)
        for congress in found
        for host in congress.named(OrganisationRole.HOST)
    }
    return sorted(contacts, key=lambda each: fold_in_turn(*each))
