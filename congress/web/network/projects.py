"""The list of projects of the network, as its office sees them: filtered, paged."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from congress.domain.network.projects import ProjectKind, ProjectState
from congress.queries.network import projects as queries
from congress.queries.network.projects import Wanted
from congress.web.entries import read_id
from congress.web.network import project_words as words
from congress.web.network.frame import page
from congress.web.organiser.filters import member
from congress.web.organiser.readers import YEARS

PAGE = 50
LONGEST_SEARCH = 100
ADDRESS = "/organiser/network/projects"


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    wanted: Wanted
    number: int

    def query(self) -> str:
        """Return what follows the address for the same list."""
        parts = {
            "q": self.wanted.words,
            "kind": self.wanted.kind or "",
            "state": self.wanted.state or "",
            "year": self.wanted.year or "",
        }
        said = {name: str(value) for name, value in parts.items() if value}
        return f"?{urlencode(said)}" if said else ""

    @property
    def is_filtered(self) -> bool:
        return self.wanted != Wanted()

    @property
    def offset(self) -> int:
        return (self.number - 1) * PAGE


def projects() -> str:
    """Show one page of the projects."""
    filters = asked()
    lines, total = queries.listed(filters.wanted, limit=PAGE, offset=filters.offset)
    return page(
        "projects.html",
        current="projects",
        base=ADDRESS,
        filters=filters,
        lines=lines,
        total=total,
        last_page=pages_of(total),
        years=queries.years(),
        words=words,
    )


def asked() -> Filters:
    """Return what the address asks for; what does not exist is left out of account."""
    said = {name: value.replace("\0", "")[:LONGEST_SEARCH] for name, value in request.args.items()}
    wanted = Wanted(
        words=" ".join(said.get("q", "").split()),
        kind=member(ProjectKind, said.get("kind", "")),
        state=member(ProjectState, said.get("state", "")),
        year=_year(said.get("year", "")),
    )
    return Filters(wanted, max(1, read_id(said.get("page", "")) or 1))


def pages_of(total: int) -> int:
    """Return how many pages so many projects fill."""
    return max(1, -(-total // PAGE))


def _year(typed: str) -> int | None:
    year = read_id(typed)
    return year if year in YEARS else None
