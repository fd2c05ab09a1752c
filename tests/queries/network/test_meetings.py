"""The matrix of municipalities and meetings, over what the program really stores."""
# ruff: noqa: ANN401 - the columns of a row have many types

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from congress.models import Attendance
from congress.queries.network import meetings as queries
from tests.builders import BERLIN, a_congress, a_registration, add
from tests.guests import an_invitation
from tests.network import a_contact, a_domain, a_membership, an_alias, an_organisation
from tests.queries_counter import count_queries

NOW = datetime(2016, 1, 15, 12, 0, tzinfo=BERLIN)

pytestmark = pytest.mark.usefixtures("database")


def a_meeting(day, slug="treffen", **values: Any):
    starts_at = datetime(day.year, day.month, day.day, 10, 0, tzinfo=BERLIN)
    days = ((starts_at, starts_at + timedelta(hours=6)),)
    return a_congress(slug=slug, kind="network_meeting", days=days, **values)


def a_member(name, state="member", since=date(2014, 1, 1)):
    found = an_organisation(name)
    a_membership(found, state, since)
    return found


def comes(meeting, organisation, *, present=True, **values: Any):
    somebody = a_registration(meeting, organisation=organisation, **values)
    if present:
        day = meeting.days[0].day
        add(Attendance(registration_id=somebody.id, day=day, came_at=NOW))
    return somebody


def shown():
    found = queries.matrix(now=NOW)
    return {
        line.name: [(str(each.presence), each.people) for each in line.cells]
        for line in found.lines
    }


def test_each_municipality_is_what_it_was_on_that_day():
    spring = a_meeting(date(2015, 4, 15), "fruehjahr")
    autumn = a_meeting(date(2015, 11, 11), "herbst")
    coming = a_meeting(date(2016, 4, 13), "kommend")
    rheine, unna = a_member("Stadt Rheine"), a_member("Stadt Unna", since=date(2015, 11, 11))
    a_member("Stadt Hamm", "partner")
    a_member("Stadt Lünen", "interested")
    comes(spring, "Stadt Rheine")
    comes(spring, "stadt rheine")
    comes(spring, "Stadt Hamm", present=False)
    comes(autumn, "Stadt Unna")
    comes(autumn, "Stadt Rheine", state="cancelled", present=False)
    comes(coming, "Stadt Unna", present=False)
    comes(coming, "Stadt Hamm", state="waiting", present=False)
    anna = a_contact(rheine)
    an_invitation(coming, email=anna.email, contact_id=anna.id)
    an_invitation(coming, organisation="Stadt Unna", places=2)
    assert shown() == {
        "Stadt Hamm": [("waiting", 1), ("nothing", 0), ("absent", 1)],
        "Stadt Rheine": [("invited", 1), ("nothing", 0), ("present", 2)],
        "Stadt Unna": [("registered", 1), ("present", 1), ("no_member", 0)],
    }
    assert unna.id


def test_a_municipality_that_left_keeps_what_it_was():
    a_meeting(date(2015, 4, 15), "fruehjahr")
    a_meeting(date(2015, 11, 11), "herbst")
    rheine = a_member("Stadt Rheine")
    a_membership(rheine, "left", date(2015, 6, 1))
    assert shown() == {"Stadt Rheine": [("no_member", 0), ("nothing", 0)]}


def test_other_names_and_confirmed_domains_are_the_same_municipality():
    meeting = a_meeting(date(2015, 11, 11))
    rheine = a_member("Stadt Rheine")
    an_alias(rheine, "Rheine an der Ems")
    a_domain(rheine, "rheine.de")
    comes(meeting, "Rheine an der Ems")
    comes(meeting, "Jugendamt", email="a@jugend.rheine.de", email_key="a@jugend.rheine.de")
    comes(meeting, "Bäckerei Rheine")
    assert shown() == {"Stadt Rheine": [("present", 2)]}


def test_what_is_no_meeting_or_not_public_is_no_column():
    a_congress()
    a_meeting(date(2015, 11, 11), "entwurf", state="draft")
    a_meeting(date(2015, 11, 12), "abgesagt", state="cancelled")
    a_member("Stadt Rheine")
    assert queries.matrix(now=NOW) == queries.Matrix((), ())


def test_twenty_three_by_forty_take_as_many_statements_as_one():
    def one(number):
        meeting = a_meeting(date(2014, 2, 1) + timedelta(days=15 * number), f"t-{number}")
        comes(meeting, f"Stadt {number % 23}")

    a_member("Stadt 0")
    one(0)
    with count_queries() as few:
        queries.matrix(now=NOW)
    for number in range(1, 23):
        a_member(f"Stadt {number}")
    for number in range(1, 42):
        one(number)
    with count_queries() as many:
        found = queries.matrix(now=NOW)
    assert (len(found.lines), len(found.meetings)) == (23, 40)
    assert found.meetings[0].slug == "t-41"
    assert len(many) == len(few) == 6
