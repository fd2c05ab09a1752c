"""How long a code by mail counts, and the login that it begins."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.one_time_codes import (
    CODE_VALID,
    LOGIN_LENGTH,
    MOST_WRONG,
    SentCode,
    is_logged_in,
)
from congress.domain.tokens import Key, code

BEFORE, TICK = datetime(2027, 1, 20, 16, tzinfo=UTC), timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("sent", "later", "counts"),
    [
        (SentCode(BEFORE), CODE_VALID - TICK, True),
        (SentCode(BEFORE), CODE_VALID, False),
        (SentCode(BEFORE, wrong=MOST_WRONG - 1), TICK, True),
        (SentCode(BEFORE, wrong=MOST_WRONG), TICK, False),
        (SentCode(BEFORE, is_used=True), TICK, False),
    ],
)
def test_a_code_counts_once_and_for_minutes(sent, later, counts):
    assert sent.is_in_force(BEFORE + later) is counts


def test_a_login_ends_and_codes_are_six_digits_of_one_key():
    assert is_logged_in(BEFORE, BEFORE + LOGIN_LENGTH - TICK)
    assert not is_logged_in(BEFORE, BEFORE + LOGIN_LENGTH)
    codes = {code(Key(b"one"), str(each)) for each in range(50)}
    assert len(codes) > 45
    assert all(len(each) == 6 and each.isdigit() for each in codes)
    assert code(Key(b"one"), "n") != code(Key(b"two"), "n")
