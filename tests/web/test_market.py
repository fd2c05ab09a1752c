"""A marketplace at its office, for whoever takes part, and for everybody."""

import re

import pytest

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress
from congress.queries import market as queries
from tests import builders
from tests.market import a_market, a_party, an_entry
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress/market"
ENTRY = {"side": "offer", "category": "hands", "title": "Zehn Leute", "text": "Am Samstag"}


@pytest.fixture
def office(app):
    with app.app_context():
        congress = builders.a_congress(kind="market")
        app.config["IDS"] = a_market(congress) | {"congress": congress.id}
    an_organiser(app, "o@example.org", {congress.id: Role.ORGANISER})
    return logged_in(app, "o@example.org")


@pytest.fixture
def ids(app, office):
    return app.config["IDS"]


def send(client, address, **fields: str):
    """Send a form as it was shown, with other entries."""
    found = re.search('name="version" value="([^"]*)"', client.get(address).text)
    assert found, address
    known = {"csrf_token": token(client, address), "version": found[1]}
    return client.post(address, data=known | fields)


def test_the_office_enters_publishes_and_merges(app, office, ids):
    new = f"{ONE}/entries/new"
    form = {"csrf_token": token(office, new), "party": str(ids["party"])} | ENTRY
    assert office.post(new, data=form).status_code == 303
    assert "Zehn Leute" in office.get("/fachkongress/market").text
    with app.app_context():
        latest = queries.entries(ids["congress"])[0].id
    one = f"{ONE}/entries/{latest}"
    assert post(office, f"{one}/publish", one, act="withdraw") == 303
    assert "Zehn Leute" in office.get(f"{ONE}?state=new").text
    assert office.get("/fachkongress/market").text.count("Zehn Leute") == 1
    assert post(office, f"{one}/publish", one, act="nothing") == 400
    assert post(office, f"{one}/merge", one, other="") == 303
    assert post(office, f"{one}/merge", one, other=str(ids["entry"])) == 303
    with app.app_context():
        assert [each.id for each in queries.entries(ids["congress"])] == [latest]
    assert post(office, f"{one}/remove", f"{one}/remove") == 303
    assert office.get(one).status_code == 404


@pytest.mark.parametrize(
    ("page", "sent", "field"),
    [
        ("entries/new", ENTRY | {"title": ""}, "title"),
        ("entries/new", ENTRY | {"category": "gold"}, "category"),
        ("entries/new", ENTRY | {"party": "x"}, "party"),
        ("entries/new", ENTRY | {"side": "x"}, "side"),
        ("parties/new", {"name": ""}, "name"),
        ("parties/new", {"name": "A", "sector": "x"}, "sector"),
        ("parties/new", {"name": "A", "stand": "0"}, "stand"),
        ("parties/new", {"name": "A", "stand": "zwei"}, "stand"),
        ("layout", {"en_0": "Hands"}, "de_0"),
        ("layout", {}, "de_0"),
        ("layout", {"de_0": "Hilfe", "entries_until": "morgen"}, "entries_until"),
        ("agreements/new", {"category": "hands", "text": "x"}, "giver"),
        ("agreements/new", {"hours": "-1"}, "hours"),
        ("agreements/new", {"hours": "-1"}, "text"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(office, ids, page, sent, field):
    address = f"{ONE}/{page}"
    answer = send(office, address, **sent)
    assert answer.status_code == 422
    assert pages.has(pages.read(answer), id=f"{field}-err")


def test_nothing_typed_is_lost_where_somebody_was_faster(office, ids):
    agreement = f"{ONE}/agreements/{ids['agreement']}"
    for address, sent in (
        (f"{ONE}/entries/{ids['entry']}", {"party": str(ids["party"])} | ENTRY),
        (f"{ONE}/parties/{ids['party']}", {"name": "Neuer Name"}),
        (f"{ONE}/layout", {"de_0": "Neue Hilfe"}),
        (
            agreement,
            {"giver": str(ids["party"]), "taker": str(ids["party"] + 1), "category": "hands"}
            | {"text": "Anders"},
        ),
    ):
        form = {"csrf_token": token(office, address), "version": "old"} | sent
        answer = office.post(address, data=form)
        assert answer.status_code == 409, address
        assert all(value in answer.text for value in sent.values())
        again = send(office, address, **sent)
        assert again.status_code == 303, address


def test_agreements_are_entered_counted_and_handed_out(office, ids):
    new = f"{ONE}/agreements/new?giver={ids['party']}&text=Zaun"
    assert "Zaun" in office.get(new).text
    giver, taker = str(ids["party"]), str(ids["party"] + 1)
    said = {"giver": giver, "taker": giver, "category": "hands", "text": "Zaun"}
    assert send(office, new, **said).status_code == 409
    assert send(office, new, **said | {"taker": taker, "euros": "300"}).status_code == 303
    page = pages.read(office.get(f"{ONE}/agreements"))
    assert pages.words(pages.get(page, id="agreements")) == "2"
    assert pages.has(page, id="by-sector")
    one = f"{ONE}/agreements/{ids['agreement']}"
    for address, begins in ((f"{one}/sheet.pdf", b"%PDF"), (f"{ONE}/agreements/all.xlsx", b"PK")):
        with office.get(address) as answer:
            assert answer.data.startswith(begins)
    assert post(office, f"{one}/remove", f"{one}/remove") == 303
    log = office.get("/organiser/fachkongress/log").text
    assert "market_" not in log
    results = pages.read(office.get("/fachkongress/results"))
    assert pages.words(pages.get(results, id="agreements")) == "1"


def test_the_public_sees_what_is_published_and_filters_it(app, office, ids):
    with app.app_context():
        congress = db.session.get_one(Congress, ids["congress"])
        food = a_party(congress, "Tafel Brambauer", stand=7, text="Lebensmittel")
        an_entry(food, side="demand", category="rooms", title="Ein Kühlraum")
        an_entry(food, title="Noch geheim", is_published=False)
    client = app.test_client()
    everything = client.get("/fachkongress/market").text
    assert "Ein Kühlraum" in everything
    assert "Lebensmittel" in everything
    assert "Noch geheim" not in everything
    for query, sees in (
        ("q=kuhlraum", "Ein Kühlraum"),
        ("category=rooms&side=demand", "Ein Kühlraum"),
        ("side=offer", "Zehn Leute"),
    ):
        found = pages.read(client.get(f"/fachkongress/market?{query}"))
        titles = {pages.words(each) for each in pages.find_all(found, "h3")}
        assert titles & {"Ein Kühlraum", "Zehn Leute"} == {sees}
    assert "/fachkongress/market" in client.get("/fachkongress").text


def test_another_kind_of_event_has_no_public_market(app, client):
    with app.app_context():
        builders.a_congress()
    assert client.get("/fachkongress/market").status_code == 404
    assert "/fachkongress/market" not in client.get("/fachkongress").text


def test_whoever_only_checks_in_enters_agreements_and_nothing_else(app, office, ids):
    an_organiser(app, "door@example.org", {ids["congress"]: Role.CHECK_IN})
    door = logged_in(app, "door@example.org")
    assert door.get(f"{ONE}/agreements").status_code == 200
    assert "/market/agreements" in door.get("/organiser/fachkongress/check-in").text
    assert door.get(ONE).status_code in {403, 404}
    an_organiser(app, "reader@example.org", {ids["congress"]: Role.READER})
    reader = logged_in(app, "reader@example.org")
    assert reader.get(ONE).status_code == 200
    assert reader.get(f"{ONE}/layout").status_code in {403, 404}


@pytest.mark.parametrize("page", ["/fachkongress/market", ONE])
def test_forty_entries_take_as_many_statements_as_one(app, office, ids, page):
    def statements():
        office.get(page)  # whatever is remembered of a login
        with count_queries() as found:
            assert office.get(page).status_code == 200
        return len(found)

    before = statements()
    with app.app_context():
        here = db.session.get_one(Congress, ids["congress"])
        for number in range(20):
            party = a_party(here, f"Verein {number}")
            an_entry(party)
            an_entry(party, side="demand", title=f"Gesucht {number}")
    assert statements() == before
    assert "Gesucht 19" in office.get(page).text
