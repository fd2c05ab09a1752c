from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.access import Right, Role
from congress.domain.logins.accounts import (
    Account,
    PasswordTooFrequent,
    PasswordTooLong,
    PasswordTooShort,
    is_over,
    require_password,
    seconds_to_wait,
)

NOW = datetime(2015, 9, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("kurz", PasswordTooShort),
        ("password", PasswordTooFrequent),
        ("Passwort1", PasswordTooFrequent),
        ("schalke04", PasswordTooFrequent),
        ("x" * 1025, PasswordTooLong),
    ],
)
def test_weak_passwords_are_refused(password, refusal):
    """SEC-22."""
    with pytest.raises(refusal):
        require_password(password)


@pytest.mark.parametrize("password", ["vier rote Esel", "ünïcödé 🦔 geht", "a" * 64 + "b" * 64])
def test_long_passwords_of_any_characters_will_do(password):
    """SEC-22."""
    require_password(password)


@pytest.mark.parametrize(
    ("age", "idle", "over"),
    [
        (timedelta(hours=7), timedelta(minutes=29), False),
        (timedelta(hours=1), timedelta(minutes=30), True),
        (timedelta(hours=8), timedelta(minutes=1), True),
    ],
    ids=["in use", "idle", "a working day"],
)
def test_a_session_ends_by_itself(age, idle, over):
    """SEC-25."""
    assert is_over(NOW - age, NOW - idle, now=NOW) is over


@pytest.mark.parametrize(
    ("roles", "age", "idle", "over"),
    [
        ({Role.CHECK_IN}, 11, 5, False),
        ({Role.CHECK_IN}, 12, 0, True),
        ({Role.CHECK_IN, Role.READER}, 11, 0, True),
        (set(), 8, 0, True),
    ],
)
def test_a_day_at_the_door_is_one_session(roles, age, idle, over):
    """SEC-25: 12 hours and no idle end, for whoever has that role and no other."""
    account = Account(1, "a@example.org", roles={7: frozenset(roles)} if roles else {})
    began, seen = (NOW - timedelta(hours=hours) for hours in (age, idle))

    at_the_door = account.stands_at_doors_only
    assert is_over(began, seen, at_the_door=at_the_door, now=NOW) is over
    assert (account.session_length > timedelta(hours=8)) is at_the_door


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (9, 0), (10, 0.5), (15, 3), (500, 5)])
def test_failures_slow_down_and_never_lock_out(failures, seconds):
    """SEC-23."""
    assert seconds_to_wait(failures) == seconds


def test_rights_are_those_of_the_congress():
    """SEC-26."""
    account = Account(1, "a@example.org", roles={1: frozenset({Role.READER})})

    assert account.may(Right.SEE_ATTENDEES, 1)
    assert not account.may(Right.EXPORT_ATTENDEES, 1)
    assert not account.may(Right.SEE_CONGRESS, 2)


def test_an_administrator_is_everything_to_every_congress():
    account = Account(1, "a@example.org", is_administrator=True)

    assert {right for right in Right if not account.may(right, 7)} == {Right.SEE_ASSISTANCE}
