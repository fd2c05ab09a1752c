"""What people write is text wherever it goes: in workbooks, papers, calendars, and if it is vast.

Programs that open these files take some beginnings for formulas, and some signs for markup.
"""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import time_machine

from congress.domain.access import Role
from congress.models import Attendance
from tests import builders, tagged_pdf
from tests.builders import BEGUN, OPEN, a_congress, a_registration, add
from tests.courses import a_course, a_course_application
from tests.guests import an_invitation
from tests.market import a_party, an_agreement, an_entry
from tests.network import a_contact, a_contact_note, a_membership, an_organisation
from tests.topics import a_meeting, a_round, a_topic
from tests.web.network.own import entered
from tests.web.network.test_own_people import IDS, OWN, filled, slug_in
from tests.web.network.test_own_people import house as house  # noqa: PLC0414 - a fixture
from tests.web.organisers import a_network_account, an_organiser, logged_in, token

pytestmark = pytest.mark.sqlite_only

BEGINNINGS = ("=", "+", "-", "@")
CALLS = 'HYPERLINK("http://x.example","x")'
MARKUP = "<b>fett</b> & <script>alert(1)</script>"
CONTROL = "vor\r\nATTENDEE:mailto:x@x.example\r\nEND:VEVENT\tnach"
WORKBOOKS = (
    "/organiser/network/contact-log.xlsx",
    "/organiser/network/meetings.xlsx",
    "/organiser/network/members.xlsx",
    "/organiser/network/report.xlsx?from=2015&until=2015",
    "/organiser/markt/market/agreements/all.xlsx",
    "/organiser/markt/attendees.xlsx",
    "/organiser/markt/invitations.xlsx",
    "/organiser/kurs/attendees.xlsx",
    "/organiser/kurs/attendance/modules.xlsx",
)
PAPERS = ("/organiser/markt/print/sign-in.pdf", "/organiser/kurs/print/sign-in.pdf")
CALENDARS = ("/calendar.ics", "/treffen/calendar.ics", "/markt/calendar.ics")
VAST = "x" * 5_000_000


def a_world(app, odd):
    """Write the same wherever people write something; return a browser of the office."""
    with app.app_context():
        town = an_organisation(f"{odd} Rheine")
        a_membership(town)
        a_contact(town, odd, "Albers", function=odd)
        a_contact_note(town, odd, text=odd)
        market = a_congress(slug="markt", kind="market", title={"de": f"{odd} Markt"})
        giver, taker = a_party(market, odd, text=odd), a_party(market, f"{odd} Tafel")
        an_entry(giver, title=odd, text=odd)
        agreed = an_agreement(giver, taker, what=odd).id
        course = a_course(slug="kurs", title={"de": f"{odd} Kurs"}, state="published")
        a_course_application(course, organisation=odd, motivation=odd)
        meeting = a_meeting(state="published", title={"de": f"{odd} Treffen"})
        a_topic(a_round(meeting), town, odd)
        builders.a_workshop(meeting, title={"de": odd})
        for each in (market, course, meeting):
            person = a_registration(each, given_name=odd, organisation=town.name)
            add(Attendance(registration_id=person.id, day=each.days[0].day, came_at=BEGUN))
        an_invitation(market, family_name=odd, organisation=odd)
        roles = {each.id: Role.ORGANISER for each in (market, course, meeting)}
    an_organiser(app, "o@example.org", roles)
    a_network_account(app, "office@example.org", "coordination")
    return logged_in(app, "o@example.org"), logged_in(app, "office@example.org"), agreed


def of(clients, address):
    organiser, office, _agreed = clients
    client = office if address.startswith("/organiser/network") else organiser
    with client.get(address) as answer:
        assert answer.status_code == 200, address
        return answer.data


@pytest.mark.parametrize("begins", BEGINNINGS)
def test_no_cell_of_a_workbook_is_a_formula(app, begins):
    odd = begins + CALLS
    clients = a_world(app, odd)
    seen = set()
    for address in WORKBOOKS:
        content = of(clients, address)
        for sheet in openpyxl.load_workbook(BytesIO(content)):
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if odd in str(cell.value):
                    seen.add(address)
        parts = ZipFile(BytesIO(content))
        for name in parts.namelist():
            if name.startswith("xl/worksheets/"):
                # Asked of the file, as programs that read it guess.
                assert b"<f>" not in parts.read(name), (address, name)
                assert b"<f " not in parts.read(name), (address, name)
    assert len(seen) >= len(WORKBOOKS) - 1  # the report tells nothing that people wrote


def test_papers_and_calendars_say_it_as_it_was_written(app):
    odd = f"{MARKUP} {CONTROL}"
    clients = a_world(app, odd)
    sheet = f"/organiser/markt/market/agreements/{clients[2]}/sheet.pdf"
    for address in (sheet, *PAPERS):
        said = tagged_pdf.words(of(clients, address))
        assert "<b>fett</b>" in said, address
    told = 0
    with time_machine.travel(OPEN, tick=False):
        for address in CALENDARS:
            lines = of(clients, address).decode().split("\r\n")
            told += any("<b>fett</b>" in each for each in lines)
            assert not [each for each in lines if each.startswith("ATTENDEE")], address
            assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 0, address
    assert told == len(CALENDARS)


def test_a_vast_text_is_answered_with_a_sentence(app, house):
    """In every form of the own view and at the public doors of the network.

    That for applications takes documents as well, and says which entry is too long.
    """
    own, *mine = house["Stadt Rheine"]
    client = entered(app, own)
    mark = token(client, own)
    paths = [
        filled(each, own, slug=slug_in(house, each), **dict(zip(IDS, mine, strict=True)))
        for each in OWN
        if not each.endswith("/logout")
    ]
    for path in (*paths, "/network/apply", "/network/newsletter"):
        for name in ("body", "title", "text"):
            answer = client.post(path, data={"csrf_token": mark} | {name: VAST})
            assert answer.status_code in {405, 413, 422}, path
            if answer.status_code == 413:
                assert "Schicken Sie eine kleinere Datei oder einen kürzeren Text" in answer.text
