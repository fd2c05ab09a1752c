"""The words of a marketplace: sides, sectors, categories, and who takes part."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.market import Market, Party, Side
from congress.web import languages
from congress.web.languages import gettext
from congress.web.network.register_words import SECTORS

SIDES: dict[Side, LazyString] = {Side.OFFER: _("Offer"), Side.DEMAND: _("Demand")}
UNKNOWN: LazyString = _("Sector not given")


def sector(value: str) -> str:
    """Return what a sector is called."""
    return str(SECTORS.get(value, UNKNOWN))


def categories(market: Market) -> list[tuple[str, str]]:
    """Return the choices of a category."""
    return [(each.key, languages.text(each.title)) for each in market.categories]


def parties(there: Iterable[Party]) -> list[tuple[str, str]]:
    """Return the choices of who takes part, each with the number of its stand."""
    return [(str(each.id), called(each)) for each in there]


def called(party: Party) -> str:
    """Return "Stadtwerke (stand 12)"."""
    if party.facts.stand is None:
        return party.facts.name
    return gettext("%(name)s (stand %(stand)d)", name=party.facts.name, stand=party.facts.stand)


def figure(count: int) -> str:
    """Return a number as the language of the page writes it."""
    return languages.number(count)
