"""What is new to somebody: by the facts of a letter, also when it takes in an older one."""

from typing import Any

import pytest

from congress.domain.mails import news
from congress.domain.mails.kinds import MessageKind as Kind
from tests.mail_facts import LETTER, NETWORKS

MINE: dict[str, Any] = NETWORKS | {"cancelled": False, "people": []}


def a_letter(mine: dict[str, Any] = MINE, **before: Any) -> Any:  # noqa: ANN401 - facts
    return LETTER | {"confirmed": [mine], "waiting": [], "before": before}


@pytest.mark.parametrize(
    ("before", "now", "what"),
    [
        ({}, {}, ()),
        ({"room": "1"}, {}, ("room",)),
        ({"title": "Alt"}, {}, ("title",)),
        ({"starts_at": "2015-10-21T11:00:00+00:00"}, {}, ("time",)),
        ({"people": ["Ada"]}, {}, ("people",)),
        ({}, {"cancelled": True}, ("off",)),
        ({"room": "1"}, {"cancelled": True}, ("off",)),
        ({"cancelled": True}, {"cancelled": True, "room": "1"}, ()),
        ({"cancelled": True}, {}, ("back",)),
        ({"cancelled": True, "room": "1"}, {}, ("back", "room")),
        ({"id": 99, "room": "1"}, {}, ()),
    ],
)
def test_what_of_a_workshop_is_new(before, now, what):
    found = news.of_workshops(a_letter(MINE | now, workshops=[MINE | before]))
    assert [each.what for each in found] == ([what] if what else [])


@pytest.mark.parametrize(("cancelled", "given_up"), [(False, 1), (True, 0)])
def test_nobody_gives_up_what_was_called_off(cancelled, given_up):
    old, new = MINE | {"id": 1, "cancelled": cancelled}, MINE | {"id": 2}
    change = news.own_change(a_letter(new, confirmed=[old], waiting=[]))
    assert ([each["id"] for each in change.won], len(change.lost)) == ([2], given_up)


@pytest.mark.parametrize(
    ("kind", "overtaken", "is_new", "left"),
    [
        (Kind.PROGRAMME_CHANGED, (), False, None),
        (Kind.PROGRAMME_CHANGED, (), True, Kind.PROGRAMME_CHANGED),
        (Kind.CHANGED, (), False, Kind.CHANGED),
        (Kind.PROGRAMME_CHANGED, {Kind.PROGRAMME_CHANGED}, True, Kind.PROGRAMME_CHANGED),
        (Kind.PROGRAMME_CHANGED, {Kind.PROGRAMME_CHANGED}, False, None),
        (Kind.CHANGED, {Kind.CHANGED}, False, None),
        (Kind.CHANGED, {Kind.PROGRAMME_CHANGED}, True, Kind.CHANGED),
        (Kind.CHANGED, {Kind.HELD_AFTER_ALL}, False, Kind.HELD_AFTER_ALL),
        (Kind.PROGRAMME_CHANGED, {Kind.HELD_AFTER_ALL}, True, Kind.HELD_AFTER_ALL),
        (Kind.PROGRAMME_CHANGED, {Kind.CHANGED}, True, Kind.PROGRAMME_CHANGED),
        (Kind.HELD_AFTER_ALL, (), False, Kind.HELD_AFTER_ALL),
        (Kind.HELD_AFTER_ALL, {Kind.PROGRAMME_CHANGED}, True, Kind.HELD_AFTER_ALL),
        (Kind.HELD_AFTER_ALL, {Kind.CONGRESS_CANCELLED}, False, None),
        (Kind.HELD_AFTER_ALL, {Kind.CONGRESS_CANCELLED}, True, Kind.PROGRAMME_CHANGED),
        (Kind.CONGRESS_CANCELLED, {Kind.HELD_AFTER_ALL}, False, None),
        (Kind.CONGRESS_CANCELLED, {Kind.PROGRAMME_CHANGED}, True, Kind.CONGRESS_CANCELLED),
        (Kind.WITHDRAWN, {Kind.CHANGED}, False, Kind.WITHDRAWN),
    ],
)
def test_what_is_left_of_a_letter_that_took_in_others(kind, overtaken, is_new, left):
    letter = a_letter(workshops=[MINE | {"room": "Raum 1"} if is_new else MINE])
    assert news.left_to_tell(kind, letter, overtaken) is left


def test_of_what_changed_twice_the_first_is_what_one_knew():
    older = a_letter(workshops=[MINE | {"room": "Raum 1"}], confirmed=[], waiting=[])
    newer = a_letter(workshops=[MINE | {"room": "Raum 2"}, MINE | {"id": 4, "room": "Raum 4"}])

    news.overtake(newer, older)

    rooms = {each["id"]: each["room"] for each in newer["before"]["workshops"]}
    assert rooms == {3: "Raum 1", 4: "Raum 4"}
    assert newer["before"]["confirmed"] == []


def corrected(*changes: tuple[str, str, str]) -> Any:  # noqa: ANN401 - facts
    rows = [{"label": label, "before": was, "after": now} for label, was, now in changes]
    return LETTER | {"corrected": rows}


@pytest.mark.parametrize(
    ("older", "newer", "merged"),
    [
        ([("Name", "A", "B")], [("Name", "B", "C")], [("Name", "A", "C")]),
        ([("Name", "A", "B")], [("Name", "B", "A")], []),
        (
            [("Name", "A", "B"), ("Amt", "", "x")],
            [("Name", "B", "A"), ("Mail", "a", "b")],
            [("Amt", "", "x"), ("Mail", "a", "b")],
        ),
        ([], [("Name", "A", "B")], [("Name", "A", "B")]),
    ],
)
def test_of_what_was_corrected_twice_the_first_and_the_last_are_told(older, newer, merged):
    letter = corrected(*newer)

    news.overtake(letter, corrected(*older))

    assert letter == corrected(*merged)
    left = news.left_to_tell(Kind.CORRECTED, letter, {Kind.CORRECTED})
    assert left is (Kind.CORRECTED if merged else None)
    assert news.left_to_tell(Kind.READDRESSED, letter, {Kind.CORRECTED}) is Kind.READDRESSED


def test_a_letter_about_something_else_takes_no_corrections_in():
    letter = a_letter()

    news.overtake(letter, corrected(("Name", "A", "B")))

    assert "corrected" not in letter


def test_a_letter_that_took_in_a_change_of_ones_own_is_one_about_it():
    letter = a_letter(workshops=[MINE | {"room": "Raum 1"}], confirmed=[], waiting=[])
    left = news.left_to_tell(Kind.PROGRAMME_CHANGED, letter, {Kind.CHANGED})
    assert left is Kind.CHANGED


def test_nobody_gives_up_what_was_called_off_after_an_earlier_change():
    """First somebody waits for another, then the kept place is called off, then a new one is won.

    The oldest of the three letters knows the kept place as one that takes place.
    """
    kept, other = MINE | {"id": 1}, MINE | {"id": 2}
    newest = a_letter(other, confirmed=[kept | {"cancelled": True}], waiting=[])
    called_off = a_letter(kept | {"cancelled": True}, workshops=[kept])
    oldest = a_letter(kept, confirmed=[kept], waiting=[])

    for older in (called_off, oldest):
        news.overtake(newest, older)

    assert news.own_change(newest).lost == ()
    assert [each.what for each in news.of_workshops(newest)] == [("off",)]


def test_of_what_was_moved_twice_everybody_is_told_whose_wishes_ended_by_either_move():
    older, newer = news.News(unranked={1: (7, 4), 2: (7,)}), news.News(unranked={1: (5,)})
    assert newer.after(older).unranked == {1: [4, 5, 7], 2: [7]}
