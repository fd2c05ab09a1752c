"""A congress whose workshops are given by wishes, and a run that is worked out."""
# ruff: noqa: ANN401 - the columns of a row have many types

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.assignment import records
from congress.extensions import db
from congress.models import (
    AssignmentRun,
    OutboxMessage,
    ProgrammeItem,
    Registration,
)
from congress.queries import assignments, congresses, programme
from congress.queries.registrations import get_own
from congress.services import registering
from congress.services.assigning import releasing
from congress.services.assigning.releasing import Foreseen
from congress.services.mails import assigned
from tests.builders import (
    OPEN,
    WORKSHOPS_START,
    a_congress,
    a_request,
    a_workshop,
)
from tests.wishes import BY_WISHES, SEED, a_run, an_outcome, wishes

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
LATER = OPEN + timedelta(hours=1)


class House:
    """Two workshops of one place each at one time, a third with room, and one in the evening."""

    def __init__(self, **facts: Any) -> None:
        self.congress = a_congress(**{"rules": BY_WISHES, "wish_seed": SEED} | facts)
        self.id = self.congress.id
        self.one = a_workshop(self.congress, number=1, capacity=1)
        self.two = a_workshop(self.congress, number=2, capacity=1)
        self.three = a_workshop(self.congress, number=3, capacity=9)
        evening = WORKSHOPS_START + timedelta(hours=4)
        self.late = a_workshop(self.congress, number=4, capacity=9, starts_at=evening)
        self.people: list[Registration] = []

    def register(self, *ranked: ProgrammeItem) -> Registration:
        request = a_request(len(self.people) + 1)
        number = registering.register(self.id, request, now=OPEN).registration_id
        person = db.session.get_one(Registration, number)
        wishes(person, *ranked)
        self.people.append(person)
        return person

    def run(self, **facts: Any) -> AssignmentRun:
        self.worked_out = a_run(self.congress, **facts)
        return self.worked_out

    def gives(
        self,
        person: Registration,
        item: ProgrammeItem | None,
        wish: int | None,
        lot: int,
        *open_wishes: tuple[ProgrammeItem, str],
        slot: ProgrammeItem | None = None,
        **facts: Any,
    ) -> None:
        reasons = [
            {"item": each.id, "rank": rank, "why": why, "first": 3, "places": 1, "lot": lot}
            for rank, (each, why) in enumerate(open_wishes, start=1)
        ]
        slot = slot or self.one
        facts = {"rank": wish, "lot": lot} | facts
        an_outcome(self.worked_out, person, item, slot=slot, reasons=reasons, **facts)
        self.seal()

    def seal(self) -> None:
        """Let the run rest on what is so now."""
        congress = congresses.get_congress(self.id)
        is_least = self.worked_out.kind == "least_change"
        items = programme.current_items(congress)
        problem = assignments.problem(congress, items, least_change=is_least)
        self.worked_out.inputs_hash = records.inputs_hash(problem, SEED)
        db.session.commit()

    def release(self, seen_hash: str = "") -> Foreseen:
        db.session.rollback()
        number, seen_hash = self.worked_out.id, seen_hash or self.worked_out.inputs_hash
        return releasing.release(self.id, number, seen_hash=seen_hash, actor=ORGANISER, now=LATER)

    def first_run(self) -> None:
        """Three people: the first wishes of two meet at one place, the third had no luck at all."""
        self.first = self.register(self.one, self.two)
        self.second = self.register(self.one, self.two)
        self.third = self.register(self.one)
        self.run()
        self.gives(self.first, self.one, 1, 2)
        self.gives(self.second, self.two, 2, 1, (self.one, "full_lot"))
        self.gives(self.third, None, None, 3, (self.one, "full"))


def has(person: Registration) -> dict[int | None, tuple[str, int | None, int | None]]:
    """What somebody has: state, wish and position, by the number of the workshop."""
    db.session.rollback()
    return {
        each.item.number: (each.state.value, each.wish, each.position)
        for each in get_own(person.id).standing.bookings
    }


def write_letters() -> None:
    db.session.rollback()
    while assigned.next_step(now=LATER):
        pass


def letters(person: Registration, kind: str = "assigned") -> list[OutboxMessage]:
    db.session.rollback()
    mine = (OutboxMessage.registration_id == person.id, OutboxMessage.kind == kind)
    return list(db.session.scalars(select(OutboxMessage).where(*mine).order_by(OutboxMessage.id)))
