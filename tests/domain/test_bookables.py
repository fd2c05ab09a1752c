"""Days, evenings and meals beside workshops: the table of what goes along with what is the rule."""

from dataclasses import replace

import pytest

from congress.domain.hall import NEWCOMER
from congress.domain.mails.overlaps import overlaps
from congress.domain.moves import Grant, Queue, Release
from congress.domain.places import Choose, Register, decide
from congress.domain.programme import Face, ItemKind, ProgrammeItem
from congress.domain.slots import in_slots
from congress.domain.workshops import Places, WorkshopsClash
from tests.domain.halls import (
    AFTERNOON,
    FULL,
    MORNING,
    ROOMY,
    booked,
    hall,
    inside,
    moves,
    wish,
)
from tests.mail_facts import LETTER

MINE = 9
ALONG = [
    ("workshop", "workshop", False),
    ("workshop", "evening", False),
    ("evening", "evening", False),
    ("workshop", "meal", True),
    ("workshop", "day", True),
    ("evening", "meal", True),
    ("evening", "day", True),
    ("day", "meal", True),
    ("meal", "meal", False),  # whoever wants one lunch does not want the other
    ("day", "day", False),
]


def item(number, kind, slot=MORNING):
    face = Face({"de": f"{kind} {number}"}, {}, slot, {})
    return ProgrammeItem(number, f"{kind}-{number}", ItemKind(kind), None, face, True, Places(20))


@pytest.mark.parametrize(("one", "other", "goes"), ALONG)
def test_what_goes_along_at_one_time(one, other, goes):
    first, second = item(1, one), item(2, other)

    assert first.meets(second) is not goes
    assert second.meets(first) is not goes
    assert not first.meets(item(2, other, AFTERNOON))
    assert len(in_slots([first, second])) == (2 if goes else 1)
    house = hall(ROOMY, [(first.workshop, ROOMY), (second.workshop, ROOMY)])
    both = Register((wish(1), wish(2)))
    if goes:
        granted = [move for move in moves(house, both) if isinstance(move, Grant)]
        assert granted == [Grant(NEWCOMER, None), Grant(NEWCOMER, 1), Grant(NEWCOMER, 2)]
    else:
        assert isinstance(decide(house, both).refusal, WorkshopsClash)


@pytest.mark.parametrize(
    ("has", "wants", "places", "expected"),
    [
        ("workshop", "meal", ROOMY, [Grant(MINE, 2)]),  # nothing is given up for lunch
        ("workshop", "meal", FULL, [Queue(MINE, 2)]),
        ("workshop", "evening", ROOMY, [Release(MINE, 1), Grant(MINE, 2)]),
        ("workshop", "evening", FULL, [Queue(MINE, 2, instead_of=1)]),
        ("meal", "meal", ROOMY, [Release(MINE, 1), Grant(MINE, 2)]),
    ],
)
def test_what_is_given_up_for_another_choice(has, wants, places, expected):
    offered = [(item(1, has).workshop, ROOMY), (item(2, wants).workshop, places)]
    house = hall(ROOMY, offered, inside(MINE, booked(1)))
    assert moves(house, Choose(MINE, (wish(2),))) == expected


def a_letter(confirmed, waiting=()):
    return LETTER | {"confirmed": confirmed, "waiting": list(waiting)}


def test_letters_ask_nobody_to_choose_between_lunch_and_a_workshop():
    times = {"starts_at": "2015-10-21T10:00:00Z", "ends_at": "2015-10-21T11:00:00Z"}
    facts = {"number": None, "room": "", **times}
    workshop, meal = {"title": "Netze", **facts}, {"title": "Mittag", "kind": "meal", **facts}
    evening = {"title": "Empfang", "kind": "evening", **facts}

    assert overlaps(a_letter([workshop, meal])) == ()
    assert overlaps(a_letter([workshop], waiting=[evening])) == ((workshop, evening),)


def test_a_choice_is_of_one_kind_or_of_several():
    workshop, evening = item(1, "workshop"), item(2, "evening")
    called_off = replace(evening, face=replace(evening.face, cancelled=True))

    assert [slot.kind for slot in in_slots([workshop, item(3, "meal")])] == ["workshop", "meal"]
    assert [slot.kind for slot in in_slots([workshop, evening])] == [None]
    assert [slot.kind for slot in in_slots([workshop, called_off])] == ["workshop"]
