"""An organiser lets somebody come instead: in one step, at any time, with the same outcome."""

from datetime import timedelta

import pytest

from congress.domain.handing_over import HandOverLinkOver
from congress.domain.registration import RegistrationCancelled
from congress.domain.room import ByHand
from congress.queries.invariants import list_broken
from congress.queries.registrations import get_own, standings
from congress.services.entering import Entering
from tests.builders import OPEN, STARTS
from tests.services.corrections import news, sent
from tests.services.test_handing_over import MAXS, MINE, House


@pytest.fixture
def house(session):
    found = House()
    sent(session)
    return found


def test_an_organiser_sees_to_it_in_one_step_also_on_the_day(session, house):
    link = house.ask()
    sent(session)
    number = house.by_hand(now=STARTS + timedelta(minutes=5))
    assert house.by_hand(now=STARTS + timedelta(minutes=6)) == number  # sent twice
    assert list_broken() == []
    with pytest.raises(HandOverLinkOver):
        house.accept(link)
    assert [mail[:3] for mail in news(session)] == [
        ("handed_over", MINE, "CANCEL"),
        ("confirmed", MAXS, None),
        ("calendar_request", MAXS, "REQUEST"),
    ]
    with pytest.raises(RegistrationCancelled):
        house.by_hand("Anders")


def test_nobody_is_written_to_without_an_address_or_where_they_know(session, house):
    number = house.by_hand(email="")
    assert [mail[0] for mail in news(session)] == ["handed_over"]
    sent(session)
    silent = Entering(ByHand(), is_told=False)
    again = house.by_hand("Anders", of=number, entered=silent)
    assert news(session) == []
    assert get_own(number).standing.substituted_by_id == again


def test_a_position_stays_where_it_was_also_among_those_who_came_at_one_moment(house):
    # All joined in the same moment, as people of one import do: their numbers decide.
    for number, waiting in enumerate((house.second, house.third)):
        before = standings([waiting])[0].position
        came = house.by_hand(f"Neu-{number}", f"neu{number}@example.org", of=waiting)
        assert standings([came])[0].position == before == number + 1
    house.by_hand()
    assert [each.position for each in house.came().waiting] == [1]
    assert list_broken() == []


def test_one_who_never_confirmed_is_replaced_in_silence(session):
    house = House(confirm_hours=24)
    sent(session)
    number = house.by_hand(now=OPEN)
    assert not standings([house.me])[0].is_unconfirmed
    assert not standings([number])[0].is_unconfirmed
    assert [mail[0] for mail in news(session)] == ["confirmed", "calendar_request"]
    assert list_broken() == []
