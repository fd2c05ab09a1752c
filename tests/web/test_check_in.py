"""The door: found, ticked off and taken back without JavaScript, by whoever stands there."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, User
from congress.web.organiser import check_in
from tests.builders import ENDS, STARTS, a_congress, a_registration
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, log_in, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"
HERE = f"{ONE}/check-in"
PEOPLE = (  # family name, organisation, state
    ("Adler", "Stadt Lünen", "confirmed"),
    ("Birke", "Stadt Lünen", "confirmed"),
    ("Müller", "Verein Öse", "confirmed"),
    ("Mueller-Wartig", "", "waiting"),
    ("Gegangen", "Stadt Lünen", "cancelled"),
)


@pytest.fixture
def house(app):
    """Somebody at the door, an organiser, a reader, and who is expected."""
    with app.app_context():
        congress = a_congress(days=((STARTS, ENDS), (STARTS + timedelta(1), ENDS + timedelta(1))))
        number = congress.id
        ids = [
            a_registration(congress, family_name=name, organisation=organisation, state=state).id
            for name, organisation, state in PEOPLE
        ]
    roles = {"door": Role.CHECK_IN, "organiser": Role.ORGANISER, "reader": Role.READER}
    for name, role in (roles | {"second": Role.ORGANISER}).items():
        an_organiser(app, f"{name}@example.org", {number: role})
    with time_machine.travel(STARTS, tick=False):
        yield dict(zip((name for name, *_rest in PEOPLE), ids, strict=True))


def rows(client, query=""):
    """Return the people that a page lists, by what can be done with them."""
    page = pages.read(client.get(f"{HERE}?{query}"))
    found = {}
    for row in pages.find_all(pages.get(page, id="list"), "li"):
        forms = [form.get("action", "") for form in pages.find_all(row, "form")]
        found[row.get("id")] = forms[0].partition("?")[0] if forms else ""
    return found


def test_the_door_is_all_that_this_role_sees_and_it_leads_there(app, house):
    client = app.test_client()
    assert log_in(client, "door@example.org") == 303
    start = pages.read(client.get("/organiser/"))
    assert pages.has(start, "a", href=HERE)
    assert not pages.has(start, "a", href=ONE)
    assert client.get(ONE).status_code == client.get(f"{ONE}/attendees").status_code == 403

    page = pages.read(client.get(HERE))
    tabs = pages.get(page, "nav", **{"class": "tabs"})
    assert [each.get("href") for each in pages.find_all(tabs, "a")] == [HERE]
    assert "0 von 3 da" in pages.words(pages.get(page, id="count"))
    text = pages.words(page)
    assert "Stadt Lünen" in text
    assert "@" not in text.replace("door@example.org", "")
    assert "Wartig" not in text
    assert "Gegangen" not in text

    with time_machine.travel(STARTS + timedelta(hours=11), tick=False):
        assert client.get(HERE).status_code == 200  # SEC-25: a quiet half hour ends nothing
    with time_machine.travel(STARTS + timedelta(hours=12), tick=False):
        assert client.get(HERE).status_code == 303


def test_organisers_invite_to_the_door_and_may_go_there_themselves(app, house):
    client, team = logged_in(app, "organiser@example.org"), f"{ONE}/team"
    with app.app_context():
        second = db.session.scalars(select(User.id).where(User.email == "second@example.org")).one()
    assert post(client, team, team, email="helferin@example.org", roles="check_in") == 303
    table = pages.words(pages.get(pages.read(client.get(team)), "table"))
    assert "helferin@example.org Nur Einlass" in table

    own = logged_in(app, "second@example.org")
    roles = f"{team}/{second}/roles"
    fields = {"csrf_token": token(own, roles), "roles": "check_in", "sure": "y"}
    answer = own.post(roles, data=fields)
    assert answer.location == "/organiser/"
    assert "Nur Einlass" in pages.words(pages.read(own.get(answer.location)))


def test_people_are_ticked_off_and_taken_back_without_javascript(app, house):
    client, other = (logged_in(app, f"{who}@example.org") for who in ("door", "organiser"))
    adler, birke = house["Adler"], house["Birke"]
    assert rows(client, "q=luenen adler") == {f"p-{adler}": f"{HERE}/{adler}"}

    fields = {"day": "2015-10-21", "q": "adler"}
    assert post(client, f"{HERE}/{adler}", HERE, **fields) == 303
    page = pages.read(client.get(f"{HERE}?last={adler}"))
    assert "Maria Adler ist da." in pages.words(
        pages.get(page, role="status", **{"class": "note note--ok"})
    )
    assert "1 von 3 da" in pages.words(pages.get(page, id="count"))
    back = f"{HERE}/{adler}/take-back"
    assert pages.get(pages.get(page, id=f"last-{adler}"), "form").get("action") == back

    # Another device, which has not seen it.
    assert post(other, f"{HERE}/{adler}", HERE, day="2015-10-21") == 303
    page = pages.read(other.get(HERE))
    assert "war schon abgehakt (9.30 Uhr)" in pages.words(page)
    assert rows(other) == {
        f"p-{adler}": back,
        f"p-{birke}": f"{HERE}/{birke}",
        f"p-{house['Müller']}": f"{HERE}/{house['Müller']}",
    }
    seen = pages.words(pages.read(other.get(f"{ONE}/attendees/{adler}")))
    assert "Mittwoch, 21. Oktober 2015" in seen
    assert "door@example.org" in seen
    assert rows(client, "day=2015-10-22") == dict.fromkeys(rows(other), "")  # it has not begun
    assert post(client, f"{HERE}/{birke}", HERE, day="2015-10-22") == 409
    assert post(client, f"{HERE}/{birke}", HERE, day="2015-10-20") == 409

    assert post(client, back, HERE, day="2015-10-21") == 303
    assert post(client, back, HERE, day="2015-10-21") == 303
    assert "0 von 3 da" in pages.words(pages.read(client.get(HERE)))
    log = pages.words(pages.read(other.get(f"{ONE}/log")))
    assert "Maria Adler wurde für den 21. Oktober 2015 abgehakt." in log
    assert "Maria Adler ist für den 21. Oktober 2015 nicht mehr abgehakt." in log


def test_whoever_has_no_place_is_found_and_the_page_says_whose_act_that_is(app, house):
    client, organiser = (logged_in(app, f"{who}@example.org") for who in ("door", "organiser"))
    waits, left = house["Mueller-Wartig"], house["Gegangen"]

    found = rows(client, "q=muller")
    assert list(found) == [f"p-{house['Müller']}", f"p-{waits}"]
    assert found[f"p-{waits}"] == rows(client, "q=gegangen")[f"p-{left}"] == ""
    text = pages.words(pages.read(client.get(f"{HERE}?q=wartig")))
    assert "auf der Warteliste, kein Platz" in text
    assert "Bitte an die Veranstaltenden verweisen" in text
    for person in (waits, left):
        assert post(client, f"{HERE}/{person}", HERE, day="2015-10-21") == 409
    page = pages.read(organiser.get(f"{HERE}?q=wartig"))
    assert pages.has(page, "a", href=f"{ONE}/attendees/{waits}")
    assert pages.has(
        pages.read(organiser.get(f"{HERE}?q=gegangen")), "a", href=f"{ONE}/attendees/new"
    )


def test_a_reader_finds_who_was_there_but_ticks_off_nobody(app, house):
    door, reader = (logged_in(app, f"{who}@example.org") for who in ("door", "reader"))
    attendees = f"{ONE}/attendees"
    assert not pages.has(pages.read(reader.get(attendees)), "select", name="came")

    post(door, f"{HERE}/{house['Adler']}", HERE, day="2015-10-21")
    assert reader.get(HERE).status_code == 403
    page = pages.read(reader.get(f"{attendees}?came=yes&columns=came"))
    assert pages.has(pages.read(reader.get(attendees)), "select", name="came")
    assert pages.has(pages.get(page, "select", name="came"), "option", value="yes", selected="")
    [row] = pages.find_all(pages.get(page, "tbody"), "tr")
    assert "21.10.2015" in pages.words(row)
    page = pages.read(reader.get(f"{attendees}?came=no"))
    assert [row.get("id") for row in pages.find_all(pages.get(page, "tbody"), "tr")] == [
        f"row-{house[name]}" for name in ("Birke", "Müller")
    ]
    organiser = logged_in(app, "organiser@example.org")
    with organiser.get(f"{attendees}.csv?came=yes") as answer:
        heading, line = answer.get_data(as_text=True).strip().splitlines()
    told = dict(zip(heading.split(";"), line.split(";"), strict=True))
    assert (told["Da am 21.10.2015"], told["Da am 22.10.2015"]) == ("ja", "")


def test_the_door_takes_the_same_few_statements_for_few_and_many(app, house, monkeypatch):
    monkeypatch.setattr(check_in, "PAGE", 2)
    client = logged_in(app, "door@example.org")
    counts = []
    for more in (5, 0):
        asked = []
        for query in ("", "?q=stadt", f"?last={house['Adler']}"):
            client.get(HERE + query)
            with count_queries() as found:
                client.get(HERE + query)
            asked.append(len(found))
        counts.append(asked)
        with app.app_context():
            congress = db.session.get_one(Congress, 1)
            for _ in range(more):
                a_registration(congress, organisation="Stadt Ahlen")

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 9
    assert [len(rows(client, f"page={each}")) for each in (1, 4, 5)] == [2, 2, 0]
    assert len(rows(client, "q=ahlen&page=3")) == 1


def test_no_shows_are_counted_once_it_is_over_and_if_anybody_was_ticked_off(app, house):
    figures, thursday = f"{ONE}/figures", STARTS + timedelta(1)

    def told(address, name):
        with time_machine.travel(ENDS + timedelta(1), tick=False):
            page = pages.read(logged_in(app, "reader@example.org").get(address))
        found = pages.find_all(page, **name)
        return pages.words(found[0]) if found else ""

    overview, section = {"id": "presence"}, {"aria_labelledby": "there"}
    unknown = "Es ist niemand als anwesend erfasst"
    assert unknown in told(ONE, overview)
    assert unknown in told(figures, section)

    door, reader = (logged_in(app, f"{who}@example.org") for who in ("door", "reader"))
    post(door, f"{HERE}/{house['Adler']}", HERE, day="2015-10-21")
    assert not pages.has(pages.read(reader.get(ONE)), id="presence")  # it goes on
    assert not pages.has(pages.read(reader.get(figures)), aria_labelledby="there")
    with time_machine.travel(thursday, tick=False):
        door = logged_in(app, "door@example.org")
        for name in ("Adler", "Birke"):
            post(door, f"{HERE}/{house[name]}", HERE, day="2015-10-22")

    sentence = "Von 3 mit Platz waren 2 da und 1 nicht (33 %)."
    assert told(ONE, overview) == sentence
    words = told(figures, section)
    assert sentence in words
    assert "21. Oktober 2015 1 von 3" in words
    assert "22. Oktober 20152133 %" in words.replace("\xa0", " ")
    with time_machine.travel(ENDS + timedelta(1), tick=False):
        organiser = logged_in(app, "organiser@example.org")
        with organiser.get(f"{figures}.csv") as answer:
            lines = answer.get_data(as_text=True).splitlines()
    assert lines[2:5] == ["Personen;da;2", "Personen;nicht da;1", "Tage;21. Oktober 2015: da;1"]
