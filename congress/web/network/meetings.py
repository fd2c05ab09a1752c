"""Which members came to which meetings: a table to look at, and the same as a workbook."""

from collections.abc import Iterator

from flask import request
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.network import meetings as rules
from congress.domain.network.meetings import Presence
from congress.formats.table import Cell, Heading
from congress.queries.network import meetings as queries
from congress.queries.network import topics
from congress.queries.network.meetings import Matrix
from congress.services.network import exporting
from congress.web import access, handed_out, languages
from congress.web.entries import read_number
from congress.web.languages import gettext as _
from congress.web.network.frame import dates, page, today

PER_PAGE = 50  # organisations
LAST_PAGE = 10_000


def meetings() -> str:
    """Show the last meetings beside the municipalities, one page of them."""
    found = queries.matrix(now=clock.now())
    last = max(1, -(-len(found.lines) // PER_PAGE))
    number = min(read_number(request.args.get("page", ""), most=LAST_PAGE) or 1, last)
    return page(
        "meetings.html",
        current="meetings",
        meetings=found.meetings,
        coming=topics.coming(today()),
        lines=found.lines[(number - 1) * PER_PAGE : number * PER_PAGE],
        sums=_sums(found),
        badge_of=badge,
        page=number,
        last_page=last,
    )


def meetings_file() -> Response:
    """Hand out the whole table as a workbook: names of municipalities, words and numbers."""
    found = queries.matrix(now=clock.now())
    headings = [
        Heading(_("Municipality"), 36),
        *(
            Heading(f"{dates().date(each.day)}, {languages.text(each.title)}", 24)
            for each in found.meetings
        ),
    ]
    exported = exporting.export(
        "meetings_exported",
        _("network-meetings"),
        headings,
        _rows(found),
        details={"meetings": len(found.meetings)},
        actor=access.actor(),
        now=clock.now(),
    )
    return handed_out.made(exported)


def badge(presence: Presence) -> tuple[str, str]:
    """Return the kind of badge of what a municipality was to a meeting, and its words."""
    kinds = {Presence.PRESENT: "ok", Presence.ABSENT: "bad", Presence.WAITING: "wait"}
    words = {
        Presence.PRESENT: _("present"),
        Presence.ABSENT: _("absent"),
        Presence.REGISTERED: _("registered"),
        Presence.WAITING: _("on the waiting list"),
        Presence.INVITED: _("invited"),
        Presence.NOTHING: _("not invited"),
        Presence.NO_MEMBER: _("not a member then"),
    }
    return kinds.get(presence, ""), words[presence]


def _sums(found: Matrix) -> list[tuple[int, int]]:
    """Return how many municipalities and how many of their people were at each meeting."""
    return [
        (rules.present(line.cells[at] for line in found.lines).people, found.people(at))
        for at in range(len(found.meetings))
    ]


def _rows(found: Matrix) -> Iterator[list[Cell]]:
    for line in found.lines:
        yield [line.name, *(_in_words(each) for each in line.cells)]
    yield [_("Municipalities present"), *(municipalities for municipalities, _p in _sums(found))]
    yield [_("People present"), *(people for _m, people in _sums(found))]


def _in_words(cell: rules.Cell) -> str:
    said = badge(cell.presence)[1]
    return f"{said} ({cell.people})" if cell.people else said
