"""Who is what to the network on a day, as known on a day: a list, and the same as a file."""

from collections.abc import Iterator

from flask import request
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.network.membership import BELONGING, MembershipState
from congress.formats.table import Cell, Heading, Kind
from congress.queries.network import members as queries
from congress.queries.network import register
from congress.queries.network.members import MemberOrganisation
from congress.services.network import exporting
from congress.web import access, handed_out, languages
from congress.web.entries import read_number
from congress.web.languages import gettext as _
from congress.web.network.days import Days, days_asked
from congress.web.network.frame import page
from congress.web.network.membership_words import badge, state_name
from congress.web.organiser.filters import member

PER_PAGE = 50
LONGEST_SEARCH = 100
LAST_PAGE = 100_000
ALL = "all"


def members() -> str:
    """Show who belonged to the network on a day, or who was in one state."""
    days, state, sought = days_asked(), request.args.get("state", ""), _sought()
    counts = queries.count_on(days.day, known_at=days.known_at, sought=sought)
    chosen = _states(state)
    total = sum(counts.get(each, 0) for each in chosen)
    last = max(1, -(-total // PER_PAGE))
    number = min(read_number(request.args.get("page", ""), most=LAST_PAGE) or 1, last)
    start = (number - 1) * PER_PAGE
    return page(
        "members.html",
        current="members",
        days=days,
        errors=days.errors,
        sought=sought,
        state=state if member(MembershipState, state) or state == ALL else "",
        views=_views(days, counts, sought),
        listed=_listed(days, state, sought, start=start, limit=PER_PAGE),
        badge_of=badge,
        total=total,
        first=start + 1,
        page=number,
        last_page=last,
        query=lambda **more: days.query(**{"q": sought, "state": state} | more),
    )


def members_file() -> Response:
    """Hand out the same list, whole, as a workbook."""
    days, state, sought = days_asked(), request.args.get("state", ""), _sought()
    headings = [
        Heading(_("Organisation"), 40),
        Heading(_("Membership"), 16),
        Heading(_("Since"), 12, Kind.DAY),
        Heading(_("District"), 30),
    ]
    called = "-".join([_("members"), days.day.isoformat()])
    exported = exporting.export(
        "members_exported",
        called,
        headings,
        _rows(days, state, sought),
        details={
            "day": days.day.isoformat(),
            "known": days.known_on.isoformat() if days.known_on else None,
        },
        actor=access.actor(),
        now=clock.now(),
    )
    return handed_out.made(exported)


def _rows(days: Days, state: str, sought: str) -> Iterator[list[Cell]]:
    districts = register.districts()
    for each in _listed(days, state, sought):
        district = districts.get(each.district or "", each.district or "")
        yield [each.name, state_name(each.state), each.since, district]


def _listed(
    days: Days, state: str, sought: str, *, start: int = 0, limit: int | None = None
) -> list[MemberOrganisation]:
    return queries.states_on(
        days.day,
        known_at=days.known_at,
        states=_states(state),
        sought=sought,
        start=start,
        limit=limit,
    )


def _states(chosen: str) -> frozenset[MembershipState]:
    if chosen == ALL:
        return queries.EVERY
    one = member(MembershipState, chosen)
    return frozenset({one}) if one else BELONGING


def _sought() -> str:
    return " ".join(request.args.get("q", "")[:LONGEST_SEARCH].split())


def _views(
    days: Days, counts: dict[MembershipState, int], sought: str
) -> list[tuple[str, str, str, int]]:
    """Return the views over the list: value, words, address and how many there are."""
    belonging = sum(counts.get(each, 0) for each in BELONGING)
    found = [("", _("Members and partners"), belonging)]
    found += [(str(each), state_name(each), counts.get(each, 0)) for each in MembershipState]
    found.append((ALL, _("All"), sum(counts.values())))
    return [
        (value, words, languages.link(f"{request.path}{days.query(q=sought, state=value)}"), many)
        for value, words, many in found
    ]
