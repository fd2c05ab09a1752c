"""The list of the register: searched while one types, filtered, paged."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from congress.domain.network.membership import MembershipState
from congress.domain.network.organisations import Kind, Sector
from congress.domain.network.sizes import SizeClass
from congress.queries.network import register
from congress.queries.network.register import Ended, Wanted
from congress.web.entries import read_id
from congress.web.languages import number
from congress.web.network import register_words as words
from congress.web.network.frame import page, today
from congress.web.organiser.filters import member

PAGE = 50
LONGEST_SEARCH = 100
ADDRESS = "/organiser/network/organisations"


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    wanted: Wanted
    number: int

    def query(self, **other: str) -> str:
        """Return what follows the address for the same list, with something else in it."""
        wanted = self.wanted
        parts = {
            "q": wanted.words,
            "kind": wanted.kind,
            "district": wanted.district,
            "size": wanted.size or "",
            "sector": wanted.sector,
            "member": wanted.member or "",
            "ended": "" if wanted.ended is Ended.NO else wanted.ended,
        } | other
        said = {name: value for name, value in parts.items() if value}
        return f"?{urlencode(said)}" if said else ""

    @property
    def is_filtered(self) -> bool:
        return self.wanted != Wanted()


def organisations() -> str:
    """Show one page of the register."""
    filters = _asked()
    lines, total = register.listed(
        filters.wanted, day=today(), limit=PAGE, offset=(filters.number - 1) * PAGE
    )
    return page(
        "organisations.html",
        current="organisations",
        base=ADDRESS,
        filters=filters,
        lines=lines,
        total=total,
        last_page=max(1, -(-total // PAGE)),
        districts=register.districts(),
        kinds=words.KINDS,
        kind_of=words.kind_of,
        number=number,
        sectors=words.SECTORS,
        sizes=words.sizes(),
        states=words.STATES,
    )


def _asked() -> Filters:
    said = {name: value.replace("\0", "")[:LONGEST_SEARCH] for name, value in request.args.items()}
    wanted = Wanted(
        words=" ".join(said.get("q", "").split()),
        kind=member(Kind, said.get("kind", "")) or "",
        district=said.get("district", ""),
        size=member(SizeClass, said.get("size", "")),
        sector=member(Sector, said.get("sector", "")) or "",
        member=member(MembershipState, said.get("member", "")),
        ended=member(Ended, said.get("ended", "")) or Ended.NO,
    )
    return Filters(wanted, max(1, read_id(said.get("page", "")) or 1))
