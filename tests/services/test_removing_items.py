"""Items leave the programme, and what was edited is taken back while nobody has seen it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.planning.item_plan import PersonPlan
from congress.domain.planning.scheduling import EditedMeanwhile, ItemGone
from congress.domain.programme import PersonState
from congress.extensions import db
from congress.models import AuditLine, Contribution, OutboxMessage, Person, ProgrammeItem, Room
from congress.queries import audit, programme
from congress.queries.planning.congress_files import get_plan
from congress.queries.planning.scheduling import find_edited
from congress.services import registering
from congress.services.planning import releasing, scheduling
from tests import builders
from tests.builders import OPEN, WORKSHOPS_START

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def congress():
    return builders.a_congress()


def plan_of(item):
    return find_edited(item.congress_id, item.code).plan


def edit(item, changes):
    plan = plan_of(item)
    scheduling.edit_item(
        item.id, replace(plan, **changes), version=plan.version, actor=COMMAND, now=OPEN
    )


def remove(item, *, version=None):
    version = version or plan_of(item).version
    return scheduling.remove_item(item.id, version=version, actor=COMMAND, now=OPEN)


def take_back(item):
    version = plan_of(item).version
    return scheduling.take_back(item.id, version=version, actor=COMMAND, now=OPEN)


def test_what_was_never_public_and_never_booked_is_gone(congress):
    plan = replace(plan_of(builders.a_workshop(congress)), number=9, title={"de": "Entwurf"})
    code = scheduling.add_item(congress.id, plan, actor=COMMAND, now=OPEN)
    item = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == code)).one()
    edit(
        item, {"title": {"de": "Neuer Name"}, "people": (PersonPlan("Ada", {}, "speaker", ASKED),)}
    )
    number, version = item.id, plan_of(item).version

    assert remove(item) is True
    assert number not in db.session.scalars(select(ProgrammeItem.id)).all()
    assert db.session.scalars(select(Person.id)).all() == []
    assert db.session.scalars(select(Contribution.id)).all() == []
    assert releasing.release(congress.id, actor=COMMAND, now=OPEN) == 0
    # Each line calls it what it was called then, though it is gone.
    lines = audit.of_congress(congress.id, limit=10)
    assert [(line.verb, line.item.title["de"]) for line in lines] == [
        ("item_removed", "Neuer Name"),
        ("item_edited", "Neuer Name"),
        ("item_added", "Entwurf"),
    ]
    with pytest.raises(ItemGone):
        scheduling.remove_item(number, version=version, actor=COMMAND, now=OPEN)


def test_what_people_booked_is_called_off_with_letters_by_the_release(congress):
    item = builders.a_workshop(congress)
    registering.register(congress.id, builders.a_request(1, item), now=OPEN)
    builders.send_everything()
    mails = len(db.session.scalars(select(OutboxMessage.id)).all())

    assert remove(item) is False
    assert programme.find_item(congress.id, item.code).face.cancelled is False
    assert len(db.session.scalars(select(OutboxMessage.id)).all()) == mails

    assert releasing.release(congress.id, actor=COMMAND, now=OPEN) == 1
    assert programme.find_item(congress.id, item.code).face.cancelled is True
    news = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()[mails:]
    assert {each.kind for each in news} == {"programme_changed"}
    assert remove(item) is False  # twice is the same


def test_in_a_draft_it_goes_though_it_has_a_face_already():
    draft = builders.a_congress(state="draft")
    assert remove(builders.an_item(draft)) is True


def test_it_stays_where_somebody_booked_whatever_the_public_sees():
    draft = builders.a_congress(state="draft")
    item = builders.a_workshop(draft)
    builders.a_booking(builders.a_registration(draft), item, state="cancelled")

    assert remove(item) is False
    assert plan_of(item).cancelled is True


def test_whoever_removes_what_somebody_else_saved_is_told(congress):
    item = builders.an_item(congress)
    version = plan_of(item).version
    edit(item, {"title": {"de": "Inzwischen anders"}})

    with pytest.raises(EditedMeanwhile):
        remove(item, version=version)


ASKED, AGREED, _DECLINED = PersonState


def test_what_is_taken_back_is_as_it_was_to_the_last_byte(congress):
    room = builders.add(Room(congress_id=congress.id, code="r1", name={"de": "Raum 1"}, seats=30))
    item = builders.a_workshop(congress, room_id=room.id, abstract="Worum es geht")
    ada = PersonPlan("Ada", {"de": "Stadt"}, "speaker", AGREED)
    bea = PersonPlan("Bea", {"de": "Land"}, "moderator", ASKED)
    edit(item, {"people": (ada, bea)})
    releasing.release(congress.id, actor=COMMAND, now=OPEN)
    before = get_plan(congress.slug)
    row = db.session.get_one(ProgrammeItem, item.id, populate_existing=True)
    shown = (row.released, row.sequence, row.revised_at)

    edit(item, {"title": {"de": "Knoten"}, "room": None, "abstract": {}, "cancelled": True})
    edit(item, {"people": (replace(bea, state=AGREED),), "short_title": {"de": "Kn"}})
    slot = plan_of(item).slot
    edit(item, {"slot": replace(slot, starts_at=WORKSHOPS_START.replace(minute=30))})

    assert take_back(item) is True
    assert get_plan(congress.slug) == before
    row = db.session.get_one(ProgrammeItem, item.id, populate_existing=True)
    assert (row.released, row.sequence, row.revised_at) == shown
    assert find_edited(congress.id, item.code).changes == ()
    assert releasing.release(congress.id, actor=COMMAND, now=OPEN) == 0
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line.verb == "item_taken_back"
    assert line.details["changes"]["title"][0] == {"de": "Knoten"}
    assert take_back(item) is False
