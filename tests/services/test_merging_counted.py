"""Two registrations become one where each organisation sends so many: it counts once, foreseen."""

import pytest

from congress.domain.access import Actor, ActorKind
from congress.queries import congresses
from congress.queries.invariants import list_broken
from congress.queries.registrations import get_own
from congress.services import merging, registering
from congress.services.merging import Merging
from tests.builders import OPEN, a_congress, a_request

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
OTHERS_ORGANISATION = frozenset({"organisation"})


@pytest.fixture
def people(database):
    """One of Rheine and one of Unna have a place, one of each waits on the reserve list."""
    here = a_congress(rules={"quota": 1}, fields={"organisation": "required"}).id
    towns = enumerate(("Rheine", "Unna", "Rheine", "Unna"), start=1)
    requests = [a_request(number, organisation=f"Stadt {town}") for number, town in towns]
    return [registering.register(here, each, now=OPEN).registration_id for each in requests]


@pytest.mark.parametrize(
    ("kept", "other", "of_other", "moved_up"),
    [
        (0, 1, frozenset(), {3}),  # Unna has nobody any more
        (0, 1, OTHERS_ORGANISATION, {2}),  # counts with Unna from now on, and Rheine has nobody
        (2, 1, OTHERS_ORGANISATION, set()),  # moves up with the place of Unna, as who goes on
        (0, 3, OTHERS_ORGANISATION, {2}),  # Unna has one more than it may send: nobody loses any
        (2, 3, OTHERS_ORGANISATION, set()),  # waits with Unna from now on
    ],
)
def test_who_moves_up_is_foreseen(people, kept, other, of_other, moved_up):
    wanted = Merging(people[kept], people[other], of_other=of_other)
    heading = congresses.get_heading(get_own(people[kept]).standing.congress_id)
    before = {each: get_own(each).standing.state for each in people}
    outlook = merging.foresee(heading, wanted, now=OPEN)
    assert {people.index(each) for each in outlook.moved_up} == moved_up

    merging.merge(wanted, seen=outlook.seen, actor=ORGANISER, now=OPEN)

    after = {each: get_own(each).standing.state for each in people}
    won = {each for each in people if (before[each], after[each]) == ("waiting", "confirmed")}
    assert {people.index(each) for each in won - {people[kept]}} == moved_up
    assert after[people[kept]] == outlook.after.state
    assert list_broken() == []
