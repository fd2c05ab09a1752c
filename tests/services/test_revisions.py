"""Pages and feeds are kept by the revision of a congress: whatever the public sees raises it."""
# ruff: noqa: ANN401 - the values of a plan have many types

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, COMMAND
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS
from congress.domain.registration_request import WishedWorkshop
from congress.models import Booking, Congress, Organisation, ProgrammeItem
from congress.queries.planning.congress_files import find_plan
from congress.queries.planning.scheduling import find_edited
from congress.services import changing, promoting, registering
from congress.services.planning import releasing, scheduling
from congress.services.planning.importing import import_congress
from congress.transaction import transaction
from tests.builders import (
    BEGUN,
    OPEN,
    TWO_HOURS,
    a_booking,
    a_congress,
    a_registration,
    a_request,
    a_workshop,
    an_organisation,
    set_places,
)

ACT: dict[str, Any] = {"actor": COMMAND, "now": OPEN}
Write = Callable[["House"], object]


class House:
    """A published congress of one host, a workshop whose only place is taken, a free one."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.congress = a_congress()
        an_organisation("Forum", congress=self.congress)
        self.full = a_workshop(self.congress, capacity=1)
        self.free = a_workshop(self.congress, starts_at=self.full.starts_at - TWO_HOURS)
        self.inside, self.waiting = a_registration(self.congress), a_registration(self.congress)
        a_booking(self.inside, self.full)
        a_booking(self.waiting, self.full, state="waiting")

    def revisions(self):
        """The revision of all that is seen, and that of all but the places."""
        self.session.rollback()
        return self.session.execute(
            select(Congress.revision, Congress.content_revision).where(
                Congress.id == self.congress.id
            )
        ).one()

    def edit(self, **values: Any) -> None:
        found = find_edited(self.congress.id, self.free.code).plan
        plan = replace(found, **values)
        scheduling.edit_item(self.free.id, plan, version=found.version, **ACT)

    def bring_in(self, **values: Any) -> None:
        import_congress(replace(self.plan(), **values), **ACT)

    def plan(self) -> CongressPlan:
        found = find_plan(self.congress.slug)
        assert found
        return found

    def rename(self, organisation):
        plan = self.plan()
        first = replace(plan.organisations[0], name=organisation)
        self.bring_in(organisations=(first, *plan.organisations[1:]))

    def booking(self, person):
        return self.session.scalars(
            select(Booking.id).where(Booking.registration_id == person.id)
        ).one()


@pytest.fixture
def house(session):
    return House(session)


def edit_and_release(house):
    house.edit(title={"de": "Umbenannt"})
    releasing.release(house.congress.id, **ACT)


def store_by_hand(house):
    """What no service does yet: the hook stands below all of them."""
    organisation = house.session.scalars(select(Organisation)).one()
    organisation.name = "Umbenannt"
    house.session.commit()


CONTENT: dict[str, Write] = {
    "a release after an edit": edit_and_release,
    "an import": lambda house: house.bring_in(title={"de": "Umbenannt"}),
    "another day in a file": lambda house: house.bring_in(
        days=tuple(
            replace(day, slot=replace(day.slot, ends_at=day.slot.ends_at + timedelta(minutes=1)))
            for day in house.plan().days
        )
    ),
    "an organisation of another name in a file": lambda house: house.rename("Umbenannt"),
    "an organisation renamed": store_by_hand,
    "called off": lambda house: releasing.call_off(house.congress.id, **ACT),
    "finished": lambda house: releasing.change_state(
        house.congress.id, CongressState.FINISHED, **ACT | {"now": BEGUN}
    ),
}
PLACES: dict[str, Write] = {
    "other places of the congress": lambda house: set_places(
        house.congress.id, CONGRESS, 50, **ACT
    ),
    "other places of a workshop": lambda house: set_places(
        house.congress.id, house.free.id, 7, **ACT
    ),
    "places in the form of an item": lambda house: house.edit(places=7),
    "somebody registers": lambda house: registering.register(
        house.congress.id, a_request(1, house.free), now=OPEN
    ),
    "somebody joins a queue": lambda house: registering.register(
        house.congress.id, a_request(1, house.full), now=OPEN
    ),
    "somebody withdraws": lambda house: changing.withdraw(
        house.inside.id, actor=ATTENDEE, now=OPEN
    ),
    "somebody takes another workshop": lambda house: changing.change_workshops(
        house.inside.id, [WishedWorkshop(house.free.id)], actor=ATTENDEE, now=OPEN
    ),
    "somebody gives a workshop back": lambda house: changing.leave(
        house.inside.id, house.booking(house.inside), actor=ATTENDEE, now=OPEN
    ),
    "somebody stops waiting": lambda house: changing.leave(
        house.waiting.id, house.booking(house.waiting), actor=ATTENDEE, now=OPEN
    ),
    "somebody is let in by hand": lambda house: promoting.promote_booking(
        house.booking(house.waiting), overbook=True, **ACT
    ),
}
UNSEEN: dict[str, Write] = {
    "working values": lambda house: house.edit(title={"de": "Noch geheim"}),
    "a release of nothing": lambda house: releasing.release(house.congress.id, **ACT),
    "an import of the same": lambda house: house.bring_in(),
    "the same number of places": lambda house: set_places(
        house.congress.id, house.full.id, 1, **ACT
    ),
    "another congress": lambda _house: a_congress(slug="anderer", uid="anderer@congress.test"),
}


@pytest.mark.parametrize("write", CONTENT.values(), ids=list(CONTENT))
def test_what_pages_say_raises_both_revisions(house: House, write: Write):
    seen, content = house.revisions()

    write(house)

    now_seen, now_content = house.revisions()
    assert now_seen > seen
    assert now_content > content


@pytest.mark.parametrize("write", PLACES.values(), ids=list(PLACES))
def test_places_that_change_raise_the_revision(house: House, write: Write):
    seen, _ = house.revisions()

    write(house)

    assert house.revisions()[0] > seen


@pytest.mark.parametrize("write", UNSEEN.values(), ids=list(UNSEEN))
def test_what_the_public_does_not_see_leaves_pages_as_they_are(house: House, write: Write):
    before = house.revisions()

    write(house)

    assert house.revisions() == before


def test_a_write_that_is_refused_leaves_the_revision_and_the_next_one_raises_it(house: House):
    before = house.revisions()

    def fail() -> None:
        with transaction():
            house.session.get_one(ProgrammeItem, house.free.id).number = 9
            house.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert house.revisions() == before

    house.session.get_one(ProgrammeItem, house.free.id).number = 9
    house.session.commit()
    assert house.revisions()[1] == before[1] + 1
