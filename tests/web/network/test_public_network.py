"""The network for everybody: who belongs to it, what took place, and the figures released."""

from datetime import date

import pytest
from sqlalchemy import select

from congress.domain.congresses import CongressKind
from congress.extensions import db
from congress.models import Registration
from tests import builders
from tests.network import a_contact, a_membership, an_organisation
from tests.projects import a_part, a_project
from tests.queries_counter import count_queries
from tests.texts import a_text, a_version
from tests.web import pages
from tests.web.organisers import a_network_account, logged_in, post, token

PUBLIC = "/network"
REPORT = "/organiser/network/report"
YEARS = {"from": "2015", "until": "2016"}
ASKED = f"{REPORT}?from=2015&until=2016"
FIGURES = "/network/figures/2015-2016"


@pytest.fixture
def world(app):
    """A congress with seven people of Rheine and one of Essen; both towns are members."""
    with app.app_context():
        congress = builders.a_congress(state="finished")
        rheine = an_organisation("Stadt Rheine", ags="05566076", district="05566")
        essen = an_organisation("Stadt Essen", ags="05113000")
        lone = an_organisation("Gemeinde Einsam", ags="05554024", district="05554")
        a_membership(rheine)
        a_membership(essen, "partner")
        a_membership(an_organisation("Stadt Unna"), "applied")
        a_contact(rheine, "Anneliese", "Ansprechbar", phone="0205 4711")
        for town in (*[rheine] * 7, lone):
            builders.a_registration(
                congress, given_name="Waltraud", organisation=town.name, organisation_id=town.id
            )
        handout = a_project("Handreichung", kind="publication", starts_on=date(2015, 5, 1))
        a_part(handout, rheine, "lead", person="Paula Projekt", email="paula@example.org")
        a_project("Verborgen", state="proposed", is_published=False)
        a_project("Engagement in Kreisen")
        agreed = a_text()
        a_version(agreed, state="adopted", adopted_on=date(2015, 6, 1), adopted_by="Treffen")
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "office@example.org")


def release(client, act="publish", years=YEARS):
    return post(client, f"{REPORT}/release", ASKED, **years, act=act)


def test_everybody_reads_who_belongs_what_took_place_and_what_came_of_it(app, world, client):
    page = pages.read(client.get(PUBLIC))
    members = pages.words(pages.section(page, "members"))
    blocks = pages.words(pages.section(page, "blocks"))

    assert "Kreis Steinfurt Stadt Rheine" in members
    assert "Essen Stadt Essen" in members
    assert "Stadt Unna" not in members
    assert "Fachkongress" in blocks
    assert pages.has(page, "a", href="/fachkongress")
    assert pages.has(page, "a", href="/network/projects/handreichung")
    assert "Engagement in Kreisen" in blocks
    assert "Handreichung" in pages.words(pages.section(page, "publications"))
    assert "1. Juni 2015" in pages.words(pages.section(page, "texts"))
    assert "Verborgen" not in client.get(PUBLIC).text
    assert pages.has(page, "a", href="/network/apply")
    tiles = {
        each.get("data-district"): each.get("data-step")
        for each in pages.find_all(page, "g", class_="tile")
    }
    assert (tiles["05566"], tiles["05113"], tiles["05111"]) == ("2", "2", "0")


def test_figures_are_public_once_the_office_says_so_until_it_takes_that_back(app, world, client):
    assert "figures" not in client.get(PUBLIC).text.partition("<main")[2]
    assert client.get(FIGURES).status_code == 404
    assert release(world) == 303
    office = world.get(ASKED)
    assert "öffentlich" in pages.words(pages.get(pages.read(office), "p", role="status"))

    public = pages.read(client.get(PUBLIC))
    told = pages.words(pages.get(public, id="figures-events"))
    assert told.startswith("Veranstaltungen und Anmeldungen")
    assert "Fachkongress18802" in told
    assert "Figures of 2015–2016" in client.get(f"{FIGURES}?lang=en").text
    assert client.get(FIGURES).status_code == 200

    assert release(world, act="take_back") == 303
    assert client.get(FIGURES).status_code == 404
    assert "figures-events" not in client.get(PUBLIC).text


def test_public_figures_are_those_of_the_report(app, world, client):
    release(world)
    report, public = pages.read(world.get(ASKED)), pages.read(client.get(FIGURES))
    for key in ("events", "years", "attendance", "workshops", "cohorts", "districts", "projects"):
        parts = (pages.section(report, key), pages.get(public, id=f"figures-{key}"))
        rows = [[pages.words(cell) for cell in pages.find_all(each, "td")] for each in parts]
        assert rows[0] == rows[1]
        assert rows[0]


@pytest.mark.sqlite_only
def test_years_that_cannot_be_published_are_told_and_nothing_is_lost(world):
    assert release(world) == 303
    answer = world.post(
        f"{REPORT}/release",
        data={"csrf_token": token(world, ASKED), "from": "2014", "until": "2016", "act": "publish"},
    )
    assert answer.status_code == 409
    assert "2015–2016" in answer.text
    assert release(world, years={"from": "2016", "until": "2015"}) == 422
    assert release(world, act="nonsense") == 400
    shown = world.get(f"{REPORT}?from=2014&until=2016").text
    assert 'value="publish"' not in shown


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("funder", 403), (None, 403)])
def test_who_may_publish(app, world, role, status):
    a_network_account(app, "o@example.org", role)
    other = logged_in(app, "o@example.org")
    assert post(other, f"{REPORT}/release", "/organiser/account", **YEARS, act="publish") == status
    if role:
        assert 'value="publish"' not in other.get(ASKED).text


def test_nobody_is_in_any_byte_of_the_public_page(app, world, client):
    release(world)
    with app.app_context():
        people = db.session.scalars(select(Registration)).all()
        names = {part for p in people for part in (p.given_name, p.family_name, p.email)}
    names |= {"Anneliese", "Ansprechbar", "4711", "Paula", "paula@example.org"}
    names.add("Gemeinde Einsam")  # one came from there, and it is no member
    for address in (PUBLIC, FIGURES, f"{PUBLIC}?lang=en", "/network/projects"):
        said = client.get(address).text.casefold()
        for name in names:
            assert name.casefold() not in said, (address, name)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("kind", list(CongressKind))
def test_each_kind_of_event_says_what_it_is_there_for(app, client, kind):
    with app.app_context():
        builders.a_congress(kind=kind)
    block = pages.section(pages.read(client.get(PUBLIC)), f"kind-{kind}")
    assert pages.words(pages.find_all(block, "p")[0])


@pytest.mark.sqlite_only
def test_who_has_the_page_is_told_that_it_has_not_changed(app, world, client):
    first = client.get(PUBLIC)
    assert first.headers["ETag"]
    known = {"If-None-Match": first.headers["ETag"]}
    with count_queries() as statements:
        assert client.get(PUBLIC, headers=known).status_code == 304
    assert len(statements) <= 8
    with app.app_context():
        a_membership(an_organisation("Stadt Bonn", ags="05314000"))
    assert client.get(PUBLIC, headers=known).status_code == 200


@pytest.mark.sqlite_only
def test_it_takes_as_many_statements_for_few_members_as_for_many(app, world, client):
    with count_queries() as few:
        client.get(PUBLIC)
    with app.app_context():
        for number in range(20):
            a_membership(an_organisation(f"Stadt {number}"))
            a_project(f"Projekt {number}")
    with count_queries() as many:
        client.get(PUBLIC)
    assert len(many) <= len(few)


@pytest.mark.sqlite_only
def test_the_front_page_leads_to_the_network_once_there_is_one(app, client):
    assert not pages.has(pages.read(client.get("/")), "a", href="/network")
    with app.app_context():
        a_membership(an_organisation())
    page = pages.read(client.get("/"))
    assert len(pages.find_all(page, "a", href="/network")) == 2
    assert client.get(PUBLIC).status_code == 200


@pytest.mark.sqlite_only
@pytest.mark.parametrize("address", [PUBLIC, "/network/projects", "/network/apply"])
def test_its_pages_share_one_way_between_them(client, address):
    page = pages.read(client.get(address))
    marked = pages.find_all(page, "a", **{"aria-current": "page"})
    assert [each.get("href") for each in marked] == [address]
