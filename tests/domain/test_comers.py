"""Who may come at all: with a personal link, or for a member of the network."""

from dataclasses import replace

import pytest

from congress.domain.comers import invited, speaking_for_member
from congress.domain.hall import CONGRESS, NOBODY
from congress.domain.registration import MembersOnly, NotInvited
from congress.domain.rules import Access, Rules
from tests.domain import halls

EVERYBODY = [
    replace(NOBODY, is_invited=is_invited, speaks=speaks)
    for is_invited in (False, True)
    for speaks in (None, False, True)
]


@pytest.mark.parametrize(
    ("access", "may_come"),
    [
        # Each for: nothing known, speaks for nobody, speaks for a member; then with a link.
        (Access.OPEN, [True, True, True, True, True, True]),
        (Access.INVITED, [False, False, False, True, True, True]),
        (Access.MEMBERS, [True, False, True, True, True, True]),
    ],
)
def test_who_may_come(access, may_come):
    hall = replace(halls.hall(), rules=Rules(access=access))
    reasons = [
        [door(hall, each, CONGRESS) for door in (invited, speaking_for_member)]
        for each in EVERYBODY
    ]
    assert [not any(each) for each in reasons] == may_come
    found = {type(reason) for each in reasons for reason in each if reason is not None}
    refused = {Access.INVITED: {NotInvited}, Access.MEMBERS: {MembersOnly}}
    assert found == refused.get(access, set())
