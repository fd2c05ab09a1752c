"""Second factors: codes of an app (RFC 6238), and recovery codes for whoever lost it."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from congress.domain.errors import Refused

SECRET_BYTES = 20  # as RFC 4226 recommends, and what apps take without an option
STEP_SECONDS = 30
DIGITS = 6
STEPS_OFF = 1  # how far the clock of a telephone may be wrong, either way
RECOVERY_CODES = 10
RECOVERY_BYTES = 15  # 120 bits: a digest without salt will do (ASVS 5.0, 6.5.2)
MOST_WRONG_CODES = 10
CODE_WINDOW = timedelta(hours=1)  # 240 of a million in a day
SECOND_STEP_LENGTH = timedelta(minutes=10)  # from the password to the code
PROVEN_LENGTH = timedelta(minutes=10)  # a password typed so lately opens what changes the login


class WrongCode(Refused):
    """The code of the app does not match, or has been used."""


class StepDemanded(Refused):
    """The last second step of an account must stay."""


class SetUpOver(Exception):
    """The secret that the app was shown is not at hand any more."""


def is_demanded(of: str, *, is_administrator: bool) -> bool:
    """Return whether an account needs a second step; `of` is REQUIRE_TWO_FACTOR."""
    return of == "all" or (of == "administrators" and is_administrator)


def code_at(secret: bytes, step: int) -> str:
    """Return what an app shows in a step of time (RFC 6238 with RFC 4226, 5.3)."""
    mac = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(
    secret: bytes, typed: str, *, now: datetime, after: int | None = None
) -> int | None:
    """Return in which step around now a code is right; one up to `after` has been used."""
    current = int(now.timestamp()) // STEP_SECONDS
    code = _bare(typed)
    for step in range(current - STEPS_OFF, current + STEPS_OFF + 1):
        is_new = after is None or step > after
        if is_new and hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return step
    return None


def is_app_code(typed: str) -> bool:
    """Return whether this looks like the code of an app, and not like a recovery code."""
    code = _bare(typed)
    return len(code) <= DIGITS and code.isascii() and code.isdigit()


def app_address(secret: bytes, *, issuer: str, account: str) -> str:
    """Return what the picture says that an app reads (Key URI Format)."""
    label = quote(f"{issuer}:{account}", safe="@:")
    return f"otpauth://totp/{label}?" + urlencode(
        {"secret": in_letters(secret), "issuer": issuer}, quote_via=quote
    )


def in_letters(secret: bytes) -> str:
    """Return a secret as it is typed into an app."""
    return base64.b32encode(secret).decode().rstrip("=")


def in_groups(letters: str) -> str:
    """Return letters in groups of four, so that nobody loses their place."""
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def recovery_code(random: bytes) -> str:
    """Return a recovery code as it is shown: "abcd-efgh-…"."""
    return in_groups(in_letters(random).lower()).replace(" ", "-")


def recovery_digest(typed: str) -> str:
    """Return the SHA-256 (hex) under which a recovery code is kept, however it was typed."""
    return hashlib.sha256(_bare(typed).lower().encode()).hexdigest()


def _bare(typed: str) -> str:
    return "".join(char for char in typed if char.isalnum())
