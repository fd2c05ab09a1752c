"""The report to the funder: as a page and as a workbook, and nobody in any byte of it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from congress.extensions import db
from congress.formats import workbook
from congress.models import Attendance, AuditLine, Registration
from tests import builders, tagged_pdf
from tests.network import a_contact, a_membership, an_organisation
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import a_network_account, logged_in

REPORT = "/organiser/network/report"
YEARS = "?from=2015&until=2016"
FILE = f"{REPORT}.xlsx{YEARS}"


@pytest.fixture
def world(app):
    """A congress with seven people of Rheine, one of Essen, one of Lower Saxony; three away."""
    with app.app_context():
        congress = builders.a_congress(state="finished")
        workshop = builders.a_workshop(congress, capacity=10)
        rheine = an_organisation("Stadt Rheine", ags="05566076", district="05566")
        essen = an_organisation("Stadt Essen", ags="05113000", district="05113")
        north = an_organisation("Stadt Lingen", ags="03454032", district="03454")
        a_membership(rheine)
        a_contact(rheine, "Anneliese", "Ansprechbar", phone="0205 4711")
        for town in (*[rheine] * 7, essen, north):
            person = builders.a_registration(
                congress, given_name="Waltraud", organisation=town.name, organisation_id=town.id
            )
            builders.a_booking(person, workshop)
            if town is rheine and db.session.query(Attendance).count() < 6:
                there = {"registration_id": person.id, "day": congress.days[0].day}
                builders.add(Attendance(**there, came_at=builders.BEGUN))
    a_network_account(app, "funder@example.org", "funder")
    return logged_in(app, "funder@example.org")


def table(page, key):
    rows = pages.find_all(pages.section(page, key), "tr", role="row")
    cells = ([*pages.find_all(row, "th"), *pages.find_all(row, "td")] for row in rows)
    return {pages.words(row[0]): [pages.words(each) for each in row[1:]] for row in cells}


def test_a_funder_reads_numbers_and_small_groups_are_not_told(world):
    answer = world.get(REPORT + YEARS)
    page = pages.read(answer)

    assert answer.status_code == 200
    assert table(page, "events")["Fachkongress"] == ["1", "9", "9", "0", "3"]
    assert table(page, "attendance")["Fachkongress"] == ["1", "1", "unter 9", "unter 9"]
    assert table(page, "workshops")["Fachkongress"] == ["1", "9", "10", "90 %"]
    districts = table(page, "districts")
    assert districts["Kreis Steinfurt"] == ["7", "1"]
    assert districts["Essen"] == ["unter 5", "–"]
    assert districts["Niedersachsen"] == ["unter 5", "–"]
    assert districts["Bonn"] == ["0", "0"]
    assert table(page, "network")["Mitglieder am 31. Dezember 2016"] == ["1"]
    public = pages.section(page, "public")
    assert "Diese Zahlen sind nicht veröffentlicht." in pages.words(public)
    assert "Alle lesen dann" not in pages.words(public)  # whoever may not publish is offered none


@pytest.mark.sqlite_only
def test_the_map_says_what_the_table_says(world):
    page = pages.read(world.get(REPORT + YEARS))
    drawn = pages.find_all(page, "g", class_="tile")
    titles = dict(pages.words(pages.get(each, "title")).rsplit(": ", 1) for each in drawn)
    steps = {each.get("data-district"): each.get("data-step") for each in drawn}

    assert len(titles) == 53
    assert titles.items() <= {
        (name, told[0]) for name, told in table(page, "districts").items() if told
    }
    assert (titles["Kreis Steinfurt"], steps["05566"]) == ("7", "2")
    assert (titles["Essen"], steps["05113"]) == ("unter 5", "1")
    assert steps["05911"] == "0"


def test_the_paper_tells_readers_its_structure_and_what_the_map_shows(world):
    with world.get(f"{REPORT}.pdf{YEARS}") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        content = answer.data
    told = tagged_pdf.read(content)

    assert (told.title, told.language) == ("Bericht an den Förderer", "de")
    assert (told.tags.count("H1"), told.tags.count("H2")) == (1, 8)
    assert told.tags.count("Table") == 8
    assert len(told.alternatives) == 1
    assert "unter5" in tagged_pdf.words(content)


def names(app):
    """Everything that would say who somebody is, or where one person alone comes from."""
    with app.app_context():
        found = {"Stadt Essen", "Stadt Lingen", "Anneliese", "Ansprechbar", "4711"}
        for person in db.session.scalars(select(Registration)):
            found |= {person.given_name, person.family_name, person.email}
        return found


def test_nobody_is_in_any_byte_of_page_workbook_and_paper(app, world):
    with world.get(FILE) as answer:
        content = answer.data
        assert "netzwerk-bericht-2015-2016.xlsx" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"
    parts = ZipFile(BytesIO(content))
    said = [parts.read(name).decode() for name in parts.namelist()]
    with world.get(f"{REPORT}.pdf{YEARS}") as answer:
        paper = tagged_pdf.words(answer.data)
    read = [*said, world.get(REPORT + YEARS).text, paper]

    assert len(parts.namelist()) > 8
    assert any("Kreis Steinfurt" in each for each in said)
    assert "KreisSteinfurt" in paper
    for name in names(app):
        for each in read:
            assert name.casefold() not in each.casefold(), name
        assert name.replace(" ", "").casefold() not in paper.casefold(), name


@pytest.mark.sqlite_only
def test_the_workbook_says_what_the_page_says(world):
    with world.get(FILE) as answer:
        sheet = workbook.read(answer.data, most_rows=100)
    assert isinstance(sheet, workbook.Sheet)
    lines = [line.split("\t") for line in sheet.text.splitlines()]

    assert ["Fachkongress", "1", "9", "9", "0", "3"] in lines
    assert sheet.others == 7


@pytest.mark.sqlite_only
def test_a_small_group_is_text_in_the_workbook(world):
    with world.get(FILE) as answer:
        districts = ZipFile(BytesIO(answer.data)).read("xl/worksheets/sheet6.xml").decode()
    essen = districts.partition("Essen<")[2].partition("</row>")[0]
    steinfurt = districts.partition("Kreis Steinfurt<")[2].partition("</row>")[0]

    assert "unter 5" in essen
    assert "<v>" not in essen
    assert "<v>7</v>" in steinfurt


def test_each_file_stands_in_the_log_with_its_years(app, world):
    with world.get(FILE) as answer:
        assert answer.status_code == 200
    with app.app_context():
        wanted = select(AuditLine).where(AuditLine.verb == "funder_report_exported")
        line = db.session.scalars(wanted).one()
        assert line.details == {"from": 2015, "until": 2016, "format": "xlsx"}
    a_network_account(app, "office@example.org", "coordination")
    log = pages.read(logged_in(app, "office@example.org").get("/organiser/network/log"))
    [said] = [pages.words(each) for each in pages.find_all(pages.get(log, "ol"), "li")]
    assert "2015 bis 2016, xlsx." in said


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("?from=2016&until=2015", "from"),
        ("?from=1900&until=2015", "from"),
        ("?from=2015&until=9999", "from"),
        ("?from=gestern&until=2015", "from"),
        ("?from=2015&until=%00%ff", "until"),
        ("?from=2015&until=²⁰¹⁶", "until"),
    ],
)
def test_years_that_cannot_be_are_told(world, query, entry):
    answer = world.get(REPORT + query)

    assert answer.status_code == 422
    assert pages.has(pages.read(answer), "a", href=f"#{entry}")
    assert world.get(f"{REPORT}.xlsx{query}").status_code == 404


@pytest.mark.sqlite_only
def test_without_years_it_is_of_the_last_one_and_a_day_stands_for_its_year(world):
    assert world.get(REPORT).status_code == 200
    whole = world.get(f"{REPORT}?from=2015-01-01&until=2016-12-31")
    assert table(pages.read(whole), "events")["Fachkongress"][:2] == ["1", "9"]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("role", "status"), [("coordination", 200), ("reader", 200), (None, 403)])
def test_who_may_read_it(app, role, status):
    a_network_account(app, "o@example.org", role)
    client = logged_in(app, "o@example.org")
    assert client.get(REPORT).status_code == status
    with client.get(FILE) as answer:
        assert answer.status_code == status


@pytest.mark.sqlite_only
def test_the_page_takes_as_many_statements_for_one_event_as_for_many(app, world):
    with count_queries() as few:
        world.get(REPORT + YEARS)
    with app.app_context():
        for number in range(5):
            other = builders.a_congress(slug=f"weitere-{number}", state="finished")
            builders.a_registration(other)
    with count_queries() as many:
        world.get(REPORT + YEARS)

    assert len(few) == len(many)
