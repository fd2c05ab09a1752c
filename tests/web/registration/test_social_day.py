"""A Social Day: people choose a placement, and nothing calls it a workshop."""

from collections import defaultdict
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND, Role
from congress.domain.attendee_list import Wanted
from congress.extensions import db
from congress.formats import letters
from congress.models import Congress, OutboxMessage, ProgrammeItem
from congress.services.exporting import FileFormat
from congress.services.exporting_attendees import AttendeeFile, export_attendees
from tests import builders
from tests.builders import OPEN, an_item
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post

pytestmark = pytest.mark.sqlite_only
ONE = "/organiser/fachkongress"
HOST = f"{ONE}/programme/workshop-1/host"


@pytest.fixture
def day(app, congress):
    """The three items at one time are placements; lunch is before them."""
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        row.kind, row.title = "social_day", {"de": "Anpacken in Lünen"}
        an_item(row, title="Begrüßung")
        for item in db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.bookable)):
            item.kind = "placement"
        db.session.commit()
    an_organiser(app, "o@example.org", {congress: Role.ORGANISER})
    return congress


def letter(app):
    with app.app_context():
        confirmed = select(OutboxMessage).where(OutboxMessage.kind == "confirmed")
        mail = db.session.scalars(confirmed).one()
        links: defaultdict[str, str] = defaultdict(lambda: "https://x.test")
        zone = ZoneInfo("Europe/Berlin")
        found = letters.compose(
            mail.kind, "de", mail.facts, links=links, zone=zone, written_at=OPEN
        )
        return f"{found.subject} {found.text}"


def test_nothing_says_workshop_to_who_takes_part(app, visitor, day):
    own = visitor.own_page(slot_1="workshop-1")
    there = {
        path: pages.words(pages.read(visitor.open(path)))
        for path in (
            "/fachkongress",
            "/fachkongress/programme/workshop-1",
            "/fachkongress/register",
            own,
        )
    }
    there["mail"] = letter(app)
    there["ics"] = visitor.open(f"{own}/calendar.ics").text
    there["other"] = pages.words(pages.read(visitor.open("/fachkongress/programme/workshop-3")))

    says = {where for where, said in there.items() if "orkshop" in said.replace("workshop-", "")}
    assert says == set()
    assert "Drei Einsätze zur gleichen Zeit" in there["/fachkongress"]
    assert "Einsatz 1" in there["/fachkongress/programme/workshop-1"]
    assert "Einsatz 1: Junges Engagement" in there[own]
    assert "Einsatz 1: Junges Engagement" in " ".join(there["mail"].split())
    assert "beim Social Day „Anpacken in Lünen“" in " ".join(there["mail"].split())
    refused = visitor.register(slot_1="", email="b@example.org")
    assert "Einsatz: Bitte wählen Sie" in pages.words(pages.read(refused))


def test_lists_call_it_a_placement(app, visitor, day):
    visitor.own_page(slot_1="workshop-1")
    with app.app_context():
        asked = AttendeeFile(Wanted(), FileFormat.CSV, ("family_name", "workshop"), "de")
        exported = export_attendees(day, asked, actor=COMMAND, now=OPEN)
        with exported.content as file:
            assert file.read().decode("utf-8-sig").splitlines()[0] == "Nachname;Einsatz"


def test_the_office_says_where_a_placement_is(app, visitor, day):
    office = logged_in(app, "o@example.org")
    assert f'href="{ONE}/programme/hosts"' in office.get(f"{ONE}/programme").text
    assert f'href="{HOST}"' in office.get(f"{ONE}/programme/workshop-1/edit").text
    wrong = {"name": "x" * 300, "sector": "gold"}
    field = pages.get(pages.read(office.get(HOST)), "input", name="version")
    fresh = field.get("value") or ""
    assert post(office, HOST, HOST, version=fresh, **wrong) == 422
    said = {"name": "Tafel Lünen", "sector": "civil"}
    assert post(office, HOST, HOST, version=fresh, **said) == 303
    assert post(office, HOST, HOST, version=fresh, **said | {"name": "Andere"}) == 409

    shown = pages.words(pages.read(office.get(f"{ONE}/programme/hosts")))
    assert "Tafel Lünen" in shown
    assert "Zivilgesellschaft" in shown
    public = pages.words(pages.read(visitor.open("/fachkongress/programme/workshop-1")))
    assert "Tafel Lünen" in public
    assert "ist bei „Tafel Lünen“" in office.get(f"{ONE}/log").text


def test_a_new_item_of_a_social_day_is_a_placement(app, day):
    office = logged_in(app, "o@example.org")
    page = pages.read(office.get(f"{ONE}/programme/new"))
    chosen = [each for each in page.iter("option") if "selected" in each.attrib]
    assert "placement" in [each.get("value") for each in chosen]


def test_without_a_placement_the_list_says_so(app):
    with app.app_context():
        congress = builders.a_congress(kind="social_day").id
    an_organiser(app, "o@example.org", {congress: Role.ORGANISER})
    shown = logged_in(app, "o@example.org").get(f"{ONE}/programme/hosts").text
    assert "Im Programm ist noch kein Einsatz." in shown
