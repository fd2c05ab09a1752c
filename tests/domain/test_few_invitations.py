"""How many letters to people of a programme go out within an hour."""

import pytest

from congress.domain.planning.contributors import (
    MOST_INVITED,
    MOST_TO_ADDRESS,
    InvitedEnough,
    require_few,
)

MANY = [str(number) for number in range(MOST_INVITED)]


@pytest.mark.parametrize(
    ("sent", "recipients", "goes"),
    [
        ({}, ["a"] * MOST_TO_ADDRESS, True),
        ({}, ["a"] * (MOST_TO_ADDRESS + 1), False),
        ({"a": MOST_TO_ADDRESS - 1}, ["a"], True),
        ({"a": MOST_TO_ADDRESS}, ["a"], False),
        ({"a": MOST_TO_ADDRESS}, ["b"], True),
        ({}, MANY, True),
        ({"a": 1}, MANY, False),
    ],
)
def test_letters_to_one_address_and_to_all_are_few(sent, recipients, goes):
    if goes:
        require_few(sent, recipients)
    else:
        with pytest.raises(InvitedEnough):
            require_few(sent, recipients)
