"""SEC-26: which roles one may give, and that somebody is left who may do everything."""

import pytest

from congress.domain.access import Role
from congress.domain.logins.team import (
    LastOrganiser,
    after_change,
    beside_administrator,
    may_give,
    require_organiser_left,
    without_contained,
)

ORGANISER, PROGRAMME, LIST, READER = Role.ORGANISER, Role.PROGRAMME, Role.ATTENDEE_LIST, Role.READER
DOOR = Role.CHECK_IN
ASSISTANCE = Role.ASSISTANCE


@pytest.mark.parametrize(
    ("own", "given"),
    [
        ({Role.ADMINISTRATOR}, {ORGANISER, PROGRAMME, LIST, READER, DOOR, ASSISTANCE}),
        ({ORGANISER, ASSISTANCE}, {ORGANISER, PROGRAMME, LIST, READER, DOOR, ASSISTANCE}),
        ({ORGANISER}, {ORGANISER, PROGRAMME, LIST, READER, DOOR}),
        ({LIST}, {LIST, READER, DOOR}),
        ({PROGRAMME, READER}, {PROGRAMME, READER}),
        (set(), set()),
    ],
    ids=[
        "administrator",
        "organiser with assistance",
        "organiser",
        "list",
        "programme and reader",
        "nobody",
    ],
)
def test_nobody_gives_more_than_they_have(own, given):
    assert set(may_give(own)) == given


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ({ORGANISER, PROGRAMME, LIST, READER}, {ORGANISER}),
        ({LIST, READER, DOOR}, {LIST}),
        ({READER, DOOR}, {READER, DOOR}),
        ({PROGRAMME, LIST}, {PROGRAMME, LIST}),
        ({READER}, {READER}),
        ({ORGANISER, ASSISTANCE}, {ORGANISER, ASSISTANCE}),
        (set(), set()),
    ],
)
def test_a_role_within_another_brings_nothing(chosen, kept):
    assert without_contained(chosen) == kept


@pytest.mark.parametrize(
    ("before", "chosen", "after"),
    [
        ({ASSISTANCE, READER}, {LIST}, {ASSISTANCE, LIST}),
        ({ASSISTANCE}, set(), {ASSISTANCE}),
        ({READER}, {LIST}, {LIST}),
    ],
)
def test_what_one_may_not_give_one_does_not_take_by_changing(before, chosen, after):
    assert after_change(before, chosen, offered=may_give({ORGANISER})) == after


def test_only_what_they_cannot_do_yet_brings_an_administrator_anything():
    assert beside_administrator(set(Role)) == {ASSISTANCE}


@pytest.mark.parametrize(
    ("organisers", "after", "is_refused"),
    [
        ([1], set(), True),
        ([1], {PROGRAMME}, True),
        ([1], {ORGANISER}, False),
        ([1, 2], set(), False),
        ([2], set(), False),
        ([], set(), False),
    ],
)
def test_the_last_organiser_stays(organisers, after, is_refused):
    if is_refused:
        with pytest.raises(LastOrganiser):
            require_organiser_left(organisers, 1, after)
    else:
        require_organiser_left(organisers, 1, after)
