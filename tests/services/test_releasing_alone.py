"""One change is published by itself, on the day for example; the others stay as they are."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from congress.domain.access import Actor, ActorKind
from congress.domain.planning.release import ChangesUnseen
from congress.extensions import db
from congress.models import OutboxMessage, ProgrammeItem
from congress.queries.planning import scheduling
from congress.services import registering
from congress.services.planning import previewing, releasing
from congress.services.planning.previewing import Preview
from tests import builders

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
AFTERNOON = builders.WORKSHOPS_START + timedelta(hours=3)


class House:
    """Two workshops with a person each and an item that nobody has seen; all of it is edited."""

    def __init__(self) -> None:
        congress = builders.a_congress()
        self.congress = congress.id
        for code, starts_at in (("first", builders.WORKSHOPS_START), ("second", AFTERNOON)):
            workshop = builders.a_workshop(congress, code=code, starts_at=starts_at)
            request = builders.a_request(1 if code == "first" else 2, workshop)
            registering.register(self.congress, request, now=builders.OPEN)
        builders.a_workshop(congress, code="draft", is_released=False)
        builders.send_everything()
        self.edit("first", title={"de": "Eins"})
        self.edit("second", title={"de": "Zwei"})

    def edit(self, code: str, **values: Any) -> None:  # noqa: ANN401 - columns
        statement = update(ProgrammeItem).where(ProgrammeItem.code == code)
        db.session.execute(statement.values(**values))
        db.session.commit()

    def preview(self, *only: str) -> Preview:
        return previewing.preview(
            self.congress, now=builders.OPEN, with_names=True, only=only or None
        )

    def release(self, *only: str, seen: str | None = None) -> int:
        return releasing.release(
            self.congress, actor=ORGANISER, now=builders.OPEN, seen=seen, only=only or None
        )

    def unpublished(self):
        db.session.rollback()
        edited = scheduling.edited_items(self.congress)
        return sorted(each.plan.code for each in edited if each.changes)

    def told(self):
        queued = select(OutboxMessage.recipient).where(OutboxMessage.state == "queued")
        return sorted(set(db.session.scalars(queued)))


@pytest.fixture
def house(session):
    return House()


@pytest.mark.parametrize(
    ("only", "left", "people"),
    [
        (("first",), ["draft", "second"], 1),
        (("second", "draft"), ["first"], 1),
        (("first", "second"), ["draft"], 2),
        (("draft",), ["first", "second"], 0),
        (("unknown",), ["draft", "first", "second"], 0),
        ((), [], 2),  # all of them
    ],
)
def test_what_is_chosen_is_published_and_nothing_else(house, only, left, people):
    preview = house.preview(*only)

    assert [each.item.plan.code for each in preview.changes if each.item.plan.code in left] == []
    assert preview.reach.people == people
    assert house.release(*only, seen=preview.seen) == 3 - len(left)
    assert house.unpublished() == left
    assert len(house.told()) == people


def test_what_is_changed_elsewhere_meanwhile_hinders_nobody(house):
    preview = house.preview("first")
    house.edit("second", title={"de": "Anders"})

    assert house.release("first", seen=preview.seen) == 1

    preview = house.preview("second")
    house.edit("second", title={"de": "Noch anders"})
    with pytest.raises(ChangesUnseen):
        house.release("second", seen=preview.seen)
    assert house.unpublished() == ["draft", "second"]


def test_a_move_alone_clashes_with_what_is_shown_and_not_with_what_is_planned(house):
    [first] = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == "first"))
    [second] = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == "second"))
    request = builders.a_request(3, first, second)
    both = registering.register(house.congress, request, now=builders.OPEN).registration_id
    evening = AFTERNOON + timedelta(hours=3)
    house.edit("first", starts_at=AFTERNOON, ends_at=AFTERNOON + builders.TWO_HOURS)
    house.edit("second", starts_at=evening, ends_at=evening + builders.TWO_HOURS)

    assert house.preview("first").double == (both,)
    assert house.preview().double == ()
