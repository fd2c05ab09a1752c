"""Made-up attendees: the same for the same seed, in order, and plainly invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from congress.domain.made_up_people import FAMILY_NAMES, Crowd, crowd, withdrawn_at
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Workshop

OPENS = datetime(2015, 8, 3, tzinfo=UTC)
NOW = datetime(2015, 9, 16, tzinfo=UTC)
AFTERNOON = TimeSlot(
    datetime(2015, 10, 21, 11, 15, tzinfo=UTC), datetime(2015, 10, 21, 13, 15, tzinfo=UTC)
)
LATER = TimeSlot(
    AFTERNOON.ends_at - timedelta(minutes=5), AFTERNOON.ends_at + timedelta(minutes=30)
)
CROWD = Crowd(
    slots=[[Workshop(number, {"de": "Workshop"}, AFTERNOON) for number in range(1, 7)]],
    organisations=["Stadt Lünen", "Kreis Unna"],
    since=OPENS,
    until=NOW,
)


def test_the_same_seed_gives_the_same_people_whatever_the_batches():
    whole = crowd(CROWD, seed=3, first=0, count=40, total=40)
    halves = [
        *crowd(CROWD, seed=3, first=0, count=25, total=40),
        *crowd(CROWD, seed=3, first=25, count=15, total=40),
    ]
    assert whole == halves
    assert whole != crowd(CROWD, seed=4, first=0, count=40, total=40)


def test_people_come_one_after_the_other_while_registration_is_open():
    people = crowd(CROWD, seed=1, first=0, count=200, total=200)
    moments = [person.at for person in people]
    assert moments == sorted(moments)
    assert OPENS <= moments[0] < moments[-1] <= NOW
    assert all(person.at <= withdrawn_at(person, NOW) <= NOW for person in people)


def test_nobody_is_real_and_nobody_stands_there_twice():
    requests = [each.request for each in crowd(CROWD, seed=1, first=0, count=500, total=500)]
    assert len({request.email for request in requests}) == 500
    assert all(request.email.endswith("@example.org") for request in requests)
    assert all(set(request.family_name.split("-")) <= set(FAMILY_NAMES) for request in requests)


def test_nobody_chooses_two_workshops_at_one_time():
    overlapping = replace(CROWD, slots=[*CROWD.slots, [Workshop(9, {"de": "Später"}, LATER)]])
    people = crowd(overlapping, seed=1, first=0, count=100, total=100)
    assert {len(person.request.choices) for person in people} <= {0, 1}
