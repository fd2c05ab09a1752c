"""Somebody withdraws and registers again: what the links of the first registration say then."""
# ruff: noqa: ANN401 - the values of a person have many types

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import update
from werkzeug.test import TestResponse

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.registration_request import RegistrationRequest
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.models import Registration
from congress.queries.registrations import get_own
from congress.services import changing, correcting, registering, tokens
from tests.builders import OPEN, a_congress, a_request, a_workshop
from tests.queries_counter import count_queries
from tests.web import pages

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
AGAIN = OPEN + timedelta(hours=1)
SINCE = AGAIN + timedelta(hours=1)


@dataclass
class Feed:
    """The calendar that the link of one registration gives."""

    client: FlaskClient
    token: str

    def ask(self, known: TestResponse | None = None) -> TestResponse:
        headers = {"If-None-Match": known.headers["ETag"]} if known else {}
        with time_machine.travel(SINCE, tick=False):
            return self.client.get(f"/feed/{self.token}.ics", headers=headers)

    def event(self) -> bytes:
        """The one entry, to the byte."""
        answer: bytes = self.ask().data
        assert answer.count(b"BEGIN:VEVENT") == 1, answer
        return answer[answer.index(b"BEGIN:VEVENT") : answer.index(b"END:VEVENT")]

    def says(self) -> tuple[str, int]:
        [event] = Calendar.from_ical(self.ask().data).events
        return str(event["STATUS"]), int(str(event["SEQUENCE"]))


class Town:
    """Erika registers for one workshop, withdraws, and may register again for another."""

    def __init__(self, app: Flask, client: FlaskClient) -> None:
        self.app, self.client = app, client
        with app.app_context():
            congress = a_congress()
            self.congress = congress.id
            self.workshops = [
                a_workshop(congress, number=number, code=code, title=code)
                for number, code in ((1, "Netze"), (2, "Gärten"))
            ]
            self.wish = a_request(1, self.workshops[0])
            self.first = self.register(self.wish, now=OPEN)
            changing.withdraw(self.first, actor=ATTENDEE, now=OPEN)

    def register(self, wish: RegistrationRequest, *, now: datetime = AGAIN) -> int:
        number = registering.register(self.congress, wish, now=now).registration_id
        db.session.execute(update(Registration).values(subscribes=True))  # whose feeds are read
        db.session.commit()
        return number

    def again(self, **values: Any) -> int:
        choices = a_request(1, self.workshops[1]).choices
        wish = replace(self.wish, choices=choices, form_key="another form", **values)
        with self.app.app_context():
            return self.register(wish)

    def correct(self, registration_id: int, **values: Any) -> None:
        with self.app.app_context():
            person = get_own(registration_id).person
            after = replace(person, **values)
            done = correcting.correct(
                registration_id, after, version=person.version, actor=ORGANISER, now=SINCE
            )
            assert done.is_stored

    def withdraw(self, registration_id):
        with self.app.app_context():
            changing.withdraw(registration_id, actor=ATTENDEE, now=SINCE)

    def feed(self, registration_id):
        with self.app.app_context():
            token = tokens.token_for(registration_id, TokenPurpose.FEED)
        assert token is not None
        return Feed(self.client, token)

    def own_page(self, registration_id, part=""):
        with self.app.app_context():
            token = tokens.token_for(registration_id, TokenPurpose.MANAGE)
        with time_machine.travel(SINCE, tick=False):
            return pages.read(self.client.get(f"/registration/{token}{part}"))


@pytest.fixture
def town(app, client):
    return Town(app, client)


def test_both_feeds_say_the_same_and_the_first_one_is_sent_again(town):
    """ICS-07: one UID has one state, to the byte, wherever it is read."""
    first = town.feed(town.first)
    before = first.ask()
    assert first.says() == ("CANCELLED", 1)

    second = town.again()

    assert first.ask(before).status_code == 200
    assert first.event() == town.feed(second).event()
    assert first.says() == ("CONFIRMED", 2)
    assert "Gärten".encode() in first.event()
    known = first.ask()
    with count_queries() as found:
        assert first.ask(known).status_code == 304
    assert len(found) == 2

    town.withdraw(second)
    assert first.ask(known).status_code == 200
    assert first.says() == town.feed(second).says() == ("CANCELLED", 3)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, ("CONFIRMED", 2)),
        ({"email": "ERIKA.muster-1@example.org"}, ("CONFIRMED", 2)),
        ({"family_name": "Beispiel"}, ("CANCELLED", 1)),
        ({"email": "rathaus@example.org"}, ("CANCELLED", 1)),
    ],
    ids=["the same", "written otherwise", "another name", "another mailbox"],
)
def test_only_the_same_person_is_shown(town, values, says):
    town.again(**values)

    assert town.feed(town.first).says() == says


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"family_name": "Beispiel"}, ("CONFIRMED", 3)),
        ({"email": "rathaus@example.org"}, ("CANCELLED", 3)),
    ],
    ids=["name", "address"],
)
def test_who_is_corrected_since_goes_on_in_the_same_mailbox_only(town, values, says):
    second = town.again()
    town.correct(second, **values)

    assert town.feed(town.first).says() == says


def test_what_comes_after_a_mailbox_was_left_is_not_said_there(town):
    second = town.again()
    town.correct(second, email="rathaus@example.org")
    ended = town.feed(town.first).event()
    with town.app.app_context():
        choice = a_request(1, town.workshops[0]).choices
        changing.change_workshops(second, choice, actor=ORGANISER, now=SINCE)
    town.correct(second, email="amt@example.org")

    assert town.feed(town.first).event() == ended


def test_the_own_page_of_the_first_one_leads_to_the_newer_one(town):
    assert "nicht mehr angemeldet" in pages.words(pages.get(town.own_page(town.first), "h1"))
    second = town.again()

    page = pages.get(town.own_page(town.first), "main")
    acts = [form.get("action") for form in pages.find_all(page, "form")]

    assert "wieder angemeldet" in pages.words(pages.get(page, "h1"))
    assert "30. September 2015, 13.00 Uhr" in pages.words(pages.get(page, class_="lead"))
    assert pages.has(page, "a", href="/fachkongress/resend-link")
    assert not pages.has(page, "a", href="/fachkongress/register")
    assert [each for each in acts if not each.endswith("/consents")] == []
    asked = pages.get(town.own_page(town.first, "/withdraw"), "main")
    assert "wieder angemeldet" in pages.words(pages.get(asked, "h1"))
    assert not pages.has(asked, "form")

    town.withdraw(second)

    assert "nicht mehr angemeldet" in pages.words(pages.get(town.own_page(town.first), "h1"))
