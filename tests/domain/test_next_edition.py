"""The next edition: whole weeks later, with everything open that has to be asked again."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from congress.domain.congress_file.plan import CongressPlan, DayPlan, RegistrationPlan
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.planning.next_edition import (
    NotWholeWeeks,
    StartsInThePast,
    next_edition,
    proposed_start,
    require_to_come,
    shifted,
    suggest_slug,
    suggest_title,
    weeks_until,
)
from congress.domain.programme import ItemKind, PersonState
from congress.domain.slugs import is_slug
from congress.domain.texts import Texts
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
            people=(
                PersonPlan("Maria Muster", {}, "speaker", PersonState.CONFIRMED),
                PersonPlan("Nora Nein", {}, "speaker", PersonState.DECLINED),
                PersonPlan(None, {"de": "Stadt Lünen"}, "moderator", PersonState.CONFIRMED),
            ),
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


def copied(starting: date, last: CongressPlan = LAST, title: Texts | None = None) -> CongressPlan:
    draft = CongressState.DRAFT
    return next_edition(last, starting=starting, slug="next", state=draft, title=title)


def test_clock_times_stay_when_summer_time_has_ended():
    """09:30 in October is 07:30 UTC, in January 08:30 UTC."""
    plan = copied(date(2027, 1, 20))
    [day] = plan.days
    assert day.day == date(2027, 1, 20)
    assert day.slot.starts_at == datetime(2027, 1, 20, 8, 30, tzinfo=UTC)
    assert plan.items[0].slot == day.slot
    assert plan.registration.closes_at == datetime(2027, 1, 6, 23, 0, tzinfo=UTC)
    assert plan.registration.opens_at == datetime(2026, 11, 1, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("opened", "closed", "opens"),
    [
        # Published at 14.50 on a Saturday: on the Monday after it, when the day begins.
        ("2015-08-29T12:50Z", "2015-10-07T22:00Z", "2026-11-29T23:00Z"),
        ("2015-08-30T12:50Z", "2015-10-07T22:00Z", "2026-11-29T23:00Z"),
        ("2015-09-01T08:00Z", "2015-10-07T22:00Z", "2026-11-30T23:00Z"),
        ("2015-08-31T22:00Z", "2015-10-07T22:00Z", "2026-11-30T23:00Z"),
        # Registration for one weekend only begins on its Saturday.
        ("2015-08-29T12:50Z", "2015-08-30T22:00Z", "2026-11-27T23:00Z"),
        ("2015-08-29T12:50Z", "2015-08-29T16:00Z", "2026-11-27T23:00Z"),
    ],
)
def test_registration_opens_when_a_working_day_begins(opened, closed, opens):
    period = RegistrationPlan(datetime.fromisoformat(opened), datetime.fromisoformat(closed))
    plan = copied(date(2027, 1, 20), replace(LAST, registration=period))
    assert plan.registration.opens_at == datetime.fromisoformat(opens)


def test_what_was_settled_is_open_again():
    plan = copied(date(2027, 1, 20))
    assert (plan.venue, plan.address, plan.directions) == ({}, "", {})
    assert (plan.slug, plan.state) == ("next", CongressState.DRAFT)
    [item] = plan.items
    assert [(each.name, each.state) for each in item.people] == [
        ("Maria Muster", PersonState.REQUESTED),
        (None, PersonState.REQUESTED),
    ]


def test_a_short_title_goes_along():
    assert copied(date(2027, 1, 20)).items[0].short_title == {"de": "Imp"}


def test_the_day_on_which_a_minimum_is_checked_moves_along():
    needs = replace(LAST.items[0], minimum=8, minimum_by=date(2015, 10, 12))
    follows = replace(LAST.items[0], minimum=5)  # follows registration
    found = copied(date(2015, 11, 4), replace(LAST, items=(needs, follows))).items

    assert [each.minimum for each in found] == [8, 5]
    assert [each.minimum_by for each in found] == [date(2015, 10, 26), None]


def test_what_is_offered_several_times_stays_so_also_without_the_first():
    first, second, third = (replace(LAST.items[0], code=code) for code in ("a", "b", "c"))
    items = (first, replace(second, same_as="a"), replace(third, same_as="a"))
    found = copied(date(2015, 11, 4), replace(LAST, items=items)).items
    assert [each.same_as for each in found] == ["", "a", "a"]

    without = (replace(first, cancelled=True), *items[1:])
    found = copied(date(2015, 11, 4), replace(LAST, items=without)).items
    assert [(each.code, each.same_as) for each in found] == [("b", ""), ("c", "b")]


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
        ("netze-" * 9 + "x" * 6, date(2027, 1, 20), "netze-" * 8 + "net-2027"),
    ],
)
def test_the_name_gets_the_new_year(slug, starting, suggestion):
    assert suggest_slug(slug, date(2015, 10, 21), starting) == suggestion
    assert is_slug(f"{suggestion}-99")


def test_moving_a_congress_changes_nothing_but_its_times():
    there = shifted(LAST, starting=date(2027, 1, 20))
    back = shifted(there, starting=date(2015, 10, 21))
    assert back == LAST
    assert there.items[0].people == LAST.items[0].people


def at(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LAST.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("slot", "starting", "then"),
    [
        # From winter time to summer time and back: the clock on the wall decides.
        (((2027, 1, 20, 9, 30), (2027, 1, 20, 16, 30)), (2027, 6, 23), ((9, 30), (16, 30), 7.0)),
        (((2027, 6, 23, 9, 30), (2027, 6, 23, 16, 30)), (2027, 12, 1), ((9, 30), (16, 30), 7.0)),
        # On the night itself: it is an hour longer, an hour shorter, or its hour is missing.
        (((2027, 10, 24, 1, 0), (2027, 10, 24, 4, 0)), (2027, 10, 31), ((1, 0), (4, 0), 4.0)),
        (((2027, 3, 21, 1, 0), (2027, 3, 21, 4, 0)), (2027, 3, 28), ((1, 0), (4, 0), 2.0)),
        (((2027, 3, 21, 2, 15), (2027, 3, 21, 2, 45)), (2027, 3, 28), ((3, 15), (3, 45), 0.5)),
    ],
)
def test_clock_times_stay_whatever_the_clocks_do(slot, starting, then):
    first, last = (at(*each) for each in slot)
    item = replace(LAST.items[0], slot=TimeSlot(first, last))
    day = DayPlan(date(*slot[0][:3]), item.slot)
    moved = copied(date(*starting), replace(LAST, days=(day,), items=(item,))).items[0].slot

    local = [each.astimezone(LAST.zone) for each in (moved.starts_at, moved.ends_at)]
    assert [each.date() for each in local] == [date(*starting)] * 2
    clocks = tuple((each.hour, each.minute) for each in local)
    assert (*clocks, moved.duration.total_seconds() / 3600) == then


def test_several_days_keep_their_distance():
    days = tuple(
        DayPlan(date(2015, 10, day), TimeSlot(at(2015, 10, day, 9, 0), at(2015, 10, day, 17, 0)))
        for day in (21, 22, 28)
    )
    plan = copied(date(2027, 10, 20), replace(LAST, days=days))
    assert [each.day.day for each in plan.days] == [20, 21, 27]


@pytest.mark.parametrize(
    ("first", "today", "proposed"),
    [
        (date(2015, 10, 21), date(2015, 11, 1), date(2016, 10, 19)),
        (date(2026, 1, 21), date(2026, 11, 28), date(2027, 1, 20)),
        (date(2026, 1, 21), date(2027, 1, 5), date(2027, 1, 20)),
        (date(2026, 1, 21), date(2027, 1, 6), date(2028, 1, 19)),  # its deadline is today
        (date(2015, 10, 21), date(2026, 11, 28), date(2027, 10, 20)),
        (date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 27)),
        (date(2027, 5, 5), date(2026, 11, 28), date(2028, 5, 3)),  # the last one is to come as well
    ],
)
def test_the_same_time_of_the_year_is_proposed(first, today, proposed):
    move = first - LAST.first_day
    day = DayPlan(first, TimeSlot(SUMMER_DAY.starts_at + move, SUMMER_DAY.ends_at + move))
    period = replace(LAST.registration, closes_at=LAST.registration.closes_at + move)
    last = replace(LAST, days=(day,), registration=period)

    found = proposed_start(last, today=today)
    assert found == proposed
    assert weeks_until(first, found) > 0


def test_a_day_that_is_over_is_refused_with_one_that_would_fit():
    require_to_come(LAST, date(2026, 11, 28), today=date(2026, 11, 28))
    with pytest.raises(StartsInThePast) as refused:
        require_to_come(LAST, date(2026, 11, 27), today=date(2026, 11, 28))
    assert refused.value.proposed == date(2027, 10, 20)


def test_a_title_may_change_with_the_edition():
    title = {"de": "Fachkongress 2015", "en": "Congress"}
    assert suggest_title(title, date(2015, 10, 21), date(2027, 1, 20)) == {
        "de": "Fachkongress 2027",
        "en": "Congress",
    }
    assert copied(date(2027, 1, 20)).title == LAST.title
    assert copied(date(2027, 1, 20), title={"de": "Neu"}).title == {"de": "Neu"}
