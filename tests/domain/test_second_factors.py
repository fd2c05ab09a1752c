"""Codes of an app as RFC 6238 has them, and recovery codes however they are typed."""

from datetime import UTC, datetime

import pytest

from congress.domain.logins import second_factors

SECRET = b"12345678901234567890"  # of RFC 6238, appendix B, whose codes have eight figures


def at(seconds):
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds, code):
    step = seconds // 30

    assert second_factors.code_at(SECRET, step) == code
    assert second_factors.matching_step(SECRET, code, now=at(seconds)) == step


@pytest.mark.parametrize(
    ("seconds_off", "after", "is_right"),
    [
        (0, None, True),
        (-30, None, True),  # the clock of the telephone is slow
        (30, None, True),
        (-60, None, False),
        (60, None, False),
        (0, 0, False),  # used
        (-30, 0, False),  # older than one that was used
        (30, 0, True),
        (0, -1, True),
    ],
)
def test_a_code_holds_around_its_time_and_once(seconds_off, after, is_right):
    now = 2_000_000_010
    typed = second_factors.code_at(SECRET, (now + seconds_off) // 30)
    used = None if after is None else now // 30 + after
    found = second_factors.matching_step(SECRET, typed, now=at(now), after=used)

    assert (found is not None) is is_right


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "２８７０８２", "abcdef", "287083"])
def test_anything_else_is_no_code(typed):
    assert second_factors.matching_step(SECRET, typed, now=at(59)) is None


def test_a_code_may_be_typed_in_groups():
    assert second_factors.matching_step(SECRET, " 287 082 ", now=at(59)) == 1
    assert second_factors.is_app_code("287 082")
    assert not second_factors.is_app_code("abcd-efgh")


def test_an_app_reads_the_secret_and_whose_it_is():
    address = second_factors.app_address(SECRET, issuer="Forum & Co", account="a+b@example.org")

    assert address == (
        "otpauth://totp/Forum%20%26%20Co:a%2Bb@example.org"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Forum%20%26%20Co"
    )


@pytest.mark.parametrize("change", [str, str.upper, lambda code: code.replace("-", " ")])
def test_a_recovery_code_is_known_however_it_is_typed(change):
    code = second_factors.recovery_code(bytes(range(15)))
    digest = second_factors.recovery_digest(code)

    assert code == "aaaq-eaye-auda-ocaj-bifq-ydio"
    assert second_factors.recovery_digest(change(code)) == digest
    assert second_factors.recovery_digest(code[:-1]) != digest
