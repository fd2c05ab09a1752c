"""What releases brought somebody, as lines of their history, on both databases."""

from datetime import timedelta

import pytest

from congress.domain.access import ActorKind
from congress.models import User
from congress.queries import assigned_lines
from tests.builders import (
    OPEN,
    TWO_HOURS,
    WORKSHOPS_START,
    a_congress,
    a_registration,
    a_workshop,
    add,
)
from tests.queries_counter import count_queries
from tests.wishes import a_run, an_outcome

pytestmark = pytest.mark.usefixtures("session")

AGAIN = OPEN + timedelta(days=1)


def test_each_release_is_a_line_with_what_it_brought_and_no_other_run_is() -> None:
    congress = a_congress()
    one, two = (a_workshop(congress, number=each) for each in (1, 2))
    late = a_workshop(congress, number=3, starts_at=WORKSHOPS_START + TWO_HOURS)
    ann, ben = (a_registration(congress, given_name=name) for name in ("Ann", "Ben"))
    said = {"email": "eve@example.org", "email_key": "eve@example.org", "fs_uniquifier": "eve"}
    eve = add(User(name="Eve", active=True, **said))
    first = a_run(congress, state="released", released_at=OPEN, released_by=eve.id)
    again = a_run(congress, state="released", released_at=AGAIN)
    other = {"rank": 2, "any_other": True}
    an_outcome(first, ann, two, slot=one, reasons=[{"item": one.id}], **other)
    an_outcome(first, ann, None, slot=late, reasons=[{"item": late.id}])
    an_outcome(first, ben, one, slot=one)
    an_outcome(again, ann, one, slot=one, rank=None, how="by_hand")
    an_outcome(a_run(congress), ann, two, slot=one)

    with count_queries() as statements:
        lines = assigned_lines.of_registration(ann.id)

    assert [(each.at, each.actor, each.account) for each in lines] == [
        (AGAIN, ActorKind.COMMAND, ""),
        (OPEN, ActorKind.ORGANISER, "Eve"),
    ]
    assert {each.person for each in lines} == {f"Ann {ann.family_name}"}
    assert [each.details["results"] for each in lines] == [
        [{"item": one.id, "rank": None, "how": "by_hand", "wished": [], "is_other": False}],
        [
            {"item": two.id, "rank": 2, "how": "wish", "wished": [one.id], "is_other": True},
            {"item": None, "rank": None, "how": "none", "wished": [late.id], "is_other": False},
        ],
    ]
    assert [each.items[two.id].number for each in lines] == [2, 2]
    assert len(statements) == 2, "however many releases there were"
    assert assigned_lines.of_registration(a_registration(congress).id) == []
