"""What was decided by hand where somebody else comes instead, or two registrations become one."""

import pytest
from sqlalchemy import select

from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import (
    Registration,
    WishDecision,
)
from congress.queries import congresses
from congress.services import handing_over, merging
from congress.services.entering import Entering
from congress.services.merging import Merging
from tests.builders import a_request
from tests.services.assignment_house import LATER, ORGANISER, House
from tests.services.hand_made import GIVEN, NEVER, NONE_THEN, decide, gives_way, leave, stands
from tests.services.test_assigning_again import change, confirmed, release, work_out


@pytest.fixture
def house(session) -> House:
    return House()


def test_who_comes_instead_has_the_place_and_nothing_that_was_decided_of_the_other(house):
    first, _second = gives_way(house)
    evening = house.late
    decide(house, GIVEN, first, evening)
    change(evening, assigned_at=LATER)
    request = a_request(9, given_name="Max", family_name="Neu", email="max@example.org")
    db.session.rollback()
    entered = Entering(ByHand(), is_told=False)

    came = handing_over.see_to(first.id, request, entered, actor=ORGANISER, now=LATER)

    # What was not released yet is of the place that is still to be given.
    assert stands(house) == [(came, 4, GIVEN)]
    assert confirmed(db.session.get_one(Registration, came)) == {1}


@pytest.mark.parametrize(
    ("of_kept", "of_other", "kept_has", "expected"),
    [
        (None, (GIVEN, 1), None, [(1, GIVEN)]),
        (None, (GIVEN, 1), 1, [(1, GIVEN)]),
        (None, (NEVER, 2), 1, [(2, NEVER)]),
        (None, (NONE_THEN, 1), None, [(1, NONE_THEN)]),
        (None, (NONE_THEN, 1), 1, []),
        ((GIVEN, 1), (NEVER, 2), 1, [(1, GIVEN)]),
    ],
)
def test_of_two_registrations_of_one_it_holds_with_the_place(
    house, of_kept, of_other, kept_has, expected
):
    change(house.one, capacity=5)
    kept, other = house.register(house.one), house.register(house.one)
    by_number = {1: house.one, 2: house.two}
    if kept_has is None:
        change(house.two, capacity=5)
        db.session.rollback()
    for person, said in ((kept, of_kept), (other, of_other)):
        if said:
            decide(house, said[0], person, by_number[said[1]])
    release(house, work_out(house))
    if kept_has is None:
        leave(kept)
    db.session.expire_all()
    wanted = Merging(kept.id, other.id)
    seen = merging.foresee(congresses.get_heading(house.id), wanted, now=LATER).seen

    merging.merge(wanted, seen=seen, actor=ORGANISER, now=LATER)

    assert stands(house) == [(kept.id, *each) for each in expected]
    assert set(db.session.scalars(select(WishDecision.registration_id))) <= {kept.id}


def test_the_other_place_wins_and_so_does_what_was_decided_of_it(house):
    kept, other = house.register(house.one), house.register(house.two)
    decide(house, GIVEN, kept, house.one)
    decide(house, GIVEN, other, house.two)
    release(house, work_out(house))
    db.session.expire_all()
    wanted = Merging(kept.id, other.id, other_wins={house.one.id: True})
    seen = merging.foresee(congresses.get_heading(house.id), wanted, now=LATER).seen

    merging.merge(wanted, seen=seen, actor=ORGANISER, now=LATER)

    assert confirmed(kept) == {2}
    assert stands(house) == [(kept.id, 2, GIVEN)]
