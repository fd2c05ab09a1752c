"""Who never got an invitation never gets its end, whatever happened in between."""

import pytest

from congress.services import registering
from congress.services.planning import releasing
from tests.builders import OPEN, a_request, send_everything
from tests.services.mail_house import ORGANISER, House


def again(house: House, form: str) -> None:
    request = a_request(2, form_key=form)
    house.somebody = registering.register(house.congress.id, request, now=OPEN).registration_id


@pytest.mark.parametrize("is_letter_sent", [False, True], ids=["nothing sent", "the letter sent"])
def test_who_comes_back_before_the_invitation_went_out_never_gets_its_end(session, is_letter_sent):
    """RFC 5546, 3.2.5: a CANCEL is about something that somebody was invited to."""
    house = House(session)
    house.somebody = house.register(2)
    house.withdraw()
    if is_letter_sent:
        send_everything()

    for form in ("second", "third"):
        again(house, form)
        assert house.kinds()[-1] == ("calendar_request", f"REQUEST {2 if form == 'second' else 4}")
        house.withdraw()
        assert house.kinds() == [("confirmed", None), ("withdrawn", None)]


def test_the_end_of_what_was_seen_gives_way_to_the_new_beginning_and_is_told_later(session):
    house = House(session)
    house.somebody = first = house.register(2)
    send_everything()
    house.withdraw()
    assert house.kinds() == [("withdrawn", "CANCEL 1")]

    again(house, "second")

    assert house.kinds() == [("confirmed", None), ("calendar_request", "REQUEST 2")]
    house.somebody, second = first, house.somebody
    assert house.kinds() == [("withdrawn", None)]
    house.somebody = second
    house.withdraw()
    assert house.kinds() == [("confirmed", None), ("withdrawn", "CANCEL 3")]


def test_an_invitation_that_went_out_after_an_untold_end_is_cancelled(session):
    house = House(session)
    house.somebody = house.register(2)
    house.withdraw()
    again(house, "second")
    send_everything()

    house.withdraw()

    assert house.kinds() == [("withdrawn", "CANCEL 3")]


def test_a_congress_called_off_and_held_after_all_before_an_invitation_went_out(session):
    house = House(session)
    house.somebody = house.register(2)
    house.call_off()
    assert house.kinds() == [("confirmed", None), ("congress_cancelled", None)]
    send_everything()
    releasing.hold_after_all(house.congress.id, actor=ORGANISER, now=OPEN)
    assert house.kinds()[-1][1] == "REQUEST 2"

    house.withdraw()

    assert [method for _, method in house.kinds()] == [None]
