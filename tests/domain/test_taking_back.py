"""What was edited and not published is taken back: the public face is that of before, exactly."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from congress.domain.congress_file.plan import RoomPlan
from congress.domain.planning.item_plan import EditedItem, ItemPlan, PersonPlan
from congress.domain.planning.taking_back import as_published, can_be_taken_back
from congress.domain.programme import Face, ItemKind, PersonState, PublicPerson
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places
from tests.builders import BERLIN

START = datetime(2015, 10, 21, 13, 15, tzinfo=BERLIN)
SLOT = TimeSlot(START, START + timedelta(hours=2))
LATER = TimeSlot(START + timedelta(hours=1), START + timedelta(hours=3))
ROOMS = [RoomPlan("r1", {"de": "Raum 1"}, 30), RoomPlan("r2", {"de": "Raum 2"}, 30)]
ASKED, AGREED, DECLINED = PersonState


def person(name, role="speaker", state=AGREED, de=""):
    return PersonPlan(name, {"de": de} if de else {}, role, state)


PLAN = ItemPlan(
    "ws",
    ItemKind.WORKSHOP,
    {"de": "Netzwerke", "fr": "Réseaux"},
    SLOT,
    abstract={"de": "Worum es geht"},
    short_title={"de": "Netz"},
    room="r1",
    bookable=True,
    places=25,
    people=(
        person("Ada", de="Stadt"),
        person("Bea", state=ASKED, de="Land"),
        person(None, role="moderator", state=ASKED, de="Kreis"),
    ),
)


def face_of(plan, rooms=ROOMS):
    """Return what a release would show, by the rules of `queries.planning`."""
    names = {room.code: room.name for room in rooms}
    return Face(
        title=plan.title,
        abstract=plan.abstract,
        slot=plan.slot,
        room=names[plan.room] if plan.room else {},
        people=tuple(
            PublicPerson(each.name, each.affiliation, each.role)
            if each.name is None or each.state is AGREED
            else PublicPerson(None, {}, each.role)
            for each in plan.people
            if each.state is not DECLINED
        ),
        cancelled=plan.cancelled,
        short_title=plan.short_title,
    )


def edited(before, after, rooms=ROOMS):
    return EditedItem(1, after, Places(25), face_of(after, rooms), face_of(before))


ADA, BEA, NOBODY = PLAN.people
PEOPLE = {
    "somebody came": (person("Neu"), *PLAN.people),
    "somebody came who is asked": (*PLAN.people, person("Neu", state=ASKED)),
    "somebody left": (BEA, NOBODY),
    "agreed": (ADA, replace(BEA, state=AGREED), NOBODY),
    "declined": (ADA, replace(BEA, state=DECLINED), NOBODY),
    "declined after all": (replace(ADA, state=DECLINED), BEA, NOBODY),
    "another role": (ADA, replace(BEA, role="moderator"), replace(NOBODY, role="speaker")),
    "another affiliation": (replace(ADA, affiliation={"de": "Dorf"}), BEA, NOBODY),
    "another order": (NOBODY, BEA, ADA),
}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": {"de": "Knoten"}},
        {"short_title": {}},
        {"abstract": {"de": "Anderes"}},
        {"slot": LATER},
        {"room": "r2"},
        {"room": None},
        {"cancelled": True},
        {"title": {"de": "Knoten"}, "slot": LATER, "room": None, "cancelled": True},
        *({"people": people} for people in PEOPLE.values()),
    ],
)
def test_it_is_planned_as_before(changes):
    item = edited(PLAN, replace(PLAN, **changes))

    assert can_be_taken_back(item, ROOMS)
    assert as_published(item, ROOMS) == PLAN


def test_places_stay_as_they_are():
    changed = replace(PLAN, places=99, title={"de": "Knoten"})
    assert as_published(edited(PLAN, changed), ROOMS) == replace(PLAN, places=99)


def test_the_name_of_somebody_who_was_only_asked_is_gone_with_them():
    """Nobody else is to read it any more, so nothing has kept it."""
    item = edited(PLAN, replace(PLAN, people=(ADA, NOBODY)))
    back = as_published(item, ROOMS)

    assert face_of(back) == face_of(PLAN)
    assert [each.name for each in back.people] == ["Ada", None, None]


def test_who_had_declined_before_stays_declined():
    before = replace(PLAN, people=(ADA, person("Cem", state=DECLINED), NOBODY))
    after = replace(before, people=(person("Cem", state=DECLINED), NOBODY))
    back = as_published(edited(before, after), ROOMS)

    assert face_of(back) == face_of(before)
    assert person("Cem", state=DECLINED) in back.people


def test_a_renamed_room_is_nothing_to_take_back_of_an_item():
    renamed = [replace(ROOMS[0], name={"de": "Saal"}), ROOMS[1]]
    item = edited(PLAN, PLAN, renamed)

    assert item.changes == ("room",)
    assert not can_be_taken_back(item, renamed)


def test_what_was_never_published_is_as_it_is():
    item = replace(edited(PLAN, PLAN), released=None)
    assert as_published(item, ROOMS) == PLAN
