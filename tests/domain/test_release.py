"""Publishing: which state follows which, what a release changes, and what calendars say of it."""

from dataclasses import replace
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from congress.domain.congresses import CongressState
from congress.domain.planning.item_plan import (
    EditedItem,
    ItemPlan,
    PersonPlan,
    changed_fields,
)
from congress.domain.planning.release import (
    StateUnreachable,
    is_on_calendars,
    require_can_be_called_off,
    require_reachable,
)
from congress.domain.programme import Face, ItemKind, PersonState, PublicPerson
from congress.domain.workshops import Places
from tests.domain.halls import AFTERNOON, MORNING

DRAFT, PUBLISHED = CongressState.DRAFT, CongressState.PUBLISHED
CANCELLED, FINISHED = CongressState.CANCELLED, CongressState.FINISHED
REACHABLE = {(DRAFT, PUBLISHED), (PUBLISHED, FINISHED), (FINISHED, PUBLISHED)}

FACE = Face({"de": "Engagement"}, {"de": "Worum es geht"}, MORNING, {"de": "Saal"})
ERIKA = PersonPlan("Erika Muster", {"de": "Lünen"}, "speaker", PersonState.CONFIRMED)
PLAN = ItemPlan(
    "workshop-1",
    ItemKind.WORKSHOP,
    {"de": "Engagement"},
    MORNING,
    number=1,
    abstract={"de": "Worum es geht"},
    room="saal",
    bookable=True,
    places=25,
    people=(ERIKA,),
)
ANOTHER: dict[str, dict[str, Any]] = {
    "title": {"title": {"de": "Nachbarschaft"}},
    "abstract": {"abstract": {"de": "Worum es noch geht"}},
    "time": {"slot": AFTERNOON},
    "room": {"room": {"de": "Keller"}},
    "people": {"people": (PublicPerson("Erika Muster", {}, "speaker"),)},
    "cancelled": {"cancelled": True},
}


@pytest.mark.parametrize(("state", "wanted"), list(product(CongressState, repeat=2)), ids=str)
def test_states_follow_each_other_in_one_order(state, wanted):
    if (state, wanted) in REACHABLE:
        require_reachable(state, wanted)
    else:
        with pytest.raises(StateUnreachable):
            require_reachable(state, wanted)


@pytest.mark.parametrize("state", list(CongressState), ids=str)
def test_only_what_is_public_can_be_called_off(state):
    if state is PUBLISHED:
        require_can_be_called_off(state)
    else:
        with pytest.raises(StateUnreachable):
            require_can_be_called_off(state)


@pytest.mark.parametrize("name", list(ANOTHER))
def test_a_change_has_the_name_under_which_organisers_know_it(name):
    assert changed_fields(FACE, replace(FACE, **ANOTHER[name])) == (name,)


@pytest.mark.parametrize("name", list(ANOTHER))
def test_calendars_say_everything_but_the_description(name):
    assert is_on_calendars(FACE, replace(FACE, **ANOTHER[name])) is (name != "abstract")


def test_a_new_description_beside_something_else_is_on_calendars_too():
    both = replace(FACE, **ANOTHER["abstract"], **ANOTHER["title"])

    assert is_on_calendars(FACE, both)


def test_changes_stand_in_the_order_of_the_form():
    everything = replace(
        FACE, **{key: value for each in ANOTHER.values() for key, value in each.items()}
    )

    assert changed_fields(FACE, everything) == tuple(ANOTHER)
    assert changed_fields(FACE, replace(FACE)) == ()


@pytest.mark.parametrize(
    ("released", "changes"),
    [(None, ("new",)), (FACE, ()), (replace(FACE, **ANOTHER["room"]), ("room",))],
    ids=["never released", "as released", "moved since"],
)
def test_an_item_says_what_a_release_would_change(released, changes):
    item = EditedItem(1, PLAN, Places(25), working=FACE, released=released)

    assert item.changes == changes


@pytest.mark.parametrize(
    "values",
    [
        {"title": {"de": "Nachbarschaft"}},
        {"title": {"de": "Engagement", "en": "Engagement"}},
        {"abstract": {}},
        {"slot": AFTERNOON},
        {"room": None},
        {"cancelled": True},
        {"people": ()},
        {"people": (replace(ERIKA, name=None),)},
        {"people": (replace(ERIKA, affiliation={}),)},
        {"people": (replace(ERIKA, role="moderator"),)},
        {"people": (replace(ERIKA, state=PersonState.DECLINED),)},
        {"people": (ERIKA, ERIKA)},
    ],
    ids=lambda values: next(iter(values)),
)
def test_another_working_value_is_another_version(values):
    assert replace(PLAN, **values).version != PLAN.version


@pytest.mark.parametrize(
    "values",
    [
        {"places": 7, "waiting_list": False},
        {
            "slot": replace(
                MORNING,
                starts_at=MORNING.starts_at.astimezone(ZoneInfo("Europe/Berlin")),
            )
        },
        {"title": {"en": "Engagement", "de": "Engagement"}},
    ],
    ids=["places count at once", "one moment in another zone", "texts in another order"],
)
def test_what_overwrites_nobody_is_the_same_version(values):
    both = replace(PLAN, title={"de": "Engagement", "en": "Engagement"})

    assert replace(both, **values).version == both.version
