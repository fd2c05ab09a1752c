"""Who gets a place: the table of cases is the rule."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from congress.domain.registration import (
    Admission,
    BookingState,
    Choice,
    CongressFull,
    Phase,
    PlaceGiven,
    RegistrationClosed,
    RegistrationNotOpenYet,
    RegistrationPeriod,
    RegistrationState,
    SafePlaceNotFree,
    WorkshopCancelled,
    WorkshopFull,
    admit,
    end_of_day,
)
from congress.domain.time_slots import TimeSlot
from congress.domain.workshops import Availability, Places, Workshop, WorkshopsClash

BERLIN = ZoneInfo("Europe/Berlin")
ONE_SECOND = timedelta(seconds=1)
OPENS = datetime(2015, 8, 1, 6, tzinfo=UTC)
CLOSES = end_of_day(date(2015, 10, 7), BERLIN)
PERIOD = RegistrationPeriod(OPENS, CLOSES)

NOON = datetime(2015, 10, 21, 12, tzinfo=UTC)
MORNING = TimeSlot(NOON - timedelta(hours=3), NOON - timedelta(hours=1))
LATE_MORNING = TimeSlot(NOON - timedelta(hours=2), NOON)
AFTERNOON = TimeSlot(NOON, NOON + timedelta(hours=2))

ROOMY = Places(capacity=100)
FULL = Places(capacity=1, taken=1)
SHUT = Places(capacity=1, taken=1, waiting_list_open=False)

CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING


def workshop(
    number: int = 1,
    *,
    slot: TimeSlot = MORNING,
    places: Places = ROOMY,
    cancelled: bool = False,
) -> Workshop:
    return Workshop(number, {"de": f"Workshop {number}"}, slot, places, cancelled)


@pytest.mark.parametrize(
    ("places", "state"),
    [
        (Places(capacity=None, taken=900), CONFIRMED),
        (Places(capacity=2, taken=1), CONFIRMED),
        (Places(capacity=2, taken=2), WAITING),
        (Places(capacity=2, taken=1, waiting=1), WAITING),
        (Places(capacity=2, taken=3, overbooked=1), WAITING),
        (Places(capacity=0), WAITING),
    ],
    ids=["unlimited", "last place", "full", "free place is promised", "overbooked", "no places"],
)
def test_a_workshop_place_is_given_or_waited_for(places, state):
    assert admit(ROOMY, [Choice(workshop(places=places))], PERIOD, now=OPENS) == Admission(
        RegistrationState.CONFIRMED, (PlaceGiven(1, state),)
    )


@pytest.mark.parametrize(
    ("places", "state"),
    [
        (Places(capacity=None), RegistrationState.CONFIRMED),
        (Places(capacity=2, taken=1), RegistrationState.CONFIRMED),
        (Places(capacity=2, taken=2), RegistrationState.WAITING),
        (Places(capacity=2, taken=1, waiting=1), RegistrationState.WAITING),
    ],
    ids=["unlimited", "last place", "full", "free place is promised"],
)
def test_the_congress_has_places_and_a_queue_of_its_own(places, state):
    assert admit(places, [], PERIOD, now=OPENS) == Admission(state, ())


def test_a_full_workshop_does_not_cost_the_others():
    chosen = [Choice(workshop(1, places=FULL)), Choice(workshop(2, slot=AFTERNOON))]

    assert admit(ROOMY, chosen, PERIOD, now=OPENS).places == (
        PlaceGiven(1, WAITING),
        PlaceGiven(2, CONFIRMED),
    )


def test_whoever_waits_for_the_congress_keeps_wishes_but_holds_no_place():
    chosen = [Choice(workshop(1)), Choice(workshop(2, slot=AFTERNOON, places=FULL))]

    assert admit(FULL, chosen, PERIOD, now=OPENS) == Admission(
        RegistrationState.WAITING, (PlaceGiven(1, WAITING), PlaceGiven(2, WAITING))
    )


def test_a_safe_place_is_held_while_waiting_for_the_wish():
    chosen = [Choice(workshop(2, places=FULL), safe=workshop(1), question="Wie fängt man an?")]

    assert admit(ROOMY, chosen, PERIOD, now=OPENS).places == (
        PlaceGiven(1, CONFIRMED),
        PlaceGiven(2, WAITING, "Wie fängt man an?", instead_of=1),
    )


def test_a_safe_place_is_not_needed_when_the_wish_is_free():
    chosen = [Choice(workshop(2), safe=workshop(1))]

    assert admit(ROOMY, chosen, PERIOD, now=OPENS).places == (PlaceGiven(2, CONFIRMED),)


@pytest.mark.parametrize(
    ("congress", "chosen", "refusal"),
    [
        (SHUT, [], CongressFull),
        (ROOMY, [Choice(workshop(places=SHUT))], WorkshopFull),
        (ROOMY, [Choice(workshop(cancelled=True))], WorkshopCancelled),
        (ROOMY, [Choice(workshop(1)), Choice(workshop(2))], WorkshopsClash),
        (ROOMY, [Choice(workshop(1)), Choice(workshop(2, slot=LATE_MORNING))], WorkshopsClash),
        (
            ROOMY,
            [Choice(workshop(1, places=FULL), safe=workshop(2, places=FULL))],
            SafePlaceNotFree,
        ),
        (
            ROOMY,
            [
                Choice(workshop(1, places=FULL), safe=workshop(2, slot=LATE_MORNING)),
                Choice(workshop(3, slot=TimeSlot(MORNING.ends_at, NOON))),
            ],
            WorkshopsClash,
        ),
    ],
    ids=[
        "congress full, no queue",
        "workshop full, no queue",
        "workshop cancelled",
        "same time",
        "overlapping in part",
        "the safe place is none",
        "the safe place overlaps another choice",
    ],
)
def test_some_wishes_are_refused(congress, chosen, refusal):
    with pytest.raises(refusal):
        admit(congress, chosen, PERIOD, now=OPENS)


def test_what_follows_at_once_does_not_clash():
    chosen = [Choice(workshop(1, slot=LATE_MORNING)), Choice(workshop(2, slot=AFTERNOON))]

    assert len(admit(ROOMY, chosen, PERIOD, now=OPENS).places) == 2


def test_registration_is_accepted_from_the_exact_second():
    """REL-31."""
    assert admit(ROOMY, [], PERIOD, now=OPENS).state is RegistrationState.CONFIRMED
    with pytest.raises(RegistrationNotOpenYet):
        admit(ROOMY, [], PERIOD, now=OPENS - ONE_SECOND)


def test_the_named_day_counts_to_its_last_second():
    """REL-30."""
    assert admit(ROOMY, [], PERIOD, now=CLOSES - ONE_SECOND).state is RegistrationState.CONFIRMED
    with pytest.raises(RegistrationClosed):
        admit(ROOMY, [], PERIOD, now=CLOSES)


@pytest.mark.parametrize(
    ("day", "first_moment_too_late"),
    [
        (date(2015, 10, 7), datetime(2015, 10, 7, 22, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
    ],
    ids=["summer", "the day has 23 hours", "the day has 25 hours", "winter"],
)
def test_a_day_ends_at_local_midnight(day, first_moment_too_late):
    """REL-30."""
    assert end_of_day(day, BERLIN) == first_moment_too_late


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (OPENS - ONE_SECOND, Phase.NOT_YET),
        (OPENS, Phase.OPEN),
        (CLOSES - ONE_SECOND, Phase.OPEN),
        (CLOSES, Phase.CLOSED),
    ],
)
def test_the_period_has_three_phases(now, phase):
    assert PERIOD.phase(now) is phase


@pytest.mark.parametrize(
    ("places", "availability"),
    [
        (Places(), Availability.UNLIMITED),
        (Places(capacity=30, taken=20), Availability.FREE),
        (Places(capacity=30, taken=27), Availability.FEW),
        (Places(capacity=2, taken=0), Availability.FEW),
        (Places(capacity=30, taken=29, waiting=1), Availability.WAITING),
        (Places(capacity=30, taken=30), Availability.WAITING),
        (Places(capacity=30, taken=30, waiting_list_open=False), Availability.FULL),
    ],
)
def test_what_a_visitor_is_told_about_places(places, availability):
    assert places.availability is availability
