"""Answers in a calendar to a registration that was withdrawn, read after its owner came back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from congress.domain.access import ATTENDEE
from congress.extensions import db
from congress.models import CalendarReply, OutboxMessage
from congress.queries import calendars
from congress.services import changing, registering
from tests.builders import OPEN, a_congress, a_request
from tests.returned_mails import reply, take

BACK = OPEN + timedelta(hours=2)


@pytest.mark.parametrize(
    ("stamp", "asked"),
    [("20150930T110000Z", 0), ("20150930T123000Z", 1)],
    ids=["to the earlier one", "to the one that stands"],
)
def test_who_registered_again_is_held_to_no_earlier_answer(session, stamp, asked):
    congress = a_congress()
    before = registering.register(congress.id, a_request(1), now=OPEN).registration_id
    changing.withdraw(before, actor=ATTENDEE, now=OPEN)
    request = a_request(1, form_key="again")
    number = registering.register(congress.id, request, now=BACK).registration_id
    [entry] = calendars.entries_of_registration(number)
    no = reply(entry, "erika.muster-1@example.org", "DECLINED", sequence="0", stamp=stamp)

    assert take(no, now=BACK + timedelta(hours=1)) == "done"
    letters = select(OutboxMessage.id).where(OutboxMessage.kind == "declined")
    assert len(db.session.scalars(letters).all()) == asked
    assert db.session.scalar(select(func.count()).select_from(CalendarReply)) == asked
