"""How places in workshops are given, on both databases: switched, kept with what moves, refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from congress.domain import allocation, editing
from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.allocation import (
    AllocationEditedMeanwhile,
    StillWaiting,
    Wanted,
    WishesAfterBeginning,
    WishesBeforeOpening,
)
from congress.domain.ranking import Wishes
from congress.domain.registration import GivenByWishes
from congress.domain.rules import Rules
from congress.domain.slots import choices
from congress.domain.workshops import Allocation
from congress.extensions import db
from congress.models import AuditLine, Booking, Congress, Registration, WorkshopWish
from congress.models import ProgrammeItem as Item
from congress.queries import allocations, programme
from congress.queries.allocations import Concerned
from congress.queries.congresses import get_congress, get_heading
from congress.services import registering, wishing
from congress.services.planning import allocating, releasing, ruling
from tests.builders import (
    LATE,
    OPEN,
    OPENS,
    STARTS,
    TWO_HOURS,
    WORKSHOPS_START,
    a_booking,
    a_congress,
    a_registration,
    a_request,
    a_workshop,
)

ORGANISER = Actor(ActorKind.ORGANISER, user_id=None)
WISHES, FIRST_COME = Allocation.WISHES, Allocation.FIRST_COME
DAY = timedelta(days=1)


@dataclass(frozen=True)
class House:
    """A congress of two choices, two workshops in the first and one in the second."""

    id: int
    one: int
    two: int
    later: int

    def allocate(
        self,
        said: dict[int, Allocation | None],
        until: datetime | None = None,
        version: str | None = None,
    ) -> tuple[str, ...]:
        found = get_congress(self.id)
        now = allocation.version_of(choices(allocations.items_of(found)), found.wishes_until)
        return allocating.allocate(
            self.id, Wanted(said, until), version=version or now, actor=ORGANISER, now=OPEN
        )

    @property
    def unassigned(self) -> set[int]:
        db.session.rollback()
        congress = get_congress(self.id)
        items = programme.current_items(get_heading(self.id))
        return set(allocation.unassigned(items, congress.rules.allocation))

    def said(self, item: int) -> tuple[str, datetime | None]:
        db.session.rollback()
        row = db.session.get_one(Item, item)
        return row.allocation, row.assigned_at

    def verbs(self) -> list[str]:
        lines = select(AuditLine.verb).where(AuditLine.congress_id == self.id)
        return list(db.session.scalars(lines.order_by(AuditLine.id)))

    def change(self, item: int, **values: object) -> None:
        row = db.session.get_one(Item, item)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()

    def move(self, item: int, starts_at: datetime) -> None:
        self.change(item, starts_at=starts_at, ends_at=starts_at + TWO_HOURS)
        releasing.release(self.id, actor=ORGANISER, now=OPEN)

    def wish(self, person: int, ranked: tuple[int, ...]) -> None:
        wishing.wish(person, {self.one: Wishes(ranked)}, actor=ATTENDEE, now=OPEN)

    def rule(self, rules: Rules) -> tuple[str, ...]:
        version = editing.version_of(get_congress(self.id).rules.values)
        return ruling.rule(self.id, rules, version=version, actor=ORGANISER, now=OPEN)


def wishes() -> int:
    return db.session.scalars(select(func.count(WorkshopWish.id))).one()


@pytest.fixture
def house(database):
    congress = a_congress()
    one, two = (a_workshop(congress, capacity=5) for _ in range(2))
    later = a_workshop(congress, starts_at=WORKSHOPS_START + TWO_HOURS, capacity=5)
    return House(congress.id, one.id, two.id, later.id)


def person_in(house: House, *items: int, state: str = "confirmed") -> int:
    who = a_registration(db.session.get_one(Congress, house.id))
    for item in items:
        a_booking(who, db.session.get_one(Item, item), state=state)
    return who.id


def test_one_time_is_given_by_wishes_and_lots_have_a_source_from_then_on(house):
    assert house.allocate({house.one: WISHES, house.later: None}) == ("allocation",)
    assert house.unassigned == {house.one, house.two}
    assert house.said(house.two) == ("wishes", None)
    seed = get_congress(house.id).wish_seed
    assert len(seed) == 16
    assert house.allocate({house.one: WISHES}) == ()
    assert house.allocate({house.one: None, house.later: WISHES}) == ("allocation",)
    assert house.unassigned == {house.later}
    assert get_congress(house.id).wish_seed == seed
    assert house.verbs() == ["allocation_changed"] * 2


def test_nobody_books_there_any_more(house):
    house.allocate({house.one: WISHES})
    here = db.session.get_one(Item, house.one)

    with pytest.raises(GivenByWishes):
        registering.register(house.id, a_request(1, here), now=OPEN)
    registering.register(house.id, a_request(1, db.session.get_one(Item, house.later)), now=OPEN)


def test_the_rule_gives_all_places_by_wishes_but_where_something_else_is_said(house):
    house.allocate({house.one: FIRST_COME})
    assert house.rule(Rules(allocation=WISHES)) == ("allocation",)
    assert house.unassigned == {house.later}
    assert get_congress(house.id).wish_seed


@pytest.mark.parametrize("state", ["waiting", "offered"])
@pytest.mark.parametrize("by_rule", [True, False])
def test_where_somebody_waits_nothing_is_given_by_wishes(house, state, by_rule):
    person_in(house, house.two, state=state)

    switch = house.rule if by_rule else house.allocate
    with pytest.raises(StillWaiting) as refused:
        switch(Rules(allocation=WISHES) if by_rule else {house.one: WISHES})
    assert [many for _item, many in refused.value.workshops] == [1]
    assert house.unassigned == set()
    assert house.allocate({house.later: WISHES}) == ("allocation",)


def test_whoever_has_a_place_keeps_it_and_is_counted_before(house):
    person_in(house, house.one)
    person_in(house, house.one)

    assert allocations.concerned(house.id, [house.one, house.two], []) == Concerned(sitting=2)
    person_in(house)
    found = allocations.concerned(house.id, [house.one, house.two], [])
    assert found == Concerned(sitting=2, untold=1)
    house.allocate({house.one: WISHES})
    assert db.session.scalars(select(Booking.state)).all() == ["confirmed", "confirmed"]


def test_wishes_go_where_places_are_not_given_by_them_any_more(house):
    house.allocate({house.one: WISHES, house.later: WISHES})
    who, other = person_in(house), person_in(house)
    house.wish(who, (house.two, house.one))
    wishing.wish(other, {house.later: Wishes((house.later,))}, actor=ATTENDEE, now=OPEN)

    found = allocations.concerned(house.id, [], [house.one, house.two])
    assert found == Concerned(wishing=1, asked=2)
    house.allocate({house.one: None, house.later: WISHES})
    assert wishes() == 1
    assert db.session.get_one(Registration, who).wished_at is not None
    house.allocate({house.later: None})
    db.session.expire_all()
    assert wishes() == 0
    assert db.session.get_one(Registration, who).wished_at is None


def test_what_is_assigned_stays_so(house):
    house.allocate({house.one: WISHES})
    for item in (house.one, house.two):
        house.change(item, assigned_at=OPEN)

    assert house.allocate({house.one: None}) == ()
    assert house.unassigned == set()
    house.rule(Rules(allocation=WISHES))
    assert house.unassigned == {house.later}


def test_the_last_day(house):
    until = STARTS - DAY
    assert house.allocate({}, until) == ("wishes_until",)
    assert get_congress(house.id).wishes_close_at == until
    assert house.allocate({house.one: WISHES}, until) == ("allocation",)
    assert house.allocate({}, None) == ("wishes_until",)
    congress = get_congress(house.id)
    assert congress.wishes_close_at == congress.period.changes_close_at
    with pytest.raises(WishesAfterBeginning):
        house.allocate({}, STARTS + TWO_HOURS)
    with pytest.raises(WishesBeforeOpening):
        house.allocate({}, OPENS)


def test_of_two_who_save_at_once_the_second_looks_again(house):
    with pytest.raises(AllocationEditedMeanwhile):
        house.allocate({house.one: WISHES}, version="another")
    assert house.unassigned == set()


def test_what_is_moved_is_given_as_what_it_comes_to(house):
    house.allocate({house.one: WISHES})
    who = person_in(house)
    house.wish(who, (house.two, house.one))

    house.move(house.two, WORKSHOPS_START + TWO_HOURS)
    assert house.said(house.two) == ("", None)
    assert house.unassigned == {house.one}
    assert wishes() == 1
    house.move(house.two, WORKSHOPS_START)
    assert house.said(house.two) == ("wishes", None)
    assert house.unassigned == {house.one, house.two}


def test_a_choice_that_is_moved_whole_stays_what_it_is(house):
    house.allocate({house.one: WISHES})
    who = person_in(house)
    house.wish(who, (house.two, house.one))
    for item in (house.one, house.two):
        start = WORKSHOPS_START - TWO_HOURS
        house.change(item, starts_at=start, ends_at=start + TWO_HOURS)

    releasing.release(house.id, actor=ORGANISER, now=OPEN)
    assert house.unassigned == {house.one, house.two}
    assert wishes() == 2


def test_a_workshop_that_is_added_is_given_as_the_others_of_its_time(house):
    house.allocate({house.one: WISHES})
    house.allocate({house.later: WISHES})
    house.change(house.later, assigned_at=LATE)
    congress = db.session.get_one(Congress, house.id)
    new = a_workshop(congress, is_released=False).id
    late = a_workshop(congress, is_released=False, starts_at=WORKSHOPS_START + TWO_HOURS).id

    releasing.release(house.id, actor=ORGANISER, now=OPEN)
    assert house.said(new) == ("wishes", None)
    assert house.said(late) == ("wishes", LATE)
    assert house.unassigned == {house.one, house.two, new}


def test_what_is_called_off_leaves_the_others_as_they_are(house):
    house.allocate({house.one: WISHES})
    house.change(house.one, cancelled=True)

    releasing.release(house.id, actor=ORGANISER, now=OPEN)
    assert house.unassigned == {house.one, house.two}
