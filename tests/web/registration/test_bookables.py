"""A lunch and an evening beside the workshops: asked with yes or no, and called what they are."""

from collections import defaultdict
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.attendee_list import Wanted
from congress.extensions import db
from congress.formats import letters
from congress.models import Congress, OutboxMessage
from congress.services.exporting import FileFormat
from congress.services.exporting_attendees import AttendeeFile, export_attendees
from tests.builders import OPEN, WORKSHOPS_START, a_workshop
from tests.web import pages

pytestmark = pytest.mark.sqlite_only  # what pages say; the queries are those of workshops
FORM = "/fachkongress/register"
LATER = WORKSHOPS_START + timedelta(hours=2)


@pytest.fixture
def beside(app, congress):
    """Lunch is at the time of the workshops, the evening after them."""
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        common = {"number": None, "room": ""}
        a_workshop(row, code="lunch", kind="meal", title="Mittagessen", capacity=1, **common)
        a_workshop(row, code="evening", kind="evening", title="Empfang", starts_at=LATER, **common)
    return congress


def test_what_stands_alone_is_asked_with_yes_or_no(visitor, beside):
    page = pages.read(visitor.open(FORM))
    legends = [pages.words(each) for each in page.iter("legend")]

    assert "Ihr Workshop 13.15 bis 15.15 Uhr, Sie wählen einen" in legends
    assert "Mittagessen: Nehmen Sie teil? 13.15 bis 15.15 Uhr" in legends
    assert "Empfang: Nehmen Sie teil? 15.15 bis 17.15 Uhr" in legends

    answer = visitor.register(slot_1="workshop-1", slot_2="lunch")
    assert answer.status_code == 422
    said = pages.words(pages.read(answer))
    assert "Empfang: Bitte antworten Sie mit Ja oder Nein." in said
    assert "Workshop: Bitte" not in said


def test_everything_after_calls_it_what_it_is(app, visitor, beside):
    own = visitor.own_page(slot_1="workshop-1", slot_2="lunch", slot_3="evening")

    page = pages.read(visitor.open(own))
    assert "Workshop Mittagessen" not in pages.words(page)
    has = pages.section(page, "haben")
    assert sorted(pages.titles(has)) == ["Empfang", "Mittagessen", "Workshop 1: Junges Engagement"]
    with app.app_context():
        confirmed = select(OutboxMessage).where(OutboxMessage.kind == "confirmed")
        mail = db.session.scalars(confirmed).one()
        links: defaultdict[str, str] = defaultdict(lambda: "https://x.test")
        text = letters.compose(
            mail.kind,
            "de",
            mail.facts,
            links=links,
            zone=ZoneInfo("Europe/Berlin"),
            written_at=OPEN,
        ).text
    assert "Abendveranstaltung" in text
    assert "Essen          Mittagessen" in text
    assert "Ihre Auswahl ändern können Sie" in text
    assert "Workshops wechseln" not in text

    assert visitor.act(own, "workshops", slot_1="workshop-2").status_code == 303
    page = pages.read(visitor.open(own))  # the lunch goes along with any workshop
    has = pages.section(page, "haben")
    assert sorted(pages.titles(has)) == ["Empfang", "Mittagessen", "Workshop 2: Sozialraum"]


def test_a_full_lunch_is_waited_for_beside_a_workshop(visitor, beside):
    visitor.own_page(slot_1="none", slot_2="lunch", slot_3="none")

    own = visitor.own_page(slot_1="workshop-1", slot_2="lunch", slot_3="none", email="b@x.org")

    page = pages.read(visitor.open(own))
    assert pages.titles(pages.section(page, "haben")) == ["Workshop 1: Junges Engagement"]
    assert pages.titles(pages.section(page, "warten")) == ["Mittagessen"]


def test_lists_have_a_column_for_each_choice_by_its_kind(app, visitor, beside):
    visitor.own_page(slot_1="workshop-1", slot_2="lunch", slot_3="evening")
    with app.app_context():
        asked = AttendeeFile(Wanted(), FileFormat.CSV, ("family_name", "workshop"), "de")
        exported = export_attendees(beside, asked, actor=COMMAND, now=OPEN)
        with exported.content as file:
            heading, row = file.read().decode("utf-8-sig").splitlines()
    assert heading == "Nachname;Workshop 13.15;Essen 13.15;Abendveranstaltung 15.15"
    assert row == "Muster;1 Junges Engagement;Mittagessen;Empfang"


def test_the_programme_calls_them_what_they_are(visitor, beside):
    page = pages.words(pages.read(visitor.open("/fachkongress")))

    assert "Drei Workshops zur gleichen Zeit" in page
    assert "Essen" in page
    item = pages.words(pages.read(visitor.open("/fachkongress/programme/evening")))
    assert "Abendveranstaltung Empfang" in item
    assert "Ob Sie teilnehmen, sagen Sie im Anmeldeformular." in item
