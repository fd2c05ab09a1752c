"""Calculations of long ago: each can be read, also when the newest one came to nothing."""

import pytest
import time_machine
from sqlalchemy import delete

from congress.extensions import db
from congress.models import AssignmentOutcome, AssignmentRun
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.assignment_house import HERE, House, read
from tests.web.organisers import logged_in, post
from tests.wishes import a_run

pytestmark = pytest.mark.sqlite_only

CHECKSUM = "a1" * 32


@pytest.fixture
def house(app):
    return House(app)


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel(builders.OPEN, tick=False):
        yield


@pytest.fixture
def client(app, house):
    return logged_in(app, "organiser@example.org")


def forget(house, run):
    """Let only the figures of a run be kept, as once a newer one has a result."""
    with house.app.app_context():
        db.session.execute(delete(AssignmentOutcome).where(AssignmentOutcome.run_id == run))
        db.session.commit()


def addresses(page):
    return [each.get("href") for each in pages.get(page, "main").iter("a")]


@pytest.mark.parametrize("state", ["contradiction", "failed", "stopped", "running"])
def test_an_earlier_result_is_reached_when_the_newest_run_has_none(client, house, state):
    number = house.worked_out()
    newest = house.run(state=state, levels=None, figures=None)

    page = read(client)

    assert not pages.has(page, "table", aria_labelledby="filled")
    earlier = pages.get(page, id="earlier")
    assert pages.has(earlier, "a", href=f"{HERE}/runs/{number}")
    assert "nicht mehr freigeben" in pages.words(earlier)
    runs = pages.get(page, "table", aria_labelledby="runs")
    assert pages.has(runs, "a", href=f"{HERE}/runs/{number}")
    assert pages.has(runs, "a", href=f"{HERE}/runs/{newest}") is (state != "running")


def test_what_was_released_last_is_reached_after_another_run_that_failed(client, house):
    number = house.worked_out(state="released", released_at=builders.OPEN)
    house.run(kind="least_change", state="failed", levels=None, figures=None)

    earlier = pages.get(read(client), id="earlier")

    assert "bleibt, wie es ist" in pages.words(earlier)
    assert pages.has(earlier, "a", href=f"{HERE}/runs/{number}")


def test_the_newest_result_needs_no_pointer_to_itself(client, house):
    house.worked_out()

    assert not pages.has(read(client), id="earlier")


def test_a_run_says_who_had_it_made_from_what_and_what_came_of_it(client, house):
    number = house.worked_out(inputs_hash=CHECKSUM)
    house.run(state="stopped", levels=None, figures=None)

    page = read(client, f"/runs/{number}")

    facts = pages.words(pages.section(page, "facts"))
    for said in ("von selbst", CHECKSUM, "8f3a51c2d4e6b790", "HiGHS 1.12.0", "bewiesen"):
        assert said in facts
    assert pages.has(page, id="older")
    assert "Noch nicht freigegeben" not in pages.words(pages.get(page, "main"))
    assert pages.has(page, "table", aria_labelledby="filled")
    assert not pages.has(pages.get(page, "main"), "form")
    assert f"{HERE}/runs/{number}/release" not in addresses(page)


def test_the_newest_is_not_called_older(client, house):
    number = house.worked_out()

    page = read(client, f"/runs/{number}")

    assert not pages.has(page, id="older")
    assert not pages.has(page, id="figures-only")


def test_as_long_as_it_is_kept_who_gets_what_can_be_read_of_that_very_run(client, house):
    number = house.worked_out(state="released", released_at=builders.OPEN)
    house.worked_out(kind="least_change")
    run = f"{HERE}/runs/{number}"

    page = read(client, f"/runs/{number}")
    assert {f"{run}/without", f"{run}/workshops/ws-1"} <= set(addresses(page))

    for part in ("/without", "/workshops/ws-2"):
        page = read(client, f"/runs/{number}{part}")
        assert run in addresses(page)
        assert len(list(page.iter("tr"))) == 2
        assert "Freigegeben" in pages.words(pages.get(page, "main"))


def test_lists_of_the_newest_result_say_whether_it_can_still_be_released(client, house):
    number = house.worked_out()
    parts = [
        f"{run}{part}"
        for run in ("", f"/runs/{number}")
        for part in ("/without", "/workshops/ws-1")
    ]
    for part in parts:
        page = read(client, part)
        assert "Noch nicht freigegeben" in pages.words(pages.get(page, "main"))
        assert not pages.has(page, id="older")

    house.run(state="contradiction", levels=None, figures=None)

    for part in parts:
        page = read(client, part)
        said = pages.words(pages.get(page, "main"))
        assert pages.has(page, id="older")
        assert "Nicht freigegeben" in said
        assert "Noch nicht freigegeben" not in said
        assert "Warteliste" not in said, "nothing is released of it"


def test_of_what_was_released_it_is_said_that_it_was(client, house):
    house.worked_out(state="released", released_at=builders.OPEN)
    house.run(kind="least_change", state="failed", levels=None, figures=None)
    said = pages.words(pages.get(read(client, "/without"), "main"))
    assert "Freigegeben" in said
    assert "Mit der Freigabe kamen diese Personen dort auf die Warteliste" in said


def test_where_only_figures_are_kept_it_says_so_and_leads_to_no_names(client, house):
    number = house.worked_out()
    forget(house, number)

    page = read(client, f"/runs/{number}")

    assert pages.has(page, id="figures-only")
    assert pages.has(page, "table", aria_labelledby="filled")
    assert not any("/workshops/" in each or "/people/" in each for each in addresses(page))
    for part in ("/without", "/workshops/ws-1"):
        assert client.get(f"{HERE}/runs/{number}{part}").status_code == 404


def test_what_contradicted_then_is_named_without_advice_for_today(client, house):
    fault = {"fault": "TooMany", "workshop": house.one, "people": 2, "places": 1}
    number = house.run(state="contradiction", levels=None, contradictions=[fault])

    page = read(client, f"/runs/{number}")

    assert pages.has(page, id="contradictions")
    assert "1 Engagement" in pages.words(pages.get(page, "main"))
    assert not any(each.endswith("/edit") for each in addresses(page))


def test_of_many_contradictions_the_people_are_read_at_once(client, house):
    of = {"fault": "NotBoth", "first": house.one, "second": house.two}
    number = house.run(state="contradiction", levels=None, contradictions=[])
    read(client, f"/runs/{number}")
    taken = []
    for many in (1, 4):
        found = [of | {"person": each} for each in house.people[:many]]
        with house.app.app_context():
            db.session.get_one(AssignmentRun, number).contradictions = found
            db.session.commit()
        with count_queries() as statements:
            page = read(client, f"/runs/{number}")
        taken.append(len(statements))
        assert pages.words(pages.get(page, "main")).count("Beides zusammen") == many

    assert taken[0] == taken[1]


def test_a_contradiction_that_is_not_kept_any_more_is_said_to_be_deleted(client, house):
    number = house.run(state="contradiction", levels=None, contradictions=None)

    for part in (f"/runs/{number}", ""):
        page = read(client, part)
        assert "nicht mehr gespeichert" in pages.words(pages.get(page, "main"))
    assert not pages.has(page, "ul", id="contradictions")


@pytest.mark.parametrize("state", ["failed", "stopped"])
def test_what_came_to_nothing_says_so(client, house, state):
    number = house.run(state=state, levels=None)

    page = read(client, f"/runs/{number}")

    assert "kein Ergebnis" in pages.words(pages.get(page, "main"))


def test_one_under_way_is_watched_where_it_can_be_stopped(client, house):
    number = house.run(state="queued", levels=None)

    answer = client.get(f"{HERE}/runs/{number}")

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(HERE)


def test_that_of_another_congress_is_not_found(client, house):
    with house.app.app_context():
        other = builders.a_congress(slug="anderer")
        number = a_run(other).id
    assert client.get(f"{HERE}/runs/{number}").status_code == 404


def test_whoever_only_reads_may_open_it_and_has_no_file(app, house):
    number = house.worked_out()

    page = read(logged_in(app, "reader@example.org"), f"/runs/{number}")

    assert f"{HERE}/runs/{number}.json" not in addresses(page)
    assert post(logged_in(app, "reader@example.org"), f"{HERE}/runs/{number}/release", HERE) == 403


def test_what_was_released_stays_in_the_list_however_many_came_since(client, house):
    released = house.run(state="released", released_at=builders.OPEN)
    for _each in range(21):
        newest = house.run(state="stopped", levels=None, figures=None)

    section = pages.get(read(client), "section", aria_labelledby="runs")

    listed = [each.get("href") for each in section.iter("a")]
    assert f"{HERE}/runs/{released}" in listed
    assert listed[0] == f"{HERE}/runs/{newest}"
    assert len(list(section.iter("tr"))) == 1 + 20 + 1
    assert "Aufgeführt sind die neuesten 20" in pages.words(section)
