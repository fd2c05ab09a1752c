from datetime import date, timedelta

from congress.domain.calendar import Content, Entry, Status
from congress.domain.calendar_json import as_json
from congress.domain.tokens import TokenPurpose
from congress.models import AccessToken, CalendarEntry, Congress
from congress.queries import calendars
from congress.queries.calendars import PersonalCalendar
from congress.services import tokens
from tests.builders import ENDS, OPEN, STARTS, a_congress, a_registration, add

ONE_DAY = timedelta(days=1)
FIRST = Content("Fachkongress", STARTS, ENDS, "Europe/Berlin", "Lünen")
SECOND = Content("Fachkongress", STARTS + ONE_DAY, ENDS + ONE_DAY, "Europe/Berlin", "Lünen")


def a_calendar(language="de"):
    """Store a registration with an entry for each of two days; return it and its feed's token."""
    registration = a_registration(a_congress(), language=language)
    rows, _ = tokens.new_rows(registration.id, now=OPEN)
    for row in rows:
        add(AccessToken(revoked_at=None, **row))
    for day, uid, content, status in (
        (date(2015, 10, 22), "second", SECOND, "CANCELLED"),
        (date(2015, 10, 21), "first", FIRST, "CONFIRMED"),
    ):
        add(
            CalendarEntry(
                registration_id=registration.id,
                day=day,
                uid=uid,
                sequence=1,
                revised_at=OPEN,
                status=status,
                content=as_json(content),
            )
        )
    return registration, tokens.token_for(registration.id, TokenPurpose.FEED)


def test_entries_come_back_as_last_stated_in_order_of_days(session):
    registration, feed = a_calendar(language="en")
    assert calendars.find_personal(feed, TokenPurpose.FEED) == PersonalCalendar(
        registration_id=registration.id,
        congress_id=registration.congress_id,
        language="en",
        content_revision=session.get_one(Congress, registration.congress_id).content_revision,
        entries=2,
        revisions=2,
    )
    assert calendars.entries_of_registration(registration.id) == [
        Entry("first", 1, OPEN, Status.CONFIRMED, FIRST),
        Entry("second", 1, OPEN, Status.CANCELLED, SECOND),
    ]


def test_a_link_opens_only_what_it_is_for(session):
    _, feed = a_calendar()
    assert calendars.find_personal(feed, TokenPurpose.MANAGE) is None
    assert calendars.find_personal(feed[:-1], TokenPurpose.FEED) is None


def test_a_revoked_link_opens_nothing(session):
    _, feed = a_calendar()
    for token in session.query(AccessToken):
        token.revoked_at = OPEN
    session.commit()
    assert calendars.find_personal(feed, TokenPurpose.FEED) is None
