from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.planning.item_plan import PersonPlan
from congress.domain.planning.scheduling import (
    EditedMeanwhile,
    EndsBeforeStart,
    OutsideCongress,
    TitleMissing,
)
from congress.domain.programme import PersonState
from congress.domain.times.time_slots import TimeSlot
from congress.extensions import db
from congress.models import AuditLine, OutboxMessage, Person, ProgrammeItem
from congress.queries import congresses, programme
from congress.queries.planning.scheduling import edited_items, find_edited
from congress.services.planning import releasing, scheduling
from tests import builders
from tests.builders import BERLIN, OPEN

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def congress():
    return builders.a_congress()


def edit(item, changes=None, *, version=None):
    found = find_edited(item.congress_id, item.code)
    scheduling.edit_item(
        item.id,
        replace(found.plan, **(changes or {})),
        version=version or found.plan.version,
        actor=COMMAND,
        now=OPEN,
    )


def released_title(item):
    return programme.find_item(item.congress_id, item.code).face.title["de"]


def test_the_public_sees_an_edit_after_the_release_and_not_before(congress):
    item = builders.a_workshop(congress, title="Alt")
    before = congresses.find_heading(congress.slug).revision
    edit(item, {"title": {"de": "Neu"}})

    assert released_title(item) == "Alt"
    assert [draft.changes for draft in edited_items(congress.id)] == [("title",)]
    assert releasing.release(congress.id, actor=COMMAND, now=OPEN) == 1
    assert released_title(item) == "Neu"
    assert congresses.find_heading(congress.slug).revision > before
    row = db.session.get_one(ProgrammeItem, item.id, populate_existing=True)
    assert (row.sequence, row.revised_at) == (1, OPEN)
    assert releasing.release(congress.id, actor=COMMAND, now=OPEN) == 0


def test_a_new_short_title_is_published_and_is_news_to_nobody(congress):
    item = builders.a_workshop(congress, title="Chancen und Grenzen")
    builders.a_booking(builders.a_registration(congress), item)
    before = congresses.find_heading(congress.slug).content_revision
    edit(item, {"short_title": {"de": "Chancen"}})

    assert [draft.changes for draft in edited_items(congress.id)] == [("short_title",)]
    [details] = db.session.scalars(select(AuditLine.details))
    assert details == {"changes": {"short_title": [{}, {"de": "Chancen"}]}}
    assert congresses.find_heading(congress.slug).content_revision == before
    assert releasing.release(congress.id, actor=COMMAND, now=OPEN) == 1
    face = programme.find_item(congress.id, item.code).face
    assert face.short_title == {"de": "Chancen"}
    assert congresses.find_heading(congress.slug).content_revision > before
    assert db.session.scalars(select(OutboxMessage)).all() == []
    row = db.session.get_one(ProgrammeItem, item.id, populate_existing=True)
    assert row.sequence == 0
    assert row.revised_at < OPEN


def test_a_release_tells_whom_it_concerns(congress):
    moved, other = builders.a_workshop(congress), builders.a_workshop(congress)
    concerned, unconcerned = builders.a_registration(congress), builders.a_registration(congress)
    builders.a_booking(concerned, moved)
    builders.a_booking(unconcerned, other)
    slot = TimeSlot(moved.starts_at + timedelta(minutes=15), moved.ends_at)
    edit(moved, {"slot": slot})
    releasing.release(congress.id, actor=COMMAND, now=OPEN)
    told = set(db.session.scalars(select(OutboxMessage.registration_id)))

    assert told == {concerned.id}


def test_two_organisers_do_not_overwrite_each_other(congress):
    item = builders.a_workshop(congress)
    seen = find_edited(congress.id, item.code).plan.version
    edit(item, {"title": {"de": "Von der einen"}})

    with pytest.raises(EditedMeanwhile):
        edit(item, {"title": {"de": "Vom anderen"}}, version=seen)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": {"en": "Only English"}}, TitleMissing),
        (
            {
                "slot": TimeSlot(
                    datetime(2015, 10, 21, 12, tzinfo=BERLIN),
                    datetime(2015, 10, 21, 11, tzinfo=BERLIN),
                )
            },
            EndsBeforeStart,
        ),
        (
            {
                "slot": TimeSlot(
                    datetime(2015, 10, 21, 16, tzinfo=BERLIN),
                    datetime(2015, 10, 21, 17, tzinfo=BERLIN),
                )
            },
            OutsideCongress,
        ),
    ],
)
def test_what_cannot_be_is_refused(congress, changes, refusal):
    item = builders.a_workshop(congress)
    with pytest.raises(refusal):
        edit(item, changes)

    assert [draft.changes for draft in edited_items(congress.id)] == [()]


def test_places_count_at_once_and_move_people_up(congress):
    item = builders.a_workshop(congress, capacity=1)
    for state in ("confirmed", "waiting"):
        builders.a_booking(builders.a_registration(congress), item, state=state)
    edit(item, {"places": 2})
    places = programme.find_item(congress.id, item.code).places

    assert (places.capacity, places.taken, places.waiting) == (2, 2, 0)


def test_people_are_named_when_they_have_confirmed(congress):
    item = builders.a_workshop(congress)
    people = (
        PersonPlan(
            "Petra Probe", {"de": "Stadt Rheine"}, "dialogue_partner", PersonState.CONFIRMED
        ),
        PersonPlan("Max Muster", {}, "moderator", PersonState.REQUESTED),
        PersonPlan(None, {"de": "Stadt Essen"}, "dialogue_partner", PersonState.REQUESTED),
        PersonPlan("Ali Absage", {}, "dialogue_partner", PersonState.DECLINED),
    )
    edit(item, {"people": people})
    releasing.release(congress.id, actor=COMMAND, now=OPEN)
    shown = programme.find_item(congress.id, item.code).face.people

    assert find_edited(congress.id, item.code).plan.people == people
    assert [person.name for person in shown] == ["Petra Probe", None, None]


def test_every_edit_and_release_leaves_a_line(congress):
    item = builders.a_workshop(congress)
    edit(item, {"title": {"de": "Neu"}, "cancelled": True})
    releasing.release(congress.id, actor=COMMAND, now=OPEN)
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()

    assert [(line.verb, line.fields) for line in lines] == [
        ("item_edited", ["title", "cancelled"]),
        ("programme_released", []),
    ]


def test_who_is_taken_out_of_the_only_item_is_forgotten(congress):
    """GDPR-08: a name that stands in no programme is kept nowhere."""
    first, second = builders.a_workshop(congress), builders.a_workshop(congress)
    both, one = (
        PersonPlan(name, {}, "dialogue_partner", PersonState.CONFIRMED)
        for name in ("Hermann Backhaus", "Loring Sittler")
    )
    edit(first, {"people": (both, one)})
    edit(second, {"people": (both,)})

    edit(first, {"people": ()})

    assert db.session.scalars(select(Person.name)).all() == ["Hermann Backhaus"]
    assert [each.name for each in find_edited(congress.id, second.code).plan.people] == [
        "Hermann Backhaus"
    ]
