"""A congress whose workshops take wishes, as the pages of its assignment show it."""

from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AssignmentRun, Congress, ProgrammeItem, Registration, WishDecision
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser
from tests.wishes import BY_WISHES, SEED, a_run, an_outcome, figures, wishes

HERE = "/organiser/fachkongress/assignment"


class House:
    """Two workshops of one time that take wishes, three people who rank, and one who does not."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            congress = builders.a_congress(rules=BY_WISHES, wish_seed=SEED)
            one = builders.a_workshop(congress, number=1, code="ws-1", capacity=1)
            two = builders.a_workshop(congress, number=2, code="ws-2", minimum=2)
            people = [
                builders.a_registration(congress, given_name=name, family_name="Muster")
                for name in ("Adam", "Berta", "Carla", "Dora")
            ]
            for person in people[:3]:
                wishes(person, one, two)
            self.id, self.one, self.two = congress.id, one.id, two.id
            self.people = [each.id for each in people]
        an_organiser(app, "organiser@example.org", {self.id: Role.ORGANISER})
        an_organiser(app, "reader@example.org", {self.id: Role.READER})

    def run(self, **facts: object) -> int:
        """Store a run; return its number."""
        with self.app.app_context():
            return a_run(db.session.get_one(Congress, self.id), **facts).id

    def figures(self, **facts: object) -> dict[str, Any]:
        """Return the figures of a run of these workshops."""
        with self.app.app_context():
            one, two = self.items()
            return figures(one, two, **facts)

    def items(self) -> list[ProgrammeItem]:
        """Return the two workshops, inside an application context."""
        return [db.session.get_one(ProgrammeItem, each) for each in (self.one, self.two)]

    def worked_out(self, **facts: object) -> int:
        """Store a run: Adam has his first wish, Berta her second by lot, Carla nothing."""
        number = self.run(figures=self.figures(), **facts)
        why = {"item": self.one, "rank": 1, "why": "full_lot", "first": 3, "places": 1}
        few = {"item": self.two, "rank": 2, "why": "minimum", "first": 0, "places": 25}
        with self.app.app_context():
            run, (one, two) = db.session.get_one(AssignmentRun, number), self.items()
            adam, berta, carla, _dora = (
                db.session.get_one(Registration, each) for each in self.people
            )
            an_outcome(run, adam, one, slot=one, lot=1)
            an_outcome(run, berta, two, slot=one, rank=2, reasons=[why | {"lot": 52}])
            reasons = [why | {"lot": 70}, few | {"lot": 70}]
            an_outcome(run, carla, None, slot=one, lot=70, reasons=reasons)
        return number

    def stored(self, column: InstrumentedAttribute[Any]) -> list[Any]:
        """Return what a column holds in all its rows."""
        with self.app.app_context():
            return list(db.session.scalars(select(column).order_by(column)))

    def decided(self) -> dict[int, bool]:
        """Return what is decided by hand, by workshop: whether it is given."""
        with self.app.app_context():
            rows = db.session.execute(select(WishDecision.item_id, WishDecision.is_given))
            return {item: is_given for item, is_given in rows}  # noqa: C416 - rows, not pairs


def read(client: FlaskClient, part: str = "") -> Element:
    """Return a page of the assignment as a tree."""
    answer = client.get(HERE + part)
    assert answer.status_code == 200
    return pages.read(answer)
