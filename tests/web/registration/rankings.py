"""Ranking the three workshops of a congress that gives its places by wishes."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from congress.extensions import db
from congress.models import ProgrammeItem, WorkshopWish
from tests.builders import OPEN
from tests.web.registration.visitors import Visitor

FORM = "/fachkongress/register"
UNTIL = OPEN + timedelta(days=2)


def lines(app: Flask) -> list[tuple[str, int, bool]]:
    with app.app_context():
        found = (
            select(ProgrammeItem.code, WorkshopWish.rank, WorkshopWish.any_other)
            .join(WorkshopWish, WorkshopWish.item_id == ProgrammeItem.id)
            .order_by(WorkshopWish.rank, ProgrammeItem.code)
        )
        return [(code, rank, any_other) for code, rank, any_other in db.session.execute(found)]


def rank(visitor: Visitor, rest: str = "only", **numbers: str) -> TestResponse:
    """Register with numbers for workshops 1 to 3."""
    form = visitor.fill_in()
    form.pop("slot-1")
    typed = {f"wish-workshop-{name.removeprefix('w')}": number for name, number in numbers.items()}
    return visitor.send(FORM, **form, **typed, **{"rest-workshop-1": rest})
