"""An organiser has the confirmation sent once more: letter with link, and invitation, as of now."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.registration import CongressNotTakingPart, RegistrationCancelled
from congress.models import AuditLine, OutboxMessage
from congress.services import registering
from tests.builders import AFTERWARDS, LATE, OPEN, a_request, send_everything
from tests.services.mail_house import ORGANISER, House


def again(house: House, at=LATE) -> None:
    registering.confirm_again(house.somebody, actor=ORGANISER, now=at)


def test_the_letter_says_what_is_now_and_the_invitation_comes_with_it(session):
    house = House(session)
    house.choose(house.second)
    send_everything()

    again(house)
    again(house, LATE + timedelta(minutes=1))

    # The second takes the place of the first, which nobody has sent yet.
    assert house.kinds() == [("confirmed", None), ("calendar_request", "REQUEST 3")]
    letter = house.waiting()[0]
    assert [each["number"] for each in letter.facts["confirmed"]] == [2]
    assert letter.facts["links"] == ["manage"]
    line = session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.verb, line.details) == ("mail_sent_again", {"kind": "confirmed"})
    assert (line.actor, line.registration_id) == ("organiser", house.somebody)


def test_whoever_waits_gets_the_letter_of_the_waiting_list_and_no_invitation(session):
    house = House(session, capacity=1)
    house.somebody = registering.register(house.congress.id, a_request(2), now=OPEN).registration_id
    send_everything()

    again(house)

    assert house.kinds() == [("waiting", None)]
    assert house.waiting()[0].facts["position"] == 1


def test_there_has_to_be_something_to_come_to(session):
    house = House(session)

    with pytest.raises(CongressNotTakingPart):
        registering.confirm_again(house.somebody, actor=ORGANISER, now=AFTERWARDS)
    house.withdraw()
    with pytest.raises(RegistrationCancelled):
        again(house)

    session.rollback()
    kinds = session.scalars(select(OutboxMessage.kind).where(OutboxMessage.state == "queued"))
    assert kinds.all() == ["withdrawn"]
