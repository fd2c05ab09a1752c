"""The declaration of the fields, and what follows from it without a page."""

from functools import partial

import pytest

from congress.domain.access import Right, Role
from congress.domain.attendee_list import COLUMNS, MODE, PRIORITY, WISHES, visible
from congress.domain.fields import (
    ANSWERS,
    ASSISTANCE,
    FIELDS,
    NAMES,
    POSSIBLE_USES,
    SWITCHABLE,
    FieldUse,
    Purpose,
    uses,
    values,
)
from congress.domain.folding import fold_for_search
from congress.domain.registration_request import RegistrationRequest

ALL = [each.name for each in FIELDS]


def test_a_name_stands_once():
    assert len(set(ALL)) == len(ALL)


def test_only_what_a_place_needs_is_always_asked():
    """GDPR-01: an address, and one of two names."""
    always = [each for each in FIELDS if each.purpose is Purpose.PLACE]

    assert [each.name for each in always] == ["given_name", "family_name", "email"]
    required = [each.name for each in always if each.use is FieldUse.REQUIRED]
    assert required == ["email"]
    assert [each.name for each in always if each.use is FieldUse.OPTIONAL] == list(NAMES)
    assert set(SWITCHABLE) == set(FIELDS) - set(always)


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ({}, {"organisation": "optional", "function": "optional"}),
        ({"function": "off"}, {"organisation": "optional", "function": "off"}),
        (
            {"organisation": "required", "function": "required", "gone": "off"},
            {"organisation": "required", "function": "required"},
        ),
    ],
)
def test_what_a_congress_leaves_open_is_asked_by_default(stored, asked):
    found = uses(stored)

    assert {name: found[name] for name in asked} == asked
    assert list(found) == [*(each.name for each in SWITCHABLE), ASSISTANCE]
    assert found[ASSISTANCE] is FieldUse.OFF


def test_what_people_need_is_asked_on_request_and_never_required():
    """GDPR-04: consent is given freely, so nobody can be made to answer."""
    assert uses({ASSISTANCE: "optional"})[ASSISTANCE] is FieldUse.OPTIONAL
    assert set(POSSIBLE_USES[ASSISTANCE]) == {"off", "optional"}
    assert {POSSIBLE_USES[each.name] for each in SWITCHABLE} == {FieldUse}


def test_every_field_is_a_column_of_the_files():
    assert set(ALL) <= set(COLUMNS)


def test_a_field_is_seen_in_files_with_its_right_only():
    every = partial(visible, has_groups=True, is_hybrid=True, has_wishes=True)
    reader = every(frozenset({Role.READER}))
    hidden = [each.name for each in FIELDS if each.right is not Right.SEE_ATTENDEES]

    assert reader == tuple(column for column in COLUMNS if column not in hidden)
    organiser = frozenset({Role.ORGANISER})
    assert every(organiser) == COLUMNS
    assert set(COLUMNS) - set(visible(organiser)) == {MODE, PRIORITY, WISHES}
    assert visible(frozenset({Role.PROGRAMME})) == visible(frozenset()) == ()


def test_every_field_is_stored_and_searched_and_read_again():
    """An answer goes into the one column of answers; what was left empty is not stored."""
    typed = {each.name: f"Wert-{each.name}" for each in FIELDS}
    answers = {each.name: typed[each.name] for each in ANSWERS}
    stored = RegistrationRequest(
        given_name=typed["given_name"],
        family_name=typed["family_name"],
        email=typed["email"],
        organisation=typed["organisation"],
        answers=answers | {"empty": ""},
    ).columns()

    assert stored["answers"] == answers
    assert {name: stored[name] for name in ALL if name not in answers} | answers == typed
    assert stored["search"] == fold_for_search(*(f"Wert-{each.name}" for each in FIELDS))
    assert values(stored) == {each.name: typed[each.name] for each in SWITCHABLE}
