import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
import time_machine

from congress.domain.programme import DIALOGUE_PARTNER, PublicPerson
from congress.extensions import db
from tests import builders
from tests.builders import AFTERWARDS, BEFORE, LATE, OPEN
from tests.web import pages


def page_at(client, moment: datetime, path: str = "/fachkongress", **options: object):
    with time_machine.travel(moment, tick=False):
        return client.get(path, **options)


@contextmanager
def statements(app) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("moment", "values", "door", "figures"),
    [
        (OPEN, {}, "OPEN", []),
        (OPEN, {"capacity": 112}, "OPEN", [112]),
        (OPEN, {"capacity": 50, "taken": 50, "waiting": 4}, "WAITING_LIST", [50, 4]),
        (OPEN, {"capacity": 50, "taken": 49, "waiting": 1}, "WAITING_LIST", [50]),
        (OPEN, {"capacity": 50, "taken": 50, "waiting_list": False}, "FULL", None),
        (BEFORE, {}, "NOT_YET", None),
        (LATE, {}, "CLOSED", None),
        (AFTERWARDS, {}, "OVER", None),
        (OPEN, {"state": "finished"}, "OVER", None),
        (OPEN, {"state": "cancelled"}, "CANCELLED", None),
    ],
    ids=[
        *("no limit", "free", "full", "promised", "closed list"),
        *("before", "late", "over", "finished", "cancelled"),
    ],
)
def test_the_ticket_says_whether_one_can_register(app, client, moment, values, door, figures):
    """Its sentences are in tests/web/test_words.py."""
    with app.app_context():
        builders.a_congress(**values)

    page = pages.read(page_at(client, moment))
    ticket = pages.section(page, "auf-einen-blick")

    assert ticket.get("data-door") == door
    below = [] if door == "NOT_YET" else pages.find_all(ticket, class_="left")
    assert [pages.numbers(each) for each in below] == ([] if figures is None else [figures])
    assert pages.has(page, href="/fachkongress/register") is (figures is not None)
    marks = pages.find_all(pages.read(page_at(client, moment, "/")), "span", class_="")
    assert any("state" in (mark.get("class") or "").split() and pages.words(mark) for mark in marks)


@pytest.mark.sqlite_only
def test_the_page_changes_at_the_deadline_to_the_second(app, client):
    """REL-30."""
    with app.app_context():
        builders.a_congress()

    for moment, door in (
        (builders.CLOSES - timedelta(seconds=1), "OPEN"),
        (builders.CLOSES, "CLOSED"),
    ):
        page = pages.read(page_at(client, moment))
        assert pages.section(page, "auf-einen-blick").get("data-door") == door
        assert pages.has(page, href="/fachkongress/register") is (door == "OPEN")


@pytest.mark.sqlite_only
def test_the_calendar_says_of_people_rooms_and_names_what_the_page_says(app, client):
    nobody = PublicPerson(None, {}, DIALOGUE_PARTNER)
    with app.app_context():
        congress = builders.a_congress()
        builders.an_item(congress, title="Mittagspause", kind="break", room="Foyer")
        named = {"number": None, "people": (nobody, nobody)}
        builders.a_workshop(congress, title="Workshop A: Netze", **named)
        later = builders.WORKSHOPS_START + timedelta(hours=3)
        builders.a_workshop(congress, title="Podien", number=None, starts_at=later)

    programme = pages.section(pages.read(page_at(client, OPEN)), "programm")
    lunch = pages.get(programme, "li", class_="slot slot--break")
    assert [pages.words(each) for each in lunch.iter("p")][1:] == ["Mittagspause", "Foyer"]
    cards = pages.find_all(programme, "li", class_="shop")
    assert pages.words(cards[0]).startswith("Workshop A: Netze Dialogpartner")
    assert pages.words(cards[1]).startswith("Workshop Podien 25 Plätze frei")
    said = [each for card in cards for each in pages.find_all(card, class_="who")]
    partners = [pages.words(each).partition(": ")[2] for each in said]
    feed = page_at(client, OPEN, "/fachkongress/calendar.ics").text.replace("\r\n ", "")
    assert partners == re.findall(r"Dialogpartner\S*: (N\. N\.)", feed) == ["N. N."]


@pytest.mark.sqlite_only
def test_the_programme_names_times_rooms_people_and_places(app, client):
    partner = PublicPerson("Erika Muster", {"de": "Stadt Lünen"}, DIALOGUE_PARTNER)
    nobody = PublicPerson(None, {"de": "MFKJKS"}, "speaker")
    with app.app_context():
        congress = builders.a_congress()
        builders.an_item(congress, title="Begrüßung", room="Großer Saal", people=(nobody,))
        builders.a_workshop(congress, number=1, title="Eins", people=(partner,))
        builders.a_workshop(congress, number=2, title="Zwei", room="Raum 2", taken=25, waiting=4)
        builders.a_workshop(congress, number=3, title="Drei", cancelled=True)
        builders.an_item(congress, title="Noch geheim", is_released=False)

    programme = pages.section(pages.read(page_at(client, OPEN)), "programm")
    welcome = pages.get(programme, "li", class_="slot")
    parallel = pages.get(programme, "li", class_="slot slot--par")
    one, two, three = pages.find_all(parallel, "li", class_="shop")

    assert [pages.words(each) for each in welcome.iter("p")] == [
        "9.30 – 10.00 Uhr",
        "N. N., MFKJKS",
        "Großer Saal",
    ]
    assert pages.words(pages.get(welcome, "h3")) == "Begrüßung"
    assert pages.words(pages.get(parallel, class_="when")) == "13.15 – 15.15 Uhr"
    assert pages.titles(parallel)[0].split()[0] == "Zwei"  # what is called off does not count
    assert pages.words(pages.get(one, class_="who")).endswith(": Erika Muster, Stadt Lünen")
    assert pages.numbers(pages.get(one, class_="state state--free")) == [25]
    assert pages.words(pages.get(two, class_="nr")) == "Workshop 2Raum 2"
    assert pages.find_all(two, class_="who") == []  # nobody was entered
    assert pages.numbers(pages.get(two, class_="state state--wait")) == [4]
    assert pages.find_all(programme, class_="state state--bad") == pages.find_all(
        three, class_="state state--bad"
    )
    assert pages.has(three, class_="state state--bad")
    assert "Noch geheim" not in pages.words(programme)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("held", "called_off", "said"),
    [
        (6, 0, "Sechs"),
        (5, 1, "Fünf"),
        (2, 4, "Zwei"),
        (1, 1, "Workshop"),  # alone at that time, and no longer a choice
        (0, 2, "Workshop"),
    ],
)
def test_what_is_called_off_stands_there_and_does_not_count(app, client, held, called_off, said):
    with app.app_context():
        congress = builders.a_congress()
        for number in range(1, held + called_off + 1):
            builders.a_workshop(congress, number=number, cancelled=number > held)

    programme = pages.section(pages.read(page_at(client, OPEN)), "programm")
    parallel = pages.get(programme, "li", class_="slot slot--par")
    header = pages.get(parallel, "header")

    assert pages.titles(header)[0].split()[0] == said
    assert pages.has(header, class_="who") is (held > 1)  # that one chooses one of them
    assert len(pages.find_all(parallel, class_="state state--bad")) == called_off
    assert len(pages.find_all(parallel, "li", class_="shop")) == held + called_off


TALK = {"kind": "talk", "bookable": False, "capacity": None}


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([(0, {}), (0, {})], "Zwei Workshops zur gleichen Zeit"),
        ([(0, {}), (15, {})], "Zwei Workshops, die sich überschneiden"),
        ([(0, {}), (0, TALK)], "Zwei Programmpunkte zur gleichen Zeit"),
        ([(0, {}), (15, {}), (0, TALK)], "Drei Programmpunkte, die sich überschneiden"),
        ([(0, {}), (0, {}), (15, {"cancelled": True})], "Zwei Workshops zur gleichen Zeit"),
    ],
)
def test_what_is_shifted_is_not_at_the_same_time(app, client, items, said):
    with app.app_context():
        congress = builders.a_congress()
        for minutes, values in items:
            starts_at = builders.WORKSHOPS_START + timedelta(minutes=minutes)
            builders.a_workshop(congress, starts_at=starts_at, **values)

    programme = pages.section(pages.read(page_at(client, OPEN)), "programm")
    header = pages.get(pages.get(programme, "li", class_="slot slot--par"), "header")

    assert pages.titles(header) == [said]


@pytest.mark.sqlite_only
def test_several_days_have_headings_of_their_own(app, client):
    """A11Y-08: times for machines, one h1, no gap between headings."""
    later = timedelta(days=1)
    with app.app_context():
        congress = builders.a_congress(
            days=(
                (builders.STARTS, builders.ENDS),
                (builders.STARTS + later, builders.ENDS + later),
            )
        )
        builders.an_item(congress)
        builders.an_item(congress, starts_at=builders.STARTS + later)
        builders.a_workshop(congress)

    html = page_at(client, OPEN).text

    assert (
        '<time datetime="2015-10-21">Mittwoch, 21.\xa0Oktober\xa02015'.replace("\xa02015", " 2015")
        in html
    )
    assert '<time datetime="2015-10-22">Donnerstag, 22.\xa0Oktober 2015' in html
    assert '<time datetime="2015-10-22T09:30+02:00">9.30</time>' in html
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.sqlite_only
def test_organisations_stand_with_role_and_logo(app, client):
    with app.app_context():
        congress = builders.a_congress()
        builders.an_organisation(
            "Forum für soziale Innovation",
            congress=congress,
            logo=b"\x89PNG\r\n",
            logo_type="image/png",
            logo_digest="a" * 64,
            logo_alt={"de": "Logo des Forums"},
            logo_width=560,
            logo_height=120,
        )
        builders.an_organisation("Ministerium", congress=congress, role="funder")

    answer = page_at(client, OPEN)

    foot = pages.get(pages.get(pages.read(answer), "footer"), "dl")
    assert [[pages.words(each) for each in row] for row in foot] == [
        ["Veranstalter", "Forum für soziale Innovation"],
        ["Gefördert durch", "Ministerium"],
    ]
    assert f'<img src="/logo/{"a" * 64}" alt="Logo des Forums"' in answer.text


@pytest.mark.sqlite_only
def test_an_item_has_a_page_of_its_own(app, client):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_workshop(
            congress, number=4, title="Junges Engagement", abstract="Erstens.\n\nZweitens."
        )

    answer = page_at(client, OPEN, "/fachkongress/programme/workshop-4")

    page = pages.read(answer)
    glance = pages.section(page, "auf-einen-blick")
    assert pages.words(pages.get(page, class_="over")) == "Workshop 4"
    assert pages.words(pages.get(page, "h1")) == "Junges Engagement"
    assert [pages.words(each) for each in pages.get(page, class_="prose")] == [
        "Erstens.",
        "Zweitens.",
    ]
    assert pages.words(next(glance.iter("dt"))) == "Mittwoch, 21. Oktober 2015"
    assert pages.words(next(glance.iter("time"))) == "13.15 bis 15.15 Uhr"
    assert pages.has(glance, "a", href="/fachkongress/register")
    assert page_at(client, OPEN, "/fachkongress/programme/workshop-5").status_code == 404


@pytest.mark.sqlite_only
def test_the_list_parts_what_comes_from_what_was(app, client):
    with app.app_context():
        builders.a_congress(slug="heuer", title={"de": "Heuer"})
        builders.a_congress(slug="einst", title={"de": "Einst"}, state="finished")
        builders.a_congress(slug="geheim", title={"de": "Geheim"}, state="draft")

    page = pages.read(page_at(client, OPEN, "/"))

    assert pages.titles(pages.section(page, "kommende")) == ["Heuer"]
    assert pages.titles(pages.section(page, "vergangene")) == ["Einst"]
    assert "Geheim" not in pages.words(page)
    assert pages.has(page, href="webcal://congress.test/calendar.ics")


def test_a_page_is_never_wrong_about_free_places(app, client):
    with app.app_context():
        congress = builders.a_congress(capacity=3)
    first = page_at(client, OPEN)
    with app.app_context():
        builders.a_registration(congress)
        builders.add(congress)
    second = page_at(client, OPEN)
    third = page_at(client, OPEN, headers={"If-None-Match": second.headers["ETag"]})

    assert [pages.places_left(pages.read(each)) for each in (first, second)] == [[3], [2]]
    assert third.status_code == 304


@pytest.mark.parametrize("path", ["/fachkongress", "/"])
def test_a_page_costs_the_same_few_statements_however_long_the_programme_is(app, client, path):
    counts = []
    for number in (6, 200):
        with app.app_context():
            congress = builders.a_congress(slug=f"fachkongress{number}", capacity=300)
            rows = [builders.a_workshop(congress, number=each + 1) for each in range(6)]
            rows += [builders.an_item(congress) for _ in range(number - len(rows))]
        with statements(app) as seen:
            page_at(client, OPEN, f"{path}{number}" if path != "/" else path)
        counts.append(len([each for each in seen if each.startswith("SELECT")]))
        with statements(app) as seen:
            page_at(client, OPEN, f"{path}{number}" if path != "/" else path)
        # For one congress the front asks past the session (test_front.py).
        assert len([each for each in seen if each.startswith("SELECT")]) == int(path == "/")

    assert counts[0] == counts[1] <= 9
