"""A marketplace for everybody: stands, offers and demands, to search and to read."""

from flask import abort, render_template

from congress import clock
from congress.domain.congresses import CongressKind
from congress.domain.market import Side, counts, sought
from congress.queries import congresses
from congress.queries import market as queries
from congress.web import languages
from congress.web.market import words
from congress.web.market.forms import wanted_of_address
from congress.web.registration.occasion import occasion


def public_market(slug: str) -> str:
    """Show who takes part in a marketplace, and what they offer and seek."""
    found = congresses.with_content(congresses.find_public(slug) or abort(404))
    if found.kind is not CongressKind.MARKET:
        abort(404)
    laid_out, wanted = queries.setup(found.id), wanted_of_address()
    entries = queries.entries(found.id, published=True)
    shown = {each.party.id for each in entries}
    stands = [each for each in queries.parties(found.id) if each.facts.stand or each.id in shown]
    agreed = queries.agreements(found.id) if found.is_over(clock.now()) else []
    there = sought(entries, wanted)
    return render_template(
        "market/public.html",
        congress=found,
        occasion=occasion(found),
        wanted=wanted,
        offers=[each for each in there if each.facts.side is Side.OFFER],
        demands=[each for each in there if each.facts.side is Side.DEMAND],
        stands=stands,
        counts=counts(agreed) if agreed else None,
        layout=laid_out.layout,
        categories=words.categories(laid_out),
        category_names=dict(words.categories(laid_out)),
        words=words,
        sides=words.SIDES.items(),
        dates=languages.dates(found.zone),
    )
