"""The filters of the log, which stand in the address and only there.

What an address names and does not exist is left out of account, so old links still open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from flask import request

from congress.domain.access import ActorKind
from congress.domain.log_filter import LONGEST_SEARCH, LogFilter, Subject
from congress.domain.pasting.day_words import read_date
from congress.domain.registration import end_of_day
from congress.web import access
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.organiser.filters import member


@dataclass(frozen=True)
class LogFilters:
    """What the address asks for, and how to write it again."""

    wanted: LogFilter
    who: str = ""  # a kind of actor, or the number of an account
    first_day: date | None = None
    last_day: date | None = None
    before: int | None = None

    @property
    def is_filtered(self) -> bool:
        wanted = self.wanted
        return any((wanted.words, self.who, wanted.subject, self.first_day, self.last_day))

    def query(self, before: int | None = None) -> str:
        """Return the part of an address after "?", for the newest lines or those before one."""
        parts = {
            "q": self.wanted.search if self.wanted.words else None,
            "who": self.who,
            "about": self.wanted.subject,
            "from": self.first_day,
            "to": self.last_day,
            "before": before,
        }
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"?{query}" if query else ""


def from_address(actors: Mapping[int, str]) -> LogFilters:
    """Read the filters of this request; accounts are those who did something here."""
    arguments, zone = request.args, access.workspace().zone
    who = arguments.get("who", "")
    kind, account = member(ActorKind, who), read_id(who)
    user_id = account if account in actors else None
    first_day, last_day = _day("from"), _day("to")
    wanted = LogFilter(
        actor=kind,
        user_id=user_id,
        subject=member(Subject, arguments.get("about", "")),
        since=datetime.combine(first_day, time(0), tzinfo=zone) if first_day else None,
        until=end_of_day(last_day, zone) if last_day else None,
        search=_printable(arguments.get("q", "")),
    )
    return LogFilters(
        wanted=wanted,
        who=who if kind or user_id else "",
        first_day=first_day,
        last_day=last_day,
        before=read_id(arguments.get("before", "")) or None,
    )


def subjects() -> dict[Subject, str]:
    """Return what a line can be about, in words."""
    return {
        Subject.REGISTRATIONS: _("Registrations"),
        Subject.PROGRAMME: _("Programme"),
        Subject.CONGRESS: _("Event and settings"),
        Subject.ACCESS: _("Team and exported data"),
    }


def _day(name: str) -> date | None:
    """Return a day of the address; of those at the ends of the calendar nothing is known."""
    found = read_date(request.args.get(name, "").strip())
    return found if found and date.min.year < found.year < date.max.year else None


def _printable(text: str) -> str:
    clean = "".join(char if char.isprintable() else " " for char in text[:LONGEST_SEARCH])
    return " ".join(clean.split())
