"""Who gets a place.

The rules of registering for a congress, and nothing else: no clock, no database, no web. The
caller says what time it is and how full everything is; the answer is a place or a place in a
queue for the congress and for each workshop, or a refusal.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from congress.domain.errors import Refused
from congress.domain.texts import Texts
from congress.domain.workshops import Places, Workshop, require_no_clash


class RegistrationState(StrEnum):
    """Where somebody stands with a congress."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class BookingState(StrEnum):
    """Where somebody stands with one workshop."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Phase(StrEnum):
    """What the registration period says at some moment."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


class RegistrationNotOpenYet(Refused):
    """Registration has not opened yet."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(opens_at)
        self.opens_at = opens_at


class RegistrationClosed(Refused):
    """Registration has closed."""

    def __init__(self, closes_at: datetime) -> None:
        super().__init__(closes_at)
        self.closes_at = closes_at


class CongressNotTakingPart(Refused):
    """The congress is not published: a draft, cancelled or finished."""


class CongressFull(Refused):
    """Every place is taken and there is no waiting list."""


class WorkshopFull(Refused):
    """Every place of a workshop is taken and there is no waiting list for it."""

    def __init__(self, title: Texts) -> None:
        super().__init__(title)
        self.title = title


class WorkshopCancelled(Refused):
    """A workshop that was chosen does not take place."""

    def __init__(self, title: Texts) -> None:
        super().__init__(title)
        self.title = title


class SafePlaceNotFree(Refused):
    """The place to hold while waiting is itself taken; a queue is no safe place."""

    def __init__(self, title: Texts) -> None:
        super().__init__(title)
        self.title = title


@dataclass(frozen=True)
class RegistrationPeriod:
    """When one may register, change and withdraw: from `opens_at` until before `closes_at`."""

    opens_at: datetime
    closes_at: datetime  # the first moment too late: midnight after the named day

    def phase(self, now: datetime) -> Phase:
        if now < self.opens_at:
            return Phase.NOT_YET
        return Phase.OPEN if now < self.closes_at else Phase.CLOSED

    def require_open(self, now: datetime) -> None:
        if now < self.opens_at:
            raise RegistrationNotOpenYet(self.opens_at)
        if now >= self.closes_at:
            raise RegistrationClosed(self.closes_at)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment after a named day, local time: the day counts to its end.

    Midnight can be missing or doubled in some zones; the first moment of the next day is taken
    in the sense of `fold=0`.
    """
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone)


@dataclass(frozen=True)
class Choice:
    """One wish in one time slot, and the workshop whose place to hold while waiting for it."""

    workshop: Workshop
    safe: Workshop | None = None
    question: str = ""


@dataclass(frozen=True)
class PlaceGiven:
    """A place in a workshop or in its queue; `instead_of` is given up when it is confirmed."""

    workshop_id: int
    state: BookingState
    question: str = ""
    instead_of: int | None = None


@dataclass(frozen=True)
class Admission:
    """The whole answer to one registration."""

    state: RegistrationState
    places: tuple[PlaceGiven, ...]


def admit(
    congress: Places, chosen: Sequence[Choice], period: RegistrationPeriod, *, now: datetime
) -> Admission:
    """Decide what one attendee asks for, in the order asked.

    A full workshop is not a refusal: the attendee joins its waiting list and keeps the other
    places. Whoever waits for the congress itself holds no workshop place yet; the choices are
    kept in their order and decided at moving up.
    """
    period.require_open(now)
    require_choices_fit(chosen)
    state = place_in_congress(congress)
    places = [place for choice in chosen for place in places_for(choice, state)]
    return Admission(state, tuple(places))


def require_choices_fit(chosen: Sequence[Choice]) -> None:
    """Refuse overlapping choices; a safe place may overlap only the wish it stands in for."""
    require_no_clash([choice.workshop for choice in chosen])
    for choice in chosen:
        if choice.safe is not None:
            others = [other.workshop for other in chosen if other is not choice]
            require_no_clash([choice.safe, *others])


def place_in_congress(congress: Places) -> RegistrationState:
    """Return whether there is a place in the congress or one in its queue."""
    if congress.has_free_place:
        return RegistrationState.CONFIRMED
    if congress.waiting_list_open:
        return RegistrationState.WAITING
    raise CongressFull


def places_for(choice: Choice, state: RegistrationState) -> list[PlaceGiven]:
    """Decide one choice: the wanted place, or the queue for it with the safe place held."""
    wanted = place_in_workshop(choice.workshop, choice.question)
    safe = choice.safe if choice.safe and choice.safe.id != choice.workshop.id else None
    if state is RegistrationState.WAITING:
        wanted = replace(wanted, state=BookingState.WAITING)
        held = [PlaceGiven(safe.id, BookingState.WAITING)] if safe else []
    elif wanted.state is BookingState.CONFIRMED or safe is None:
        return [wanted]
    else:
        held = [place_in_workshop(safe)]
        if held[0].state is not BookingState.CONFIRMED:
            raise SafePlaceNotFree(safe.title)
    return [*held, replace(wanted, instead_of=held[0].workshop_id if held else None)]


def place_in_workshop(workshop: Workshop, question: str = "") -> PlaceGiven:
    """Return a place in a workshop, or one in its queue."""
    if workshop.cancelled:
        raise WorkshopCancelled(workshop.title)
    if workshop.places.has_free_place:
        return PlaceGiven(workshop.id, BookingState.CONFIRMED, question)
    if not workshop.places.waiting_list_open:
        raise WorkshopFull(workshop.title)
    return PlaceGiven(workshop.id, BookingState.WAITING, question)
