"""The words of the register: kinds, sectors, sizes, and what is said of an organisation."""

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.network.keys import KeyFault
from congress.domain.network.membership import MembershipState
from congress.domain.network.organisations import Kind, Sector
from congress.domain.network.sizes import LEAST, SizeClass, bounds, size_of
from congress.web.languages import gettext, number
from congress.web.network.frame import dates

KINDS: dict[str, LazyString] = {
    Kind.MUNICIPALITY: _("Municipality"),
    Kind.DISTRICT: _("District"),
    Kind.MINISTRY: _("Ministry"),
    Kind.AGENCY: _("Public agency"),
    Kind.ASSOCIATION: _("Association"),
    Kind.COMPANY: _("Company"),
}
SECTORS: dict[str, LazyString] = {
    Sector.PUBLIC: _("Public sector"),
    Sector.CIVIL: _("Civil society"),
    Sector.BUSINESS: _("Business"),
}
STATES: dict[str, LazyString] = {
    MembershipState.INTERESTED: _("Interested"),
    MembershipState.APPLIED: _("Applied for membership"),
    MembershipState.MEMBER: _("Member"),
    MembershipState.PARTNER: _("Partner"),
    MembershipState.LEFT: _("Left the network"),
}
FIELDS: dict[str, LazyString] = {
    "name": _("Name"),
    "short_name": _("Short name"),
    "kind": _("Kind of organisation"),
    "ags": _("Official key"),
    "district": _("District"),
    "sector": _("Sector"),
    "inhabitants": _("Inhabitants"),
    "valid_from": _("First day"),
    "valid_until": _("Last day"),
    "successor_id": _("Merged into"),
    "website": _("Website"),
    "suggested": _("Suggested while people type"),
}

KEY_FAULTS: dict[KeyFault, LazyString] = {
    KeyFault.NOT_FIGURES: _(
        "An official key is made of figures only, for example 05566076 for a municipality."
    ),
    KeyFault.LENGTH: _(
        "An official key has eight figures for a municipality (05566076), five for a district "
        "(05566) and twelve for a region."
    ),
    KeyFault.LAND: _(
        "An official key begins with the number of a Land, from 01 to 16. Please compare it."
    ),
}


def sizes() -> dict[str, str]:
    """Return the words of every size class."""
    return {each: _size(each) for each in SizeClass}


def _size(size: SizeClass) -> str:
    least, too_many = bounds(size)
    if not LEAST[size]:
        return gettext("under %(most)s inhabitants", most=number(too_many or 0))
    if too_many is None:
        return gettext("%(least)s inhabitants and more", least=number(least))
    return gettext(
        "%(least)s to under %(most)s inhabitants", least=number(least), most=number(too_many)
    )


def kind_of(kind: str) -> str:
    """Return the words of a kind; what a file called it where that is none of ours."""
    return str(KINDS.get(kind, kind))


def size_words(inhabitants: int | None) -> str:
    """Return the words of the size class that a number of inhabitants belongs to."""
    size = size_of(inhabitants)
    return _size(size) if size else ""


def shown(name: str, value: object, names: Mapping[int, str]) -> str:
    """Return what a fact says; `names` are those of organisations by their numbers."""
    match value:
        case None | "":
            shown = "–"
        case bool():
            shown = gettext("yes") if value else gettext("no")
        case date():
            shown = dates().date(value)
        case int():
            shown = names.get(value, str(value)) if name == "successor_id" else number(value)
        case _:
            labels = {"kind": KINDS, "sector": SECTORS}.get(name, {})
            shown = str(labels.get(str(value), value))
    return shown
