"""How much pages ask of the database: little, and the same however much there is to show.

performance.md: a page makes a fixed, small number of queries; that is tested, seconds are not.
"""

import pytest
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AttendeeView, Congress
from tests.builders import OPEN, a_booking, a_congress, a_registration, a_workshop, add, an_item
from tests.queries_counter import count_queries
from tests.web.organisers import an_organiser, logged_in
from tests.web.registration.visitors import Visitor

pytestmark = pytest.mark.sqlite_only

FORM, SUBMIT, OWN_PAGE = 1, 12, 2
CONGRESS_PAGE = 2


@pytest.fixture
def congress(app):
    with app.app_context():
        row = a_congress()
        a_workshop(row, number=1)
        return row.id


def add_items(app, congress, count):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        for number in range(count):
            if number < 6:
                a_workshop(row, number=number + 10)
            else:
                an_item(row)
        row.revision += 1
        row.content_revision += 1
        db.session.commit()


def add_people(app, congress, count):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        workshop = a_workshop(row, capacity=None)
        for _ in range(count):
            a_booking(a_registration(row), workshop)


@pytest.mark.parametrize("items", [6, 200])
def test_one_registration(app, congress, items):
    """The form, its submit and the page of one's own, with a programme of any length."""
    add_items(app, congress, items)
    visitor = Visitor(app)
    with time_machine.travel(OPEN, tick=False):
        visitor.open("/fachkongress/register")  # the contents are read once per process
        with count_queries() as form:
            filled_in = visitor.fill_in(slot_1="workshop-1")
        with count_queries() as submit:
            answer = visitor.send("/fachkongress/register", **filled_in)
        with count_queries() as own_page:
            visitor.open(answer.headers["Location"])

    assert answer.status_code == 303
    assert len(form) <= FORM
    assert len(submit) <= SUBMIT
    assert len(own_page) <= OWN_PAGE


@pytest.mark.parametrize("items", [6, 200])
def test_the_congress_page(app, congress, items):
    add_items(app, congress, items)
    visitor = Visitor(app)
    visitor.open("/fachkongress")  # the contents are read once per process
    with app.app_context():
        db.session.get_one(Congress, congress).revision += 1  # somebody has booked
        db.session.commit()

    with count_queries() as rendered:
        visitor.open("/fachkongress")
    with count_queries() as finished:
        visitor.open("/fachkongress")

    assert len(rendered) <= CONGRESS_PAGE
    assert len(finished) == 0  # the front asks past the session (test_front.py)


def test_the_attendee_list_asks_the_same_for_five_and_for_hundreds(app, congress):
    an_organiser(app, "organiser@example.org", {congress: Role.ORGANISER})
    client = logged_in(app, "organiser@example.org")
    columns = "?columns=organisation,email,function,photos,question,workshop"
    queries = ("", columns, "?sort=workshop", "?sort=-workshop&q=muster&state=confirmed")
    counts = []
    for more in (5, 300):
        add_people(app, congress, more)
        add_views(app, congress, more // 5)
        counts.append([asked_for_the_list(client, query) for query in queries])

    assert counts[0] == counts[1]


def add_views(app, congress, count):
    with app.app_context():
        for number in range(count):
            name = f"{count} {number}"
            add(AttendeeView(congress_id=congress, name=name, name_key=name, query="?q=x"))


def asked_for_the_list(client, query):
    """Return how many statements the list takes, once the process is warm."""
    address = f"/organiser/fachkongress/attendees{query}"
    client.get(address)
    with count_queries() as found:
        assert client.get(address).status_code == 200
    return len(found)
