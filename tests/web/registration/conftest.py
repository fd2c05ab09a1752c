"""A congress with three workshops at one time, on a day when one can register."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from tests.builders import OPEN, a_congress, a_workshop, an_organisation
from tests.web.registration.rankings import UNTIL
from tests.web.registration.visitors import Visitor, change


@pytest.fixture
def on_a_day() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OPEN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visitor(app: Flask, on_a_day: time_machine.Traveller) -> Visitor:
    return Visitor(app)


@pytest.fixture
def congress(app: Flask) -> int:
    """A congress without a limit; workshop 2 has one place, workshop 3 too but no queue."""
    with app.app_context():
        row = a_congress()
        an_organisation("Forum für soziale Innovation", congress=row)
        a_workshop(row, number=1, title={"de": "Junges Engagement"}, room="Raum 1")
        a_workshop(row, number=2, title={"de": "Sozialraum"}, room="Raum 2", capacity=1)
        a_workshop(row, number=3, title={"de": "Vernetzung"}, capacity=1, waiting_list=False)
        return row.id


@pytest.fixture
def ranked(app: Flask, congress: int) -> int:
    """The congress of three workshops gives its places by wishes."""
    change(app, congress, rules={"allocation": "wishes"}, wishes_until=UNTIL)
    return congress
