"""The plan of the rooms of a day: what stands across, and what in which room."""

from datetime import datetime, timedelta

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.planning.grid import grid_of
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.programme import ItemKind
from congress.domain.times.time_slots import TimeSlot
from tests.builders import BERLIN

ROOMS = [RoomPlan(code, {"de": code}) for code in ("saal", "r1", "r2", "leer")]


def item(code, hour, room=None, hours=1, number=None):
    start = datetime(2015, 10, 21, hour, tzinfo=BERLIN)
    slot = TimeSlot(start, start + timedelta(hours=hours))
    return ItemPlan(code, ItemKind.TALK, {"de": code}, slot, room=room, number=number)


def shown(items):
    grid = grid_of(items, ROOMS)
    rows = [
        (
            row.starts_at.hour,
            [each.code for each in row.across],
            {room: [each.code for each in here] for room, here in row.cells.items()},
        )
        for row in grid.rows
    ]
    return [room.code for room in grid.rooms], rows


def test_what_has_the_day_for_itself_takes_the_row():
    assert shown([item("lunch", 12), item("plenum", 10, "saal")]) == (
        [],
        [(10, ["plenum"], {}), (12, ["lunch"], {})],
    )


def test_what_is_parallel_stands_in_its_room():
    found = shown(
        [item("b", 13, "r2", hours=2), item("a", 13, "r1"), item("late", 14, "r1"), item("x", 14)]
    )
    assert found == (
        ["r1", "r2"],
        [(13, [], {"r1": ["a"], "r2": ["b"]}), (14, ["x"], {"r1": ["late"]})],
    )


def test_two_in_one_room_are_seen_both_by_their_numbers():
    assert shown([item("a", 13, "r1", number=10), item("b", 13, "r1", number=9)]) == (
        ["r1"],
        [(13, [], {"r1": ["b", "a"]})],
    )


def test_whoever_moves_items_sees_all_rooms_and_where_something_ends():
    items = [item("a", 10, "r1"), item("b", 10, "r2", hours=2), item("c", 13, "saal")]
    grid = grid_of(items, ROOMS, shows_all=True)

    assert [room.code for room in grid.rooms] == ["saal", "r1", "r2", "leer"]
    assert [[line.hour for line in row.lines] for row in grid.rows] == [[10, 11, 12], [13, 14]]
