"""What organisers are warned of: found once, on both sides, summed up, and as fast as sorting."""

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.modes import EventMode, ItemMode
from congress.domain.planning.concerns import Cause, Online, by_item, concerns, overlapping
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot
from tests.domain.halls import AFTERNOON, LATE_MORNING, MORNING, NOON, WHOLE_DAY

ROOMS = (RoomPlan("saal", {"de": "Saal"}, 25), RoomPlan("foyer", {"de": "Foyer"}))
EARLY = TimeSlot(WHOLE_DAY.starts_at - timedelta(hours=2), WHOLE_DAY.starts_at)
INTO_THE_NIGHT = TimeSlot(AFTERNOON.starts_at, WHOLE_DAY.ends_at + timedelta(minutes=1))
NEXT_DAY = TimeSlot(WHOLE_DAY.starts_at + timedelta(days=1), WHOLE_DAY.ends_at + timedelta(days=1))
ASKED, COMES, DECLINED = PersonState.REQUESTED, PersonState.CONFIRMED, PersonState.DECLINED


def item(code, slot=MORNING, room=None, people=(), *, places=None, cancelled=False, minimum=None):
    return ItemPlan(
        code=code,
        kind=ItemKind.WORKSHOP,
        title={"de": code.upper()},
        slot=slot,
        room=room,
        bookable=places is not None,
        places=places,
        cancelled=cancelled,
        minimum=minimum,
        people=tuple(PersonPlan(name, {}, "moderator", state) for name, state in people),
    )


def petra(state=ASKED, name="Petra Probe"):
    return [(name, state)]


def found(items, days=(WHOLE_DAY,)):
    """Each concern as cause, whose it is, and item by item which other stands in its way."""
    return [
        (
            concern.cause,
            concern.room.code if concern.room else concern.person,
            [(spot.item.code, spot.other.code if spot.other else None) for spot in concern.spots],
        )
        for concern in concerns(items, ROOMS, days)
    ]


A_AND_B = [("a", "b"), ("b", "a")]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], []),
        ([item("a", room="saal"), item("b", room="saal")], [(Cause.ROOM, "saal", A_AND_B)]),
        (
            [item("a", room="saal"), item("b", LATE_MORNING, "saal")],
            [(Cause.ROOM, "saal", A_AND_B)],
        ),
        ([item("a", LATE_MORNING, "saal"), item("b", AFTERNOON, "saal")], []),
        ([item("a", room="saal"), item("b", room="foyer")], []),
        ([item("a"), item("b")], []),
        ([item("a", room="saal"), item("b", room="saal", cancelled=True)], []),
        (
            [item("a", people=petra()), item("b", people=petra())],
            [(Cause.PERSON, "Petra Probe", A_AND_B)],
        ),
        (
            [item("a", people=petra()), item("b", people=petra(COMES))],
            [(Cause.PERSON, "Petra Probe", A_AND_B)],
        ),
        (
            [item("a", people=petra()), item("b", people=petra(name="petra  PROBE"))],
            [(Cause.PERSON, "Petra Probe", A_AND_B)],
        ),
        ([item("a", people=petra(DECLINED)), item("b", people=petra())], []),
        ([item("a", people=petra()), item("b", people=petra(DECLINED))], []),
        ([item("a", people=petra()), item("b", people=petra(), cancelled=True)], []),
        ([item("a", people=petra()), item("b", AFTERNOON, people=petra())], []),
        ([item("a", people=petra(name=None)), item("b", people=petra(name=None))], []),
        ([item("a", people=petra() * 2)], []),
        (
            [item("a", room="saal", people=petra()), item("b", room="saal", people=petra())],
            [(Cause.ROOM, "saal", A_AND_B), (Cause.PERSON, "Petra Probe", A_AND_B)],
        ),
        ([item("a", room="saal", places=26)], [(Cause.SEATS, "saal", [("a", None)])]),
        ([item("a", room="saal", places=25)], []),
        ([item("a", room="foyer", places=26)], []),
        ([item("a", room="saal", places=26, cancelled=True)], []),
        ([item("a", EARLY)], [(Cause.DAY, "", [("a", None)])]),
        ([item("a", INTO_THE_NIGHT)], [(Cause.DAY, "", [("a", None)])]),
        ([item("a", EARLY, cancelled=True)], []),
        ([item("a", WHOLE_DAY)], []),
        ([item("a", places=4, minimum=5)], [(Cause.MINIMUM, "", [("a", None)])]),
        ([item("a", places=5, minimum=5), item("b", minimum=5)], []),
        ([item("a", places=4, minimum=5, cancelled=True)], []),
    ],
    ids=[
        "nothing planned",
        "one room twice",
        "overlapping in part",
        "what follows at once",
        "two rooms",
        "no rooms yet",
        "the other is called off",
        "one person twice",
        "asked here, confirmed there",
        "one name in two writings",
        "declined the first",
        "declined the second",
        "the person's other item is called off",
        "the person later",
        "people without a name",
        "one person with two tasks in one item",
        "room and person",
        "more places than seats",
        "as many places as seats",
        "a room whose seats nobody counted",
        "more places, called off",
        "before its day",
        "longer than its day",
        "outside, called off",
        "as long as its day",
        "more people needed than places",
        "as many people needed as places, or no limit",
        "more people needed, called off",
    ],
)
def test_what_is_warned_of(items, expected):
    assert found(items) == expected
    assert found(items[::-1]) == expected  # in the order of time, not of the list


@pytest.mark.parametrize(
    ("days", "codes"), [((), []), ((WHOLE_DAY,), ["b"]), ((WHOLE_DAY, NEXT_DAY), [])]
)
def test_an_item_lies_within_one_of_the_days(days, codes):
    items = [item("a"), item("b", NEXT_DAY)]
    outside = [spot.item.code for each in concerns(items, (), days) for spot in each.spots]
    assert outside == codes


def test_people_stand_in_the_order_of_a_dictionary():
    people = [*petra(name="Annabel Probe"), *petra(name="Anna Lena Probe"), *petra(name="Änne")]
    items = [item("a", people=people), item("b", people=people)]

    assert [name for _, name, _ in found(items)] == ["Anna Lena Probe", "Annabel Probe", "Änne"]


HERE_OR_ONLINE, ALL_ONLINE = EventMode.HYBRID, EventMode.ONLINE
IN_ROOM = item("a", room="saal", places=26)


@pytest.mark.parametrize(
    ("items", "online", "expected"),
    [
        # Whoever may take part online needs a link: that of the event, or one of an item.
        ([], Online(), []),
        ([], Online(has_link=True), []),
        ([item("a")], Online(ALL_ONLINE), [Cause.NO_LINK]),
        ([item("a")], Online(HERE_OR_ONLINE), [Cause.NO_LINK]),
        ([item("a")], Online(HERE_OR_ONLINE, has_link=True), []),
        ([replace(item("a"), online_link="https://a.example.org")], Online(ALL_ONLINE), []),
        (
            [replace(item("a", cancelled=True), online_link="https://a.example.org")],
            Online(ALL_ONLINE),
            [Cause.NO_LINK],
        ),
        # Where nobody comes to, a room is idle, and its seats are no matter.
        ([IN_ROOM], Online(HERE_OR_ONLINE, has_link=True), [Cause.SEATS]),
        ([IN_ROOM], Online(ALL_ONLINE, has_link=True), [Cause.NOBODY_THERE]),
        (
            [replace(IN_ROOM, mode=ItemMode.ONLINE)],
            Online(HERE_OR_ONLINE, has_link=True),
            [Cause.NOBODY_THERE],
        ),
        # What an item says of it counts in a hybrid event alone.
        ([replace(IN_ROOM, mode=ItemMode.ONLINE)], Online(has_link=True), [Cause.SEATS]),
        ([item("a", room="saal", cancelled=True)], Online(ALL_ONLINE, has_link=True), []),
        ([item("a")], Online(ALL_ONLINE, has_link=True), []),
    ],
)
def test_what_is_warned_of_where_people_take_part_online(items, online, expected):
    assert [each.cause for each in concerns(items, ROOMS, (WHOLE_DAY,), online)] == expected


def test_both_rows_have_the_warning_and_name_each_other():
    items = [item("a", room="saal"), item("b", room="saal"), item("c", AFTERNOON, "saal")]
    rows = by_item(concerns(items, ROOMS, (WHOLE_DAY,)))

    assert {code: [spot.other.code for _, spot in here] for code, here in rows.items()} == {
        "a": ["b"],
        "b": ["a"],
    }


def test_a_thousand_in_one_room_are_one_concern_of_a_thousand_spots():
    items = [item(f"nr-{number:03}", room="saal", people=petra()) for number in range(1000)]
    in_room, of_petra = concerns(items, ROOMS, (WHOLE_DAY,))

    assert (in_room.cause, of_petra.cause) == (Cause.ROOM, Cause.PERSON)
    assert {spot.others for spot in (*in_room.spots, *of_petra.spots)} == {999}
    assert [spot.item.code for spot in in_room.spots] == [each.code for each in items]


@pytest.mark.parametrize("seed", range(40))
def test_walking_along_the_clock_finds_what_comparing_all_pairs_finds(seed):
    dice = random.Random(seed)
    items = []
    for number in range(dice.randint(1, 14)):
        starts_at = NOON + timedelta(minutes=dice.randint(0, 40))
        slot = TimeSlot(starts_at, starts_at + timedelta(minutes=dice.randint(1, 9)))
        items.append(item(f"nr-{number}", slot))
    items.sort(key=lambda each: each.slot)
    pairs = [pair for pair in combinations(items, 2) if pair[0].slot.overlaps(pair[1].slot)]

    spots = overlapping(items)

    in_the_way = Counter(each.code for pair in pairs for each in pair)
    assert {spot.item.code: spot.others for spot in spots} == in_the_way
    assert all(spot.other is not spot.item for spot in spots)
    assert all(spot.other.slot.overlaps(spot.item.slot) for spot in spots)
