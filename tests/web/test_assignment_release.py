"""From the wishes to the release on the organiser's pages: worked out, looked at, given, kept."""

import pytest
import time_machine
from sqlalchemy import select

from congress import worker
from congress.extensions import db
from congress.models import AssignmentRun, Booking, Congress, Registration, WishDecision
from tests import builders
from tests.web import pages
from tests.web.assignment_house import HERE, House, read
from tests.web.organisers import hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(builders.OPEN):
        yield


@pytest.fixture
def house(app):
    return House(app)


@pytest.fixture
def client(app, house):
    """Return an organiser's browser; the assignment is worked out."""
    client = logged_in(app, "organiser@example.org")
    assert post(client, f"{HERE}/ask", HERE, kind="first") == 303
    with app.app_context():
        worker.assign()
    return client


def here(house):
    [number] = house.stored(AssignmentRun.id)
    return f"{HERE}/runs/{number}"


def release(client, house, seen=""):
    page = f"{here(house)}/release"
    return post(client, page, page, seen=seen or hidden(client, page, "seen"))


def test_what_was_worked_out_is_released_once_with_what_was_said_before(client, house):
    page = read(client, f"{here(house).removeprefix(HERE)}/release")
    assert pages.has(read(client), "a", href=f"{here(house)}/release")
    said = pages.numbers(pages.get(pages.section(page, "does"), "ul"))

    assert release(client, house) == 303

    page = read(client)
    assert house.stored(AssignmentRun.state) == ["released"]
    states = house.stored(Booking.state)
    assert said[:3] == [states.count("confirmed"), states.count("waiting"), 3]
    assert not pages.has(page, "a", href=f"{here(house)}/release")
    kinds = {each.get("value") for each in pages.find_all(page, "input", name="kind")}
    assert kinds == {"least_change"}
    assert client.get(f"{here(house)}/release").status_code == 303  # pressed twice


def test_before_the_last_day_it_says_what_people_were_told(client, house):
    part = f"{here(house).removeprefix(HERE)}/release"
    assert "dass sie ihre Wünsche bis" in pages.words(pages.get(read(client, part), id="early"))

    with house.app.app_context():
        db.session.get_one(Congress, house.id).wishes_until = builders.OPEN
        db.session.commit()
    page = read(client, part)
    assert not pages.has(page, id="early")
    assert "Festlegung" not in pages.words(pages.section(page, "does")), "nothing was decided"

    assert release(client, house) == 303
    said = client.get("/organiser/fachkongress/wishes?lang=de").text
    assert "Alle Plätze, die nach Wünschen vergeben werden, sind zugeteilt." in said


def test_anew_it_names_who_has_to_move_and_releases_nothing_where_nobody_does(client, house):
    assert release(client, house) == 303
    assert post(client, f"{HERE}/ask", HERE, kind="least_change") == 303
    with house.app.app_context():
        worker.assign()
    number = house.stored(AssignmentRun.id)[-1]
    page = read(client, f"/runs/{number}/release")
    assert pages.has(page, id="nothing")
    assert not pages.has(page, "input", name="seen")

    with house.app.app_context():
        of_one = (Booking.item_id == house.one, Booking.state == "confirmed")
        given = db.session.scalars(select(Booking.registration_id).where(*of_one)).one()
    there = f"{HERE}/people/{given}"
    assert post(client, f"{there}/decide", there, slot=str(house.one), decision="nothing") == 303
    assert post(client, f"{HERE}/ask", HERE, kind="least_change") == 303
    with house.app.app_context():
        worker.assign()

    table = pages.get(read(client), id="moved")
    assert pages.has(table, "a", href=there)
    assert "Wer wechseln müsste" in pages.words(table)


def test_what_was_not_looked_at_is_not_released(client, house):
    answer = client.post(
        f"{here(house)}/release",
        data={
            "csrf_token": hidden(client, f"{here(house)}/release", "csrf_token"),
            "seen": "another",
        },
    )

    assert answer.status_code == 409
    page = pages.read(answer)
    assert pages.has(page, role="alert")
    assert pages.has(page, "form", action=f"{HERE}/ask")
    assert house.stored(Booking.id) == []


def test_somebody_who_left_since_is_named_and_gets_nothing(client, house):
    seen = hidden(client, f"{here(house)}/release", "seen")
    with house.app.app_context():
        person = db.session.get_one(Registration, house.people[0])
        person.state, person.cancelled_at = "cancelled", builders.OPEN.replace(hour=11)
        db.session.commit()

    assert pages.numbers(pages.get(read(client), id="since"))[-1:] == [1]
    page = pages.read(client.get(f"{here(house)}/release"))
    assert pages.has(page, role="alert")  # said before anybody presses
    assert not pages.has(page, "input", name="seen")
    assert release(client, house, seen) == 409
    assert house.stored(Booking.id) == []


def test_a_decision_by_hand_holds_beyond_the_release_until_it_is_taken_back(client, house):
    person = house.people[0]
    address = f"{HERE}/people/{person}"
    chosen = {"slot": str(house.one), "decision": str(house.two)}
    assert post(client, f"{address}/decide", address, **chosen) == 303
    assert post(client, f"{HERE}/ask", HERE, kind="first") == 303
    with house.app.app_context():
        worker.assign()

    page = read(client, f"/people/{person}")
    assert "von Hand" in pages.words(pages.section(page, f"choice-{house.one}"))
    number = house.stored(AssignmentRun.id)[-1]
    where = f"{HERE}/runs/{number}/release"
    does = pages.words(pages.section(read(client, where.removeprefix(HERE)), "does"))
    assert "1 Festlegung von Hand bleibt." in does
    assert post(client, where, where, seen=hidden(client, where, "seen")) == 303

    assert house.decided() == {house.two: True}
    assert pages.numbers(pages.get(read(client), id="decided")) == [1]
    choice = pages.section(read(client, f"/people/{person}"), f"choice-{house.one}")
    assert "Das gilt, solange die Person diesen Platz hat." in pages.words(choice)
    assert pages.has(choice, "input", name="decision", value=f"back-{house.two}")
    reader = pages.words(read(logged_in(house.app, "reader@example.org"), f"/people/{person}"))
    assert reader.count("Von Hand festgelegt:") == 1, "whoever only reads reads it once"

    taken_back = {"slot": str(house.one), "decision": f"back-{house.two}"}
    assert post(client, f"{address}/decide", address, **taken_back) == 303
    assert house.decided() == {}
    assert "Das gilt" not in pages.words(read(client, f"/people/{person}"))
    assert not pages.has(read(client), id="decided")


def test_who_is_in_a_workshop_all_the_same_is_said_to_lose_it(client, house):
    assert release(client, house) == 303
    with house.app.app_context():
        placed = select(Booking.registration_id).where(Booking.item_id == house.one)
        person = db.session.scalars(placed.where(Booking.state == "confirmed")).one()
    address = f"{HERE}/people/{person}"
    barred = {"slot": str(house.one), "decision": f"not-{house.one}"}
    assert post(client, f"{address}/decide", address, **barred) == 303
    with house.app.app_context():
        decision = db.session.scalars(select(WishDecision)).one()
        decision.released_at = builders.OPEN
        db.session.commit()

    said = pages.words(pages.section(read(client, f"/people/{person}"), f"choice-{house.one}"))

    assert "Das gilt, bis Sie es zurücknehmen." in said
    assert "Die Person hat dort trotzdem einen Platz;" in said


def test_the_log_says_what_was_done(client, house):
    assert release(client, house) == 303

    said = client.get("/organiser/fachkongress/log").text
    assert "assignment_" not in said
