"""Reading the rooms and programme items of a congress file."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from congress.domain import online
from congress.domain.congress_file.plan import DayPlan, RoomPlan
from congress.domain.congress_file.problems import ProblemKind, WarningKind
from congress.domain.congress_file.tables import Table
from congress.domain.congress_file.times import read_slot
from congress.domain.hosts import Host
from congress.domain.planning import binding, minimum
from congress.domain.planning.concerns import Cause, concerns, has_too_many_places, is_within
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import ALWAYS_CHOSEN, DIALOGUE_PARTNER, ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot

# Stands for a time that was refused; an item without its time is not kept.
NO_TIME = TimeSlot(datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC))
TWICE = {
    Cause.ROOM: (WarningKind.ROOM_TAKEN_TWICE, "room"),
    Cause.PERSON: (WarningKind.PERSON_TAKEN_TWICE, "people"),
}


def read_rooms(tables: list[Table]) -> tuple[RoomPlan, ...]:
    """Return the rooms in their order."""
    codes: dict[str, object] = {}
    return tuple(
        RoomPlan(read_code(table, codes), table.get("name", {}), table.get("seats"))
        for table in tables
    )


def read_code(table: Table, taken: dict[str, object], stands_for: object = None) -> str:
    """Return a code that no other table of the list has; `taken` learns what it stands for."""
    code: str = table.get("code", "")
    if code in taken:
        table.problem(ProblemKind.TAKEN_TWICE, "code", value=code)
    elif code:
        taken[code] = stands_for
    return code


def read_link(table: Table) -> str:
    """Return the link by which one takes part online in a congress or an item, if there is one."""
    try:
        return online.as_link(link) if (link := table.get("online_link", "")) else ""
    except online.NotAnOnlineLink:
        table.problem(ProblemKind.NOT_AN_ONLINE_LINK, "online_link")
        return ""


def _read_host(item: Table) -> Host:
    """Return at which organisation an item is, or nobody."""
    said = Table(item.get("host", {}), (*item.path, "host"), item.notes)
    return Host(said.get("name", ""), str(said.get("sector", "")))


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
        self._codes: dict[str, object] = {}
        self._read: list[tuple[Table, ItemPlan]] = []

    def items(self, tables: list[Table]) -> tuple[ItemPlan, ...]:
        """Return the items in the order of the file."""
        for table in tables:
            item = self._item(table)
            if item is not None:
                self._read.append((table, item))
        self._check_firsts()
        self._check_bindings()
        self._warn_of_what_is_wanted_twice()
        return tuple(item for _, item in self._read)

    def _item(self, table: Table) -> ItemPlan | None:
        kind = table.get("kind", ItemKind.TALK)
        only_day = self._days[0].day if len(self._days) == 1 else None
        slot = read_slot(table, self._zone, only_day, needs_day=bool(self._days))
        item = ItemPlan(
            code=read_code(table, self._codes),
            kind=kind,
            slot=slot or NO_TIME,
            title=table.get("title", {}),
            room=self._room(table),
            bookable=table.get("bookable", kind in ALWAYS_CHOSEN),
            online_link=read_link(table),
            people=tuple(self._person(each) for each in table.tables("people")),
            host=_read_host(table),
            **table.given(
                "number", "short_title", "abstract", "places", "waiting_list", "cancelled"
            ),
            **table.given("minimum", "minimum_by", "same_as", "mode", "one_of", "only_with"),
            **table.given("allocation"),
        )
        if slot is None:
            return None
        self._check(table, item)
        return item

    def _check(self, table: Table, item: ItemPlan) -> None:
        if item.places is not None and not item.bookable and not table.is_refused("kind"):
            table.problem(ProblemKind.PLACES_NOT_BOOKABLE, "places")
        if item.allocation is not None and not item.bookable and not table.is_refused("kind"):
            table.problem(ProblemKind.PLACES_NOT_BOOKABLE, "allocation")
        self._check_minimum(table, item)
        if self._days and not is_within(item.slot, [day.slot for day in self._days]):
            if item.bookable:
                table.problem(ProblemKind.OUTSIDE_DAYS, "start")
            elif not item.cancelled:
                table.warning(WarningKind.ITEM_OUTSIDE_DAYS, "start")
        room = self._rooms.get(item.room or "")
        if room and has_too_many_places(item, room) and not item.cancelled:
            table.warning(WarningKind.MORE_PLACES_THAN_SEATS, "places", seats=room.seats or 0)

    def _check_minimum(self, table: Table, item: ItemPlan) -> None:
        if item.minimum is not None and not item.bookable and not table.is_refused("kind"):
            table.problem(ProblemKind.PLACES_NOT_BOOKABLE, "minimum")
            return
        try:
            minimum.require_possible(item, self._zone)
        except minimum.MinimumAbovePlaces:
            table.problem(ProblemKind.MINIMUM_ABOVE_PLACES, "minimum", places=item.places or 0)
        except minimum.DayWithoutMinimum:
            table.problem(ProblemKind.MINIMUM_MISSING, "minimum_by")
        except minimum.MinimumTooLate:
            table.problem(ProblemKind.MINIMUM_TOO_LATE, "minimum_by")

    def _check_firsts(self) -> None:
        firsts = {item.code for _, item in self._read if item.bookable and not item.same_as}
        for table, item in self._read:
            if item.same_as and (item.same_as not in firsts or not item.bookable):
                table.problem(ProblemKind.NOT_THE_FIRST, "same_as", value=item.same_as)

    def _check_bindings(self) -> None:
        bookable = {item.code: item for _, item in self._read if item.bookable}
        for table, item in self._read:
            others = {code: each for code, each in bookable.items() if code != item.code}
            try:
                binding.require_possible(item, others)
            except binding.NotTheFirstOfSeveral:
                table.problem(ProblemKind.NOT_ONE_OF, "one_of", value=item.one_of)
            except binding.NotToGoWith:
                table.problem(ProblemKind.NOT_TO_GO_WITH, "only_with", value=item.only_with)
            except binding.NeverTogether:
                table.problem(ProblemKind.NEVER_TOGETHER, "only_with", value=item.only_with)

    def _room(self, table: Table) -> str | None:
        code: str = table.get("room", "")
        if code and code not in self._rooms:
            table.unknown(ProblemKind.UNKNOWN_ROOM, "room", self._rooms)
        return code or None

    def _person(self, table: Table) -> PersonPlan:
        affiliation = table.get("affiliation", {})
        organisation = table.get("organisation", "")
        if organisation and table.has("affiliation"):
            table.problem(ProblemKind.CONTRADICTION, "organisation")
        elif organisation and organisation not in self._organisations:
            table.unknown(ProblemKind.UNKNOWN_ORGANISATION, "organisation", self._organisations)
        elif organisation:
            affiliation = {"de": self._organisations[organisation]}
        return PersonPlan(
            name=table.get("name") or None,
            affiliation=affiliation,
            role=table.get("role") or DIALOGUE_PARTNER,
            state=table.get("state", PersonState.REQUESTED),
        )

    def _warn_of_what_is_wanted_twice(self) -> None:
        """Point at the later in the file: one line a room or person, whatever the number."""
        tables = {item.code: table for table, item in self._read}
        for found in concerns((item for _, item in self._read), self._rooms.values(), ()):
            one, other = found.spots[0].item, found.spots[0].other
            if other is None:
                continue
            kind, key = TWICE[found.cause]
            later = max(tables[one.code], tables[other.code], key=lambda table: table.path)
            later.warning(
                kind,
                key,
                name=found.room.code if found.room else found.person,
                one=one.code,
                other=other.code,
                number=len(found.spots),
            )
