"""The file of a run: what went in and what came out, for whoever wants to check it."""

import json

import pytest
import time_machine

from congress import worker
from congress.models import AssignmentRun, AuditLine
from tests import builders
from tests.web import pages
from tests.web.assignment_house import HERE, House
from tests.web.organisers import logged_in, post

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(builders.OPEN):
        yield


@pytest.fixture
def house(app):
    return House(app)


def test_a_run_is_handed_out_without_names_and_the_log_says_so(app, house):
    client = logged_in(app, "organiser@example.org")
    assert post(client, f"{HERE}/ask", HERE, kind="first") == 303
    with app.app_context():
        worker.assign()
    [number] = house.stored(AssignmentRun.id)

    answer = client.get(f"{HERE}/runs/{number}.json")

    assert answer.mimetype == "application/json"
    assert "Muster" not in answer.text
    assert json.loads(answer.text)
    assert "assignment_exported" in house.stored(AuditLine.verb)


def test_what_is_not_kept_any_more_is_said(app, house):
    number = house.run()
    client = logged_in(app, "organiser@example.org")

    answer = client.get(f"{HERE}/runs/{number}.json")

    assert answer.status_code == 410
    assert pages.has(pages.read(answer), role="alert")
