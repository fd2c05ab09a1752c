"""Saved views over the list: tabs that are addresses, kept on a page of their own."""

import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AttendeeView, ProgrammeItem
from tests import builders
from tests.builders import OPEN
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, token

pytestmark = pytest.mark.sqlite_only
LIST = "/organiser/fachkongress/attendees"
VIEWS = f"{LIST}/views"
ASKED = "?q=rheine&workshop=ws&sort=-registered&columns=email,workshop"


@pytest.fixture
def clients(app):
    """An organiser, a colleague who only reads, and somebody of the team for the list."""
    with app.app_context():
        congress = builders.a_congress()
        workshop = builders.a_workshop(congress, code="ws", number=2, short_title="Motor")
        person = builders.a_registration(congress, organisation="Stadt Rheine")
        builders.a_booking(person, workshop)
        number = congress.id
    roles = {"o": Role.ORGANISER, "r": Role.READER, "l": Role.ATTENDEE_LIST}
    for name, role in roles.items():
        an_organiser(app, f"{name}@example.org", {number: role})
    return [logged_in(app, f"{name}@example.org") for name in roles]


def post(client, address, **fields: object):
    return client.post(address, data={"csrf_token": token(client, VIEWS)} | fields)


def tabs(client, query=""):
    page = pages.read(client.get(f"{LIST}{query}"))
    links = pages.find_all(pages.get(page, id="saved"), "a")[:-1]  # the last one saves
    return {pages.words(each): (each.get("href"), each.get("aria-current")) for each in links}


def test_a_view_is_saved_found_as_a_tab_renamed_and_deleted(app, clients):
    organiser, reader, _listed = clients
    page = pages.read(organiser.get(f"{VIEWS}{ASKED}"))
    kept = pages.words(pages.get(pages.section(page, "save"), "dl"))
    for words in ("Suche: rheine", "Platz in: 2 Motor", "Angemeldet am, absteigend", "E-Mail"):
        assert words in kept

    saved = post(organiser, f"{VIEWS}{ASKED}&page=3&no=1", name=" Bus ", shared="y")
    assert saved.headers["Location"] == f"{LIST}{ASKED}"
    assert tabs(organiser) == {"Bus": (f"{LIST}{ASKED}", None)}
    assert tabs(organiser, ASKED) == {"Bus": (f"{LIST}{ASKED}", "true")}
    opened = pages.read(reader.get(tabs(reader)["Bus"][0]))  # without what a reader may not see
    headings = [pages.words(each) for each in pages.find_all(opened, "th", scope="col")]
    assert headings == ["Name", "Workshop"]

    form = pages.read(organiser.get(VIEWS))
    version = pages.get(form, "input", name="version").get("value")
    nameless = post(organiser, f"{VIEWS}/1", version=version, name=" ")
    assert nameless.status_code == 422
    assert post(organiser, f"{VIEWS}/1", version=version, name="Zug").status_code == 303
    late = post(organiser, f"{VIEWS}/1", version=version, name="Auto")
    assert late.status_code == 409
    assert pages.has(pages.read(late), "input", id="name-1", value="Auto")  # nothing typed is lost
    assert list(tabs(organiser)) == ["Zug"]

    with app.app_context():  # the workshop is gone: the view opens all the same
        workshop = db.session.scalars(select(ProgrammeItem)).one()
        workshop.code = "another"
        db.session.commit()
    assert organiser.get(tabs(organiser)["Zug"][0]).status_code == 200

    delete = f"{VIEWS}/1/delete"
    assert pages.has(pages.read(organiser.get(VIEWS)), "a", href=delete)
    assert reader.get(delete).status_code == 403  # what everybody finds
    form = pages.get(pages.read(organiser.get(delete)), "main")
    assert "„Zug“ löschen?" in pages.words(form)
    assert "findet sie niemand mehr" in pages.words(form)
    assert list(tabs(organiser)) == ["Zug"]  # asking deletes nothing
    version = pages.get(form, "input", name="version").get("value")
    assert post(organiser, delete, version=version).status_code == 303
    assert tabs(organiser) == {}
    assert post(organiser, delete, version=version).status_code == 409
    assert organiser.get(delete).status_code == 404
    log = pages.words(pages.get(pages.read(organiser.get("/organiser/fachkongress/log")), "main"))
    for words in ("„Bus“ der Anmeldungen wurde für alle", "„Bus“ → „Zug“", "„Zug“ der Anmeldungen"):
        assert words in log


def test_two_who_take_the_same_name_see_both_and_readers_share_nothing(app, clients):
    organiser, reader, listed = clients
    assert post(listed, f"{VIEWS}?state=waiting", name="Bus", shared="y").status_code == 303

    refused = post(organiser, f"{VIEWS}{ASKED}", name="bus", shared="y")
    page = pages.read(refused)
    assert refused.status_code == 409
    assert pages.has(pages.get(page, id="stored"), "a", href=f"{LIST}?state=waiting")
    assert pages.has(page, "input", name="name", id="name", value="bus")
    replaces = pages.get(page, "input", name="replaces").get("value")
    again = post(organiser, f"{VIEWS}{ASKED}", name="bus", shared="y", replaces=replaces)
    assert again.status_code == 303
    assert tabs(listed) == {"bus": (f"{LIST}{ASKED}", None)}

    assert post(reader, VIEWS, name="Alle", shared="y").status_code == 403
    assert post(reader, f"{VIEWS}/1", name="Meine").status_code == 403
    assert post(reader, f"{VIEWS}?q=x", name="Meine").status_code == 303
    assert not pages.has(pages.read(reader.get(VIEWS)), "input", name="shared")
    assert list(tabs(reader)) == ["bus", "Meine"]
    with app.app_context():
        assert db.session.query(AttendeeView).count() == 2


@pytest.fixture
def before(app, clients):
    """The same organiser and reader at a time when the congress is still to come."""
    post(clients[0], f"{VIEWS}{ASKED}", name="Bus", shared="y")
    with time_machine.travel(OPEN, tick=False):
        yield [logged_in(app, f"{name}@example.org") for name in ("o", "r")]


def test_a_link_to_the_files_of_a_view_is_ordered_changed_and_ended(before):
    organiser, reader = before
    page = pages.read(organiser.get(f"{VIEWS}?lang=de"))
    form = pages.get(page, "form", action=f"{VIEWS}/1/mails?lang=de")
    assert [each.get("name") for each in pages.find_all(form, "select")] == ["day", "hour"]
    assert pages.find_all(pages.read(reader.get(VIEWS)), "select") == []  # takes no files along

    assert post(organiser, f"{VIEWS}/1/mails", day="0", hour="24").status_code == 422
    assert post(organiser, f"{VIEWS}/1/mails", day="3", hour="8").status_code == 303
    assert post(reader, f"{VIEWS}/1/mails", day="3", hour="8").status_code == 403
    said = pages.words(pages.read(organiser.get(f"{VIEWS}?lang=de")))
    assert "jeden Donnerstag um 8.00 Uhr, das nächste Mal:" in said
    log = pages.words(pages.read(organiser.get("/organiser/fachkongress/log?lang=de")))
    assert "Ansicht „Bus“ kommt jeden Donnerstag um 8.00 Uhr per Mail" in log

    assert post(organiser, f"{VIEWS}/1/mails/end").status_code == 303
    assert "jeden Donnerstag um" not in pages.words(pages.read(organiser.get(f"{VIEWS}?lang=de")))


def test_no_link_can_be_ordered_once_the_congress_is_over(clients):
    organiser = clients[0]
    post(organiser, f"{VIEWS}{ASKED}", name="Bus")

    late = post(organiser, f"{VIEWS}/1/mails", day="3", hour="8")

    assert late.status_code == 409
    page = pages.read(late)
    assert "Veranstaltung ist vorbei" in pages.words(pages.get(page, id="fehlerliste"))
    assert pages.find_all(page, "select") == []


def test_the_link_leads_to_the_files_of_the_view_and_to_nobody_elses(clients):
    organiser, reader, listed = clients
    post(organiser, f"{VIEWS}{ASKED}", name="Bus")

    there = organiser.get(f"{VIEWS}/1/files")

    assert there.headers["Location"] == f"{LIST}/files{ASKED}"
    assert organiser.get(there.headers["Location"]).status_code == 200
    assert listed.get(f"{VIEWS}/1/files").status_code == 404  # a view of somebody else's own
    assert reader.get(f"{VIEWS}/1/files").status_code == 403
