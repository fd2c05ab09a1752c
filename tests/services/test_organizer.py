"""Who invites stays who invites, whatever MAIL_FROM becomes (RFC 5546)."""

from datetime import timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
from sqlalchemy import select

from congress import extensions
from congress.extensions import db
from congress.models import CalendarEntry, CalendarReply, Registration
from congress.queries import calendars
from congress.services import registering
from congress.services.mails import delivering
from tests.builders import OPEN, a_congress, a_request
from tests.returned_mails import reply, take
from tests.services.mail_house import House

EARLIER, LATER = "kongress@old.example", "events@new.example"
AFTER = OPEN + timedelta(days=400)

pytestmark = pytest.mark.usefixtures("database")


def change_sender(address):
    changed = extensions.settings().model_copy(update={"mail_from": address})
    extensions.bind_settings(changed)


@pytest.fixture
def house(session):
    change_sender(EARLIER)
    return House(session)


def entries():
    """Send what waits; returns the sender and the calendar event of each mail that has one."""
    db.session.rollback()
    found = []
    while mails := delivering.claim("one", now=OPEN):
        for each in mails:
            begun = delivering.begin(each.id, delivering.prepare(each), owner="one", now=OPEN)
            delivering.record_sent(each.id, now=OPEN)
            mail = message_from_bytes(begun.raw, policy=policy.default)
            for part in mail.walk():
                if part.get_content_type() == "text/calendar":
                    calendar = icalendar.Calendar.from_ical(part.get_content())
                    found.append((mail["From"].addresses[0].addr_spec, calendar.events[0]))
    return found


def stated(found):
    return [
        (str(event["ORGANIZER"]), event["ORGANIZER"].params.get("SENT-BY"), event["SEQUENCE"])
        for _sender, event in found
    ]


def test_a_revision_comes_from_the_organizer_whom_calendars_know(house):
    house.register(2, house.second)
    first = entries()
    assert stated(first) == [(f"mailto:{EARLIER}", None, 0)]

    change_sender(LATER)
    house.call_off()
    found = entries()
    assert {sender for sender, _event in found} == {LATER}
    told = {each for each in stated(found) if each[2] > 0}
    assert {each[:2] for each in told} == {(f"mailto:{EARLIER}", f"mailto:{LATER}")}
    assert b"CANCELLED" in found[-1][1].to_ical()


def test_an_event_that_invites_later_takes_the_new_mailbox(house):
    house.register(2, house.second)
    entries()
    change_sender(LATER)
    other = a_congress(slug="spaeter", title={"de": "Später"})
    registering.register(other.id, a_request(5), now=OPEN)
    assert stated(entries()) == [(f"mailto:{LATER}", None, 0)]
    known = calendars.organizers([house.congress.id, other.id])
    assert known == {house.congress.id: EARLIER, other.id: LATER}
    assert calendars.earlier_organizers(LATER, now=OPEN) == [EARLIER]
    assert calendars.earlier_organizers(EARLIER, now=OPEN) == [LATER]
    assert calendars.earlier_organizers(LATER, now=AFTER) == []


def test_an_answer_to_the_earlier_organizer_counts(house):
    person = house.register(2, house.second)
    entries()
    change_sender(LATER)
    whose = select(*calendars.ENTRIES.c).where(CalendarEntry.registration_id == person)
    entry = calendars.as_entry(db.session.execute(whose).one())
    email = db.session.get_one(Registration, person).email
    answer = reply(entry, email, "ACCEPTED", organizer=EARLIER)
    assert take(answer, now=OPEN) == "done"
    assert db.session.scalars(select(CalendarReply.registration_id)).all() == [person]
