"""Codes by mail that stand before names: how long one counts, and the login that it begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from congress.domain.errors import Refused

CODE_VALID = timedelta(minutes=10)
LOGIN_LENGTH = timedelta(hours=1)
LOGIN_KEPT = timedelta(days=1)  # what was asked for and begun, whether it still counts or not
MOST_WRONG = 5  # codes that are typed for one that was sent
MOST_CODES, CODES_WITHIN = 5, timedelta(hours=1)  # sent to one person


class TooManyCodes(Refused):
    """Somebody was sent as many codes as one may be sent in an hour."""


@dataclass(frozen=True)
class SentCode:
    """A code that was sent, and what became of it."""

    asked_at: datetime
    wrong: int = 0
    is_used: bool = False

    def is_in_force(self, now: datetime) -> bool:
        """Whether it still opens something."""
        return not self.is_used and self.wrong < MOST_WRONG and now < self.asked_at + CODE_VALID


def is_logged_in(started_at: datetime, now: datetime) -> bool:
    """Whether a login lasts."""
    return now < started_at + LOGIN_LENGTH
