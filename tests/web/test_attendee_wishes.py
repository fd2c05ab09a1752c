"""Organisers see what somebody wishes for, change it, and rank for whom they enter."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, OutboxMessage, ProgrammeItem, Registration, WorkshopWish
from congress.models.revisions import ANEW
from congress.services import wishing
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, token

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/attendees"
NOW = datetime.now(UTC)
BEGINS = NOW + timedelta(days=3)
PERSON = {
    "given_name": "Max",
    "family_name": "Neu",
    "email": "max@example.org",
    "organisation": "Stadt Lünen",
    "language": "de",
}


@pytest.fixture
def person(app):
    """Somebody who has said nothing, after the day for wishes."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=NOW - timedelta(days=30),
            closes_at=NOW - timedelta(days=1),
            days=((BEGINS, BEGINS + timedelta(hours=8)),),
            rules={"allocation": "wishes"},
        )
        at = {"starts_at": BEGINS + timedelta(hours=1)}
        builders.a_workshop(congress, number=1, code="ws-1", title="Netze", **at)
        builders.a_workshop(congress, number=2, code="ws-2", title="Quartier", **at)
        number = builders.a_registration(congress, given_name="Erika", family_name="Muster").id
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
    return number


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    return client.post(address, data=fields | {"csrf_token": token(client, address)})


def table(client: FlaskClient, address: str) -> list[list[str]]:
    with client.get(address) as answer:
        text = answer.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def ranks(app, number: int) -> dict[str, int]:
    with app.app_context():
        rows = (
            select(ProgrammeItem.code, WorkshopWish.rank)
            .join(WorkshopWish, WorkshopWish.item_id == ProgrammeItem.id)
            .where(WorkshopWish.registration_id == number)
        )
        return {code: rank for code, rank in db.session.execute(rows)}  # noqa: C416 - rows, not pairs


def test_organisers_see_and_change_wishes_after_their_day_and_nobody_is_written_to(app, person):
    client = logged_in(app, "organiser@example.org")
    page = pages.read(client.get(f"{HERE}/{person}"))
    assert "Hat noch nichts geordnet." in pages.words(pages.section(page, "wishes"))

    address = f"{HERE}/{person}/wishes"
    assert "Hier können Sie es noch." in pages.words(pages.read(client.get(address)))
    answer = send(client, address, **{"wish-ws-2": "1", "rest-ws-1": "any"})

    assert answer.status_code == 303
    page = pages.read(client.get(answer.headers["Location"]))
    said = pages.words(pages.section(page, "wishes"))
    assert "1. Workshop 2: Quartier, sonst auch alles andere" in said
    log = "Die Wünsche von Erika Muster wurden geändert: 1. „2 Quartier“, alles andere."
    assert log in pages.words(page)
    assert ranks(app, person) == {"ws-2": 1, "ws-1": 2}
    with app.app_context():
        assert not db.session.scalars(select(OutboxMessage)).all()
        wishing.forget_old(now=datetime.now(UTC) + timedelta(days=99))
    later = pages.read(client.get(f"{HERE}/{person}"))
    assert "Die Wünsche von Erika Muster wurden geändert." in pages.words(later)


def test_the_list_and_its_files_say_in_a_column_what_each_person_wishes_for(app, person):
    client = logged_in(app, "organiser@example.org")
    send(client, f"{HERE}/{person}/wishes", **{"wish-ws-2": "1", "rest-ws-1": "any"})
    page = client.get(f"{HERE}?columns=wishes").text
    assert "1. 2, sonst auch alles andere" in page
    heading, row = table(client, f"{HERE}.csv?columns=wishes")
    assert (
        dict(zip(heading, row, strict=True))["Wünsche"] == "1. 2 Quartier, sonst auch alles andere"
    )
    with app.app_context():
        db.session.get_one(Congress, 1).rules = {}
        db.session.commit()
    assert "Wünsche" not in table(client, f"{HERE}.csv")[0]


def test_of_what_nobody_said_anything_it_says_so(app, person):
    """Ranked in one choice, they have not said that they want no place in the others."""
    with app.app_context():
        congress = db.session.get_one(Congress, 1)
        later = BEGINS + timedelta(hours=4)
        builders.a_workshop(congress, number=3, code="ws-3", title="Radwege", starts_at=later)
    client = logged_in(app, "organiser@example.org")
    send(client, f"{HERE}/{person}/wishes", **{"rest-ws-1": "none", "rest-ws-3": "only"})
    page = pages.read(client.get(f"{HERE}/{person}"))
    said = pages.words(pages.section(page, "wishes"))
    assert said.count("kein Platz gewünscht") == said.count("nichts geordnet") == 1


def test_any_other_is_called_no_numbered_wish(app, person):
    with app.app_context():
        items = db.session.scalars(select(ProgrammeItem)).all()
        db.session.get_one(Registration, person).wished_at = NOW
        for item, rank, is_other in ((items[0], 1, False), (items[1], 2, True)):
            wish = {"rank": rank, "any_other": is_other}
            db.session.add(WorkshopWish(registration_id=person, item_id=item.id, **wish))
            builders.a_booking(db.session.get_one(Registration, person), item, wish=rank)
    page = pages.read(logged_in(app, "organiser@example.org").get(f"{HERE}/{person}"))
    said = [pages.words(each) for each in page.iter("p") if each.get("data-wish")]
    assert said == ["Wunsch 1", "etwas anderes, das auch recht ist"]


def test_what_an_organiser_leaves_open_stays_unsaid(app, person):
    client = logged_in(app, "organiser@example.org")
    assert send(client, f"{HERE}/{person}/wishes", **{"rest-ws-1": "only"}).status_code == 303
    wrong = send(client, f"{HERE}/{person}/wishes", **{"wish-ws-1": "1", "wish-ws-2": "1"})
    assert wrong.status_code == 422
    assert ranks(app, person) == {}


def test_whoever_is_entered_is_ranked_for_and_takes_no_place(app, person):
    client = logged_in(app, "organiser@example.org")
    address = f"{HERE}/new"
    page = pages.read(client.get(address))
    assert not pages.has(page, name="slot-1")
    key = hidden(client, address, "form_key")
    answer = send(
        client, address, form_key=key, **PERSON, **{"wish-ws-1": "2", "rest-ws-1": "only"}
    )
    assert answer.status_code == 303, answer.text
    with app.app_context():
        number = db.session.scalars(
            select(Registration.id).where(Registration.given_name == "Max")
        ).one()
    assert ranks(app, number) == {"ws-1": 1}


def test_who_has_said_nothing_of_a_choice_is_listed_and_can_be_written_to(app, person):
    with app.app_context():
        congress = db.session.get_one(Congress, 1)
        placed = builders.a_registration(congress, given_name="Mit", family_name="Platz")
        builders.a_booking(placed, db.session.get_one(ProgrammeItem, 1))
        builders.a_registration(congress, given_name="Ohne", family_name="Wunsch")
    client = logged_in(app, "organiser@example.org")
    send(client, f"{HERE}/{person}/wishes", **{"rest-ws-1": "none"})
    address = "attendees?silent=ws-1"
    for page in ("assignment", "wishes"):
        shown = pages.read(client.get(f"/organiser/fachkongress/{page}?lang=de"))
        links = [each.get("href") or "" for each in pages.find_all(shown, "a")]
        assert any(address in each for each in links), page
    listed = pages.read(client.get(f"/organiser/fachkongress/{address}"))
    words = pages.words(listed)
    assert "Zu den Wünschen nichts angegeben: " in words
    assert "Wunsch" in pages.words(pages.get(listed, id="list"))
    assert not {"Muster", "Platz"} & set(pages.words(pages.get(listed, id="list")).split())
    write = client.get("/organiser/fachkongress/attendees/write?silent=ws-1")
    assert "Zu den Wünschen nichts angegeben: " in pages.words(pages.read(write))
    link = next(
        href
        for each in pages.find_all(pages.read(write), "a")
        if "/mailings/new" in (href := each.get("href") or "")
    )
    assert 'value="1" selected' in client.get(link).text
    mails = "/organiser/fachkongress/mailings"
    typed = {"to": "attendees", "subject": "Ihre Wünsche", "text": "Hallo", "silent": "1"}
    mail = send(client, f"{mails}/new", **typed).headers["Location"]
    assert "; Zu den Wünschen nichts angegeben: " in pages.words(pages.read(client.get(mail)))
    edit = mail.partition("?")[0] + "/edit"
    assert 'value="1" selected' in client.get(edit).text
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(assigned_at=NOW))
        db.session.execute(update(Congress).values(ANEW))
        db.session.commit()
    write = client.get("/organiser/fachkongress/attendees/write?silent=ws-1")
    assert "mailings/new" not in write.text, "who has no place now has nothing to rank"
    again = client.get(edit).text
    assert "dort werden keine Wünsche mehr geordnet" in again
    assert 'value="1" selected' in again, "saved anew it is not for everybody"


def test_a_place_by_hand_before_the_assignment_is_no_place_in_a_queue(app, person):
    with app.app_context():
        db.session.execute(
            update(ProgrammeItem).where(ProgrammeItem.code == "ws-2").values(capacity=0)
        )
        db.session.commit()
    client = logged_in(app, "organiser@example.org")
    address = f"{HERE}/{person}/workshops"
    form = pages.read(client.get(address))
    assert "Wer hier einen bekommt, behält ihn" in pages.words(form)
    assert "Warteliste offen" not in pages.words(form)
    offered = [each.get("value") for each in pages.find_all(form, "option")]
    assert "beyond" in offered
    assert "wait" not in offered

    refused = send(client, address, **{"slot-1": "ws-2", "full-1": "wait"})

    assert refused.status_code == 422
    assert "wartet hier niemand" in pages.words(pages.read(refused))
    assert send(client, address, **{"slot-1": "ws-2", "full-1": "beyond"}).status_code == 303


def test_the_page_of_somebody_says_until_when_and_leads_to_what_is_decided_by_hand(app, person):
    client = logged_in(app, "organiser@example.org")
    shown = pages.read(client.get(f"{HERE}/{person}"))
    assert "Die Wünsche sind geschlossen" in pages.words(shown)
    there = f"/organiser/fachkongress/assignment/people/{person}"
    assert there in [each.get("href") for each in pages.find_all(shown, "a")]
    assert "Von Hand festlegen" in pages.words(pages.read(client.get(there)))
    with app.app_context():
        db.session.execute(update(ProgrammeItem).values(allocation="first_come"))
        db.session.execute(update(Congress).values(ANEW))
        db.session.commit()
    assert there not in client.get(f"{HERE}/{person}").text


def test_before_a_substitute_is_entered_the_page_says_whether_wishes_go_along(app, person):
    client, along = logged_in(app, "organiser@example.org"), "Auch die Wünsche für Workshops gehen"
    assert along not in client.get(f"{HERE}/{person}/substitute").text
    send(client, f"{HERE}/{person}/wishes", **{"wish-ws-1": "1"})
    assert along in client.get(f"{HERE}/{person}/substitute").text
