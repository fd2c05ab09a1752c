"""The door of a congress: who is expected, who is there; for a phone held in one hand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import request

from congress import clock
from congress.domain.attendance import day_to_show, days_of, require_open_door
from congress.domain.attendee_list import Wanted
from congress.domain.doors import NotADoor, doors_of
from congress.domain.errors import Refused
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.queries import (
    attendances,
    congresses,
    contributor_door,
    door_scans,
    doors,
    programme,
)
from congress.queries import door as queries
from congress.queries.contributor_door import AtTheDoor
from congress.queries.door import Expected
from congress.queries.doors import Traffic
from congress.web import access, languages, refusals
from congress.web.entries import read_id
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.filters import LAST_PAGE, printable

PAGE = 50
BY_CODE = "code"


@dataclass(frozen=True)
class Door:
    """What the address or a form of the page asks for."""

    day: date
    days: tuple[date, ...]
    item: ProgrammeItem | None  # whose door it is; none for that of the congress
    items: tuple[ProgrammeItem, ...]  # that have one on this day
    search: str
    page: int
    last: int | None  # who was ticked off a moment ago, while somebody was looked for
    is_by_code: bool  # codes are read, so the next one is waited for
    is_shut: bool = False  # a door is named that there is none of (any more) on this day

    @property
    def item_id(self) -> int | None:
        return self.item.id if self.item else None

    def require_door(self) -> None:
        """Refuse to do at the main entrance what was meant for a door that is shut."""
        if self.is_shut:
            raise NotADoor

    @property
    def wanted(self) -> Wanted:
        """All whom the words find, so that nobody is left wondering; else who is expected."""
        sought = Wanted(search=self.search, names_only=True)
        expected = Wanted(state=RegistrationState.CONFIRMED, workshop_id=self.item_id)
        return sought if sought.words else expected

    def query(self, **changes: str | int | None) -> str:
        """Return the part of an address after "?" with some of it changed; None takes it out."""
        parts: dict[str, str | int | None] = {
            "day": self.day.isoformat() if len(self.days) > 1 else None,
            "door": self.item.code if self.item else None,
            "q": self.search or None,
            "page": self.page if self.page > 1 else None,
            "by": BY_CODE if self.is_by_code else None,
        }
        kept = {name: value for name, value in (parts | changes).items() if value is not None}
        return f"?{urlencode(kept)}" if kept else ""


def door() -> str:
    """Show who is expected, and who is there; of a door that is shut, those of the main one."""
    found = asked()
    return show(found, error=refusals.text(NotADoor()) if found.is_shut else "")


def door_counts() -> dict[str, str]:
    """Return how many are there by now, as the page says it, by door."""
    return _in_words(_traffic(asked()))


def asked() -> Door:
    """Return what the address or the form of this request asks for."""
    workspace = access.workspace()
    days = days_of(congresses.with_content(workspace))
    today = clock.now().astimezone(workspace.zone).date()
    day = _day(request.values.get("day", "")) or day_to_show(days, today)
    items = doors_of(programme.kept_items(workspace), day, workspace.zone)
    code = request.values.get("door", "")
    item = next((each for each in items if each.code == code), None)
    return Door(
        day,
        days,
        item,
        tuple(items),
        printable(request.values.get("q", "")),
        min(max(1, request.values.get("page", 1, type=int)), LAST_PAGE),
        read_id(request.values.get("last", "")),
        request.values.get("by") == BY_CODE,
        is_shut=bool(code) and item is None,
    )


def show(asked: Door, *, error: str = "", code: str = "") -> str:
    """Show the page; `error` says what could not be done."""
    workspace, now = access.workspace(), clock.now()
    people = _people(asked, asked.wanted, offset=(asked.page - 1) * PAGE, limit=PAGE + 1)
    last = _people(asked, Wanted(registration_id=asked.last)) if asked.last else []
    traffic = _traffic(asked)
    return frame.page(
        "check_in.html",
        current="check-in",
        door=asked,
        is_search=bool(asked.wanted.words),
        counts=_in_words(traffic),
        room=traffic[asked.item.code].capacity if asked.item else None,
        people=people[:PAGE],
        has_more=len(people) > PAGE,
        last=last[0] if last else None,
        elsewhere=_elsewhere(asked, [*people[:PAGE], *last]),
        shut=_why_shut(asked.day),
        since=partial(since, day=asked.day),
        is_today=asked.day == now.astimezone(workspace.zone).date(),
        error=error,
        code=code,
        hybrid=congresses.with_content(workspace).rules.is_hybrid,
        door_name=languages.number_name,
        to_look_at=door_scans.count_to_look_at(workspace.id),
        **_contributing(asked),
    )


def since(moment: datetime, day: date) -> str:
    """Return when somebody was ticked off: the hour, or with it the day if it was another one."""
    is_that_day = moment.astimezone(access.workspace().zone).date() == day
    return frame.dates().time(moment) if is_that_day else frame.short_moment(moment)


def _contributing(asked: Door) -> dict[str, Any]:
    """Return who of the programme is expected: at the door of the congress, and at no other."""
    found: list[AtTheDoor] = []
    if asked.item is None:
        found = contributor_door.expected(access.workspace().id, asked.day)
    sought = [each for each in found if each.is_found(asked.wanted.words)]
    return {
        "contributing": sought if asked.page == 1 else [],
        "contributors_here": sum(each.came_at is not None for each in found),
        "contributors": len(found),
    }


def _traffic(asked: Door) -> dict[str, Traffic]:
    """Return how many came, by the code of the door; that of the congress is empty."""
    workspace = access.workspace()
    at_items = doors.traffic([item.id for item in asked.items], asked.day)
    came, places = attendances.count_at_door(workspace.id, asked.day), workspace.places
    found = {"": Traffic(came, places.taken, places.capacity)}
    return found | {item.code: at_items[item.id] for item in asked.items}


def _in_words(traffic: Mapping[str, Traffic]) -> dict[str, str]:
    return {
        code: _("%(came)d of %(people)d here", came=each.came, people=each.people)
        for code, each in traffic.items()
    }


def _elsewhere(asked: Door, people: Collection[Expected]) -> dict[int, list[str]]:
    """Return where people have a place at the time of a workshop, who have none in it."""
    if asked.item is None:
        return {}
    beside = [item for item in asked.items if item is not asked.item and item.meets(asked.item)]
    strangers = [each.id for each in people if not each.is_booked]
    booked = doors.booked_at(strangers, [item.id for item in beside])
    return {
        person: [languages.number_name(item) for item in beside if item.id in found]
        for person, found in booked.items()
    }


def _people(asked: Door, wanted: Wanted, *, offset: int = 0, limit: int = 1) -> list[Expected]:
    return queries.expected(
        access.workspace().id, wanted, asked.day, offset=offset, limit=limit, item_id=asked.item_id
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def _why_shut(day: date) -> str:
    """Return why nobody can be ticked off, if so."""
    workspace = access.workspace()
    try:
        require_open_door(congresses.with_content(workspace), day, now=clock.now())
    except Refused as refusal:
        return refusals.text(refusal, workspace.zone)
    return ""
