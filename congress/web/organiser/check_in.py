"""The door of a congress: who is expected, who is there; for a phone held in one hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from urllib.parse import urlencode

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.attendance import day_to_show, days_of, require_open_door
from congress.domain.attendee_list import Wanted
from congress.domain.errors import Refused
from congress.domain.registration import RegistrationState
from congress.queries import attendances, congresses, contributor_door
from congress.queries import door as queries
from congress.queries.door import Expected
from congress.services import checking_in
from congress.web import access, refusals
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.filters import LAST_PAGE, printable

PAGE = 50


@dataclass(frozen=True)
class Door:
    """What the address or a form of the page asks for."""

    day: date
    days: tuple[date, ...]
    search: str
    page: int
    last: int | None  # who was ticked off a moment ago, while somebody was looked for

    @property
    def wanted(self) -> Wanted:
        """All whom the words find, so that nobody is left wondering; else who is expected."""
        sought = Wanted(search=self.search, names_only=True)
        return sought if sought.words else Wanted(state=RegistrationState.CONFIRMED)

    def query(self, **changes: str | int | None) -> str:
        """Return the part of an address after "?" with some of it changed; None takes it out."""
        parts: dict[str, str | int | None] = {
            "day": self.day.isoformat() if len(self.days) > 1 else None,
            "q": self.search or None,
            "page": self.page if self.page > 1 else None,
        }
        kept = {name: value for name, value in (parts | changes).items() if value is not None}
        return f"?{urlencode(kept)}" if kept else ""


def door() -> str:
    """Show who is expected, and who is there."""
    return _show(_asked())


def check_in(registration_id: int) -> ResponseReturnValue:
    """Tick somebody off as there."""

    def act(day: date) -> str:
        known = checking_in.check_in(
            registration_id, day=day, actor=access.actor(), now=clock.now()
        )
        return _is_here(name, known, day)

    name = _name(registration_id)
    return _answer(registration_id, act)


def take_back_check_in(registration_id: int) -> ResponseReturnValue:
    """Take back that somebody is there."""

    def act(day: date) -> str:
        checking_in.take_back(registration_id, day=day, actor=access.actor(), now=clock.now())
        return _("%(person)s is no longer checked in.", person=name)

    name = _name(registration_id)
    return _answer(registration_id, act)


def check_in_contributor(person_id: int) -> ResponseReturnValue:
    """Tick off somebody of the programme, who need not register."""

    def act(day: date) -> str:
        known = checking_in.check_in_contributor(
            access.workspace().id, person_id, day=day, actor=access.actor(), now=clock.now()
        )
        return _is_here(name, known, day)

    name = _contributor(person_id)
    return _answer_contributor(person_id, act)


def take_back_contributor(person_id: int) -> ResponseReturnValue:
    """Take back that somebody of the programme is there."""

    def act(day: date) -> str:
        checking_in.take_back_contributor(
            access.workspace().id, person_id, day=day, actor=access.actor(), now=clock.now()
        )
        return _("%(person)s is no longer checked in.", person=name)

    name = _contributor(person_id)
    return _answer_contributor(person_id, act)


def _contributor(person_id: int) -> str:
    return contributor_door.find_name(access.workspace().id, person_id) or abort(404)


def _is_here(name: str, known: datetime | None, day: date) -> str:
    """Say that somebody is there, and since when where that was known."""
    if known is None:
        return _("%(person)s is here.", person=name)
    since = _since(known, day)
    return _("%(person)s was already checked in (%(moment)s).", person=name, moment=since)


def _answer_contributor(person_id: int, act: Callable[[date], str]) -> ResponseReturnValue:
    asked = _asked()
    return _done(asked, act, f"{asked.query()}#c-{person_id}")


def _answer(registration_id: int, act: Callable[[date], str]) -> ResponseReturnValue:
    """Do it, and go on where the next person is looked for."""
    asked = _asked()
    if asked.search or asked.last:
        return _done(asked, act, asked.query(q=None, page=None, last=registration_id))
    return _done(asked, act, f"{asked.query()}#p-{registration_id}")


def _done(asked: Door, act: Callable[[date], str], then: str) -> ResponseReturnValue:
    try:
        done = act(asked.day)
    except Refused as refusal:
        return _show(asked, error=refusals.text(refusal, access.workspace().zone)), 409
    return frame.done(done, f"/check-in{then}")


def _name(registration_id: int) -> str:
    return queries.find_name(access.workspace().id, registration_id) or abort(404)


def _asked() -> Door:
    workspace = access.workspace()
    days = days_of(congresses.with_content(workspace))
    today = clock.now().astimezone(workspace.zone).date()
    return Door(
        _day(request.values.get("day", "")) or day_to_show(days, today),
        days,
        printable(request.values.get("q", "")),
        min(max(1, request.values.get("page", 1, type=int)), LAST_PAGE),
        read_id(request.values.get("last", "")),
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def _show(asked: Door, *, error: str = "") -> str:
    workspace, now = access.workspace(), clock.now()
    people = _people(asked, asked.wanted, offset=(asked.page - 1) * PAGE, limit=PAGE + 1)
    contributors = contributor_door.expected(workspace.id, asked.day)
    contributing = [each for each in contributors if each.is_found(asked.wanted.words)]
    last = _people(asked, Wanted(registration_id=asked.last)) if asked.last else []
    return frame.page(
        "check_in.html",
        current="check-in",
        door=asked,
        is_search=bool(asked.wanted.words),
        came=attendances.count_at_door(workspace.id, asked.day),
        people=people[:PAGE],
        contributing=contributing if asked.page == 1 else [],
        contributors_here=sum(each.came_at is not None for each in contributors),
        contributors=len(contributors),
        has_more=len(people) > PAGE,
        last=last[0] if last else None,
        shut=_why_shut(asked.day),
        since=partial(_since, day=asked.day),
        is_today=asked.day == now.astimezone(workspace.zone).date(),
        error=error,
        hybrid=congresses.with_content(workspace).rules.is_hybrid,
    )


def _people(asked: Door, wanted: Wanted, *, offset: int = 0, limit: int = 1) -> list[Expected]:
    congress_id = access.workspace().id
    return queries.expected(congress_id, wanted, asked.day, offset=offset, limit=limit)


def _since(moment: datetime, day: date) -> str:
    """Return when somebody was ticked off: the hour, or with it the day if it was another one."""
    is_that_day = moment.astimezone(access.workspace().zone).date() == day
    return frame.dates().time(moment) if is_that_day else frame.short_moment(moment)


def _why_shut(day: date) -> str:
    """Return why nobody can be ticked off, if so."""
    workspace = access.workspace()
    try:
        require_open_door(congresses.with_content(workspace), day, now=clock.now())
    except Refused as refusal:
        return refusals.text(refusal, workspace.zone)
    return ""
