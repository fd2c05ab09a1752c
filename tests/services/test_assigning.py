"""An organiser gives somebody other workshops: the rules, the letter and the line in the log."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.registration import NoPlaceIn
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.models import AuditLine, ProgrammeItem
from congress.queries import invariants
from congress.queries.registrations import get_own
from congress.services import changing
from tests.builders import LATE
from tests.services.mail_house import ORGANISER, House, method_of


def assign(
    house: House,
    *workshops: ProgrammeItem,
    given_up: tuple[ProgrammeItem, ...] = (),
    now: datetime = LATE,
    **by_hand: frozenset[int],
) -> bool:
    return changing.assign_workshops(
        house.somebody,
        [WishedWorkshop(each.id) for each in workshops],
        [each.id for each in given_up],
        by_hand=ByHand(**by_hand),
        actor=ORGANISER,
        now=now,
    )


def has(house):
    house.session.rollback()
    return [(each.item.number, each.state) for each in get_own(house.somebody).standing.bookings]


def test_moving_somebody_after_the_deadline_is_one_letter_and_one_line(session):
    house = House(session)

    assert assign(house, house.second)

    assert has(house) == [(2, "confirmed")]
    [letter] = house.waiting()
    assert (letter.kind, letter.facts["by_organiser"]) == ("changed", True)
    assert method_of(letter) == "REQUEST 1"
    assert [each["number"] for each in letter.facts["before"]["confirmed"]] == [1]
    line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.verb, line.actor, line.user_id) == ("workshops_changed", "organiser", 1)
    assert line.details["before"] == [[house.first.id, "confirmed"]]
    assert line.details["after"] == [[house.second.id, "confirmed"]]
    assert "overbooked" not in line.details
    assert invariants.list_broken() == []


def test_a_full_workshop_wants_a_word_and_beyond_is_written_down(session):
    house = House(session)
    house.register(2, house.second)

    with pytest.raises(NoPlaceIn):
        assign(house, house.second)
    assert has(house) == [(1, "confirmed")]

    assert assign(house, house.second, beyond=frozenset({house.second.id}))

    session.rollback()
    full = session.get_one(ProgrammeItem, house.second.id)
    assert (full.taken, full.overbooked) == (2, 1)
    line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line.details["overbooked"] == [house.second.id]
    assert invariants.list_broken() == []


def test_a_position_in_the_queue_keeps_the_old_place_and_taking_away_passes_it_on(session):
    house = House(session)
    house.register(2, house.second)
    other = house.register(3)

    assert assign(house, house.second, waits=frozenset({house.second.id}))
    assert has(house) == [(1, "confirmed"), (2, "waiting")]
    house.somebody, first = other, house.somebody
    assert assign(house, house.first, waits=frozenset({house.first.id}))
    house.somebody = first

    assert assign(house, given_up=(house.first, house.second), now=LATE + timedelta(hours=1))

    assert has(house) == []
    house.somebody = other
    assert has(house) == [(1, "confirmed")]
    assert not assign(house, given_up=(house.second,))
    assert invariants.list_broken() == []
