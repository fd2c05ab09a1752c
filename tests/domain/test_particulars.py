"""What a congress says of itself: told apart one by one, and joined when two changed it at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from congress.domain.congresses import CongressState
from congress.domain.planning.particulars import (
    NAMES,
    DeadlineAfterEnd,
    OpensAfterDeadline,
    OpenToSomebody,
    Particulars,
    faults,
    mark_of_amendment,
    told,
)
from congress.domain.registration import RegistrationPeriod
from tests.domain.test_public_calendar import CONGRESS, SECOND_DAY

OWN = Particulars.of(CONGRESS)
MIDNIGHT = datetime(2015, 10, 22, tzinfo=ZoneInfo("Europe/Berlin"))
OPENS = CONGRESS.period.opens_at


def test_particulars_make_the_congress_they_are_of():
    assert OWN.applied_to(CONGRESS) == CONGRESS
    other = replace(OWN, town="Hamm", closes_at=OWN.closes_at + timedelta(days=1))
    assert Particulars.of(other.applied_to(CONGRESS)) == other


def test_a_version_tells_which_of_them_changed():
    other = replace(OWN, venue={"de": "Rathaus"}, one_mail=True)

    assert OWN.changed_since(OWN.version) == ()
    assert other.changed_since(OWN.version) == ("venue", "one_mail") == OWN.changes(other)
    assert OWN.changed_since("nonsense") == NAMES


def test_a_version_is_the_same_however_it_was_put_together():
    same = replace(
        OWN,
        title=dict(reversed(list(OWN.title.items()))),
        opens_at=OWN.opens_at.astimezone(ZoneInfo("Europe/Berlin")),
    )

    assert same.version == OWN.version


def test_what_was_left_alone_stays_as_others_saved_it():
    theirs = replace(OWN, town="Hamm", lead={"de": "Neu"})
    mine = replace(OWN, town="Unna", cost={"de": "20 Euro"})

    assert mine.over(theirs, OWN.version) == replace(theirs, town="Unna", cost={"de": "20 Euro"})


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "found"),
    [
        (OPENS, MIDNIGHT, []),  # on the last day one may still register
        (OPENS, MIDNIGHT + timedelta(days=1), [("closes_at", DeadlineAfterEnd)]),
        (OPENS, CONGRESS.period.closes_at, []),
        (MIDNIGHT, MIDNIGHT, [("opens_at", OpensAfterDeadline)]),
        (MIDNIGHT, OPENS, [("opens_at", OpensAfterDeadline)]),
    ],
)
def test_registration_closes_after_it_opened_and_before_the_congress_is_over(
    opens_at, closes_at, found
):
    said = faults(RegistrationPeriod(opens_at, closes_at), CONGRESS, OPENS)

    assert [(name, type(refusal)) for name, refusal in said] == found


def test_a_deadline_after_the_end_that_a_file_set_may_stay():
    late = RegistrationPeriod(OPENS, datetime(2015, 12, 1, tzinfo=UTC))

    assert faults(late, replace(CONGRESS, period=late), OPENS) == []


@pytest.mark.parametrize(
    ("now", "opens_at", "registered", "is_refused"),
    [
        (0, 1, (1, 0), True),
        (0, 1, (0, 1), True),  # who waits may change as well
        (0, 1, (0, 0), False),
        (1, 1, (1, 0), False),  # it opens now
        (2, 1, (1, 0), False),
        (-1, 1, (1, 0), False),  # not open yet: somebody was entered by hand
        (0, 0, (1, 0), False),
        (0, -1, (1, 0), False),
    ],
)
def test_it_opens_no_later_once_somebody_has_registered(now, opens_at, registered, is_refused):
    days = [OPENS + timedelta(days=each) for each in (now, opens_at)]
    taken, waiting = registered
    places = replace(CONGRESS.places, taken=taken, waiting=waiting)
    wanted = RegistrationPeriod(days[1], CONGRESS.period.closes_at)

    said = faults(wanted, replace(CONGRESS, places=places), days[0])

    assert [type(each) for _name, each in said] == ([OpenToSomebody] if is_refused else [])


def test_a_question_is_another_one_once_anything_of_it_is():
    wanted = replace(OWN, town="Hamm")
    marks = [
        mark_of_amendment(CONGRESS, wanted),
        mark_of_amendment(CONGRESS, replace(wanted, cost={"de": "20 Euro"})),
        mark_of_amendment(replace(CONGRESS, state=CongressState.DRAFT), wanted),
        mark_of_amendment(replace(CONGRESS, days=(*CONGRESS.days, SECOND_DAY)), wanted),
        mark_of_amendment(replace(CONGRESS, address="Markt 1"), wanted),
    ]

    assert len(set(marks)) == len(marks)
    assert mark_of_amendment(replace(CONGRESS, revision=99), wanted) == marks[0]


@pytest.mark.parametrize(
    ("values", "now", "names"),
    [
        ({"town": "Hamm", "cost": {"de": "20 Euro"}}, OPENS, ("town",)),
        ({"closes_at": MIDNIGHT}, OPENS, ("closes_at",)),
        ({"closes_at": MIDNIGHT, "title": {"de": "Neu"}}, OPENS, ("title", "closes_at")),
        ({"closes_at": MIDNIGHT}, MIDNIGHT, ()),  # over either way
        ({"opens_at": OPENS + timedelta(days=1)}, OPENS, ()),
    ],
)
def test_what_people_are_told_of(values, now, names):
    assert told(OWN, replace(OWN, **values), starts_at=CONGRESS.starts_at, now=now) == names
