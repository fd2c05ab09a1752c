"""Two registrations become one, on both databases: what of wishes and of their outcome goes on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.one_person import SeenOtherwise
from congress.extensions import db
from congress.models import AssignmentOutcome, OutboxMessage, ProgrammeItem, Registration
from congress.queries import congresses
from congress.queries.registrations import standings
from congress.services import merging
from congress.services.merging import Merging
from tests.builders import (
    OPEN,
    TWO_HOURS,
    WORKSHOPS_START,
    a_congress,
    a_registration,
    a_workshop,
)
from tests.wishes import BY_WISHES, a_run, an_outcome, wishes

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
LATER = OPEN + timedelta(minutes=5)


class House:
    """Two workshops of one time and one of another, and somebody who is registered twice."""

    def __init__(self) -> None:
        self.congress = a_congress(rules=BY_WISHES, wish_seed="seed")
        self.one, self.two = (a_workshop(self.congress, number=each) for each in (1, 2))
        late = WORKSHOPS_START + TWO_HOURS
        self.late = a_workshop(self.congress, number=3, starts_at=late)
        self.kept, self.other = (a_registration(self.congress) for _each in range(2))

    @property
    def wanted(self) -> Merging:
        return Merging(self.kept.id, self.other.id)

    def seen(self) -> str:
        db.session.expire_all()
        heading = congresses.get_heading(self.congress.id)
        return merging.foresee(heading, self.wanted, now=LATER).seen

    def merge(self, seen: str | None = None) -> None:
        merging.merge(self.wanted, seen=seen or self.seen(), actor=ORGANISER, now=LATER)

    def outcomes(self, person: Registration) -> list[tuple[int, int | None]]:
        rows = select(AssignmentOutcome.run_id, AssignmentOutcome.item_id)
        mine = rows.where(AssignmentOutcome.registration_id == person.id)
        found = db.session.execute(mine.order_by(AssignmentOutcome.run_id, AssignmentOutcome.slot))
        return [(run, item) for run, item in found]


@pytest.fixture
def house(session) -> House:
    return House()


def wished(person: Registration) -> list[tuple[int, int]]:
    [standing] = standings([person.id])
    return sorted((each.item_id, each.rank) for each in standing.wishes)


def test_wishes_of_both_are_those_of_the_one_and_the_letter_names_them(house: House) -> None:
    wishes(house.kept, house.one)
    wishes(house.other, house.two, house.one)
    wishes(house.other, house.late)

    house.merge()

    assert wished(house.kept) == [(house.one.id, 1), (house.late.id, 1)]
    letters = select(OutboxMessage.facts).where(OutboxMessage.kind == "merged")
    [facts] = db.session.scalars(letters)
    assert [[each["id"] for each in choice["ranked"]] for choice in facts["wishes"]] == [
        [house.one.id],
        [house.late.id],
    ]


def test_other_wishes_than_were_seen_are_looked_at_again(house: House) -> None:
    wishes(house.other, house.one)
    seen = house.seen()
    wishes(house.other, house.late)

    with pytest.raises(SeenOtherwise):
        house.merge(seen)


def assigned(*items: ProgrammeItem) -> None:
    for item in items:
        item.assigned_at = OPEN
    db.session.commit()


def test_what_came_of_wishes_goes_on_for_each_time_of_which_the_other_has_nothing(
    house: House,
) -> None:
    assigned(house.one, house.two, house.late)
    run = a_run(house.congress, state="released", released_at=OPEN)
    an_outcome(run, house.kept, house.one, slot=house.one)
    an_outcome(run, house.other, None, slot=house.one)
    an_outcome(run, house.other, house.late, slot=house.late)

    house.merge()

    assert house.outcomes(house.kept) == [(run.id, house.one.id), (run.id, house.late.id)]
    assert house.outcomes(house.other) == [(run.id, None)]


def test_of_all_runs_that_were_released_and_of_no_other(house: House) -> None:
    assigned(house.one, house.two)
    first, again = (a_run(house.congress, state="released", released_at=OPEN) for _each in range(2))
    newest = a_run(house.congress)
    for run, item in ((first, house.one), (again, house.two), (newest, house.one)):
        an_outcome(run, house.other, item, slot=house.one)

    house.merge()

    assert house.outcomes(house.kept) == [(first.id, house.one.id), (again.id, house.two.id)]
    assert house.outcomes(house.other) == [(newest.id, house.one.id)]
