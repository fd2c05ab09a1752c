"""A congress file that says how places in workshops are given, brought in, copied and refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND, Actor, ActorKind
from congress.domain.allocation import StillWaiting
from congress.domain.workshops import Allocation
from congress.extensions import db
from congress.formats.congress_file import read_congress_file, write_congress_file
from congress.models import Congress, ProgrammeItem
from congress.queries.congresses import get_congress
from congress.queries.planning.congress_files import get_plan
from congress.services.planning.copying import copy_edition
from congress.services.planning.importing import import_congress
from tests.builders import a_booking, a_registration
from tests.services.test_importing_rules import NOW, PLAN, bring_in, plan

ORGANISER = Actor(ActorKind.ORGANISER, user_id=None)
UNTIL = datetime(2015, 9, 30, 22, tzinfo=UTC)


def by_wishes():
    items = tuple(
        replace(item, allocation=Allocation.WISHES) if item.bookable else item
        for item in PLAN.items
    )
    registration = replace(plan().registration, wishes_until=UNTIL)
    return replace(PLAN, registration=registration, items=items)


def stored():
    db.session.rollback()
    return db.session.scalars(select(Congress).where(Congress.slug == PLAN.slug)).one()


def test_a_file_brings_it_in_and_says_it_again(database):
    bring_in(by_wishes())
    congress = stored()
    assert (congress.wishes_until, len(congress.wish_seed)) == (UNTIL, 16)
    written = write_congress_file(get_plan(PLAN.slug))
    again = read_congress_file(written.encode(), find_file=lambda _name: b"").plan
    assert again.registration.wishes_until == UNTIL
    assert {item.allocation for item in again.items if item.bookable} == {Allocation.WISHES}
    seed = congress.wish_seed
    bring_in(plan())
    assert get_congress(stored().id).wishes_until is None
    assert set(db.session.scalars(select(ProgrammeItem.allocation))) == {""}
    assert stored().wish_seed == seed


def test_a_file_switches_nothing_where_somebody_waits(database):
    bring_in(plan())
    workshop = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.bookable)).first()
    assert workshop
    a_booking(a_registration(stored()), workshop, state="waiting")

    with pytest.raises(StillWaiting):
        import_congress(by_wishes(), actor=COMMAND, now=NOW)
    db.session.rollback()
    assert set(db.session.scalars(select(ProgrammeItem.allocation))) == {""}


def test_the_next_edition_takes_it_along_and_draws_lots_of_its_own(database):
    bring_in(by_wishes())
    for item in db.session.scalars(select(ProgrammeItem)):
        item.assigned_at = NOW
    db.session.commit()
    starting = PLAN.days[0].day + timedelta(weeks=52)

    copied = copy_edition(PLAN.slug, starting=starting, actor=ORGANISER, now=NOW)
    edition = get_congress(copied.congress_id)
    assert edition.wishes_until
    assert edition.wishes_until.astimezone(edition.zone).date() == date(2016, 9, 29)
    assert edition.wish_seed not in {"", stored().wish_seed}
    items = db.session.scalars(
        select(ProgrammeItem).where(
            ProgrammeItem.congress_id == copied.congress_id, ProgrammeItem.bookable
        )
    ).all()
    assert {(item.allocation, item.assigned_at) for item in items} == {("wishes", None)}
