"""Every act on the draft of a programme is undone exactly, unless somebody has come since."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.log_filter import LogFilter, Subject
from congress.domain.planning import taking_back
from congress.domain.planning.item_plan import PersonPlan
from congress.domain.planning.scheduling import ChangedSince, DraftsUnseen
from congress.domain.programme import PersonState
from congress.extensions import db
from congress.models import AuditLine, Person, ProgrammeItem, Room
from congress.queries import audit
from congress.queries.planning.scheduling import edited_items, find_edited, rooms
from congress.services.planning import releasing, scheduling, undoing
from tests import builders
from tests.builders import OPEN

pytestmark = pytest.mark.usefixtures("database")

ANNA, BERT = (Actor(ActorKind.ORGANISER, number) for number in (1, 2))
ADA = PersonPlan("Ada", {"de": "Stadt"}, "speaker", PersonState.REQUESTED)


class Desk:
    """Somebody at work, a minute for each act."""

    def __init__(self) -> None:
        self.congress = builders.a_congress()
        builders.add(Room(congress_id=self.congress.id, code="r1", name={"de": "Raum 1"}))
        self.item = builders.a_workshop(self.congress, code="ws", title="Netzwerke")
        self.now = OPEN

    def act(self, do, *arguments: object, actor=ANNA, **more: object):
        self.now += timedelta(minutes=1)
        return do(*arguments, actor=actor, now=self.now, **more)

    def undo(self, at=None, actor=ANNA):
        at = at or self.now
        return self.act(undoing.undo, self.congress.id, at, actor=actor)

    def plan(self, code="ws"):
        found = find_edited(self.congress.id, code)
        return found.plan if found else None

    def edit(self, actor=ANNA, **changes: object):
        plan = self.plan()
        after = replace(plan, **changes)
        self.act(scheduling.edit_item, self.item.id, after, version=plan.version, actor=actor)
        return self.now


@pytest.fixture
def desk():
    return Desk()


def test_moving_editing_and_calling_off_are_undone_and_done_again(desk):
    before = desk.plan()
    slot = before.slot.moved_to(before.slot.starts_at - timedelta(hours=1))
    desk.act(scheduling.move_item, desk.item.id, slot.starts_at, "r1", version=desk.plan().version)
    moved = desk.plan()
    assert (moved.slot, moved.room) == (slot, "r1")
    [undone] = desk.undo()
    assert desk.plan() == before
    assert (undone.title, undone.keeps_places) == ({"de": "Netzwerke"}, False)
    desk.undo()
    assert desk.plan() == moved

    at = desk.edit(abstract={"de": "Worum?"}, people=(ADA,), title={"de": "Neu"}, places=9)
    assert desk.undo(at)[0].keeps_places is True
    assert desk.undo(at)[0].title == {"de": "Netzwerke"}  # a second click
    assert desk.plan() == replace(moved, places=9)
    assert db.session.scalars(select(Person.id)).all() == []

    desk.act(scheduling.remove_item, desk.item.id, version=desk.plan().version)
    assert desk.plan().cancelled is True
    desk.undo()
    assert desk.plan() == replace(moved, places=9)
    desk.act(scheduling.take_back, desk.item.id, version=desk.plan().version)
    assert desk.plan() == replace(before, places=9)
    desk.undo()
    assert desk.plan() == replace(moved, places=9)
    newest = audit.of_congress(desk.congress.id, limit=1)[0]
    assert (newest.verb, set(newest.details["changes"])) == ("item_undone", {"time", "room"})


def test_what_was_added_goes_and_what_was_removed_is_the_same_again(desk):
    plan = replace(desk.plan(), number=9, title={"de": "Entwurf"}, people=(ADA,), places=3)
    code = desk.act(scheduling.add_item, desk.congress.id, plan)
    added = desk.plan(code)
    desk.undo()
    assert desk.plan(code) is None
    desk.undo()  # as after all
    assert desk.plan(code) == added
    uid = select(ProgrammeItem.uid).where(ProgrammeItem.code == code)
    before = db.session.scalars(uid).one()
    desk.act(scheduling.remove_item, find_edited(desk.congress.id, code).id, version=added.version)
    gone_at = desk.now
    assert db.session.scalars(select(Person.id)).all() == []
    about = LogFilter(subject=Subject.PROGRAMME)  # though it is gone
    verbs = [line.verb for line in audit.of_congress(desk.congress.id, about, limit=9)]
    assert verbs == ["item_removed", "item_restored", "item_removed", "item_added"]
    desk.undo(gone_at)
    assert desk.plan(code) == added
    assert db.session.scalars(uid).one() == before
    lines = audit.of_congress(desk.congress.id, limit=9)
    assert {line.item.title["de"] for line in lines} == {"Entwurf"}
    number = find_edited(desk.congress.id, code).id
    told = select(AuditLine.verb).where(AuditLine.item_id == number)
    assert "item_added" in db.session.scalars(told).all()  # its history is whole

    releasing.release(desk.congress.id, actor=BERT, now=desk.now)
    with pytest.raises(ChangedSince):  # it would be called off before everybody's eyes
        desk.undo(desk.now)


def test_nobody_undoes_what_somebody_else_has_changed_or_done(desk):
    mine = desk.edit(title={"de": "Meins"})
    for actor, at in ((BERT, mine), (ANNA, mine + timedelta(seconds=1))):
        with pytest.raises(ChangedSince):
            desk.undo(at, actor=actor)
    desk.edit(actor=BERT, short_title={"de": "Seins"})
    with pytest.raises(ChangedSince):
        desk.undo(mine)
    assert desk.plan().title == {"de": "Meins"}

    theirs = desk.now
    desk.now += timedelta(days=1)
    with pytest.raises(ChangedSince):
        desk.undo(theirs, actor=BERT)
    assert undoing.forget_old(now=desk.now + timedelta(minutes=2)) == 2
    assert undoing.forget_old(now=desk.now + timedelta(minutes=2)) == 0
    assert [each for each in db.session.scalars(select(AuditLine.personal)) if each] == []


def test_all_drafts_are_taken_back_and_that_is_undone_as_a_whole(desk):
    desk.edit(title={"de": "Anders"})
    code = desk.act(scheduling.add_item, desk.congress.id, replace(desk.plan(), number=9))
    drafts = [desk.plan(), desk.plan(code)]
    would_go = taking_back.would_go(edited_items(desk.congress.id), rooms(desk.congress.id))
    seen = taking_back.digest_of(would_go)
    desk.edit(title={"de": "Noch anders"})
    with pytest.raises(DraftsUnseen):
        desk.act(scheduling.take_back_all, desk.congress.id, seen=seen)
    desk.undo(desk.now - timedelta(minutes=1))

    assert desk.act(scheduling.take_back_all, desk.congress.id, seen=seen) == 2
    assert (desk.plan().title, desk.plan(code)) == ({"de": "Netzwerke"}, None)
    assert releasing.release(desk.congress.id, actor=BERT, now=desk.now) == 0
    assert len(desk.undo()) == 2
    assert [desk.plan(), desk.plan(code)] == drafts
