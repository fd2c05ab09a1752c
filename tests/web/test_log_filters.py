"""The log as organisers look for something in it: filters in the address, pages, a file."""

import csv
import io
from datetime import timedelta

import pytest

from congress.domain.access import Actor, ActorKind, Role
from congress.extensions import db
from congress.models import Congress
from congress.services import auditing
from congress.web.organiser import log as view
from tests import builders
from tests.builders import OPEN
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only

LOG = "/organiser/fachkongress/log"


@pytest.fixture
def house(app):
    """Twenty people who registered, one a day, and an item that was edited on the first day."""
    with app.app_context():
        congress = builders.a_congress()
        item = builders.a_workshop(congress, number=1, title="Netzwerke")
        number = congress.id
    anna = an_organiser(app, "anna@example.org", {number: Role.ORGANISER})
    with app.app_context():
        actor = Actor(ActorKind.ORGANISER, anna)
        details = {"changes": {"title": [{"de": "=1+1"}, {"de": "Netzwerke"}]}}
        auditing.record(
            "item_edited",
            actor=actor,
            now=OPEN,
            congress_id=number,
            item_id=item.id,
            fields=["title"],
            details=details,
        )
        for day in range(20):
            name = {"given_name": "Jürgen", "family_name": f"Müller{day:02}"}
            registered(number, OPEN + timedelta(days=day), name)
        db.session.commit()
    return {"id": number, "anna": anna}


def registered(congress_id, now, name):
    congress = db.session.get_one(Congress, congress_id)
    person = builders.a_registration(congress, **name)
    actor = Actor(ActorKind.ATTENDEE)
    auditing.record(
        "registered", actor=actor, now=now, congress_id=congress_id, registration_id=person.id
    )


def said(page):
    lists = pages.find_all(page, "ol")
    return [pages.words(each) for each in lists[0].findall("li/span")] if lists else []


def links_to_older(page):
    found = [each.get("href", "") for each in page.iter("a") if not each.get("hreflang")]
    return [each for each in found if "before=" in each]


def read(client, query):
    return pages.read(client.get(f"{LOG}?lang=de&{query}"))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 21),
        ("about=programme", 1),
        ("about=registrations", 20),
        ("about=access", 0),
        ("who=attendee", 20),
        ("who={anna}", 1),
        ("from=2015-10-01&to=2015-10-03", 3),
        ("from=3.10.2015&to=2.10.2015", 0),
        ("to=30.09.2015", 2),
        ("q=mueller", 20),
        ("q=mueller07", 1),
        ("q=anna", 1),
        ("q=netzwerke+bearbeitet&who={anna}&about=programme", 1),
        ("q=niemand", 0),
        ("who=99&about=nothing&from=gestern&to=9999-12-31&before=-1", 21),
    ],
)
def test_filters_stand_in_the_address(app, house, query, count):
    page = read(logged_in(app, "anna@example.org"), query.format_map(house))

    assert len(said(page)) == count


def test_pages_keep_the_filters(app, house, monkeypatch):
    monkeypatch.setattr(view, "LINES", 8)
    client, found, at = (
        logged_in(app, "anna@example.org"),
        [],
        f"{LOG}?lang=de&q=Müller&to=2015-10-18",
    )
    for _page in range(3):
        page = pages.read(client.get(at))
        found += said(page)
        older = links_to_older(page)
        at = older[0] if older else ""

    assert at == ""
    assert found == [f"Jürgen Müller{day:02} hat sich angemeldet." for day in range(18, -1, -1)]


def test_a_search_says_how_far_it_looked(app, house, monkeypatch):
    monkeypatch.setattr(view, "LOOKED_THROUGH", 5)
    client = logged_in(app, "anna@example.org")
    first = client.get(f"{LOG}?lang=de&q=Müller14")
    page = pages.read(first)
    [older] = links_to_older(page)

    assert said(page) == []
    assert "Durchsucht bis 15.10.2015, 12.00 Uhr zurück." in pages.words(page)
    assert said(pages.read(client.get(older))) == ["Jürgen Müller14 hat sich angemeldet."]


def download(client, query):
    with client.get(f"{LOG}.csv?lang=de&{query}") as answer:
        file = io.StringIO(answer.data.decode("utf-8-sig"))
        return list(csv.reader(file, delimiter=";")), answer.headers


def test_the_file_holds_what_the_filters_find(app, house):
    """SEC-08, GDPR-09: no formula, and a line in the log; SEC-03: from no cache."""
    client = logged_in(app, "anna@example.org")
    rows, headers = download(client, "about=programme")

    edited = "„1 Netzwerke“ wurde bearbeitet: Titel „=1+1“ → „Netzwerke“."
    assert rows == [
        ["Wann", "Wer", "Was"],
        ["2015-09-30 12:00", "anna@example.org", edited],
    ]
    assert headers["Cache-Control"] == "no-store"
    assert "fachkongress-verlauf-" in headers["Content-Disposition"]
    assert said(read(client, ""))[0] == (
        "Der Verlauf wurde als CSV ausgegeben (1 Eintrag). anna@example.org"
    )


def test_what_people_are_called_is_no_formula(app, house):
    with app.app_context():
        name = {"given_name": "=HYPERLINK(1)", "family_name": "Muster"}
        registered(house["id"], OPEN, name)
        db.session.commit()
    rows, _headers = download(logged_in(app, "anna@example.org"), "q=hyperlink")

    assert rows[1][1:] == [
        "Teilnehmende Person",
        "'=HYPERLINK(1) Muster hat sich angemeldet.",
    ]


def test_more_lines_take_no_more_statements(app, house):
    client = logged_in(app, "anna@example.org")
    counts = []
    for more in (0, 80):
        with app.app_context():
            for _ in range(more):
                registered(house["id"], OPEN, {"family_name": "Müller"})
            db.session.commit()
        with count_queries() as statements:
            assert len(said(read(client, "q=Müller"))) == 20 + more
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 7
