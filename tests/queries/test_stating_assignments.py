"""What an assignment depends on, read from the rows of both databases in few statements."""

# ruff: noqa: ANN401 - columns have many types

from datetime import timedelta
from typing import Any

import pytest

from congress.domain import wishes as wish_rules
from congress.domain.assignment.problem import Barred, Fixed, Offer, Problem
from congress.domain.congresses import Congress as CongressNow
from congress.domain.programme import ProgrammeItem as Item
from congress.extensions import db
from congress.models import (
    Congress,
    Contributor,
    Person,
    ProgrammeItem,
    Registration,
    WishDecision,
    WorkshopWish,
)
from congress.queries import assignments, congresses, programme
from tests.builders import (
    OPEN,
    WORKSHOPS_START,
    a_booking,
    a_congress,
    a_contribution,
    a_registration,
    a_workshop,
    add,
)
from tests.groups import a_group
from tests.queries_counter import count_queries
from tests.wishes import BY_WISHES, wishes

EVENING = WORKSHOPS_START + timedelta(hours=4)


class House:
    """Two workshops at noon and one in the evening that take wishes."""

    def __init__(self, rules: dict[str, Any] | None = None, **evening: Any) -> None:
        self.congress: Congress = a_congress(rules=BY_WISHES | (rules or {}), wish_seed="seed")
        self.one, self.two = (self.workshop(capacity=2) for _ in range(2))
        self.late = self.workshop(starts_at=EVENING, **evening)

    def workshop(self, **values: Any) -> ProgrammeItem:
        return a_workshop(self.congress, **values)

    def person(self, *ranked: ProgrammeItem, **values: Any) -> Registration:
        found = a_registration(self.congress, **values)
        if ranked:
            wishes(found, *ranked)
        return found

    def decide(
        self, person: Registration, item: ProgrammeItem, *, is_given: bool, of_time: bool = False
    ) -> None:
        about = {"congress_id": self.congress.id, "registration_id": person.id}
        said = {"is_given": is_given, "of_time": of_time}
        add(WishDecision(item_id=item.id, decided_at=OPEN, **said, **about))

    def now(self) -> tuple[CongressNow, list[Item]]:
        db.session.expire_all()
        congress = congresses.get_congress(self.congress.id)
        return congress, programme.current_items(congress)

    def problem(self, *, least_change: bool = False) -> Problem:
        return assignments.problem(*self.now(), least_change=least_change)


@pytest.fixture
def house(session) -> House:
    return House()


def test_the_choices_that_take_wishes_with_their_limits(house: House) -> None:
    house.one.minimum = house.two.minimum = 4
    house.two.minimum_settled_at = OPEN  # takes place all the same
    house.workshop(cancelled=True)
    house.late.same_as = house.one.code  # offered twice
    db.session.commit()
    one, two, late = house.one.id, house.two.id, house.late.id

    assert house.problem().offers == {
        one: Offer(one, one, 2, least=4, excludes=frozenset({late})),
        two: Offer(two, one, 2),
        late: Offer(late, late, 25, excludes=frozenset({one})),
    }


def test_people_with_a_place_are_in_it_with_their_wishes_and_lots(house: House) -> None:
    ann = house.person(house.two, house.one)
    ben = house.person(house.late, organisation="Stadt Köln")
    house.person()  # has said nothing
    house.person(house.one, state="waiting")
    house.person(house.one, state="cancelled")

    people = house.problem().people

    assert {each.id: dict(each.ranks) for each in people.values()} == {
        ann.id: {house.two.id: 1, house.one.id: 2},
        ben.id: {house.late.id: 1},
    }
    assert sorted(each.lot for each in people.values()) == [1, 2]
    assert [people[each.id].organisation for each in (ann, ben)] == ["", "stadt koln"]


def test_what_is_called_off_leaves_the_rest_of_a_list_one_higher(house: House) -> None:
    ann = house.person(house.two, house.one)
    house.two.cancelled = True
    house.two.released = (house.two.released or {}) | {"cancelled": True}
    db.session.commit()

    assert house.problem().people[ann.id].ranks == {house.one.id: 1}


def test_by_hand_comes_before_a_part_in_it_and_that_before_a_booking(house: House) -> None:
    ann = house.person(house.one, email="ann@example.org")
    reached = add(Person(name="Ann", affiliation={}))
    add(Contributor(congress_id=house.congress.id, person_id=reached.id, email="ANN@example.org"))
    a_contribution(house.two, reached, state="confirmed")
    ben, cem = house.person(house.one), house.person(house.two, house.one)
    a_booking(ben, house.one)
    a_booking(cem, house.one)
    house.decide(cem, house.two, is_given=True)

    people = house.problem().people

    assert people[ann.id].fixed == {house.two.id: Fixed.ROLE}
    assert people[ben.id].fixed == {house.one.id: Fixed.BOOKED}
    assert people[cem.id].fixed == {house.two.id: Fixed.BY_HAND}


def test_of_several_with_one_mailbox_the_one_of_that_name_has_the_part(house: House) -> None:
    office = {"email": "office@example.org"}
    ann = house.person(house.one, given_name="Ann", family_name="Alt", **office)
    ben = house.person(house.one, given_name="Ben", family_name="Neu", **office)
    reached = add(Person(name="Ben Neu", affiliation={}))
    add(Contributor(congress_id=house.congress.id, person_id=reached.id, **office))
    a_contribution(house.two, reached, state="confirmed")

    people = house.problem().people

    assert (people[ann.id].fixed, people[ben.id].fixed) == ({}, {house.two.id: Fixed.ROLE})


def test_who_carries_what_is_offered_twice_sits_in_one_and_is_busy_in_the_other(session) -> None:
    house = House()
    house.late.same_as = house.one.code
    other = house.workshop(starts_at=EVENING)
    ann = house.person(other, house.late, email="ann@example.org")
    reached = add(Person(name="Ann", affiliation={}))
    add(Contributor(congress_id=house.congress.id, person_id=reached.id, email="ann@example.org"))
    for item in (house.one, house.late):
        a_contribution(item, reached, state="confirmed")

    found = house.problem().people[ann.id]

    assert (found.fixed, found.barred) == (
        {house.one.id: Fixed.ROLE},
        {other.id: Barred.CLASH, house.late.id: Barred.CLASH},
    )
    assert found.against == {other.id: house.late.id, house.late.id: house.one.id}
    assert wish_rules.contradictions(house.problem()) == []


def test_what_somebody_cannot_have_is_said_with_why(session) -> None:
    house = House({"mode": "hybrid"}, allocation="first_come")
    house.late.same_as = house.one.code
    house.two.mode = "onsite"
    other = house.workshop(starts_at=EVENING, allocation="first_come")
    third, bound = house.workshop(), house.workshop(only_with=other.code)
    every = (house.one, house.two, third, bound)
    ann, ben = house.person(*every, mode="online"), house.person(*every)
    a_booking(ben, house.late)
    house.decide(ben, third, is_given=False)

    people = house.problem().people

    assert people[ann.id].barred == {house.two.id: Barred.MODE, bound.id: Barred.ALONE}
    assert people[ben.id].barred == {
        house.one.id: Barred.CLASH,
        third.id: Barred.BY_HAND,
        bound.id: Barred.ALONE,
    }
    assert people[ben.id].against == {house.one.id: house.late.id}
    assert wish_rules.contradictions(house.problem()) == [], "a wish is no decision"


def test_any_other_is_known_from_what_somebody_ranked_and_has_what_was_added(house: House) -> None:
    ann = house.person(house.one)
    add(WorkshopWish(registration_id=ann.id, item_id=house.two.id, rank=2, any_other=True))
    added = house.workshop()

    found = house.problem().people[ann.id]

    assert found.ranks == {house.one.id: 1, house.two.id: 2, added.id: 2}
    assert found.others == {house.two.id, added.id}


def test_no_workshop_at_a_time_means_none_that_is_added_since(house: House) -> None:
    ann, ben = (house.person(house.one, house.two) for _ in range(2))
    for item in (house.one, house.two):
        house.decide(ann, item, is_given=False, of_time=True)
    house.decide(ben, house.one, is_given=False)
    added = house.workshop(capacity=2)
    for person in (ann, ben):
        add(WorkshopWish(registration_id=person.id, item_id=added.id, rank=3))

    people = house.problem().people

    assert people[ann.id].barred == dict.fromkeys(
        (house.one.id, house.two.id, added.id), Barred.BY_HAND
    )
    assert people[ben.id].barred == {house.one.id: Barred.BY_HAND}


def test_groups_that_said_how_they_want_to_be_in_workshops(house: House) -> None:
    wanted = {"together": 2, "apart": 2, "": 2}
    people = {
        said: [
            house.person(house.one, group_id=group.id).id
            for group in [a_group(house.congress, in_workshops=said)]
            for _ in range(number)
        ]
        for said, number in wanted.items()
    }

    found = house.problem()

    assert (found.together, found.apart) == (
        (frozenset(people["together"]),),
        (frozenset(people["apart"]),),
    )


def test_after_a_release_places_are_kept_as_they_were_ranked(house: House) -> None:
    house.one.capacity = 3
    for item in (house.one, house.two):
        item.assigned_at = OPEN
    ann, ben = house.person(house.one, house.two), house.person(house.two)
    held = a_registration(house.congress, state="requested", holds_places=True)
    for person in (ann, ben, held):
        a_booking(person, house.one)

    found = house.problem(least_change=True)

    assert set(found.offers) == {house.one.id, house.two.id}
    assert found.offers[house.one.id].places == 2, "one is held for somebody outside"
    assert found.people[ann.id].keeps == {house.one.id}
    assert found.people[ben.id].fixed == {house.one.id: Fixed.BOOKED}, "nobody ranked it"
    assert set(house.problem().offers) == {house.late.id}


def test_the_first_to_register_arrived_first(house: House) -> None:
    ann = house.person(house.one, created_at=OPEN + timedelta(hours=1))
    ben = house.person(house.one)
    house.person()

    order = assignments.in_order_of_arrival(house.congress.id, house.problem())

    assert order == [ben.id, ann.id]


def test_as_many_statements_for_many_people_as_for_few(house: House) -> None:
    house.person(house.one, house.two)
    now = house.now()
    with count_queries() as few:
        assignments.problem(*now, least_change=False)
    for _ in range(20):
        a_booking(house.person(house.two, house.one), house.late)
    now = house.now()
    with count_queries() as many:
        assignments.problem(*now, least_change=False)

    assert len(many) == len(few) <= 7
