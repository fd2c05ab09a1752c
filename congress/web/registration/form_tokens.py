"""The mark of one form as handed out: told apart from others, and how long it lay open (SEC-30).

The mark is signed, so that a robot cannot make one; its random part becomes the registration's
`form_key`, by which the same form sent twice is recognised. It is good for one congress only, and
so tells whether somebody was shown the form of this one. Browsers fill in forms faster than
people: who sends one fast is held for the missing moment and notices nothing.
"""

import secrets
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from threading import BoundedSemaphore

from itsdangerous import BadSignature, Signer

from congress import clock, extensions

SALT = b"registration-form/"
KEY_BYTES = 16
LONGEST_OPEN = timedelta(hours=24)
LONGEST_HELD = timedelta(seconds=5)
# Held forms occupy threads of the server: a flood of them must not shut out everybody else.
_SEATS = BoundedSemaphore(2)


class Age(Enum):
    """What the mark says about a form that was sent."""

    RIGHT = auto()
    TOO_YOUNG = auto()  # and there was no seat to hold it on
    TOO_OLD = auto()
    UNKNOWN = auto()  # missing, cut or forged


@dataclass(frozen=True)
class FormToken:
    """A mark and the key in it."""

    text: str
    key: str
    age: Age = Age.RIGHT
    missing: timedelta = timedelta(0)  # until it is old enough


def issue(slug: str, *, now: datetime) -> FormToken:
    """Make the mark of a form of a congress that is shown now."""
    key = secrets.token_urlsafe(KEY_BYTES)
    milliseconds = int(now.timestamp() * 1000)
    return FormToken(_signer(slug).sign(f"{key}.{milliseconds}").decode(), key)


def hold(text: str, slug: str) -> FormToken:
    """Read the mark of a form that was sent; one sent too fast is held until it is old enough."""
    token = read(text, slug, now=clock.now())
    is_held = token.age is Age.TOO_YOUNG and token.missing <= LONGEST_HELD
    if not is_held or not _SEATS.acquire(blocking=False):
        return token
    try:
        time.sleep(token.missing.total_seconds())
    finally:
        _SEATS.release()
    return replace(token, age=Age.RIGHT, missing=timedelta(0))


def read(text: str, slug: str, *, now: datetime) -> FormToken:
    """Read the mark of a form that was sent now; an unusable one is replaced by a new one."""
    try:
        key, milliseconds = _signer(slug).unsign(text).decode().split(".")
    except (BadSignature, ValueError):
        return _renewed(Age.UNKNOWN, slug, now=now)
    open_for = now - datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    if open_for > LONGEST_OPEN:
        return _renewed(Age.TOO_OLD, slug, now=now)
    least = timedelta(seconds=extensions.settings().form_min_seconds)
    # A clock that was set back makes forms of the future; they are not the fault of people.
    if timedelta(0) <= open_for < least:
        return FormToken(text, key, Age.TOO_YOUNG, least - open_for)
    return FormToken(text, key)


def _renewed(age: Age, slug: str, *, now: datetime) -> FormToken:
    fresh = issue(slug, now=now)
    return FormToken(fresh.text, fresh.key, age)


def _signer(slug: str) -> Signer:
    settings = extensions.settings()
    keys = [key for key in (settings.secret_key_old, settings.secret_key) if key]
    return Signer(keys, salt=SALT + slug.encode())  # signs with the last, accepts them all
