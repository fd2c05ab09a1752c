"""Whose turn it is in the outbox, whose fault a refusal is, and what an old backup looks like."""

from datetime import UTC, datetime

import pytest

from congress.domain.mails.delivery import domain_of, granted, is_about_mailbox, minute_of
from congress.domain.mails.marks import Mark, Standing, compare
from congress.domain.mails.masking import without_addresses

NAMED = Mark("one", 41)


@pytest.mark.parametrize(
    ("found", "remembered", "has_mails", "standing"),
    [
        (NAMED, None, True, Standing.ANOTHER),  # the first start, or another machine's
        (NAMED, Mark("one", 41), True, Standing.NEWER),
        (NAMED, Mark("one", 40), True, Standing.NEWER),  # another machine has gone on
        (NAMED, Mark("one", 42), True, Standing.OLDER),
        (NAMED, Mark("two", 42), True, Standing.ANOTHER),  # deliberately another database
        (Mark("", 0), Mark("one", 1), True, Standing.OLDER),  # a backup from before they had names
        (Mark("", 0), Mark("one", 1), False, Standing.ANOTHER),
        (Mark("", 0), None, True, Standing.ANOTHER),  # the first start after the upgrade
    ],
)
def test_an_old_backup_is_known_by_what_the_machine_remembers(
    found: Mark, remembered: Mark | None, has_mails: bool, standing: Standing
):
    """REL-15."""
    assert compare(found, remembered, has_mails=has_mails) is standing


@pytest.mark.parametrize(
    ("taken", "answers"),
    [
        ({}, [True, True, True, False]),
        ({"a.example": 1}, [True, True, False, False]),
        ({"a.example": 2, "b.example": 2}, [False, False, False, False]),
        ({"b.example": 5}, [True, False, True, False]),
    ],
)
def test_a_domain_gets_so_many_in_a_minute_and_holds_up_no_other(taken, answers):
    domains = ["a.example", "b.example", "a.example", "a.example"]
    assert granted(domains, taken, per_minute=2) == answers


def test_minutes_are_those_of_the_clock():
    moment = datetime(2015, 10, 7, 21, 59, 59, 999, tzinfo=UTC)
    assert minute_of(moment) == datetime(2015, 10, 7, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "domain"),
    [("erika@Example.ORG", "example.org"), ('"a@b"@example.org', "example.org")],
)
def test_the_domain_is_what_follows_the_last_at(address, domain):
    assert domain_of(address) == domain


@pytest.mark.parametrize(
    ("reason", "is_about"),
    [
        ("550 5.1.1 no such user here", True),
        ("552 5.2.2 mailbox full", True),
        ("550 5.1.10 recipient not found", True),
        ("550 5.1.8 sender address rejected", False),
        ("550 5.1.7 <bad@>: bad sender address", False),
        ("554 5.7.1 relay access denied", False),
        ("550 we do not know you", False),
        ("550 User unknown", True),
        ("550 relay not permitted", False),
    ],
)
def test_a_refusal_is_about_the_mailbox_or_about_us(reason: str, is_about: bool):
    assert is_about_mailbox(reason) is is_about


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("550 5.7.1 <erika@example.org>: denied", "550 5.7.1 <…>: denied"),
        ("554 erika.m+x@xn--lnen-0ra.example (no)", "554 … (no)"),
        ("535 5.7.8 wrong password", "535 5.7.8 wrong password"),
    ],
)
def test_what_a_server_said_is_shown_to_others_without_addresses(said, shown):
    assert without_addresses(said) == shown
