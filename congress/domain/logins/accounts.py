"""Organisers' accounts: who somebody is to which congress, and which passwords will do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from congress.domain.access import Right, Role, may
from congress.domain.errors import Refused
from congress.domain.network.access import NetworkRight, NetworkRole, may_in_network

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1024  # hashing must not be made to work without end
SESSION_IDLE = timedelta(minutes=30)
SESSION_LENGTH = timedelta(hours=8)
DOOR_SESSION_LENGTH = timedelta(hours=12)  # a day at the door, in which nobody logs in again
INVITATION_LENGTH = timedelta(days=7)
RESET_LENGTH = timedelta(hours=2)
MOST_RESETS_PER_HOUR = 5  # mails that a stranger can trigger (SEC-30)
FAILURES_BEFORE_WAITING = 10
LONGEST_WAIT = 5.0

_FREQUENT = Path(__file__).with_name("frequent_passwords.txt")


class AccountLinkPurpose(StrEnum):
    """Why a link to choose a password was mailed; also the first part of its address."""

    INVITATION = "invitation"
    RESET = "reset"


class PasswordTooShort(Refused):
    """The password has too few characters."""


class PasswordTooLong(Refused):
    """The password has more characters than anybody can mean."""


class PasswordTooFrequent(Refused):
    """The password is among those that everybody tries first."""


class WrongPassword(Refused):
    """Whoever wants another password does not know the one in force."""


class LinkExpired(Refused):
    """The link to choose a password is unknown, used or too old."""


@dataclass(frozen=True)
class Account:
    """Somebody who may log in; an administrator is everything to every congress."""

    id: int
    email: str
    name: str = ""
    language: str = "de"
    is_administrator: bool = False
    has_second_step: bool = False
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)
    network_role: NetworkRole | None = None

    def roles_in(self, congress_id: int) -> frozenset[Role]:
        own = self.roles.get(congress_id, frozenset())
        return own | {Role.ADMINISTRATOR} if self.is_administrator else own

    @property
    def may_set_up(self) -> bool:
        """Whether they may make a new congress: whoever organises one already."""
        return self.is_administrator or any(Role.ORGANISER in own for own in self.roles.values())

    def belongs_to(self, congress_id: int) -> bool:
        """Whether the congress is theirs in any way; to all others it does not exist."""
        return bool(self.roles_in(congress_id))

    def may(self, right: Right, congress_id: int) -> bool:
        return may(self.roles_in(congress_id), right)

    def may_in_network(self, right: NetworkRight) -> bool:
        return may_in_network(self.network_role, right, is_administrator=self.is_administrator)

    @property
    def session_length(self) -> timedelta:
        """How long a login of theirs lasts at most."""
        return DOOR_SESSION_LENGTH if self.stands_at_doors_only else SESSION_LENGTH

    @property
    def stands_at_doors_only(self) -> bool:
        """Whether they check people in and do nothing else, in any congress."""
        held = {role for own in self.roles.values() for role in own}
        more = self.is_administrator or self.network_role is not None
        return held == {Role.CHECK_IN} and not more


def require_password(password: str) -> None:
    """Refuse a password that is too short, too long or too frequent (ASVS 5.0, 6.2)."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLong
    if password.strip().casefold() in _frequent_passwords():
        raise PasswordTooFrequent


def is_over(
    started_at: datetime, last_seen: datetime, *, at_the_door: bool = False, now: datetime
) -> bool:
    """Return whether a session has ended: 30 minutes idle, 8 hours in all (ASVS 5.0, 7.3).

    At the door, where a quiet half hour is no sign of an unattended device, 12 hours in all.
    """
    if at_the_door:
        return now - started_at >= DOOR_SESSION_LENGTH
    return now - last_seen >= SESSION_IDLE or now - started_at >= SESSION_LENGTH


def seconds_to_wait(failures: int) -> float:
    """Return how long an attempt on an account waits after so many failures of late.

    Nobody is locked out: whoever knows the password gets in, only slower.
    """
    return min(LONGEST_WAIT, max(0, failures - FAILURES_BEFORE_WAITING + 1) * 0.5)


@cache
def _frequent_passwords() -> frozenset[str]:
    lines = _FREQUENT.read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
