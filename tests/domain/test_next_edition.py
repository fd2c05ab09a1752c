"""The next edition: whole weeks later, with everything open that has to be asked again."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from congress.domain.congress_file.plan import CongressPlan, DayPlan, RegistrationPlan
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.planning.next_edition import (
    Caution,
    CopyWarning,
    NotWholeWeeks,
    next_edition,
    shifted,
    suggest_slug,
    weeks_until,
)
from congress.domain.programme import ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot

SUMMER_DAY = TimeSlot(
    datetime(2015, 10, 21, 7, 30, tzinfo=UTC), datetime(2015, 10, 21, 14, 30, tzinfo=UTC)
)
LAST = CongressPlan(
    slug="fachkongress-2015",
    kind=CongressKind.FACHKONGRESS,
    state=CongressState.FINISHED,
    title={"de": "Engagement"},
    lead={},
    description={},
    cost={},
    town="Lünen",
    venue={"de": "Rathaus"},
    address="Rathausplatz 1",
    directions={"de": "vom Bahnhof links"},
    accessibility={},
    timezone="Europe/Berlin",
    contact_email="",
    registration=RegistrationPlan(
        opens_at=datetime(2015, 8, 2, 22, 0, tzinfo=UTC),
        closes_at=datetime(2015, 10, 7, 22, 0, tzinfo=UTC),
    ),
    days=(DayPlan(date(2015, 10, 21), SUMMER_DAY),),
    items=(
        ItemPlan(
            code="impuls",
            kind=ItemKind.TALK,
            title={"de": "Impuls"},
            short_title={"de": "Imp"},
            slot=SUMMER_DAY,
            people=(PersonPlan("Maria Muster", {}, "speaker", PersonState.CONFIRMED),),
        ),
        ItemPlan(
            code="entfallen",
            kind=ItemKind.TALK,
            title={"de": "Entfallen"},
            slot=SUMMER_DAY,
            cancelled=True,
        ),
    ),
)


def no_holiday(_day: date) -> str | None:
    return None


def copied(starting: date, holiday=no_holiday) -> CongressPlan:
    return next_edition(
        LAST, starting=starting, slug="next", state=CongressState.DRAFT, holiday=holiday
    ).plan


def test_clock_times_stay_when_summer_time_has_ended():
    """09:30 in October is 07:30 UTC, in January 08:30 UTC."""
    plan = copied(date(2027, 1, 20))
    [day] = plan.days
    assert day.day == date(2027, 1, 20)
    assert day.slot.starts_at == datetime(2027, 1, 20, 8, 30, tzinfo=UTC)
    assert plan.items[0].slot == day.slot
    assert plan.registration.closes_at == datetime(2027, 1, 6, 23, 0, tzinfo=UTC)
    assert plan.registration.opens_at == datetime(2026, 11, 1, 23, 0, tzinfo=UTC)


def test_what_was_settled_is_open_again():
    plan = copied(date(2027, 1, 20))
    assert (plan.venue, plan.address, plan.directions) == ({}, "", {})
    assert (plan.slug, plan.state) == ("next", CongressState.DRAFT)
    [item] = plan.items
    [person] = item.people
    assert (person.name, person.state) == ("Maria Muster", PersonState.REQUESTED)


def test_a_short_title_goes_along():
    assert copied(date(2027, 1, 20)).items[0].short_title == {"de": "Imp"}


def test_a_cancelled_item_is_left_out():
    assert [item.code for item in copied(date(2027, 1, 20)).items] == ["impuls"]


@pytest.mark.parametrize(
    ("starting", "weeks"),
    [(date(2015, 10, 28), 1), (date(2015, 10, 14), -1), (date(2017, 10, 18), 104)],
)
def test_the_distance_is_whole_weeks(starting, weeks):
    assert weeks_until(date(2015, 10, 21), starting) == weeks


def test_another_weekday_is_refused_with_the_two_days_beside_it():
    with pytest.raises(NotWholeWeeks) as refused:
        copied(date(2027, 1, 22))
    assert (refused.value.earlier, refused.value.later) == (date(2027, 1, 20), date(2027, 1, 27))


@pytest.mark.parametrize(
    ("slug", "starting", "suggestion"),
    [
        ("fachkongress-2015", date(2027, 1, 20), "fachkongress-2027"),
        ("netzwerktreffen", date(2027, 1, 20), "netzwerktreffen-2027"),
    ],
)
def test_the_name_gets_the_new_year(slug, starting, suggestion):
    assert suggest_slug(slug, date(2015, 10, 21), starting) == suggestion


def test_holidays_and_weekends_are_warned_of():
    saturday = replace(
        LAST, days=(replace(LAST.days[0], day=date(2015, 10, 24)),), description={"de": "Text"}
    )
    deadline = date(2027, 1, 6)
    holidays = {date(2027, 1, 23): "Tag des Versuchs", deadline: "Dreikönigstag"}
    moved = next_edition(
        saturday,
        starting=date(2027, 1, 23),
        slug="next",
        state=CongressState.DRAFT,
        holiday=holidays.get,
    )
    assert moved.cautions == (
        Caution(CopyWarning.WEEKEND, date(2027, 1, 23)),
        Caution(CopyWarning.HOLIDAY, date(2027, 1, 23), "Tag des Versuchs"),
        Caution(CopyWarning.DEADLINE_ON_HOLIDAY, deadline, "Dreikönigstag"),
        Caution(CopyWarning.TEXTS_TO_CHECK),
    )


def test_moving_a_congress_changes_nothing_but_its_times():
    there = shifted(LAST, starting=date(2027, 1, 20), holiday=no_holiday).plan
    back = shifted(there, starting=date(2015, 10, 21), holiday=no_holiday).plan
    assert back == LAST
    assert there.items[0].people == LAST.items[0].people
