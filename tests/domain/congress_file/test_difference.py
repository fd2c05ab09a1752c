"""What an import would change, part by part."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from congress.domain.congress_file.difference import Change, Difference, difference
from congress.domain.congress_file.plan import CongressPlan, DayPlan
from congress.domain.congresses import CongressState, OrganisationRole
from congress.domain.planning.item_plan import PersonPlan
from congress.domain.programme import UNNAMED, PersonState
from congress.domain.times.time_slots import TimeSlot
from congress.formats.congress_file import read_congress_file

EXAMPLES = Path(__file__).parents[3] / "examples"
PLAN = read_congress_file(
    (EXAMPLES / "fachkongress-2015.toml").read_bytes(),
    find_file=lambda name: (EXAMPLES / name).read_bytes(),
).plan


def test_equal_plans_do_not_differ():
    assert difference(PLAN, PLAN) == ()


def test_each_part_is_named_by_its_code_with_what_changes():
    first, *others = PLAN.items
    host, funder = PLAN.organisations
    changed = replace(
        PLAN,
        town="Köln",
        rooms=PLAN.rooms[1:],
        items=(replace(first, title={"de": "Ankommen"}, number=1), *others),
        organisations=(host, replace(funder, role=OrganisationRole.PARTNER)),
    )
    assert difference(PLAN, changed) == (
        Difference(Change.CHANGED, "congress", "fachkongress-2015", ("town",)),
        Difference(Change.ADDED, "organisation", funder.name, role=OrganisationRole.PARTNER),
        Difference(Change.MISSING, "organisation", funder.name, role=OrganisationRole.FUNDER),
        Difference(Change.MISSING, "room", "saal"),
        Difference(Change.CHANGED, "item", "ankommen", ("title", "number")),
    )


@pytest.mark.parametrize(
    ("state", "gone"),
    [
        (CongressState.DRAFT, Change.MISSING),
        (CongressState.PUBLISHED, Change.CALLED_OFF),
        (CongressState.CANCELLED, Change.CALLED_OFF),
        (CongressState.FINISHED, Change.CALLED_OFF),
    ],
)
def test_an_item_that_was_seen_is_called_off_when_no_file_names_it(state, gone):
    before = replace(PLAN, state=state)
    after = replace(before, items=PLAN.items[1:])

    assert difference(before, after) == (Difference(gone, "item", "ankommen"),)


def test_what_changes_of_the_registration_is_named():
    registration = replace(PLAN.registration, capacity=7, one_mail=True)

    [found] = difference(PLAN, replace(PLAN, registration=registration))

    assert found.fields == ("capacity", "one_mail")


def test_an_item_cancelled_before_is_not_missed():
    first, *others = PLAN.items
    before = replace(PLAN, items=(replace(first, cancelled=True), *others))
    assert difference(before, replace(PLAN, items=tuple(others))) == ()


[DAY] = PLAN.days


def on(*days: int, later: int = 0) -> CongressPlan:
    """The congress on these days of October, each of them beginning some minutes later."""
    plans = []
    for number in days:
        moved = timedelta(days=number - DAY.day.day)
        hours = timedelta(minutes=later)
        # Winter time begins on the 25th: the clock shows the same hours.
        clock = timedelta(hours=number >= 25)
        slot = TimeSlot(
            DAY.slot.starts_at + moved + hours + clock, DAY.slot.ends_at + moved + clock
        )
        plans.append(DayPlan(DAY.day + moved, slot))
    return replace(PLAN, days=tuple(plans))


def october(number: int) -> date:
    return date(2015, 10, number)


def moved(before: int, now: int, *fields: str) -> Difference:
    return Difference(Change.MOVED, "day", str(october(now)), fields, october(before))


def day(change: Change, number: int, *fields: str) -> Difference:
    return Difference(change, "day", str(october(number)), fields)


@pytest.mark.parametrize(
    ("before", "after", "differences"),
    [
        (on(21), on(21), ()),
        (on(21), on(28), (moved(21, 28),)),  # over the end of summer time
        (on(21), on(22, later=15), (moved(21, 22, "slot"),)),
        (on(21), on(21, later=15), (day(Change.CHANGED, 21, "slot"),)),
        (on(21), on(21, 22), (day(Change.ADDED, 22),)),
        (on(21, 22), on(22), (day(Change.MISSING, 21),)),
        (on(20, 21), on(22, 23), (moved(20, 22), moved(21, 23))),
        (on(20, 21), on(21, 22), (moved(20, 21), moved(21, 22))),
        (on(20, 21, 22), on(20, 23), (moved(21, 23), day(Change.MISSING, 22))),
    ],
)
def test_a_moved_day_is_no_other_day(before, after, differences):
    assert difference(before, after) == differences


PETRA = PersonPlan("Petra Probe", {}, "speaker", PersonState.CONFIRMED)
ANNA = PersonPlan("Anna Neu", {}, "speaker", PersonState.REQUESTED)
NOBODY = PersonPlan(None, {"de": "Kreis Unna"}, "speaker", PersonState.REQUESTED)


@pytest.mark.parametrize(
    ("before", "after", "came", "left"),
    [
        ((PETRA,), (PETRA, ANNA), ("Anna Neu",), ()),
        ((PETRA, ANNA), (ANNA,), (), ("Petra Probe",)),
        ((PETRA,), (ANNA, NOBODY), ("Anna Neu", UNNAMED), ("Petra Probe",)),
        ((ANNA,), (replace(ANNA, state=PersonState.CONFIRMED),), (), ()),
        ((PETRA,), (replace(PETRA, state=PersonState.DECLINED),), (), ("Petra Probe",)),
        ((PETRA, ANNA), (ANNA, PETRA), (), ()),
    ],
)
def test_who_came_and_who_went_is_said(before, after, came, left):
    first, *others = PLAN.items
    plans = (
        replace(PLAN, items=(replace(first, people=people), *others)) for people in (before, after)
    )

    assert difference(*plans) == (
        Difference(Change.CHANGED, "item", first.code, ("people",), came=came, left=left),
    )
