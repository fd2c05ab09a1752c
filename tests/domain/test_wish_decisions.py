"""How long it holds what organisers decided by hand of somebody's workshops."""

import pytest

from congress.domain.assignment.decisions import Decided, holds

GIVEN, IN_NO_CASE = Decided(is_given=True), Decided(is_given=False)
NONE_THEN = Decided(is_given=False, of_time=True)
NOTHING, ANOTHER, IT = (False, False), (False, True), (True, True)  # has it, has any of that time


@pytest.mark.parametrize(
    ("decided", "before", "since"),
    [
        (GIVEN, {NOTHING, ANOTHER, IT}, {IT}),
        (IN_NO_CASE, {NOTHING, ANOTHER, IT}, {NOTHING, ANOTHER, IT}),
        (NONE_THEN, {NOTHING, ANOTHER, IT}, {NOTHING}),
    ],
    ids=["in any case", "in no case", "none at that time"],
)
def test_before_a_release_it_is_to_come_true_and_since_as_long_as_it_is(decided, before, since):
    def whenever(*, is_released: bool) -> set[tuple[bool, bool]]:
        return {
            (has_it, has_any)
            for has_it, has_any in (NOTHING, ANOTHER, IT)
            if holds(decided, is_released=is_released, has_it=has_it, has_any=has_any)
        }

    assert (whenever(is_released=False), whenever(is_released=True)) == (before, since)
