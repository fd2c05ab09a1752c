"""Mails that came back, as organisers see them: who said no, whom no mail reaches, what to read."""

from datetime import timedelta

import pytest

from congress.domain.access import Role
from congress.extensions import db
from congress.models import CalendarReply, DeadMailbox, OutboxMessage
from congress.queries import calendars, received
from congress.services import registering
from congress.services.mails import receiving
from tests import builders
from tests.builders import OPEN, a_request
from tests.returned_mails import reply, report, take, words
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
NOW = OPEN + timedelta(hours=1)


@pytest.fixture
def house(app):
    """Erika, whose calendar said no; Max, whose mailbox is gone; a question from somebody."""
    with app.app_context():
        congress = builders.a_congress()
        erika, maxim = (
            registering.register(congress.id, a_request(number), now=OPEN).registration_id
            for number in (1, 2)
        )
        builders.send_everything()
        mail = db.session.query(OutboxMessage).filter_by(registration_id=maxim).first()
        mail.state, mail.sent_at = "sent", OPEN
        db.session.commit()
        [entry] = calendars.entries_of_registration(erika)
        address = db.session.query(OutboxMessage).filter_by(registration_id=erika).first().recipient
        for raw in (
            reply(entry, address, "DECLINED"),
            report(mail.message_id, mail.recipient),
            words(address, "Gibt es <b>Parkplätze</b>?"),
            words("stranger@example.org"),
        ):
            take(raw, now=NOW)
        congress_id = congress.id
    an_organiser(app, "organisation@example.org", {congress_id: Role.ORGANISER})
    return {"erika": erika, "max": maxim, "congress": congress_id}


@pytest.fixture
def client(app, house):
    return logged_in(app, "organisation@example.org")


def said(client, address):
    page = pages.read(client.get(f"{HERE}{address}", query_string={"lang": "de"}))
    return pages.words(pages.get(page, "main"))


def test_the_overview_says_what_came_back_until_it_is_seen_to(app, client, house):
    tasks = (
        "1 Person hat im Kalender abgesagt und ist noch angemeldet",
        "Die E-Mail-Adresse von 1 Person nimmt keine Mails an",
        "1 Antwort auf Ihre Mails ist zu lesen",
    )
    assert all(each in said(client, "") for each in tasks)

    post(client, f"{HERE}/attendees/{house['erika']}/answer", HERE)
    post(client, f"{HERE}/attendees/{house['max']}/mailbox", HERE)
    with app.app_context():
        [number] = [each.id for each in received.kept(house["congress"])]
    post(client, f"{HERE}/replies/{number}", HERE, done="yes")
    assert not any(each in said(client, "") for each in tasks)
    with app.app_context():
        assert db.session.query(DeadMailbox).count() == 0
        assert db.session.query(CalendarReply).one().settled_at is not None


def test_the_page_of_a_person_says_what_their_calendar_and_their_server_said(client, house):
    erika = said(client, f"/attendees/{house['erika']}")
    assert "Im Kalender abgesagt" in erika
    assert "ist weiterhin angemeldet und wurde per Mail gefragt" in erika
    assert "Recipient address rejected" in said(client, f"/attendees/{house['max']}")


@pytest.mark.parametrize(
    ("query", "chip", "who"),
    [
        ("calendar=declined", "Im Kalender abgesagt", "erika"),
        ("address=dead", "Mail nicht zustellbar", "max"),
    ],
)
def test_the_list_shows_them(client, house, query, chip, who):
    page = pages.read(client.get(f"{HERE}/attendees?{query}&lang=de"))
    main = pages.get(page, "main")
    assert chip in pages.words(main)
    listed = pages.find_all(pages.get(main, "table"), "a")
    linked = {str(each.get("href")).partition("?")[0] for each in listed}
    people = {f"{HERE}/attendees/{house[each]}": each for each in ("erika", "max")}
    assert {people[each] for each in linked & set(people)} == {who}


def test_what_a_human_has_to_read_stands_as_text_and_once(client):
    page = client.get(f"{HERE}/replies?lang=de").text
    assert "Gibt es &lt;b&gt;Parkplätze&lt;/b&gt;?" in page
    assert "stranger@example.org" not in page, "about no congress: administrators see it"


def test_administrators_see_what_is_about_no_congress(app, client):
    an_organiser(app, "admin@example.org", {}, is_administrator=True)
    admin = logged_in(app, "admin@example.org")
    assert "1 Antwort ohne Kongress ist zu lesen" in admin.get("/organiser/?lang=de").text
    page = admin.get("/organiser/replies?lang=de").text
    assert "stranger@example.org" in page
    with app.app_context():
        [number] = [each.id for each in received.kept(None)]
    assert post(client, f"{HERE}/replies/{number}", HERE, done="yes") == 404
    assert post(admin, f"/organiser/replies/{number}", "/organiser/replies", done="yes") == 303


def test_a_mailbox_that_cannot_be_read_is_told_until_it_can(app, client):
    with app.app_context():
        receiving.note_fault("Zugang verweigert", now=NOW)
    assert "Zugang verweigert" in said(client, "/outbox")
    with app.app_context():
        receiving.note_fault("", now=NOW)
    assert "Zugang verweigert" not in said(client, "/outbox")
