"""Halls for the tables of cases: a congress of one morning and one afternoon, and its people."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS, Booked, Exchange, Hall, Key, Line, Person
from congress.domain.moves import Move
from congress.domain.places import Wanted, decide
from congress.domain.registration import (
    BookingState,
    RegistrationPeriod,
    RegistrationState,
    end_of_day,
)
from congress.domain.registration_request import WishedWorkshop
from congress.domain.rules import USUAL, Rules
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places, Workshop

BERLIN = ZoneInfo("Europe/Berlin")
ONE_SECOND = timedelta(seconds=1)
OPENS = datetime(2015, 8, 1, 6, tzinfo=UTC)
CLOSES = end_of_day(date(2015, 10, 7), BERLIN)
PERIOD = RegistrationPeriod(OPENS, CLOSES)
NOON = datetime(2015, 10, 21, 12, tzinfo=UTC)
STARTS = NOON - timedelta(hours=4)
MORNING = TimeSlot(NOON - timedelta(hours=3), NOON - timedelta(hours=1))
LATE_MORNING = TimeSlot(NOON - timedelta(hours=2), NOON)
AFTERNOON = TimeSlot(NOON, NOON + timedelta(hours=2))
WHOLE_DAY = TimeSlot(MORNING.starts_at, AFTERNOON.ends_at)

ROOMY = Places(capacity=100)
FULL = Places(capacity=1, taken=1)
SHUT = Places(capacity=1, taken=1, waiting_list_open=False)

CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING


def workshop(number: int, slot: TimeSlot = MORNING, *, cancelled: bool = False) -> Workshop:
    return Workshop(number, {"de": f"Workshop {number}"}, slot, cancelled)


def booked(number: int, state: BookingState = CONFIRMED, instead_of: int | None = None) -> Booked:
    return Booked(number, state, instead_of)


def inside(number: int, *bookings: Booked) -> Person:
    """Somebody who has a place in the congress."""
    return Person(number, RegistrationState.CONFIRMED, bookings)


def outside(number: int, *bookings: Booked) -> Person:
    """Somebody who waits for the congress."""
    return Person(number, RegistrationState.WAITING, bookings)


def asking(number: int, *bookings: Booked, holds: bool = False) -> Person:
    """Somebody who asked to take part, and waits for an answer."""
    return Person(number, RegistrationState.REQUESTED, bookings, holds=holds)


def hall(
    congress: Places = ROOMY,
    workshops: Iterable[tuple[Workshop, Places]] = (),
    *people: Person,
    lines: Mapping[Key, Line | tuple[int, ...]] | None = None,
    now: datetime = OPENS,
    state: CongressState = CongressState.PUBLISHED,
    period: RegistrationPeriod = PERIOD,
    rules: Rules = USUAL,
    exchanges: Mapping[Exchange, Line] | None = None,
) -> Hall:
    workshops = list(workshops)
    return Hall(
        now=now,
        state=state,
        period=period,
        starts_at=STARTS,
        places={CONGRESS: congress, **{each.id: places for each, places in workshops}},
        workshops={each.id: each for each, _ in workshops},
        people={person.id: person for person in people},
        lines={
            key: line if isinstance(line, Line) else Line(line)
            for key, line in (lines or {}).items()
        },
        rules=rules,
        exchanges=exchanges or {},
    )


def wish(number: int, safe: int | None = None) -> WishedWorkshop:
    return WishedWorkshop(number, safe)


def moves(hall: Hall, wanted: Wanted) -> list[Move]:
    """The moves of a decision that refuses nothing."""
    decision = decide(hall, wanted)
    assert decision.refusal is None
    assert not decision.unread
    return list(decision.moves)


def refusal(hall: Hall, wanted: Wanted) -> type[Refused | None]:
    """Why something is refused; then nothing moves."""
    decision = decide(hall, wanted)
    assert decision.moves == ()
    return type(decision.refusal)
