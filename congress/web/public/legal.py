"""The pages that the law asks for: accessibility, data protection, imprint.

Their texts stand in one file per language, `templates/public/<page>.<language>.html`; whoever
runs the program puts files of the same names into VAR_DIR/templates/public to replace them.
"""

from functools import partial

from flask import Response, render_template

from congress import clock
from congress.domain.congresses import OrganisationRole
from congress.domain.fields import FIELDS
from congress.domain.folding import fold_in_turn
from congress.formats.field_words import listed
from congress.queries import congresses
from congress.web import languages, page_cache, responses
from congress.web.page_cache import Finished


def accessibility() -> Response:
    """Say what is not accessible and where to report it (BGG § 12b)."""
    return _page("accessibility")


def privacy() -> Response:
    """Say who uses which data, why and for how long (Art. 13 GDPR)."""
    return _page("privacy", fields=FIELDS, listed=partial(listed, language=languages.current()))


def imprint() -> Response:
    """Say who is responsible for these pages (DDG § 5)."""
    return _page("imprint")


def _page(name: str, **facts: object) -> Response:
    def render() -> Finished:
        contacts = sorted(_contacts(), key=lambda each: fold_in_turn(*each))
        return Finished(render_template("public/legal.html", page=name, contacts=contacts, **facts))

    key = page_cache.of_site(name, languages.current(), languages.is_explicit())
    page = page_cache.cached(key, render, now=clock.now())
    return responses.conditional(page, vary=("Accept-Language", "Cookie"))


def _contacts() -> set[tuple[str, str]]:
    """The hosts of all congresses with the address under which they are reached."""
    return {
        (host.name, congress.contact_email)
        for congress in congresses.public_congresses()
        for host in congress.named(OrganisationRole.HOST)
    }
