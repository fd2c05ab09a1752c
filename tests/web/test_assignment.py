"""The organiser's assignment: what is there before, while it is worked out, and what came of it."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AssignmentRun
from tests import builders
from tests.web import pages
from tests.web.assignment_house import HERE, House, read
from tests.web.organisers import an_organiser, logged_in, post
from tests.wishes import levels

pytestmark = pytest.mark.sqlite_only


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


def test_before_any_run_it_says_what_there_is_and_that_wishes_may_change(client, house):
    page = read(client)

    [row] = list(pages.section(page, "wishes").iter("tr"))[1:]
    assert [pages.words(each) for each in row.iter("td")] == ["3", "0", "1"]
    assert pages.has(page, id="still-open")
    assert not pages.has(page, id="jobs")
    assert pages.has(page, "form", action=f"{HERE}/ask")


def test_once_wishes_are_closed_it_says_so(app, house):
    with time_machine.travel(builders.LATE, tick=False):
        page = read(logged_in(app, "organiser@example.org"))

    assert not pages.has(page, id="still-open")


def test_a_run_is_asked_for_watched_and_stopped(client, house):
    assert post(client, f"{HERE}/ask", HERE, kind="first") == 303

    page = read(client)
    assert pages.has(page, id="jobs", data_running="")
    assert pages.get(page, "progress").get("value") == "0"
    assert not pages.has(page, "form", action=f"{HERE}/ask")

    [number] = house.stored(AssignmentRun.id)
    assert post(client, f"{HERE}/runs/{number}/stop", HERE) == 303
    page = read(client)
    assert not pages.has(page, id="jobs", data_running="")
    assert pages.has(page, "form", action=f"{HERE}/ask")
    assert post(client, f"{HERE}/runs/{number}/stop", HERE) == 409


def test_what_cannot_be_asked_for_is_said_on_the_page(client, house):
    answer = client.post(f"{HERE}/ask", data={"csrf_token": token(client), "kind": "least_change"})

    assert answer.status_code == 409
    assert pages.has(pages.read(answer), role="alert")
    assert post(client, f"{HERE}/ask", HERE, kind="other") == 400
    assert house.stored(AssignmentRun.id) == []


def token(client):
    return pages.find_all(pages.read(client.get(HERE)), name="csrf_token")[0].get("value")


def test_the_preview_shows_shares_and_compares_with_first_come(client, house):
    house.worked_out()

    page = read(client)

    rows = [
        [pages.words(each) for each in row]
        for row in pages.get(page, "table", aria_labelledby="compare").iter("tr")
    ]
    assert rows[1:] == [
        ["1. Wunsch", "1 (33 %)", "1 (33 %)"],
        ["2. Wunsch", "1 (33 %)", "2 (67 %)"],
        ["keinen ihrer Wünsche", "1 (33 %)", "0 (0 %)"],
        ["Personen, die gar nichts haben", "1", "0"],
        ["Ränge unter den ersten Wünschen, über alle Personen zusammengezählt", "1", "2"],
    ]
    assert "Bewiesen bestmöglich" in pages.words(pages.get(page, id="jobs"))


def test_the_preview_shows_each_workshop_and_what_one_more_place_brings(client, house):
    more = {"met": 1, "empty_handed": 1, "first": 2, "dissatisfaction": -1, "moved": 3}
    number = house.worked_out()
    assert post(client, f"{HERE}/runs/{number}/one-more", HERE) == 303
    assert house.stored(AssignmentRun.compare_asked_at) == [builders.OPEN]
    assert not pages.has(read(client), "form", action=f"{HERE}/runs/{number}/one-more")
    with house.app.app_context():
        run = db.session.get_one(AssignmentRun, number)
        run.compare_asked_at, run.one_more = None, {str(house.one): more}
        db.session.commit()

    page = read(client)

    rows = [
        [pages.words(each) for each in row]
        for row in pages.get(page, "table", aria_labelledby="filled").iter("tr")
    ][1:]
    assert [row[1:6] for row in rows] == [
        ["1", "–", "3", "3", "1 (voll)"],
        ["25", "2", "0", "3", "1"],
    ]
    assert [row[6] for row in rows] == ["1. Wunsch: 1", "2. Wunsch: 1"]
    assert [pages.numbers(each) for each in _cells(page, 7)] == [[1, 2, 3], []]
    assert pages.words(_cells(page, 7)[1]) == "hat noch freie Plätze"


@pytest.mark.parametrize(
    ("places", "words"), [(None, "hat keine Grenze"), (1, "noch nicht berechnet")]
)
def test_why_nothing_is_said_of_one_more_place(client, house, places, words):
    number, figures = house.worked_out(), house.figures()
    figures["workshops"][0]["places"] = places
    with house.app.app_context():
        run = db.session.get_one(AssignmentRun, number)
        run.figures, run.one_more = figures, {"0": {}}
        db.session.commit()

    assert pages.words(_cells(read(client), 7)[0]) == words


def test_one_more_place_that_only_lifts_wishes_says_by_how_much(client, house):
    more = {"met": 0, "empty_handed": 0, "first": 0, "dissatisfaction": -2, "moved": 1}
    number = house.worked_out()
    with house.app.app_context():
        db.session.get_one(AssignmentRun, number).one_more = {str(house.one): more}
        db.session.commit()

    said = pages.words(_cells(read(client), 7)[0])
    assert said == "Wünsche im Ganzen um 2 Ränge weiter oben; 1 Person bekommt etwas anderes"


def test_what_is_no_numbered_wish_and_what_is_not_counted_is_said(client, house):
    figures = house.figures(any_other=1, settled={"by_hand": 2, "role": 1}, by_rank=[1])
    figures["workshops"][1] |= {"by_rank": [0, 0], "any_other": 1}
    house.worked_out()
    with house.app.app_context():
        db.session.scalars(select(AssignmentRun)).one().figures = figures
        db.session.commit()

    page = read(client)

    rows = [
        [pages.words(each) for each in row]
        for row in pages.get(page, "table", aria_labelledby="compare").iter("tr")
    ]
    assert ["etwas anderes, das auch recht ist", "1 (33 %)", "0 (0 %)"] in rows
    assert pages.words(_cells(page, 6)[1]) == "etwas anderes, das auch recht ist: 1"
    said = pages.words(pages.get(page, id="jobs"))
    assert "3 Wunschlisten sind hier nicht mitgezählt" in said
    assert "(von Hand festgelegt: 2, wirkt dort mit: 1)" in said


def _cells(page, at):
    rows = list(pages.get(page, "table", aria_labelledby="filled").iter("tr"))[1:]
    return [list(row)[at] for row in rows]


def test_what_is_not_proven_says_how_much_better_it_could_be(client, house):
    house.worked_out(levels=levels(unmet=(5, 2)), seconds=60.2)

    said = pages.words(pages.get(read(client), id="jobs"))

    assert "Nach 60 Sekunden" in said
    assert "höchstens 3 weniger" in said


def test_who_gets_nothing_is_listed_with_the_reasons(client, house):
    house.worked_out()

    page = read(client, "/without")

    [row] = list(page.iter("tr"))[1:]
    assert pages.has(row, "a", href=f"{HERE}/people/{house.people[2]}")
    why = [pages.words(each) for each in row.iter("li")]
    assert why[0].startswith("1. Wunsch (1 Engagement")
    assert "Los" in why[0]
    assert "3 Erstwünsche" in why[0]
    assert why[1].startswith("2. Wunsch (2 Engagement")


def test_who_gets_a_workshop_is_listed_with_the_wish_and_the_lot(client, house):
    house.worked_out()

    page = read(client, "/workshops/ws-2")

    [row] = list(page.iter("tr"))[1:]
    assert [pages.words(each) for each in row][2:4] == ["2. Wunsch", "52"]
    assert client.get(f"{HERE}/workshops/ws-9").status_code == 404


def test_without_a_result_there_are_no_lists(client, house):
    for part in ("/without", "/workshops/ws-1"):
        assert client.get(HERE + part).status_code == 404


@pytest.mark.parametrize("state", ["failed", "stopped"])
def test_what_came_to_nothing_can_be_asked_for_again(client, house, state):
    house.run(state=state, levels=None)

    page = read(client)

    assert pages.has(page, "form", action=f"{HERE}/ask")
    assert not pages.has(page, "table", aria_labelledby="filled")


def test_a_run_with_least_change_says_first_how_many_would_move(client, house):
    found = house.figures(moved=4, worse=1)
    house.run(kind="least_change", figures=found)

    assert pages.numbers(pages.get(read(client), id="moves")) == [4, 1]


def test_where_places_go_to_whoever_comes_first_there_is_nothing_to_assign(app):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_workshop(congress)
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})

    page = read(logged_in(app, "organiser@example.org"))

    assert not pages.has(page, "form", action=f"{HERE}/ask")


def test_whoever_only_reads_sees_everything_and_acts_on_nothing(app, house):
    number = house.worked_out()
    reader = logged_in(app, "reader@example.org")

    for part in ("", "/without", "/decisions", "/workshops/ws-1", f"/people/{house.people[0]}"):
        main = pages.get(read(reader, part), "main")
        assert not pages.has(main, "form", method="post")
    for part in ("/ask", f"/runs/{number}/stop", f"/people/{house.people[0]}/decide"):
        assert post(reader, HERE + part, "/organiser/account") == 403


def test_from_the_day_wishes_close_the_overview_asks_for_the_release(app, house):
    def tasks():
        answer = logged_in(app, "organiser@example.org").get("/organiser/fachkongress")
        return pages.find_all(pages.read(answer), "a", href=HERE)

    assert tasks() == []
    with time_machine.travel(builders.LATE, tick=False):
        [one] = tasks()
        assert "freigeben" in pages.words(one)
        house.run(state="contradiction", levels=None)
        [one] = tasks()
        assert "freigeben" not in pages.words(one)
        house.run(state="queued", levels=None)
        assert len(tasks()) == 1
        house.run(state="released", released_at=builders.OPEN)
        with app.app_context():
            for item in house.items():
                item.assigned_at = builders.OPEN
            db.session.commit()
        assert tasks() == []


def test_the_list_of_registrations_leads_to_it_where_places_are_given_by_wishes(client, house):
    page = pages.read(client.get("/organiser/fachkongress/attendees"))

    assert pages.has(page, "a", href=HERE)
