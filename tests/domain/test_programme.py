"""Which items of a programme stand side by side, and which workshops are one choice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.congresses import NamedOrganisation, OrganisationRole
from congress.domain.programme import (
    DIALOGUE_PARTNER,
    LONGEST_SHORT_TITLE,
    Face,
    ItemKind,
    ProgrammeItem,
    PublicPerson,
    dialogue_partners,
    others,
    short_name,
)
from congress.domain.slots import choices, in_slots, workshops_in_order
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places
from tests.domain.halls import NOON

MINUTE = timedelta(minutes=1)


def item(
    code: str, starts: int, ends: int, *, bookable: bool = True, cancelled: bool = False
) -> ProgrammeItem:
    """Make an item from minutes after noon; its number in the order of adding is its code's."""
    digits = "".join(filter(str.isdigit, code))
    slot = TimeSlot(NOON + starts * MINUTE, NOON + ends * MINUTE)
    face = Face(title={"de": code}, abstract={}, slot=slot, room={}, cancelled=cancelled)
    kind = ItemKind.WORKSHOP if bookable else ItemKind.TALK
    return ProgrammeItem(int(digits), code, kind, None, face, bookable, Places())


def codes(slots):
    return [[each.code for each in slot.items] for slot in slots]


W1, W2, W10 = (item(code, 0, 120) for code in ("w1", "w2", "w10"))
SHIFTED = item("w3", 15, 135)
EARLIER = item("w4", -15, 90)
NEXT = item("w5", 120, 180)
BRIDGE = item("w6", 60, 150)


@pytest.mark.parametrize(
    ("items", "groups"),
    [
        ([W10, W2, W1], [["w1", "w2", "w10"]]),
        ([SHIFTED, W2, W1], [["w1", "w2", "w3"]]),
        ([EARLIER, SHIFTED, W1], [["w1", "w3", "w4"]]),
        ([W1, NEXT], [["w1"], ["w5"]]),
        ([W1, NEXT, BRIDGE], [["w1", "w5", "w6"]]),
        ([W1, NEXT, item("w6", 60, 150, cancelled=True)], [["w1", "w6"], ["w5"]]),
        ([item("w1", 0, 120, cancelled=True), W2], [["w1", "w2"]]),
        ([W1, item("t7", 0, 120, bookable=False)], [["t7", "w1"]]),
        ([W1, item("t7", 15, 120, bookable=False)], [["w1"], ["t7"]]),
        ([SHIFTED, W1, item("t7", 15, 135, bookable=False)], [["t7", "w1", "w3"]]),
        ([], []),
    ],
    ids=[
        "same time, w10 after w9",
        "one later",
        "one earlier, one later",
        "what follows at once",
        "one that overlaps both",
        "what is called off joins nothing",
        "what is called off stands beside",
        "a talk at the same time",
        "a talk at another time",
        "a talk beside the shifted one",
        "nothing",
    ],
)
def test_what_overlaps_is_one_choice(items, groups):
    assert codes(in_slots(items)) == groups


def in_room(room, one, kind=ItemKind.TALK):
    return replace(one, kind=kind, face=replace(one.face, room={"de": room} if room else {}))


SHORT, LONG_ONE = (item(code, 0, ends, bookable=False) for code, ends in (("t1", 30), ("t2", 90)))
SECOND = item("t3", 30, 90, bookable=False)


@pytest.mark.parametrize(
    ("items", "groups"),
    [
        ([in_room("A", SHORT), in_room("B", LONG_ONE)], [["t1", "t2"]]),
        (
            [in_room("A", SHORT), in_room("B", LONG_ONE), in_room("A", SECOND)],
            [["t1", "t2"], ["t3"]],
        ),
        ([in_room("A", SHORT), in_room("A", LONG_ONE)], [["t1"], ["t2"]]),
        ([in_room("A", SHORT), in_room("", LONG_ONE)], [["t1"], ["t2"]]),
        ([in_room("A", SHORT), in_room("B", LONG_ONE, ItemKind.BREAK)], [["t1"], ["t2"]]),
        ([in_room("A", W1, ItemKind.WORKSHOP), in_room("B", SHORT)], [["t1", "w1"]]),
        (
            [in_room("A", W1, ItemKind.WORKSHOP), in_room("C", EARLIER), in_room("B", SHORT)],
            [["w1", "w4"], ["t1"]],
        ),
    ],
    ids=[
        "two tracks",
        "what follows in one of them",
        "one room",
        "no room",
        "a break is for all",
        "beside a workshop",
        "a choice that does not begin at once",
    ],
)
def test_what_begins_at_once_in_several_rooms_stands_side_by_side(items, groups):
    assert codes(in_slots(items)) == groups


def test_most_of_a_choice_says_when_it_is():
    (slot,) = in_slots([EARLIER, W1, W2, SHIFTED])

    assert slot.time == W1.slot
    assert [each.code for each in slot.items if each.slot != slot.time] == ["w3", "w4"]


def test_workshops_are_listed_by_their_numbers_however_their_times_are_shifted():
    talk = item("t7", 0, 120, bookable=False)

    listed = workshops_in_order([EARLIER, talk, W2, W1, SHIFTED, NEXT])

    assert [each.code for each in listed] == ["w1", "w2", "w3", "w4", "w5"]


def test_whoever_answers_one_question_can_answer_every_other():
    """Nothing offered in one choice overlaps anything offered in another."""
    slots = in_slots(
        [W1, SHIFTED, EARLIER, NEXT, BRIDGE, item("w7", 200, 260), item("w8", 250, 300)]
    )

    pairs = [(one, other) for slot in slots for one in slot.items
             for rest in slots if rest is not slot for other in rest.items]  # fmt: skip
    assert len(slots) == 2
    assert not any(one.slot.overlaps(other.slot) for one, other in pairs)


@pytest.mark.parametrize(
    "moved",
    [
        [],
        [
            replace(
                W1, face=replace(W1.face, slot=TimeSlot(NOON + 300 * MINUTE, NOON + 360 * MINUTE))
            )
        ],
    ],
    ids=["as planned", "the first is moved behind the others"],
)
def test_the_columns_stand_in_the_order_in_which_choices_were_added(moved):
    early = item("w9", -120, -60)
    items = [*(moved or [W1]), NEXT, early]

    assert codes(choices(items)) == [["w1"], ["w5"], ["w9"]]


LONG = {
    "de": "Die Kommune – Motor der Engagementförderung? Zur Rolle der Städte",
    "en": "The municipality – driving force of civic engagement?",
}


@pytest.mark.parametrize(
    ("number", "title", "short", "language", "name"),
    [
        (2, LONG, {"de": "Kommune als Motor"}, "de", "2 Kommune als Motor"),
        (None, LONG, {"de": "Kommune als Motor"}, "de", "Kommune als Motor"),
        (2, LONG, {"de": "Motor", "en": "Driving force"}, "en", "2 Driving force"),
        (2, LONG, {"de": "Motor"}, "en", "2 The municipality – driving force of…"),
        (2, {"de": LONG["de"]}, {"de": "Motor", "en": "Force"}, "en", "2 Motor"),
        (2, LONG, {}, "de", "2 Die Kommune – Motor der…"),
        (4, {"de": "Junges Engagement fördern"}, {}, "de", "4 Junges Engagement fördern"),
        (4, {"de": "x" * 40}, {}, "de", f"4 {'x' * 40}"),
        (4, {"de": "x" * 41}, {}, "de", f"4 {'x' * 39}…"),
        (4, {"de": "Donau, " * 7}, {}, "de", "4 Donau, Donau, Donau, Donau, Donau…"),
    ],
)
def test_lists_call_an_item_by_its_number_and_short_title(number, title, short, language, name):
    face = Face(title, {}, TimeSlot(NOON, NOON + timedelta(hours=1)), {}, short_title=short)
    assert short_name(number, face, language) == name
    assert len(name) <= LONGEST_SHORT_TITLE + 2


@pytest.mark.parametrize(
    ("people", "bookable", "partners"),
    [
        ((), True, []),  # nobody was entered, so nobody is said
        ((), False, []),
        ((("Anna", "Stadt"), (None, "")), True, ["Anna", None]),
        (((None, ""), (None, "")), True, [None]),  # once
        (((None, "Stadt"), (None, "MFKJKS")), True, [None, None]),
    ],
)
def test_everybody_is_said_alike_wherever_the_public_reads(people, bookable, partners):
    named = tuple(
        PublicPerson(name, {"de": house} if house else {}, DIALOGUE_PARTNER)
        for name, house in people
    )
    one = item("w1", 0, 60, bookable=bookable)
    one = replace(one, face=replace(one.face, people=named))
    assert [each.name for each in dialogue_partners(one)] == partners
    assert others(one) == []


@pytest.mark.parametrize(
    ("name", "short_name", "other"),
    [
        ("Stadt Hamm", "Hamm", ""),
        ("Stadt Hamm", "hamm", ""),
        ("Stadt Hamm", "Stadt Hamm", ""),
        ("Stadt Hamm", "", ""),
        ("Stadt Hammerstein", "Hamm", "Hamm"),
        ("Forum für soziale Innovation", "FSI", "FSI"),
    ],
)
def test_a_short_name_stands_in_brackets_only_if_it_says_more(name, short_name, other):
    assert NamedOrganisation(OrganisationRole.HOST, name, short_name).other_name == other
