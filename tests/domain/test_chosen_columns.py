"""Which columns the list of attendees shows: chosen in the address, and only what one may see."""

import pytest

from congress.domain.access import Role
from congress.domain.attendee_list import (
    NOTE,
    SHOWN,
    choosable,
    chosen,
    in_any_file,
    in_file,
    visible,
)

ORGANISER, READER = frozenset({Role.ORGANISER}), frozenset({Role.READER})
OFFERED = choosable(ORGANISER)


def test_everything_but_the_address_is_offered_to_readers():
    assert [each for each in OFFERED if each not in choosable(READER)] == ["email"]
    assert choosable(frozenset({Role.PROGRAMME})) == ()
    assert set(SHOWN) < set(OFFERED)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ([], SHOWN),
        (["no-such-column"], SHOWN),
        (["name"], ()),
        (["name", "no-such-column"], ()),
        (["registered_at", "function", "name"], ("function", "registered_at")),
        (["email", "email", "state"], ("email", "state")),
    ],
)
def test_what_is_asked_for_is_shown_in_the_order_of_all(asked, shown):
    assert chosen(asked, OFFERED) == shown


def test_what_somebody_may_not_see_is_not_shown_whatever_the_address_says():
    assert chosen(["email", "function"], choosable(READER)) == ("function",)


def test_a_file_says_what_the_page_says_with_names_in_two_columns():
    assert in_file(("email", "registered_at", "workshop")) == (
        "family_name",
        "given_name",
        "email",
        "registered_at",
        "workshop",
    )
    assert in_file(()) == ("family_name", "given_name")


def test_internal_notes_are_in_no_file_for_which_nobody_chose_them():
    everything = visible(ORGANISER)
    assert set(everything) - set(in_any_file(everything)) == {NOTE}
    assert NOTE in in_file([NOTE])
    assert NOTE in choosable(READER)
    assert NOTE not in chosen([], OFFERED)
