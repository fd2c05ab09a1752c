"""Which badges are to be printed: counted by the database, and made for one file at a time."""

from typing import Any

import pytest
from sqlalchemy import update

from congress.domain.access import COMMAND
from congress.domain.badges import BadgeWish, Batch, Which
from congress.extensions import db
from congress.models import Congress, Consent, ProgrammeItem, Registration
from congress.queries import badges
from congress.queries.congresses import get_congress
from congress.services import printing_badges
from tests.builders import (
    STARTS,
    a_booking,
    a_congress,
    a_contribution,
    a_registration,
    a_workshop,
    add,
    an_item,
)
from tests.queries_counter import count_queries

# ruff: noqa: ANN401 - wishes and columns have many types
NAMES = ("Adler", "Birke", "Clausen", "Dohle")


class House:
    """A congress with four people, one of whom the programme names beside them."""

    def __init__(self) -> None:
        row = a_congress()
        self.id = row.id
        people = [a_registration(row, family_name=name) for name in NAMES]
        self.people, self.workshop = [each.id for each in people], a_workshop(row).id
        self.book(self.people[0])
        self.guest = f"p{a_contribution(an_item(row), 'Bo Birnbaum', state='confirmed').person_id}"
        a_registration(row, family_name="Wartet", state="waiting")

    def batch(self, **wish: Any) -> Batch:
        return badges.batch(get_congress(self.id), BadgeWish(**wish))

    def mark(self, **wish: Any) -> int:
        found = self.batch(**wish)
        return printing_badges.mark_printed(
            self.id,
            found.digests,
            with_workshops=wish.get("with_workshops", False),
            actor=COMMAND,
            now=STARTS,
        )

    def book(self, person: int) -> None:
        session = db.session
        a_booking(
            session.get_one(Registration, person), session.get_one(ProgrammeItem, self.workshop)
        )

    def change(self, which, **values: Any) -> None:
        db.session.execute(
            update(Registration).where(Registration.id == self.people[which]).values(values)
        )
        db.session.commit()


@pytest.fixture
def house(session):
    return House()


def holders(found):
    return [each.holder for each in found.badges]


def test_all_stand_in_the_order_of_names_with_those_of_the_programme(house):
    found = house.batch()
    first, second, *others = (f"r{each}" for each in house.people)
    assert holders(found) == [first, second, house.guest, *others]
    assert (found.waiting, found.everybody, found.left) == (5, 5, 0)
    assert all(found.is_new(each) for each in holders(found))


def test_of_very_many_one_file_has_the_first(house, monkeypatch):
    monkeypatch.setattr(badges, "MOST_AT_ONCE", 3)
    everybody = holders(house.batch(which=Which.ALL))
    assert house.batch(which=Which.ALL).left == 2
    assert house.mark() == 3
    found = house.batch()
    assert holders(found) == [f"r{each}" for each in house.people[2:]]
    assert (found.waiting, found.left) == (2, 0)
    assert holders(house.batch(which=Which.ALL)) == everybody
    house.change(0, family_name="Aal")
    assert house.batch().waiting == 3
    assert holders(house.batch())[0] == f"r{house.people[0]}"


@pytest.mark.parametrize(
    "change",
    [
        {"given_name": "Ida"},
        {"organisation": "Stadt Köln"},
        {"kind": "press"},
    ],
)
@pytest.mark.parametrize("with_workshops", [False, True])
def test_what_was_printed_is_offered_again_only_when_it_has_changed(house, change, with_workshops):
    assert house.mark(with_workshops=with_workshops) == 5
    assert holders(house.batch(with_workshops=with_workshops)) == []
    house.change(1, **change)
    found = house.batch(with_workshops=with_workshops)
    [holder] = holders(found)
    assert holder == f"r{house.people[1]}"
    assert found.is_changed(holder)
    assert (found.waiting, found.everybody) == (1, 5)


def test_photos_and_workshops_stand_on_it_too(house):
    house.mark(with_workshops=True)
    first, second = house.people[:2]
    add(
        Consent(
            registration_id=first,
            purpose="photos",
            text_version="1",
            channel="form",
            given_at=STARTS,
        )
    )
    house.book(second)
    found = house.batch(with_workshops=True)
    assert holders(found) == [f"r{first}", f"r{second}"]
    assert [len(each.workshops) for each in found.badges] == [1, 1]


def test_one_person_has_theirs_printed_or_not(house):
    house.mark()
    holder = f"r{house.people[0]}"
    assert holders(house.batch(holder=holder)) == [holder]
    assert holders(house.batch(holder=house.guest)) == [house.guest]
    assert holders(house.batch(holder="r999")) == []


def test_of_an_online_event_nobody_registered_wears_one(house, session):
    house.mark()
    session.get_one(Congress, house.id).rules = {"mode": "online"}
    session.commit()
    assert holders(house.batch(which=Which.ALL)) == [house.guest]


@pytest.mark.parametrize("with_workshops", [False, True])
def test_it_asks_as_little_when_all_were_printed(house, with_workshops):
    house.batch(with_workshops=with_workshops)
    with count_queries() as before:
        house.batch(with_workshops=with_workshops)
    house.mark()
    with count_queries() as after:
        house.batch(with_workshops=with_workshops)
    assert len(after) <= len(before) <= 15
