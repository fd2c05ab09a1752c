"""The contact log on its pages: noted from the phone, found again, followed up, taken along."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine
from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.network.contact_notes import ContactKind, NoteFacts
from congress.extensions import db
from congress.models import AuditLine, ContactNote, Organisation
from congress.services.network import logging_contacts
from tests.network import a_contact, a_contact_note, an_organisation
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.organisers import a_network_account, hidden, logged_in, post, token

LOG = "/organiser/network/contact-log"
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def office(app):
    with time_machine.travel(NOW, tick=False):
        a_network_account(app, "office@example.org", "coordination")
        yield logged_in(app, "office@example.org")


@pytest.fixture
def rheine(app):
    with app.app_context():
        return an_organisation("Stadt Rheine", ags="05566076").id


def shown(answer):
    return [pages.words(each) for each in pages.find_all(pages.read(answer), "h3")]


def the_note(app):
    with app.app_context():
        return db.session.scalars(select(ContactNote)).one()


@pytest.mark.parametrize("role", ["reader", "funder", None])
@pytest.mark.sqlite_only
def test_nobody_else_reads_it(app, rheine, role):
    with app.app_context():
        note = a_contact_note(db.session.get_one(Organisation, rheine), "Geheim")
        number = note.id
    a_network_account(app, "o@example.org", role)
    client = logged_in(app, "o@example.org")

    for address in (LOG, f"{LOG}.xlsx", f"{LOG}/new", f"{LOG}/{number}"):
        assert client.get(address).status_code == 403
    for address in ("/organiser/network", f"/organiser/network/organisations/{rheine}"):
        answer = client.get(address)
        assert LOG not in answer.text
        assert "Geheim" not in answer.text


@pytest.mark.parametrize(("role", "sees"), [("coordination", True), ("reader", False)])
@pytest.mark.sqlite_only
def test_the_log_of_the_network_says_of_contacts_to_whoever_may_read_them(app, rheine, role, sees):
    a_network_account(app, "o@example.org", role)
    with app.app_context():
        facts = NoteFacts(rheine, ContactKind.CALL, TODAY, "Geheim")
        logging_contacts.add(facts, actor=COMMAND, now=NOW)
    answer = logged_in(app, "o@example.org").get("/organiser/network/log")

    assert ("Stadt Rheine: Ein Kontakt wurde notiert." in pages.words(pages.read(answer))) is sees
    assert "Geheim" not in answer.text


def test_one_field_is_enough_after_a_call(app, office, rheine):
    page = f"{LOG}/new?organisation={rheine}"
    form = pages.read(office.get(page))
    assert pages.has(form, "input", name="day", value="10.03.2026")
    assert post(office, page, page, topic="Ruft zurück") == 303

    note = the_note(app)
    assert (note.organisation_id, note.topic, note.day) == (rheine, "Ruft zurück", TODAY)
    assert (note.kind, note.follow_up_on, note.follow_up_for) == ("call", None, None)
    assert shown(office.get(f"/organiser/network/organisations/{rheine}")) == ["Ruft zurück"]
    assert shown(office.get(LOG)) == ["Ruft zurück"]


def test_a_note_is_written_in_full_corrected_and_deleted(app, office, rheine):
    with app.app_context():
        anna = a_contact(db.session.get_one(Organisation, rheine)).id
    sent = {"organisation": "5566076", "topic": "Beitritt", "at": "9.05", "kind": "visit"}
    sent |= {"day": "9.3.2026", "text": "Rat stimmt zu.\nBrief folgt.", "follow_up_on": "1.4.2026"}
    assert post(office, f"{LOG}/new", f"{LOG}/new", **sent) == 303
    note = the_note(app)
    here = f"{LOG}/{note.id}"
    assert (note.at.hour, note.at.minute, note.kind) == (9, 5, "visit")
    assert (note.day, note.follow_up_on) == (date(2026, 3, 9), date(2026, 4, 1))

    version = hidden(office, here, "version")
    changed = sent | {"topic": "Zusage", "contact": str(anna), "version": version}
    assert post(office, here, here, **changed) == 303
    assert post(office, here, here, **(changed | {"topic": "Zu spät"})) == 409
    assert (the_note(app).topic, the_note(app).contact_id) == ("Zusage", anna)
    listed = office.get(LOG)
    for words in ("Stadt Rheine", "Anna Albers", "9.05", "Rat stimmt zu."):
        assert words in listed.text
    assert post(office, f"{here}/delete", here) == 303
    assert office.get(here).status_code == 404
    assert shown(office.get(LOG)) == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("sent", "entry"),
    [
        ({"topic": ""}, "topic"),
        ({"topic": "x" * 201}, "topic"),
        ({"organisation": ""}, "organisation"),
        ({"organisation": "Nirgendwo"}, "organisation"),
        ({"day": "gestern"}, "day"),
        ({"day": "11.3.2026"}, "day"),
        ({"day": "1.1.1026"}, "day"),
        ({"at": "25:00"}, "at"),
        ({"at": "früh"}, "at"),
        ({"text": "x" * 4001}, "text"),
        ({"follow_up_on": "bald"}, "follow_up_on"),
        ({"follow_up_on": "1.3.2026"}, "follow_up_on"),
    ],
)
def test_what_cannot_be_used_is_told_and_kept(app, office, rheine, sent, entry):
    typed = {"organisation": "Stadt Rheine", "topic": "Anruf", "day": "10.3.2026"} | sent
    form = {"csrf_token": token(office, f"{LOG}/new")} | typed
    answer = office.post(f"{LOG}/new", data=form)

    assert answer.status_code == 422
    page = pages.read(answer)
    assert pages.has(page, "a", href=f"#{entry}")
    for name, value in typed.items():
        assert name == "text" or pages.has(page, "input", name=name, value=value), name


@pytest.mark.sqlite_only
def test_the_list_follows_its_address(app, office, rheine):
    with app.app_context():
        town, essen = an_organisation("Stadt Rheine"), an_organisation("Stadt Essen")
        a_contact_note(town, "Beitritt", kind="visit", day=date(2026, 2, 1), follow_up_on=TODAY)
        a_contact_note(essen, "Termin", day=date(2026, 3, 1), text="Fördermittel")

    assert shown(office.get(LOG)) == ["Termin", "Beitritt"]
    [said] = pages.find_all(pages.read(office.get(LOG)), id="found")
    assert said.get("data-words") == "2 Notizen auf dieser Seite"
    for query, found in (
        ("q=foerdermittel", ["Termin"]),
        ("q=rheine", ["Beitritt"]),
        ("kind=visit", ["Beitritt"]),
        ("follow_ups=due", ["Beitritt"]),
        ("follow_ups=due&mine=yes", []),
        ("since=1.2.2026&until=28.2.2026", ["Beitritt"]),
        (f"organisation={rheine}", ["Beitritt"]),
        ("before=2026-03-01.1", ["Beitritt"]),
    ):
        assert shown(office.get(f"{LOG}?{query}")) == found, query
    odd = ("q=%00%ff", "kind=x&follow_ups=x&mine=x", "since=x&until=99.99.9999")
    for query in (*odd, "organisation=99999999999", "before=2026-99-99.1", "before=x"):
        assert office.get(f"{LOG}?{query}").status_code == 200


@pytest.mark.sqlite_only
def test_a_page_takes_as_many_statements_for_3_as_for_60(app, office):
    counts = []
    for many in (3, 60):
        with app.app_context():
            for number in range(many):
                a_contact_note(an_organisation(f"Ort {number}"), f"Notiz {many} {number}")
        with count_queries() as statements:
            first = office.get(LOG)
        counts.append(len(statements))
    [older] = [
        each
        for each in pages.find_all(pages.read(first), "a")
        if "before=" in (each.get("href") or "")
    ]
    second = office.get(older.get("href"))

    assert counts[0] == counts[1]
    assert (len(shown(first)), len(shown(second))) == (50, 13)
    assert len({*shown(first), *shown(second)}) == 63


def test_a_follow_up_is_postponed_and_done(app, office, rheine):
    with app.app_context():
        number = a_contact_note(an_organisation("Stadt Rheine"), follow_up_on=TODAY).id
    here = f"{LOG}/{number}"
    assert "1 Wiedervorlage" in office.get("/organiser/network").text
    for typed in ("", "bald", "10.3.2026"):
        assert post(office, f"{here}/postpone", here, postponed_to=typed) == 422
    assert post(office, f"{here}/postpone", here, postponed_to="17.3.2026") == 303
    assert the_note(app).follow_up_on == TODAY + timedelta(days=7)
    assert "1 Wiedervorlage" not in office.get("/organiser/network").text
    assert post(office, f"{here}/done", here) == 303
    assert the_note(app).done_at == NOW
    assert shown(office.get(f"{LOG}?follow_ups=open")) == []


@pytest.mark.sqlite_only
def test_a_follow_up_of_nobody_stays_so_when_its_note_is_saved(app, office, rheine):
    with app.app_context():
        facts = NoteFacts(rheine, ContactKind.CALL, TODAY, "Rückruf", follow_up_on=TODAY)
        logging_contacts.add(facts, actor=COMMAND, now=NOW)
    page = f"{LOG}/{the_note(app).id}"
    people = pages.get(pages.read(office.get(page)), "select", name="follow_up_for")
    options = pages.find_all(people, "option")
    assert [each.get("value") for each in options if "selected" in each.attrib] in ([], [""])


@pytest.mark.sqlite_only
def test_what_is_listed_is_taken_along_as_a_workbook(app, office):
    with app.app_context():
        town = an_organisation("Stadt Rheine")
        a_contact_note(town, "=1+1", text="Zwei\nZeilen", follow_up_on=TODAY)
        a_contact_note(town, "Besuch", kind="visit")
    with office.get(f"{LOG}.xlsx?kind=call") as answer:
        content = answer.data

    assert answer.headers["Cache-Control"] == "no-store"
    assert "kontaktprotokoll-2026-03-10.xlsx" in answer.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    [heads, line] = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert line[heads.index("Worum es ging")] == "=1+1"
    assert line[heads.index("Worüber gesprochen wurde")] == "Zwei\nZeilen"
    assert line[heads.index("Wiedervorlage am")].date() == TODAY
    with app.app_context():
        lines = select(AuditLine).where(AuditLine.verb == "contact_log_exported")
        assert db.session.scalars(lines).one().details == {"count": 1}


def test_what_follows_from_a_note_that_is_gone_is_answered_with_a_sentence(app, office, rheine):
    with app.app_context():
        number = a_contact_note(db.session.get_one(Organisation, rheine)).id
    here = f"{LOG}/{number}"
    sent = {"csrf_token": token(office, here)}
    assert office.post(f"{here}/delete", data=sent).status_code == 303
    for act in ("done", "postpone"):
        answer = office.post(f"{here}/{act}", data=sent, follow_redirects=True)
        assert answer.status_code == 200
        assert "schon gelöscht" in answer.text
