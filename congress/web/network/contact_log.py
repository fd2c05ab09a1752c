"""The contact log: looked through, filtered, taken along as a file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from flask import request
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.network.contact_notes import ContactKind, is_due
from congress.domain.own_questions import read_date
from congress.formats.table import Cell, Heading, Kind
from congress.queries.network import contact_log as queries
from congress.queries.network import register
from congress.queries.network.contact_log import FollowUps, Noted, Position, Wanted
from congress.services.network import exporting
from congress.web import access, handed_out
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.network import contact_log_words as words
from congress.web.network.frame import page, today, zone
from congress.web.organiser.filters import member

PAGE = 50
LONGEST_SEARCH = 100
ADDRESS = "/organiser/network/contact-log"
MINE = "yes"
PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})\.(\d{1,10})")


@dataclass(frozen=True)
class Filters:
    """What the address asks for."""

    wanted: Wanted
    after: Position | None = None

    def query(self, **other: str) -> str:
        """Return what follows the address for the same list, with something else in it."""
        wanted = self.wanted
        parts = {
            "q": wanted.words,
            "organisation": str(wanted.organisation_id or ""),
            "kind": wanted.kind or "",
            "follow_ups": wanted.follow_ups or "",
            "mine": MINE if wanted.account else "",
            "since": self.since,
            "until": self.until,
        } | other
        said = {name: value for name, value in parts.items() if value}
        return f"?{urlencode(said)}" if said else ""

    @property
    def since(self) -> str:
        return f"{self.wanted.since:%d.%m.%Y}" if self.wanted.since else ""

    @property
    def until(self) -> str:
        return f"{self.wanted.until:%d.%m.%Y}" if self.wanted.until else ""

    @property
    def is_filtered(self) -> bool:
        return self.wanted != Wanted()


def contact_log() -> str:
    """Show some notes, the newest first."""
    filters, day = _asked(), today()
    number = filters.wanted.organisation_id
    named = register.find_name(number) if number else None
    notes, has_more = queries.listed(filters.wanted, today=day, limit=PAGE, after=filters.after)
    last = notes[-1].position if notes else None
    return page(
        "contact_log.html",
        current="contact-log",
        base=ADDRESS,
        filters=filters,
        notes=notes,
        due=due_among(notes, day),
        organisation=named,
        older=filters.query(before=f"{last.day}.{last.id}") if last and has_more else "",
        kinds=words.KINDS,
        follow_ups=words.FOLLOW_UPS,
    )


def contact_log_file() -> Response:
    """Hand out all notes that the list shows, as a workbook."""
    headings = [
        Heading(_("Day"), 12, Kind.DAY),
        Heading(_("Time of day"), 10),
        Heading(_("Organisation"), 30),
        Heading(_("With whom"), 24),
        Heading(_("Kind of contact"), 16),
        Heading(_("What it was about"), 40),
        Heading(_("What was talked about"), 60),
        Heading(_("Follow up on"), 14, Kind.DAY),
        Heading(_("Who follows up"), 24),
        Heading(_("Done on"), 14, Kind.DAY),
        Heading(_("Written by"), 24),
    ]
    exported = exporting.export(
        "contact_log_exported",
        _("contact-log-%(day)s", day=today()),
        headings,
        _lines(_asked().wanted),
        details={},
        actor=access.actor(),
        now=clock.now(),
    )
    return handed_out.made(exported)


def due_among(notes: Sequence[Noted], day: date) -> set[int]:
    """Return the numbers of the notes that somebody has to look at again."""
    return {each.id for each in notes if is_due(each.facts.follow_up_on, each.done_at, today=day)}


def _lines(wanted: Wanted) -> Iterator[Sequence[Cell]]:
    for each in queries.all_of(wanted, today=today()):
        facts = each.facts
        yield (
            facts.day,
            f"{facts.at:%H:%M}" if facts.at else "",
            each.organisation,
            each.contact,
            str(words.KINDS[facts.kind]),
            facts.topic,
            facts.text,
            facts.follow_up_on,
            each.responsible,
            _local_day(each.done_at),
            each.author,
        )


def _local_day(moment: datetime | None) -> date | None:
    return moment.astimezone(zone()).date() if moment else None


def _asked() -> Filters:
    said = {name: value.replace("\0", "")[:LONGEST_SEARCH] for name, value in request.args.items()}
    wanted = Wanted(
        words=" ".join(said.get("q", "").split()),
        organisation_id=read_id(said.get("organisation", "")) or None,
        kind=member(ContactKind, said.get("kind", "")),
        follow_ups=member(FollowUps, said.get("follow_ups", "")),
        account=access.account().id if said.get("mine") == MINE else None,
        since=_day(said.get("since", "")),
        until=_day(said.get("until", "")),
    )
    return Filters(wanted, _position(said.get("before", "")))


def _day(typed: str) -> date | None:
    found = read_date(typed.strip())
    return date.fromisoformat(found) if found else None


def _position(said: str) -> Position | None:
    found = PLACE.fullmatch(said)
    day, number = (_day(found[1]), read_id(found[2])) if found else (None, None)
    return Position(day, number) if day and number else None
