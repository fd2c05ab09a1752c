"""Warnings of a stored programme: of the working values, in the same number of statements."""

from datetime import timedelta

import pytest

from congress.domain.planning.concerns import Cause
from congress.extensions import db
from congress.models import Contribution, Person, ProgrammeItem, Room
from congress.queries.planning import concerns
from tests import builders
from tests.queries_counter import count_queries

STATEMENTS = 4


def a_room(congress, seats):
    return builders.add(
        Room(congress_id=congress.id, code="saal", name={"de": "Saal"}, position=0, seats=seats)
    )


def put_in(item, person, state="requested"):
    builders.add(
        Contribution(
            item_id=item.id, person_id=person.id if person else None, role="speaker", state=state
        )
    )


def causes(congress):
    return [(each.cause, len(each.spots)) for each in concerns.of_congress(congress.id)]


def test_the_working_values_count_and_not_what_the_public_sees(app):
    with app.app_context():
        congress = builders.a_congress()
        room = a_room(congress, seats=20)
        one = builders.a_workshop(congress, room_id=room.id, capacity=20)
        other = builders.a_workshop(
            congress,
            room_id=room.id,
            capacity=20,
            starts_at=builders.WORKSHOPS_START - timedelta(hours=2),
        )
        elsewhere = builders.a_congress(slug="anderer")
        builders.a_workshop(elsewhere, room_id=room.id)
        assert causes(congress) == []

        other.ends_at += timedelta(minutes=1)
        other.capacity = 21
        builders.add(other)
        assert causes(congress) == [(Cause.ROOM, 2), (Cause.SEATS, 1)]

        one.cancelled = True
        other.bookable = False
        builders.add(one)
        assert causes(congress) == []


@pytest.mark.parametrize(
    ("state", "expected"),
    [("requested", [(Cause.PERSON, 2)]), ("confirmed", [(Cause.PERSON, 2)]), ("declined", [])],
)
def test_two_of_one_name_are_taken_for_one_unless_declined(app, state, expected):
    with app.app_context():
        congress = builders.a_congress()
        one, other = builders.a_workshop(congress), builders.a_workshop(congress)
        put_in(one, builders.add(Person(name="Petra Probe", affiliation={})))
        put_in(other, builders.add(Person(name="Petra Probe", affiliation={"de": "Lünen"})), state)
        put_in(one, None)
        put_in(other, None)

        assert causes(congress) == expected


@pytest.mark.parametrize("number", [2, 1000])
def test_a_thousand_colliding_items_take_as_many_statements_as_two(app, number):
    with app.app_context():
        congress = builders.a_congress()
        room = a_room(congress, seats=20)
        petra = builders.add(Person(name="Petra Probe", affiliation={}))
        for at in range(number):
            item = ProgrammeItem(
                congress_id=congress.id,
                code=f"nr-{at}",
                kind="talk",
                title={"de": f"Nummer {at}"},
                starts_at=builders.STARTS,
                ends_at=builders.ENDS,
                room_id=room.id,
                uid=f"nr-{at}@congress.test",
                revised_at=builders.MADE,
            )
            item.contributions = [Contribution(person=petra, role="speaker")]
            db.session.add(item)
        db.session.commit()

        with count_queries() as statements:
            found = concerns.of_congress(congress.id)

    assert [(each.cause, len(each.spots)) for each in found] == [
        (Cause.ROOM, number),
        (Cause.PERSON, number),
    ]
    assert len(statements) == STATEMENTS
