"""The office's list of contact persons: searched while one types, filtered, paged."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.network.terms import ContactRole
from congress.queries.network import contacts as queries
from congress.queries.network import register
from congress.queries.network.contacts import Wanted, When
from congress.services.network import contact_sending
from congress.web import access
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.network.frame import NETWORK, done, page, today
from congress.web.organiser.filters import member

PAGE = 50
LONGEST_SEARCH = 100
ADDRESS = f"{NETWORK}/contacts"
ALL = "all"


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    wanted: Wanted
    number: int

    def query(self, **other: str) -> str:
        """Return what follows the address for the same list, with something else in it."""
        wanted = self.wanted
        when = {When.CURRENT: "", None: ALL}.get(wanted.when, wanted.when) or ""
        parts = {
            "q": wanted.words,
            "when": when,
            "organisation": str(wanted.organisation_id or ""),
            "link": "none" if wanted.without_link else "",
        } | other
        said = {name: value for name, value in parts.items() if value}
        return f"?{urlencode(said)}" if said else ""

    @property
    def is_filtered(self) -> bool:
        return self.wanted != Wanted()


def contacts() -> str:
    """Show one page of contact persons and deputies."""
    filters = _asked()
    day, wanted = today(), filters.wanted
    found, total = queries.listed(wanted, day=day, limit=PAGE, offset=(filters.number - 1) * PAGE)
    organisation = None
    if wanted.organisation_id is not None:
        organisation = register.find(wanted.organisation_id, day=day) or abort(404)
    return page(
        "contacts.html",
        current="contacts",
        base=ADDRESS,
        filters=filters,
        found=found,
        total=total,
        day=day,
        organisation=organisation,
        last_page=max(1, -(-total // PAGE)),
        whens=whens(),
        deputy=ContactRole.DEPUTY,
    )


def send_contact_links() -> ResponseReturnValue:
    """Show how many were never sent their link, and send it to all of them."""
    if request.method == "GET":
        wanted = Wanted(without_link=True)
        some, total = queries.listed(wanted, day=today(), limit=PAGE, offset=0)
        return page("contact_links.html", current="contacts", base=ADDRESS, some=some, total=total)
    count = contact_sending.send_missing(actor=access.actor(), today=today(), now=clock.now())
    said = ngettext("%(num)d link is on its way.", "%(num)d links are on their way.", count)
    return done(said, "/contacts")


def whens() -> list[tuple[str, str]]:
    """Return the choices of terms, in words."""
    return [
        ("", _("speaking today")),
        (When.FUTURE, _("from a later day on")),
        (When.ENDED, _("ended")),
        (ALL, _("all")),
    ]


def _asked() -> Filters:
    said = {name: value.replace("\0", "")[:LONGEST_SEARCH] for name, value in request.args.items()}
    when = said.get("when", "")
    wanted = Wanted(
        words=" ".join(said.get("q", "").split()),
        when=None if when == ALL else member(When, when) or When.CURRENT,
        organisation_id=read_id(said.get("organisation", "")),
        without_link=said.get("link") == "none",
    )
    return Filters(wanted, max(1, read_id(said.get("page", "")) or 1))
