"""The doors: by code and by name, of the congress and of its workshops, and who just walks in."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from congress.domain.access import Role
from congress.domain.tokens import OTHER_KEYBOARD, TokenPurpose
from congress.extensions import db
from congress.models import Attendance, AuditLine, Congress, OutboxMessage, Registration
from congress.services import tokens
from congress.transaction import transaction
from tests.builders import STARTS, a_booking, a_congress, a_registration, a_workshop
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/check-in"
TO_US = str.maketrans("yzYZ-_", "zyZYß?")  # what a German keyboard makes of an English scanner


class House:
    """Two workshops at one time; Adler has a place in the first, Birke in the second."""

    def __init__(self, app: Flask, capacity: int | None = None) -> None:
        self.app = app
        with app.app_context():
            congress = a_congress(capacity=capacity)
            one, two = (a_workshop(congress, number=number, capacity=9) for number in (1, 2))
            people = [a_registration(congress, family_name=name) for name in ("Adler", "Birke")]
            for person, item in zip(people, (one, two), strict=True):
                a_booking(person, item)
            self.one, self.two = one.id, two.id
            self.adler, self.birke = (each.id for each in people)
            with transaction():
                for number in (self.adler, self.birke):
                    tokens.issue(number, TokenPurpose.CHECK_IN, now=STARTS)
            number = congress.id
        an_organiser(app, "door@example.org", {number: Role.CHECK_IN})
        self.client = logged_in(app, "door@example.org")

    def code(self, number: int) -> str:
        with self.app.app_context():
            return str(tokens.token_for(number, TokenPurpose.CHECK_IN))

    def send(self, part: str = "", **fields: str) -> int:
        return post(self.client, f"{HERE}/{part}", HERE, **fields)

    def try_code(self, code: str, **fields: str) -> tuple[int, str]:
        """Type a code; return the status, and what the page says then."""
        token = hidden(self.client, HERE, "csrf_token")
        form = {"csrf_token": token, "code": code} | fields
        answer = self.client.post(f"{HERE}/code", data=form)
        if answer.status_code == 303:
            answer = self.client.get(answer.location)
            return 303, pages.words(pages.read(answer))
        return answer.status_code, pages.words(pages.read(answer))

    def came(self) -> list[tuple[str, int | None, str]]:
        """Who came where: the family name, and the number of the workshop or none."""
        with self.app.app_context():
            rows = db.session.execute(
                select(Registration.family_name, Attendance.item_id, Attendance.came_by)
                .join(Registration, Registration.id == Attendance.registration_id)
                .order_by(Registration.family_name, Attendance.item_id.is_not(None))
            )
            numbers = {self.one: 1, self.two: 2, None: None}
            return [(name, numbers[item], came_by) for name, item, came_by in rows]


@pytest.fixture
def house(app):
    with time_machine.travel(STARTS, tick=False):
        yield House(app)


def test_a_code_ticks_off_once_however_the_scanner_types_it(house):
    code = house.code(house.adler)
    for typed in (code, f" {code}\n", code.translate(TO_US), f"abgebrochen{code}"):
        status, said = house.try_code(typed)
        assert status == 303
        assert "Adler" in said
    assert "war schon abgehakt" in said
    assert house.came() == [("Adler", None, "door")]
    page = house.client.get(f"{HERE}?by=code").text
    assert re.search(r'id="code"[^>]*autofocus', page)
    assert code not in page


@pytest.mark.parametrize("typed", ["", " \t"])
def test_nothing_typed_is_no_unknown_code(house, typed):
    status, said = house.try_code(typed)
    assert status == 422
    assert "Bitte scannen Sie den Code oder tippen Sie ihn ein." in said
    assert "nicht bekannt" not in said
    assert house.came() == []


@pytest.mark.parametrize("typed", ["x", "A" * 43, "ü" * 60])
def test_what_is_no_code_here_is_said_and_stays(house, typed):
    status, said = house.try_code(typed)
    assert status == 409
    assert "Code ist hier nicht bekannt" in said
    assert house.came() == []


def test_no_date_of_the_door_breaks_between_day_and_month(house):
    page = house.client.get(f"{HERE}?lang=de").text
    assert "21.\u00a0Oktober" in page
    assert "21. Oktober" not in page


def test_a_code_that_was_replaced_shows_who_it_was(house):
    old = house.code(house.adler)
    with house.app.app_context(), transaction():
        tokens.renew(house.adler, now=STARTS)
    status, said = house.try_code(old)
    assert status == 409
    assert "Adler" in said
    assert house.came() == []
    assert house.try_code(house.code(house.adler))[0] == 303


def test_a_code_opens_nothing_and_none_of_another_congress_counts(house):
    with house.app.app_context():
        other = a_congress(slug="anderer")
        stranger = a_registration(other, family_name="Fremd").id
        with transaction():
            tokens.issue(stranger, TokenPurpose.CHECK_IN, now=STARTS)
    status, said = house.try_code(house.code(stranger))
    assert (status, "Fremd" in said) == (409, False)
    code, guest = house.code(house.adler), house.app.test_client()
    for path in ("/registration/{}", "/feed/{}.ics", "/confirm/{}", "/{}"):
        assert guest.get(path.format(code)).status_code == 404


def test_a_workshop_lets_in_who_has_a_place_and_asks_about_others(house):
    door = {"door": "workshop-1"}
    assert house.try_code(house.code(house.adler), **door)[0] == 303
    status, said = house.try_code(house.code(house.birke), **door)
    assert status == 409
    assert "hat einen Platz in Workshop 2, nicht hier" in said
    assert house.came() == [("Adler", None, "workshop"), ("Adler", 1, "door")]

    assert house.send(str(house.birke), **door) == 409
    assert house.send(str(house.birke), let_in="y", **door) == 303
    assert house.came()[2:] == [("Birke", None, "workshop"), ("Birke", 1, "door")]
    with house.app.app_context():
        details = db.session.scalars(select(AuditLine.details).order_by(AuditLine.id)).all()
    assert [each.get("let_in", False) for each in details if "item" in each] == [False, True]

    counts = house.client.get(f"{HERE}/counts").json
    assert counts == {"": "2 von 2 da", "workshop-1": "2 von 1 da", "workshop-2": "0 von 1 da"}


def test_taking_back_goes_as_far_as_it_was_said(house):
    door = {"door": "workshop-1"}
    for undone in ("workshop", "both"):
        house.send(str(house.adler), **door)
        if undone == "both":
            house.send(str(house.adler))  # and seen at the entrance too
        assert house.send(f"{house.adler}/take-back", **door) == 303
        assert house.came() == ([] if undone == "workshop" else [("Adler", None, "door")])
    house.send(str(house.adler), **door)
    assert house.send(f"{house.adler}/take-back") == 303
    assert house.came() == [("Adler", None, "workshop"), ("Adler", 1, "door")]


def test_what_has_no_door_lets_nobody_in(house):
    with house.app.app_context():
        row = db.session.get_one(Registration, house.adler)
        far = a_workshop(congress_of(row), number=7, starts_at=STARTS + timedelta(days=9))
        code = far.code
    page = pages.read(house.client.get(f"{HERE}?door={code}"))
    assert "0 von 2 da" in pages.words(pages.get(page, id="count"))  # the main entrance
    assert "Sie sehen den Haupteingang" in pages.words(page)
    # What was meant for it is not done at the main entrance either.
    assert house.send(f"{house.adler}", door=code) == 409
    assert house.try_code(house.code(house.adler), door=code)[0] == 409
    assert house.send("walk-in", door=code, family_name="Neu") == 422
    assert house.came() == []
    assert house.send(f"{house.adler}") == 303
    assert house.send(f"{house.adler}/take-back", door=code) == 409
    assert house.came() == [("Adler", None, "door")]


def congress_of(row):
    return db.session.get_one(Congress, row.congress_id)


def test_whoever_walks_in_is_registered_and_there(house):
    form = {"given_name": "Zoe", "family_name": "Neu", "organisation": "Verein"}
    key = hidden(house.client, f"{HERE}/walk-in", "form_key")
    for _time in range(2):  # pressed twice
        assert house.send("walk-in", form_key=key, door="workshop-1", **form) == 303
    assert house.came() == [("Neu", None, "workshop"), ("Neu", 1, "door")]
    with house.app.app_context():
        new = db.session.scalars(select(Registration).filter_by(family_name="Neu")).one()
        assert (new.state, new.organisation, new.email) == ("confirmed", "Verein", "")
        assert db.session.scalars(select(OutboxMessage)).all() == []

    assert house.send("walk-in", family_name="") == 422
    same = house.client.post(
        f"{HERE}/walk-in",
        data={"csrf_token": hidden(house.client, HERE, "csrf_token"), **form},
    )
    assert same.status_code == 422
    page = pages.read(same)
    assert pages.has(page, "input", name="is_another")
    assert pages.get(page, "input", name="organisation").get("value") == "Verein"


def test_nobody_walks_in_where_nothing_is_free(app):
    with time_machine.travel(STARTS, tick=False):
        house = House(app, capacity=2)
        assert house.send("walk-in", family_name="Neu") == 422
        assert house.came() == []
        with app.app_context():
            names = db.session.scalars(select(Registration.family_name)).all()
    assert sorted(names) == ["Adler", "Birke"]


def test_a_door_asks_the_database_a_fixed_number_of_times(house):
    def asked(query):
        house.client.get(f"{HERE}?{query}")  # the contents are read once per process
        with count_queries() as seen:
            assert house.client.get(f"{HERE}?{query}").status_code == 200
        return len(seen)

    before = {query: asked(query) for query in ("", "door=workshop-1", "door=workshop-1&q=r")}
    with house.app.app_context():
        congress = congress_of(db.session.get_one(Registration, house.adler))
        for _each in range(20):
            a_registration(congress, family_name="Rabe")
        a_workshop(congress, number=3)
    assert {query: asked(query) for query in before} == before
    assert max(before.values()) <= 9


def test_the_keyboards_are_told_apart_there_and_back():
    typed = "yzYZ-_"
    assert typed.translate(TO_US).translate(OTHER_KEYBOARD) == typed
