"""Who was there: on which days of a congress, whom one lets in, and how many did not come."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.modes import Mode
from congress.domain.people import fold_name
from congress.domain.registration import RegistrationState
from congress.domain.rules import Rules
from congress.domain.texts import Texts


class CameBy(StrEnum):
    """How it is known that somebody was there."""

    DOOR = "door"  # ticked off
    PAPER = "paper"  # signed, and typed from the sheet
    WORKSHOP = "workshop"  # a day of the congress only: they were in a workshop on it


class NobodyComes(Refused):
    """The congress is a draft or called off, so nobody comes to it."""


class NotADayOfIt(Refused):
    """The congress does not take place on this day."""


class DayAhead(Refused):
    """The day has not begun: who will be there is not known yet."""


class OnlyAsked(Refused):
    """Somebody has asked to take part, and organisers have not decided."""


class StillWaiting(Refused):
    """Somebody waits and has no place, and a place is given by organisers only."""


class TakesPartOnline(Refused):
    """Somebody of a hybrid congress is expected online, and so has no place on site."""


class HasWithdrawn(Refused):
    """Somebody's registration has ended, so there is no place for them."""


class NotInTheProgramme(Refused):
    """Somebody has no part in what is published, so nobody expects them without a registration."""


@dataclass(frozen=True)
class Contributes:
    """Somebody with a confirmed part in the programme; the address is folded, or empty."""

    person_id: int
    name: str
    affiliation: Texts
    email_key: str = ""

    @property
    def name_key(self) -> str:
        return fold_name(self.name)


def without_registration(
    contributing: Iterable[Contributes], *, names: AbstractSet[str], mailboxes: AbstractSet[str]
) -> list[Contributes]:
    """Return who comes without having registered: whoever has a place as well stands there once.

    One person is told by the folded name or by the mailbox, for a programme prints titles too.
    """
    return [
        each
        for each in contributing
        if each.name_key not in names and each.email_key not in mailboxes
    ]


@dataclass(frozen=True)
class Presence:
    """How many of those who have a place were there."""

    people: int
    came: int

    @property
    def stayed_away(self) -> int:
        return self.people - self.came

    @property
    def percent(self) -> int:
        """The share of those who did not come; half a percent counts as one."""
        return (200 * self.stayed_away + self.people) // (2 * self.people) if self.people else 0


def days_of(congress: Congress) -> tuple[date, ...]:
    """Return the days of a congress, as its own clocks name them."""
    days = {slot.starts_at.astimezone(congress.zone).date() for slot in congress.days}
    return tuple(sorted(days))


def day_to_show(days: Sequence[date], today: date) -> date:
    """Return the day that whoever stands at the door means.

    That is today; after midnight or afterwards the last one that has begun; before, the first.
    """
    begun = [day for day in days if day <= today]
    return begun[-1] if begun else days[0]


def require_open_door(congress: Congress, day: date, *, now: datetime) -> None:
    """Refuse to tick off anybody on a day that is none of the congress's, or not yet."""
    if congress.state in {CongressState.DRAFT, CongressState.CANCELLED}:
        raise NobodyComes
    if day not in days_of(congress):
        raise NotADayOfIt
    if day > now.astimezone(congress.zone).date():
        raise DayAhead


def is_expected_online(rules: Rules, mode: Mode) -> bool:
    """Return whether somebody takes part online where others come to the venue.

    Of an online congress nobody comes to a place, and whoever took part is ticked off all the same.
    """
    return rules.is_hybrid and mode is Mode.ONLINE


def require_on_site(congress: Congress, mode: Mode) -> None:
    """Refuse to tick off whoever takes part online where others come to the venue."""
    if is_expected_online(congress.rules, mode):
        raise TakesPartOnline


def require_place(state: RegistrationState) -> None:
    """Refuse to tick off whoever has no place."""
    if state is RegistrationState.REQUESTED:
        raise OnlyAsked
    if state is RegistrationState.WAITING:
        raise StillWaiting
    if state is RegistrationState.CANCELLED:
        raise HasWithdrawn
