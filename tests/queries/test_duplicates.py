"""How many may stand in the list twice: looked for once, and never behind what happened."""

from datetime import timedelta

from congress.domain.access import ATTENDEE, COMMAND
from congress.queries import congresses, duplicates
from congress.services import changing, merging, registering
from tests.builders import OPEN, a_congress, a_request
from tests.queries_counter import count_queries
from tests.services.corrections import correct

LATER = OPEN + timedelta(minutes=5)
THEA = {"given_name": "Thea", "family_name": "Zweimal", "organisation": "Stadt Hamm"}


def test_how_many_stand_there_twice_follows_whatever_happens(database):
    congress_id = a_congress().id
    one, other, third = (
        registering.register(congress_id, a_request(number), now=OPEN) for number in (1, 2, 3)
    )

    def twice():
        return duplicates.count(congresses.get_heading(congress_id))

    assert twice() == 0
    with count_queries() as statements:
        assert twice() == 0
    assert len(statements) == 2
    correct(one, actor=COMMAND, now=LATER, **THEA)
    correct(other, actor=COMMAND, now=LATER, **THEA)
    assert twice() == 1
    numbers = (one.registration_id, other.registration_id)
    merging.tell_apart(congress_id, *numbers, actor=COMMAND, now=LATER)
    assert twice() == 0
    correct(third, actor=COMMAND, now=LATER, **THEA)
    assert twice() == 1  # three registrations may be of one
    changing.withdraw(third.registration_id, actor=ATTENDEE, now=LATER)
    assert twice() == 0
