"""Reading the rooms and programme items of a congress file."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import combinations
from zoneinfo import ZoneInfo

from congress.domain.congress_file.plan import DayPlan, RoomPlan
from congress.domain.congress_file.problems import Path, ProblemKind, WarningKind
from congress.domain.congress_file.tables import Table, nearest
from congress.domain.congress_file.times import read_slot
from congress.domain.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import DIALOGUE_PARTNER, ItemKind, PersonState
from congress.domain.slugs import is_code
from congress.domain.time_slots import TimeSlot

ROLE = re.compile(r"[a-z][a-z_]{0,39}")
LONG = 20_000
# Stands for a time that was refused; an item without its time is not kept.
NO_TIME = TimeSlot(datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC))


def read_rooms(tables: list[Table]) -> tuple[RoomPlan, ...]:
    """Return the rooms in their order."""
    codes: dict[str, Path] = {}
    rooms = []
    for table in tables:
        code = read_code(table, codes)
        rooms.append(RoomPlan(code, table.texts("name", required=True), table.number("seats")))
        table.finish()
    return tuple(rooms)


def read_code(table: Table, taken: dict[str, Path]) -> str:
    """Return a code that no other table of the list has."""
    code = table.line("code", required=True)
    if code and not is_code(code):
        table.problem(ProblemKind.NOT_A_CODE, "code")
    elif code in taken:
        table.problem(ProblemKind.TAKEN_TWICE, "code", value=code)
    taken.setdefault(code, table.path)
    return code


class ItemReader:
    """Reads items one after the other, knowing the days, rooms and organisations."""

    def __init__(
        self,
        zone: ZoneInfo,
        days: tuple[DayPlan, ...],
        rooms: tuple[RoomPlan, ...],
        organisations: Mapping[str, str],
    ) -> None:
        self._zone = zone
        self._days = days
        self._rooms = {room.code: room for room in rooms}
        self._organisations = organisations
        self._codes: dict[str, Path] = {}
        self._read: list[tuple[Table, ItemPlan]] = []

    def items(self, tables: list[Table]) -> tuple[ItemPlan, ...]:
        """Return the items in the order of the file."""
        for table in tables:
            item = self._item(table)
            table.finish()
            if item is not None:
                self._read.append((table, item))
        self._warn_of_rooms_taken_twice()
        return tuple(item for _, item in self._read)

    def _item(self, table: Table) -> ItemPlan | None:
        code = read_code(table, self._codes)
        kind = table.choice("kind", ItemKind)
        only_day = self._days[0].day if len(self._days) == 1 else None
        slot = read_slot(table, self._zone, only_day, needs_day=bool(self._days))
        item = ItemPlan(
            code=code,
            kind=kind,
            slot=slot or NO_TIME,
            number=table.number("number"),
            title=table.texts("title", required=True),
            abstract=table.texts("abstract", most=LONG, multiline=True),
            room=self._room(table),
            bookable=table.flag("bookable", default=kind is ItemKind.WORKSHOP),
            places=table.number("places"),
            waiting_list=table.flag("waiting_list", default=True),
            cancelled=table.flag("cancelled", default=False),
            people=tuple(self._person(each) for each in table.tables("people")),
        )
        if slot is None:
            return None
        self._check(table, item)
        return item

    def _check(self, table: Table, item: ItemPlan) -> None:
        if item.places is not None and not item.bookable and not table.is_refused("kind"):
            table.problem(ProblemKind.PLACES_NOT_BOOKABLE, "places")
        if self._days and not any(_within(item.slot, day.slot) for day in self._days):
            if item.bookable:
                table.problem(ProblemKind.OUTSIDE_DAYS, "start")
            else:
                table.notes.warning(WarningKind.ITEM_OUTSIDE_DAYS, (*table.path, "start"))
        room = self._rooms.get(item.room or "")
        if room and room.seats is not None and (item.places or 0) > room.seats:
            table.notes.warning(
                WarningKind.MORE_PLACES_THAN_SEATS, (*table.path, "places"), seats=room.seats
            )

    def _room(self, table: Table) -> str | None:
        code = table.line("room")
        if code and code not in self._rooms:
            suggestion = nearest(code, self._rooms)
            table.problem(ProblemKind.UNKNOWN_ROOM, "room", value=code, suggestion=suggestion)
        return code or None

    def _person(self, table: Table) -> PersonPlan:
        name = table.line("name") or None
        role = table.line("role") or DIALOGUE_PARTNER
        if not ROLE.fullmatch(role):
            table.problem(ProblemKind.NOT_A_ROLE, "role")
        affiliation = table.texts("affiliation")
        organisation = table.line("organisation")
        if organisation and table.has("affiliation"):
            table.problem(ProblemKind.CONTRADICTION, "organisation")
        elif organisation and organisation not in self._organisations:
            suggestion = nearest(organisation, self._organisations)
            table.problem(
                ProblemKind.UNKNOWN_ORGANISATION,
                "organisation",
                value=organisation,
                suggestion=suggestion,
            )
        elif organisation:
            affiliation = {"de": self._organisations[organisation]}
        state = table.choice("state", PersonState, PersonState.REQUESTED)
        table.finish()
        return PersonPlan(name, affiliation, role, state)

    def _warn_of_rooms_taken_twice(self) -> None:
        in_rooms = [each for each in self._read if each[1].room and not each[1].cancelled]
        for (_, one), (table, other) in combinations(in_rooms, 2):
            if one.room == other.room and one.slot.overlaps(other.slot):
                table.notes.warning(
                    WarningKind.ROOM_TAKEN_TWICE,
                    (*table.path, "room"),
                    room=str(other.room),
                    one=one.code,
                    other=other.code,
                )


def _within(slot: TimeSlot, day: TimeSlot) -> bool:
    return day.starts_at <= slot.starts_at and slot.ends_at <= day.ends_at
