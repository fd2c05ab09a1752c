"""What is kept to undo an act, and what tells that somebody else has come since."""

import json
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

import pytest

from congress.domain.hosts import Host
from congress.domain.modes import ItemMode
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.planning.reversal import as_json, mark_of, plan_of
from congress.domain.programme import ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Allocation
from tests.builders import BERLIN

START = datetime(2015, 10, 21, 13, 15, tzinfo=BERLIN)
ADA = PersonPlan("Ada", {"de": "Stadt"}, "speaker", PersonState.DECLINED)
PLAN = ItemPlan(
    "ws",
    ItemKind.WORKSHOP,
    {"de": "Netzwerke", "fr": "Réseaux"},
    TimeSlot(START, START + timedelta(hours=2)),
    number=4,
    abstract={"de": "Worum es geht"},
    room="r1",
    bookable=True,
    places=25,
    waiting_list=False,
    cancelled=True,
    short_title={"de": "Netz"},
    online_link="https://meet.example.org/1",
    minimum=8,
    minimum_by=date(2015, 10, 12),
    same_as="ws-1",
    mode=ItemMode.ONLINE,
    one_of="ws-2",
    only_with="ws-3",
    host=Host("Tierheim", "civil"),
    allocation=Allocation.WISHES,
    people=(
        ADA,
        PersonPlan(None, {}, "moderator", PersonState.REQUESTED),
    ),
)


def test_no_field_of_a_plan_is_left_untried():
    """Whoever adds one tries below whether it comes back."""
    tried = [*((PLAN, each) for each in fields(PLAN)), *((ADA, each) for each in fields(ADA))]
    assert [each.name for one, each in tried if not getattr(one, each.name)] == ["waiting_list"]
    assert [each.name for one, each in tried if getattr(one, each.name) == each.default] == []


def test_a_plan_comes_back_from_a_column_as_it_was():
    kept = json.loads(json.dumps(as_json(PLAN)))

    assert plan_of(kept) == PLAN
    assert isinstance(plan_of(kept).people[0].state, PersonState)
    assert plan_of(kept).version == PLAN.version


@pytest.mark.parametrize(
    ("plan", "released", "is_same"),
    [
        (PLAN, None, True),
        (replace(PLAN, title={"de": "Knoten"}), None, False),
        (replace(PLAN, room=None), None, False),
        (PLAN, {"title": {"de": "Netzwerke"}}, False),  # published since
        (replace(PLAN, places=9), None, False),
    ],
)
def test_what_somebody_made_of_it_since_is_noticed(plan, released, is_same):
    assert (mark_of(plan, released) == mark_of(PLAN, None)) is is_same


def test_places_of_what_is_public_change_by_themselves():
    face = {"title": {"de": "Netzwerke"}}
    assert mark_of(replace(PLAN, places=9), face) == mark_of(PLAN, face)
