"""Organisers invite: entering, importing, sending, the list of answers and its files."""

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AuditLine, Congress, Invitation, OutboxMessage
from congress.services.invitations import calling_off
from tests import builders
from tests.guests import an_invitation
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
LIST = f"{HERE}/invitations"
LATER = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)
HEADING = "Vorname;Nachname;E-Mail;Organisation;Plätze;Sprache;Teilnahme als\n"
SHOW, APPLY = "Zeigen, was sich ändern würde", "Übernehmen"


@pytest.fixture
def congress(app):
    with app.app_context():
        found = builders.a_congress(
            opens_at=LATER - timedelta(days=90),
            closes_at=LATER - timedelta(days=7),
            days=((LATER, LATER + timedelta(hours=8)),),
        ).id
    an_organiser(app, "organiser@example.org", {found: Role.ORGANISER})
    return found


@pytest.fixture
def browser(app, congress):
    return Browser(logged_in(app, "organiser@example.org"))


def stored(app, column):
    with app.app_context():
        return list(db.session.scalars(db.select(column).order_by(Invitation.id)))


def words(browser, address):
    browser.load(address)
    assert browser.status == 200
    return pages.words(pages.get(browser.page, "main"))


def test_by_hand_one_is_entered_looked_at_sent_changed_and_withdrawn(app, browser):
    browser.load(f"{HERE}/attendees")
    assert pages.has(browser.page, "a", href=LIST)
    browser.load(f"{LIST}/new?lang=de")
    browser.submit("Speichern", email="gerda@", places="0")
    assert browser.status == 422
    assert len(pages.get(browser.page, "main").findall(".//*[@class='kern-error']")) == 3
    browser.submit(
        "Speichern", email="gerda@example.org", given_name="Gerda", family_name="Gast", places="1"
    )
    assert "noch nicht" in pages.words(browser.page)
    assert "1 noch nicht gesendet" in words(browser, f"{HERE}?lang=de")
    browser.load(f"{LIST}/{stored(app, Invitation.id)[0]}")
    browser.submit("Einladung senden")
    with app.app_context():
        assert [each.kind for each in db.session.scalars(db.select(OutboxMessage))] == ["invited"]
    browser.submit("Speichern", email="neu@example.org")
    assert "alte Adresse" in pages.words(browser.page)
    browser.submit("Einladung senden")
    browser.load(f"{browser.address.partition('?')[0]}/withdraw")
    browser.submit("Einladung zurückziehen", is_told="y")
    assert "zurückgezogen" in pages.words(browser.page)
    assert "Zurückgezogen" in words(browser, f"{LIST}?answer=withdrawn")
    log = words(browser, f"{HERE}/log")
    for said in ("eingetragen", "gesendet", "geändert: ", "zurückgezogen"):
        assert f"Einladung 1 wurde {said}" in log
    assert "neu@example.org" not in log


def test_two_who_edit_the_same_see_each_other(app, congress, browser):
    with app.app_context():
        number = an_invitation(congress).id
    other = Browser(browser.client)
    for each in (browser, other):
        each.load(f"{LIST}/{number}?lang=de")
    browser.submit("Speichern", organisation="Stadt Unna")
    other.submit("Speichern", organisation="Stadt Hamm")
    assert other.status == 409
    assert pages.get(other.page, "input", id="organisation").get("value") == "Stadt Hamm"
    assert stored(app, Invitation.organisation) == ["Stadt Unna"]


def test_a_table_is_looked_at_and_taken_over(app, congress, browser):
    with app.app_context():
        an_invitation(congress, email="da@example.org", given_name="Da", family_name="Schon")
    browser.load(f"{LIST}/import?lang=de")
    rows = HEADING + (
        "Gerda;Gast;gerda@example.org;Stadt Unna;;;Ehrengast\n"
        ";;rathaus@example.org;Stadt Hamm;3;Englisch\n"
        "Da;Schon;da@example.org;;;Englisch;Presse\n"
        "Ada;Anders;ada@example.org;;;;Prominenz\n"
        "Karl;Krumm;karl@;;;\n"
        ";;niemand@example.org;;;\n"
        "Gerda;Gast;GERDA@example.org;Stadt Unna;;\n"
    )
    browser.submit(SHOW, rows=rows)
    counts = {
        each.get("data-count"): pages.numbers(each)[0]
        for each in pages.find_all(browser.page, "li")
        if each.get("data-count")
    }
    assert counts == {"added": 2, "changed": 1, "unchanged": 0, "open": 4}
    assert stored(app, Invitation.email) == ["da@example.org"]  # only looked at
    browser.submit(APPLY)
    assert "2 Einladungen sind hinzugekommen" in pages.words(browser.page)
    assert stored(app, Invitation.places) == [1, 1, 3]
    assert stored(app, Invitation.kind) == ["press", "guest", "attendee"]
    assert "Ehrengast" in words(browser, LIST)
    assert stored(app, Invitation.language) == ["en", "de", "en"]
    with app.app_context():
        assert not list(db.session.scalars(db.select(OutboxMessage)))
        *_earlier, line = db.session.scalars(db.select(AuditLine).order_by(AuditLine.id))
        assert (line.verb, line.details) == ("invitations_taken_over", {"added": 2, "changed": 1})


def test_a_workbook_and_what_cannot_be_read(browser):
    browser.load(f"{LIST}/import?lang=de")
    browser.submit(SHOW, rows="Name;Ort\nGerda Gast;Unna\n")
    assert browser.status == 422
    assert "E-Mail-Adressen" in pages.words(browser.page)
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Name", "E-Mail"])
    book.active.append(["Gerda Gast", "gerda@example.org"])
    book.save(content)
    form = {each.get("name"): each.get("value") for each in browser.page.iter("input")}
    answer = browser.client.post(
        f"{LIST}/import?lang=de",
        data={
            "csrf_token": form["csrf_token"],
            "rows": "",
            "file": (io.BytesIO(content.getvalue()), "gaeste.xlsx"),
        },
    )
    assert answer.status_code == 200
    assert "Gerda Gast" in answer.text


def test_all_that_were_not_sent_are_counted_shown_and_sent(app, congress, browser):
    with app.app_context():
        for number in (1, 2):
            an_invitation(congress, sent_at=None, email=f"{number}@example.org")
        an_invitation(congress)
    said = words(browser, f"{LIST}/send?lang=de")
    assert "2 Einladungen senden?" in said
    assert "persönliche Einladung" in said
    browser.submit("Jetzt senden")
    assert "2 Einladungen gehen gleich hinaus" in pages.words(browser.page)
    assert "nichts mehr zu senden" in words(browser, f"{LIST}/send")
    browser.load(f"{LIST}?answer=open")
    again = pages.get(browser.page, "a", href=f"{LIST}/send?again=y")
    assert "3 Einladungen noch einmal senden" in pages.words(again)
    assert "3 Einladungen noch einmal senden?" in words(browser, f"{LIST}/send?again=y")


def test_the_list_says_who_answered_what_and_hands_it_out(app, congress, browser):
    with app.app_context():
        guest = an_invitation(congress, given_name="Anna", family_name="Auer")
        builders.a_registration(
            db.session.get_one(Congress, congress),
            given_name="Karl",
            family_name="Kollege",
            invitation_id=guest.id,
        )
        an_invitation(congress, given_name="Nora", declined_at=LATER, reason="=Urlaub")
        an_invitation(congress, given_name="Vera", declined_at=LATER, represented_by="Vito")
        an_invitation(congress, given_name="Otto", organisation="Stadt Unna", places=3)
    said = words(browser, f"{LIST}?lang=de")
    assert "1 angemeldet, 6 Plätze angeboten" in said
    for each in ("Angemeldet: Karl Kollege", "Vito soll kommen", "=Urlaub", "Stadt Unna"):
        assert each in said
    shown = words(browser, f"{LIST}?answer=represented")
    assert "Anna Auer" in shown
    assert "Nora" not in shown
    assert "1 abgesagt" in words(browser, f"{HERE}?lang=de")
    assert pages.has(browser.page, "a", href=f"{LIST}?lang=de")
    with browser.client.get(f"{LIST}.csv?answer=declined") as file:
        text = file.text
    assert "Nora" in text
    assert "'=Urlaub" in text  # no formula
    assert "Anna" not in text
    with browser.client.get(f"{LIST}.xlsx") as file:
        workbook = openpyxl.load_workbook(io.BytesIO(file.data))
    assert workbook.active.max_row == 5
    browser.load(f"{HERE}/attendees/1")
    assert pages.has(browser.page, "a", href=f"{LIST}/1")


def test_the_list_of_registrations_says_who_came_by_one(app, congress, browser):
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        link = an_invitation(row, organisation="Stadt Unna", places=3)
        builders.a_registration(row, given_name="Erika", invitation_id=link.id)
        builders.a_registration(row, given_name="Anton")
    shown = f"{HERE}/attendees?lang=de&columns=invitation"
    people = words(browser, f"{shown}&invited=yes")
    assert ["Erika" in people, "Stadt Unna, Gerda Gast" in people] == [True, True]
    assert "Anton Muster" not in pages.words(next(browser.page.iter("tbody")))
    words(browser, f"{shown}&invited=no")
    people = pages.words(next(browser.page.iter("tbody")))
    assert ["Erika" in people, "Anton" in people] == [False, True]
    with browser.client.get(f"{HERE}/attendees.csv?lang=de&invited=yes") as answer:
        heading, line = answer.text.splitlines()
    assert ["Mit Einladung" in heading, "Stadt Unna, Gerda Gast" in line] == [True, True]
    assert "Mit Einladung" in words(browser, f"{HERE}/attendees/write?lang=de&invited=yes")


def test_before_it_is_called_off_the_page_counts_who_has_not_answered(app, congress, browser):
    with app.app_context():
        an_invitation(db.session.get_one(Congress, congress))
    assert "1 eingeladene Person, die nicht geantwortet hat, wird ebenfalls per Mail" in words(
        browser, f"{HERE}/state?to=cancelled&lang=de"
    )
    with app.app_context():
        db.session.get_one(Congress, congress).state = "cancelled"
        db.session.commit()
        assert calling_off.next_step(now=datetime.now(UTC))
        number = db.session.scalars(db.select(Invitation.id)).one()
    assert "Über die Absage informiert" in words(browser, f"{LIST}/{number}?lang=de")
    assert "1 eingeladene Person, die nicht geantwortet hatte, wurde über die Absage" in words(
        browser, f"{HERE}/log?lang=de"
    )


AT, SOON = builders.OPEN, "bis einschließlich 7. Oktober 2015"
NEXT = [
    (AT, {"sent_at": None}, "Sie ist nicht gesendet"),
    (AT, {}, f"Anmelden ist {SOON}"),
    (AT, {"declined_at": AT}, f"Eine Anmeldung ist trotzdem {SOON}"),
    (AT, {"declined_at": AT, "represented_by": "Max Neu"}, f"Max Neu kann sich {SOON}"),
    (AT, {"comers": 1}, "Alle, für die sie gilt, sind angemeldet."),
    (AT, {"comers": 1, "places": 3}, f"Noch 2 Personen können sich {SOON}"),
    (builders.BEFORE, {}, "sobald die Anmeldung beginnt: 01.09.2015, 0.00 Uhr"),
    (builders.LATE, {}, "niemand mehr darüber anmelden"),
    (builders.LATE, {"late": True}, "um einen Platz bitten"),
    (builders.BEGUN, {}, "Die Veranstaltung hat begonnen."),
    (builders.AFTERWARDS, {}, "Die Veranstaltung ist vorbei"),
]


@pytest.mark.parametrize(("now", "said", "sentence"), NEXT)
def test_the_page_of_an_invitation_says_what_can_come_of_it(app, now, said, sentence):
    with app.app_context():
        found = builders.a_congress(rules={"late": said.get("late", False)})
        known = {each: said[each] for each in said if each not in {"comers", "late"}}
        invitation = an_invitation(found, **known)
        for _each in range(said.get("comers", 0)):
            builders.a_registration(found, invitation_id=invitation.id, given_name="Gerda")
        number, roles = invitation.id, {found.id: Role.ORGANISER}
    an_organiser(app, "organiser@example.org", roles)
    with time_machine.travel(now, tick=False):
        client = logged_in(app, "organiser@example.org")
        page = pages.read(client.get(f"{LIST}/{number}?lang=de"))
    assert sentence in pages.words(pages.get(page, id="next"))
