"""The link for taking part online: what is one, and who is told it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from congress.domain.congresses import CongressState
from congress.domain.online import LONGEST_LINK, NotAnOnlineLink, as_link, link_for, link_to
from congress.domain.registration import BookingState, RegistrationState
from tests.domain.test_public_calendar import CONGRESS
from tests.formats.test_invitation import a_booking, a_standing

ROOM = "https://meet.example.org/kongress"
HELD = datetime(2015, 9, 2, 8, tzinfo=UTC)
LONG = "https://meet.example.org/" + "a" * (LONGEST_LINK - len("https://meet.example.org/"))


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        (ROOM, ROOM),
        ("HTTPS://Meet.Example.ORG/Raum", "https://meet.example.org/Raum"),
        ("https://eu.example.org:8443/j/1?pwd=a.B_1&x=%2F,;#a", None),
        ("https://meet.müller.example/j", "https://meet.xn--mller-kva.example/j"),
        ("https://meet.example.org/Förderkreis", "https://meet.example.org/F%C3%B6rderkreis"),
        (LONG, None),
    ],
)
def test_a_link_is_written_so_that_everything_can_carry_it(typed, link):
    assert as_link(typed) == (link or typed)
    assert as_link(as_link(typed)) == as_link(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "http://meet.example.org/kongress",
        "meet.example.org/kongress",
        "javascript:alert(1)",
        "https://",
        "https://kongress",
        "https://localhost./kongress",
        "https://[::1]/kongress",
        "https://bank.example@meet.example.org/",
        "https://meet.example.org:port/",
        "https://meet..example.org/",
        "https://meet.example.org/a b",
        "https://meet.example.org/\u202e",
        'https://meet.example.org/"onclick',
        "https://meet.example.org/<b>",
        f"{LONG}a",
        "",
    ],
)
def test_what_is_no_whole_https_address_is_refused(typed):
    with pytest.raises(NotAnOnlineLink):
        as_link(typed)


@pytest.mark.parametrize(
    ("state", "of_congress", "held", "is_told"),
    [
        (RegistrationState.CONFIRMED, CongressState.PUBLISHED, None, True),
        (RegistrationState.CONFIRMED, CongressState.PUBLISHED, HELD, False),
        (RegistrationState.WAITING, CongressState.PUBLISHED, None, False),
        (RegistrationState.CANCELLED, CongressState.PUBLISHED, None, False),
        (RegistrationState.CONFIRMED, CongressState.CANCELLED, None, False),
        (RegistrationState.CONFIRMED, CongressState.FINISHED, None, False),
    ],
)
def test_only_whoever_has_a_place_that_is_sure_is_told(state, of_congress, held, is_told):
    congress = replace(CONGRESS, online_link=ROOM, state=of_congress)
    standing = replace(a_standing(state=state), unconfirmed_until=held)

    assert link_for(congress, standing) == (ROOM if is_told else "")


@pytest.mark.parametrize(
    ("booked", "state", "is_off", "is_told"),
    [
        (BookingState.CONFIRMED, RegistrationState.CONFIRMED, False, True),
        (BookingState.CONFIRMED, RegistrationState.CONFIRMED, True, False),
        (BookingState.WAITING, RegistrationState.CONFIRMED, False, False),
        (BookingState.WAITING, RegistrationState.WAITING, False, False),
        (BookingState.CONFIRMED, RegistrationState.CANCELLED, False, False),
    ],
)
def test_only_whoever_has_a_place_in_a_workshop_is_told_its_link(booked, state, is_off, is_told):
    booking = a_booking(1, "Netze", state=booked)
    face = replace(booking.item.face, online_link=ROOM, cancelled=is_off)
    booking = replace(booking, item=replace(booking.item, face=face))

    assert link_to(booking, CONGRESS, a_standing(state=state)) == (ROOM if is_told else "")
