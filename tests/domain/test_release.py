"""Publishing: which state follows which, and what of an item is new to the public."""

from dataclasses import replace
from datetime import UTC, timedelta
from itertools import product
from typing import Any

import pytest

from congress.domain.congresses import CongressState
from congress.domain.planning.item_plan import (
    EditedItem,
    ItemPlan,
    PeopleChange,
    changed_fields,
    people_change,
)
from congress.domain.planning.release import (
    NEXT_STATES,
    NotBegunYet,
    StateUnreachable,
    is_on_calendars,
    may_be_finished,
    require_can_be_called_off,
    require_can_be_held_after_all,
    require_may_be_finished,
    require_reachable,
    set_of_changes,
)
from congress.domain.programme import Face, ItemKind, PublicPerson
from congress.domain.workshops import Places
from tests.domain.halls import AFTERNOON, MORNING

DRAFT, PUBLISHED, CANCELLED, FINISHED = CongressState

FACE = Face(
    title={"de": "Junges Engagement"},
    abstract={"de": "Worum es geht"},
    slot=MORNING,
    room={"de": "Saal"},
    people=(PublicPerson("Petra Probe", {}, "moderator"),),
)

EDITS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "nothing": ({}, ()),
    "title": ({"title": {"de": "Neu"}}, ("title",)),
    "English title": ({"title": {**FACE.title, "en": "Young"}}, ("title",)),
    "short title": ({"short_title": {"de": "Jung"}}, ("short_title",)),
    "abstract": ({"abstract": {}}, ("abstract",)),
    "time": ({"slot": AFTERNOON}, ("time",)),
    "room": ({"room": {"de": "Foyer"}}, ("room",)),
    "people": ({"people": ()}, ("people",)),
    "cancelled": ({"cancelled": True}, ("cancelled",)),
    "order of the form": (
        {"cancelled": True, "slot": AFTERNOON, "abstract": {}, "title": {"de": "Neu"}},
        ("title", "abstract", "time", "cancelled"),
    ),
}


def edited(released: Face | None, working: Face, number: int = 1) -> EditedItem:
    planned = ItemPlan(code="ws", kind=ItemKind.TALK, title=working.title, slot=working.slot)
    return EditedItem(number, planned, Places(), working, released)


@pytest.mark.parametrize(("values", "names"), EDITS.values(), ids=EDITS)
def test_what_a_release_would_change_is_named(values, names):
    after = replace(FACE, **values)

    assert changed_fields(FACE, after) == names
    assert edited(FACE, after).changes == names


def test_what_was_never_released_is_new():
    assert edited(None, FACE).changes == ("new",)


@pytest.mark.parametrize(
    ("edits", "is_told"),
    [
        (["abstract"], False),
        (["short title"], False),
        (["abstract", "short title"], False),
        (["short title", "title"], True),
        (["title"], True),
        (["English title"], True),
        (["time"], True),
        (["room"], True),
        (["people"], True),
        (["cancelled"], True),
        (["abstract", "room"], True),
    ],
    ids=lambda value: (
        " and ".join(value) if isinstance(value, list) else "told" if value else "not told"
    ),
)
def test_calendars_follow_all_but_the_description(edits, is_told):
    after = FACE
    for edit in edits:
        values, _names = EDITS[edit]
        after = replace(after, **values)

    assert is_on_calendars(FACE, after) is is_told


ONE_SECOND = timedelta(seconds=1)
REACHABLE = {(DRAFT, PUBLISHED), (PUBLISHED, DRAFT), (PUBLISHED, FINISHED), (FINISHED, PUBLISHED)}


@pytest.mark.parametrize(
    ("state", "wanted"),
    list(product(CongressState, repeat=2)),
    ids=lambda state: state.value,
)
def test_a_congress_goes_to_the_states_that_follow_and_to_no_others(state, wanted):
    """Calling off and taking it back are not among them: both have doors of their own."""
    if (state, wanted) in REACHABLE:
        require_reachable(state, wanted)
        return
    with pytest.raises(StateUnreachable):
        require_reachable(state, wanted)


@pytest.mark.parametrize("state", CongressState, ids=lambda state: state.value)
@pytest.mark.parametrize(
    "late", [timedelta(days=-9), -ONE_SECOND, timedelta(0), ONE_SECOND], ids=str
)
def test_only_what_has_begun_is_called_finished(state, late):
    """From the beginning of the first day on, wherever the clock stands."""
    begins = MORNING.starts_at
    now = (begins + late).astimezone(UTC)
    assert may_be_finished(begins, now) is (late >= timedelta(0))
    if state is FINISHED and late < timedelta(0):
        with pytest.raises(NotBegunYet):
            require_may_be_finished(state, begins, now)
        return
    require_may_be_finished(state, begins, now)


@pytest.mark.parametrize("state", CongressState, ids=lambda state: state.value)
def test_only_what_is_published_can_be_called_off(state):
    if state is PUBLISHED:
        require_can_be_called_off(state)
        return
    with pytest.raises(StateUnreachable):
        require_can_be_called_off(state)


@pytest.mark.parametrize("is_over", [False, True])
@pytest.mark.parametrize("state", CongressState, ids=lambda state: state.value)
def test_only_what_was_called_off_and_is_not_over_is_held_after_all(state, is_over):
    if state is CANCELLED and not is_over:
        require_can_be_held_after_all(state, is_over=is_over)
        return
    with pytest.raises(StateUnreachable):
        require_can_be_held_after_all(state, is_over=is_over)


@pytest.mark.parametrize("state", CongressState, ids=lambda state: state.value)
def test_the_states_that_organisers_are_offered_are_those_they_reach(state):
    by_own_doors = {PUBLISHED: {CANCELLED}, CANCELLED: {PUBLISHED}}
    reached = {wanted for present, wanted in REACHABLE if present is state}

    assert set(NEXT_STATES[state]) == reached | by_own_doors.get(state, set())


PETRA, ANNA = PublicPerson("Petra Probe", {}, "moderator"), PublicPerson("Anna Neu", {}, "speaker")
NOBODY = PublicPerson(None, {"de": "Kreis Unna"}, "speaker")
MAYOR = replace(PETRA, affiliation={"de": "Bürgermeisterin"})


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((PETRA,), (PETRA,), PeopleChange()),
        ((PETRA, ANNA), (ANNA, PETRA), PeopleChange()),
        ((PETRA,), (PETRA, ANNA), PeopleChange(came=(ANNA,))),
        ((PETRA, ANNA), (ANNA,), PeopleChange(left=(PETRA,))),
        ((PETRA,), (ANNA,), PeopleChange(came=(ANNA,), left=(PETRA,))),
        ((PETRA,), (MAYOR,), PeopleChange(restated=((PETRA, MAYOR),))),
        ((NOBODY,), (PETRA,), PeopleChange(came=(PETRA,), left=(NOBODY,))),
        ((NOBODY,), (NOBODY, NOBODY), PeopleChange(came=(NOBODY,))),
        ((PETRA, MAYOR), (MAYOR,), PeopleChange(left=(PETRA,))),
    ],
)
def test_who_came_and_who_went(before, after, change):
    assert people_change(before, after) == change


def test_changes_are_the_same_in_whatever_order_and_wherever_moments_are_told():
    slot = replace(
        MORNING,
        starts_at=MORNING.starts_at.astimezone(UTC),
        ends_at=MORNING.ends_at.astimezone(UTC),
    )
    renamed = replace(FACE, title={"de": "Neu", "en": "New"})
    again = replace(renamed, title={"en": "New", "de": "Neu"}, slot=slot)

    seen = set_of_changes([edited(FACE, renamed), edited(None, FACE, 2), edited(FACE, FACE, 3)])

    assert seen == set_of_changes([edited(None, FACE, 2), edited(FACE, again)])


@pytest.mark.parametrize("edit", [name for name in EDITS if name != "nothing"])
def test_every_other_change_is_another_set(edit):
    values, _names = EDITS[edit]
    after = replace(FACE, **values)
    sets = {
        set_of_changes([]),
        set_of_changes([edited(FACE, after)]),
        set_of_changes([edited(after, FACE)]),
        set_of_changes([edited(None, after)]),
        set_of_changes([edited(FACE, after, 2)]),
    }

    assert len(sets) == 5
