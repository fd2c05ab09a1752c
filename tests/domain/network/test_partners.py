"""Who may name local partners for which event, and how many."""

from types import SimpleNamespace
from typing import Any

import pytest

from congress.domain.congresses import CongressKind, CongressState
from congress.domain.network.membership import MembershipState
from congress.domain.network.partners import (
    EnoughPartners,
    PartnersNotAsked,
    asks_for_partners,
    require_may_name,
)
from congress.domain.rules import Rules
from tests.builders import OPEN


def an_event(**values: object) -> Any:  # noqa: ANN401 - as much of a congress as is asked
    facts: dict[str, object] = {
        "kind": CongressKind.TOPIC_WORKSHOP,
        "rules": Rules(partners_most=2),
        "state": CongressState.PUBLISHED,
        "is_over": lambda _now: False,
    }
    return SimpleNamespace(**facts | values)


@pytest.mark.parametrize(
    ("values", "asks"),
    [
        ({}, True),
        ({"kind": CongressKind.FACHKONGRESS}, False),
        ({"rules": Rules()}, False),
        ({"state": CongressState.CANCELLED}, False),
        ({"state": CongressState.DRAFT}, False),
        ({"is_over": lambda _now: True}, False),
    ],
)
def test_partners_are_named_for_a_themed_workshop_that_asks_for_them(values, asks):
    assert asks_for_partners(an_event(**values), now=OPEN) is asks


@pytest.mark.parametrize(
    ("state", "named", "refusal"),
    [
        (MembershipState.MEMBER, 1, None),
        (MembershipState.PARTNER, 0, None),
        (MembershipState.MEMBER, 2, EnoughPartners),
        (MembershipState.APPLIED, 0, PartnersNotAsked),
        (MembershipState.LEFT, 0, PartnersNotAsked),
        (None, 0, PartnersNotAsked),
    ],
)
def test_members_name_as_many_as_they_may(state, named, refusal):
    def act():
        require_may_name(an_event(), state, named=named, now=OPEN)

    if refusal is None:
        act()
        return
    with pytest.raises(refusal):
        act()
