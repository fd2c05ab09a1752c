"""What comes of a scan, when it was, and in which order scans are gone through."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from congress.domain.door_scans import (
    DOUBLED,
    LONGEST_WAIT,
    NEWLY_THERE,
    TO_LOOK_AT,
    Outcome,
    Scan,
    Scanned,
    corrected,
    in_order,
    judge,
)
from congress.domain.modes import EventMode, Mode
from congress.domain.registration import RegistrationState
from congress.domain.rules import Rules

NOW = datetime(2015, 10, 21, 10, 0, tzinfo=UTC)
HERE, OTHER = "here", "other"
# Two workshops at one time and one later; Eva has a place in the first and in the last.
ONE, TWO, LATER = 1, 2, 3
MEETING = {None: frozenset(), ONE: frozenset({TWO}), TWO: frozenset({ONE}), LATER: frozenset()}
SCAN = Scan("a", date(2015, 10, 21), None, "digest", None, NOW, is_let_in=False)
EVA = Scanned(
    7,
    RegistrationState.CONFIRMED,
    Mode.ONSITE,
    is_unconfirmed=False,
    is_replaced=False,
    booked=frozenset({ONE, LATER}),
)
STATES = {state: replace(EVA, state=state) for state in RegistrationState}
REPLACED, ONLINE = replace(EVA, is_replaced=True), replace(EVA, mode=Mode.ONLINE)


@pytest.mark.parametrize(
    ("item", "is_let_in", "person", "there", "outcome"),
    [
        (None, False, EVA, {}, Outcome.CAME),
        (None, False, None, {}, Outcome.UNKNOWN),
        (None, False, replace(EVA, is_unconfirmed=True), {}, Outcome.CAME),
        (None, False, EVA, {None: HERE}, Outcome.AGAIN),
        (None, False, EVA, {None: OTHER}, Outcome.ELSEWHERE),
        (None, False, EVA, {None: ""}, Outcome.ELSEWHERE),  # by hand, or on paper
        (None, False, EVA, {ONE: HERE}, Outcome.CAME),
        (ONE, False, EVA, {None: HERE}, Outcome.CAME),
        (ONE, False, EVA, {ONE: HERE}, Outcome.AGAIN),
        (TWO, False, EVA, {}, Outcome.NOT_BOOKED),
        (TWO, True, EVA, {}, Outcome.CAME),
        (TWO, True, EVA, {ONE: OTHER}, Outcome.AT_ONCE),
        (TWO, False, EVA, {ONE: HERE}, Outcome.NOT_BOOKED),
        (LATER, False, EVA, {ONE: HERE}, Outcome.CAME),
        (99, True, EVA, {}, Outcome.NO_DOOR),
        (99, True, REPLACED, {99: HERE}, Outcome.NO_DOOR),
        (None, False, REPLACED, {}, Outcome.REPLACED),
        (None, True, REPLACED, {None: HERE}, Outcome.REPLACED),
        (None, False, STATES[RegistrationState.CANCELLED], {}, Outcome.NO_PLACE),
        (None, False, STATES[RegistrationState.WAITING], {}, Outcome.NO_PLACE),
        (None, False, STATES[RegistrationState.REQUESTED], {}, Outcome.NO_PLACE),
        (ONE, True, STATES[RegistrationState.WAITING], {}, Outcome.NO_PLACE),
        # Whoever withdrew after they came was there.
        (None, False, STATES[RegistrationState.CANCELLED], {None: HERE}, Outcome.AGAIN),
        (None, False, ONLINE, {}, Outcome.STAYS_AWAY),
        (ONE, True, ONLINE, {}, Outcome.STAYS_AWAY),
    ],
)
def test_what_comes_of_a_scan(item, is_let_in, person, there, outcome):
    scan = replace(SCAN, item_id=item, is_let_in=is_let_in)
    rules = Rules(mode=EventMode.HYBRID)
    assert judge(scan, person, there, device=HERE, rules=rules, meeting=MEETING) is outcome


@pytest.mark.parametrize("mode", [EventMode.ONSITE, EventMode.ONLINE])
def test_where_nobody_is_expected_elsewhere_than_others_everybody_is_let_in(mode):
    rules = Rules(mode=mode)
    assert judge(SCAN, ONLINE, {}, device=HERE, rules=rules, meeting=MEETING) is Outcome.CAME


def test_who_is_there_by_a_scan_and_what_is_looked_at():
    assert {Outcome.CAME, Outcome.AT_ONCE} == NEWLY_THERE
    assert {Outcome.ELSEWHERE, Outcome.AT_ONCE} == DOUBLED
    assert set(Outcome) - TO_LOOK_AT == {Outcome.CAME, Outcome.AGAIN}


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("says", "ahead", "was"),
    [
        (NOW - MINUTE, timedelta(0), NOW - MINUTE),
        (NOW + MINUTE, 3 * MINUTE, NOW - 2 * MINUTE),
        (NOW - 5 * MINUTE, -3 * MINUTE, NOW - 2 * MINUTE),
        (NOW, timedelta(0), NOW),
        (NOW + MINUTE, timedelta(0), NOW),
        (NOW - LONGEST_WAIT + MINUTE, timedelta(0), NOW - LONGEST_WAIT + MINUTE),
        (NOW - LONGEST_WAIT - MINUTE, timedelta(0), NOW - LONGEST_WAIT),
    ],
)
def test_when_a_scan_was(says, ahead, was):
    assert corrected(says, ahead=ahead, now=NOW) == was


def test_scans_are_gone_through_as_they_were_made_each_once():
    first, second = replace(SCAN, uuid="z"), replace(SCAN, uuid="b", device_at=NOW + MINUTE)
    same_moment = replace(second, uuid="c")
    sent = [same_moment, second, first, second]
    assert in_order(sent) == [first, second, same_moment]
