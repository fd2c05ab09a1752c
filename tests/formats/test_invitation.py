"""What a calendar entry says: the congress day with the person's workshops in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.programme import DIALOGUE_PARTNER, PublicPerson
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.standing import Standing, StandingBooking
from congress.domain.times.time_slots import TimeSlot
from congress.formats import invitation
from tests.domain.test_public_calendar import CONGRESS, DAY, ITEM

AFTERNOON = TimeSlot(
    datetime(2015, 10, 21, 11, 15, tzinfo=UTC), datetime(2015, 10, 21, 13, 15, tzinfo=UTC)
)


def a_booking(number, title, state=BookingState.CONFIRMED, room="", people=()):
    face = replace(ITEM.face, title={"de": title}, slot=AFTERNOON, room={"de": room}, people=people)
    return StandingBooking(number, replace(ITEM, id=number, number=number, face=face), state)


def a_standing(bookings=(), congress=CONGRESS, language="de", state=RegistrationState.CONFIRMED):
    return Standing(
        id=1,
        congress_id=congress.id,
        state=state,
        given_name="Erika",
        family_name="Muster",
        email="erika.muster@example.org",
        language=language,
        created_at=congress.revised_at,
        bookings=bookings,
    )


def the_content(*bookings: StandingBooking, congress=CONGRESS, day=DAY, language="de"):
    standing = a_standing(bookings, congress=congress, language=language)
    return invitation.content(congress, day, standing)


def test_the_entry_spans_the_day_and_names_the_workshop_with_time_and_room():
    partners = (
        PublicPerson("Loring Sittler", {}, DIALOGUE_PARTNER),
        PublicPerson(None, {}, DIALOGUE_PARTNER),
    )
    workshop = a_booking(4, "Junges Engagement fördern", room="Raum 4", people=partners)

    content = the_content(workshop)

    assert (content.starts, content.ends, content.url) == (DAY.starts_at, DAY.ends_at, "")
    assert content.location == "Hansesaal, Kurt-Schumacher-Straße 41, 44532 Lünen"
    assert "Workshop 4: Junges Engagement fördern" in content.description
    assert "13.15 bis 15.15 Uhr, Raum 4" in content.description
    assert "Loring Sittler" in content.description
    assert "None" not in content.description


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Fällt aus:\nWorkshop 4: Junge"),
        ("en", "Not taking place:\nWorkshop 4: Junge"),
    ],
)
def test_a_workshop_that_was_called_off_is_nobodys_workshop(language, text):
    booking = a_booking(4, "Junge")
    off = replace(booking.item, face=replace(booking.item.face, cancelled=True))

    content = the_content(replace(booking, item=off), language=language)

    assert content.description.startswith(text)


def test_what_one_only_waits_for_is_no_entry():
    waiting = a_booking(1, "Voll", BookingState.WAITING)

    content = the_content(waiting, a_booking(2, "Sicher"))

    assert "Sicher" in content.description
    assert "Voll" not in content.description


def test_the_entry_is_in_the_language_of_the_person_and_holds_no_link_of_hers():
    """SEC-27: calendars are shared with a whole team."""
    content = the_content(language="en")

    assert content.summary == "Congress"
    assert "Would you like to change something?" in content.description
    assert "/registration/" not in content.description + content.url


def test_a_workshop_stands_only_in_the_entry_of_its_day():
    tomorrow = TimeSlot(DAY.starts_at + timedelta(days=1), DAY.ends_at + timedelta(days=1))
    both_days = replace(CONGRESS, days=(DAY, tomorrow))
    workshop = a_booking(4, "Junges Engagement fördern")

    assert "Workshop 4" in the_content(workshop, congress=both_days).description
    assert "Workshop 4" not in the_content(workshop, congress=both_days, day=tomorrow).description


@pytest.mark.parametrize(
    ("state", "language", "title"),
    [
        (RegistrationState.CANCELLED, "de", "Abgemeldet: Fachkongress"),
        (RegistrationState.CANCELLED, "en", "Not attending: Congress"),
        (RegistrationState.CONFIRMED, "de", "Abgesagt: Fachkongress"),
        (RegistrationState.CONFIRMED, "en", "Cancelled: Congress"),
    ],
)
def test_what_ended_says_who_called_it_off(state, language, title):
    """The person left, or the event or its day does not take place; nothing is promised then."""
    content = the_content(language=language)

    ended = invitation.ended(content, a_standing(language=language, state=state))

    assert ended == replace(content, summary=title, description="")


def online(number, title, *, is_off=False):
    booking = a_booking(number, title)
    link = f"https://meet.example.org/{number}"
    face = replace(booking.item.face, online_link=link, cancelled=is_off)
    return replace(booking, item=replace(booking.item, face=face))


def test_every_room_online_is_named_with_what_it_is_for():
    congress = replace(CONGRESS, online_link="https://meet.example.org/0")
    other_day = TimeSlot(DAY.starts_at + timedelta(days=1), DAY.ends_at + timedelta(days=1))
    mine = online(4, "Netze, „regional“"), online(5, "Motor", is_off=True)

    content = the_content(*mine, congress=congress)

    assert [(each.label, each.address) for each in content.conferences] == [
        ("Link zur Online-Teilnahme", "https://meet.example.org/0"),
        ("Netze, „regional“", "https://meet.example.org/4"),
    ]
    first, netze, motor, *_ = content.description.split("\n\n")
    assert first == "Link zur Online-Teilnahme: https://meet.example.org/0"
    assert netze.endswith("\nLink zur Online-Teilnahme: https://meet.example.org/4")
    assert "meet.example.org" not in motor
    assert len(the_content(*mine, congress=congress, day=other_day).conferences) == 1
