"""Writing to people in the browser: the form, the page that asks, and what is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from congress.base import table_of
from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, OutboxMessage, Registration
from congress.services.mails import announcing, writing
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, token

HERE = "/organiser/fachkongress"
WRITE = f"{HERE}/attendees/write"
LATER = (datetime.now(UTC) + timedelta(days=60)).replace(hour=8, minute=0, second=0, microsecond=0)
SHOW, SEND, CHANGE = "Mail ansehen", "Jetzt senden", "Text ändern"
TEXT = "Kommen Sie mit dem Bus.\n<script>alert(1)</script>\n\nBis <b>bald</b>!"


@pytest.fixture
def house(app):
    """A congress to come with a workshop that is called off, and people of every kind."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=LATER - timedelta(days=90),
            closes_at=LATER - timedelta(days=7),
            days=((LATER, LATER + timedelta(hours=8)),),
            contact_email="kongress@example.org",
        )
        builders.an_organisation("Forum für soziale Innovation", congress=congress)
        workshop = builders.a_workshop(congress, code="off", number=1, cancelled=True)
        anna = builders.a_registration(
            congress, given_name="Anna", family_name="Auer", email="anna@example.org"
        )
        builders.a_booking(anna, workshop)
        bob = builders.a_registration(
            congress, given_name="Bob", family_name="Best", email="bob@example.org", language="en"
        )
        phone = builders.a_registration(congress, given_name="Carl", family_name="Call", email="")
        gone = builders.a_registration(
            congress, family_name="Gone", email="gone@example.org", state="cancelled"
        )
        ids = {
            "congress": congress.id,
            "anna": anna.id,
            "bob": bob.id,
            "phone": phone.id,
            "gone": gone.id,
        }
    an_organiser(app, "organiser@example.org", {ids["congress"]: Role.ORGANISER})
    return ids


@pytest.fixture
def client(app, house):
    return logged_in(app, "organiser@example.org")


@pytest.fixture
def browser(client):
    return Browser(client)


def answer(browser):
    """What the page that asks sends on when it is answered."""
    hidden = pages.find_all(browser.page, "input", type="hidden")
    return {each.get("name"): each.get("value") for each in hidden} | {"step": "send"}


def sent(app):
    with app.app_context():
        rows = db.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.kind == "message")
            .order_by(OutboxMessage.recipient)
        )
        return [(each.recipient, each.facts["subject"]) for each in rows]


def numbers(page, tag="h1"):
    return pages.numbers(pages.find_all(page, tag)[0])


def test_what_was_typed_is_shown_before_it_goes_to_those_who_were_shown(app, house, browser):
    browser.load(f"{HERE}/attendees?q=a")  # everybody: a search by a part of the address too
    assert pages.has(browser.page, "a", href=f"{WRITE}?q=a")
    browser.load(WRITE)
    assert pages.has(browser.page, "a", href=f"{HERE}/attendees/{house['phone']}")
    assert "Forum für soziale Innovation" in pages.words(browser.page)

    typed = {"subject": "Anreise & <Bus>", "text": TEXT}
    browser.submit(SHOW, **typed, with_link="y", subject_en="Travel", text_en="By bus.")
    assert (browser.status, numbers(browser.page)) == (200, [2])
    german, english = pages.find_all(browser.page, "pre")
    assert "<script>alert(1)</script>" in pages.words(german)
    assert german.get("lang") == "de"
    assert "By bus." in pages.words(english)
    assert pages.has(browser.page, "a", href=f"{HERE}/attendees/{house['phone']}")
    assert sent(app) == []

    browser.submit(CHANGE)
    form = pages.get(browser.page, "form", action=WRITE)
    assert (pages.get(form, "textarea", id="text").text or "").strip() == TEXT
    assert pages.get(form, "input", id="subject").get("value") == typed["subject"]
    assert pages.has(form, "input", id="with_link", checked="")
    browser.submit(SHOW)
    browser.submit(SEND)

    assert browser.address == f"{HERE}/attendees"
    assert sent(app) == [("anna@example.org", typed["subject"]), ("bob@example.org", "Travel")]
    browser.load(f"{HERE}/log")
    assert "An 2 Personen geschrieben: „Anreise & <Bus>“. 1 Person hat keine" in pages.words(
        browser.page
    )
    browser.load(f"{HERE}/outbox")
    assert "Anreise & <Bus>" in pages.words(browser.page)
    browser.load(f"{HERE}/attendees/{house['anna']}")
    assert "Anreise & <Bus>" in pages.words(pages.section(browser.page, "mails"))


def test_pressed_twice_it_goes_once_and_whoever_came_is_shown_first(app, client, house, browser):
    browser.load(WRITE)
    browser.submit(SHOW, subject="Anreise", text="Mit dem Bus.")
    form = answer(browser)
    with app.app_context():
        congress = db.session.get_one(Congress, house["congress"])
        builders.a_registration(congress, email="new@example.org")

    asked = client.post(WRITE, data=form)
    assert (asked.status_code, sent(app)) == (409, [])
    page = pages.read(asked)
    assert (numbers(page), pages.has(page, role="alert")) == ([3], True)
    now_seen = {
        each.get("name"): each.get("value") for each in pages.find_all(page, "input", type="hidden")
    } | {"step": "send"}
    for _ in range(2):
        assert client.post(WRITE, data=now_seen).status_code == 303
    assert len(sent(app)) == 3
    without_key = client.post(WRITE, data=now_seen | {"form_key": "x"})
    assert (without_key.status_code, len(sent(app))) == (409, 3)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, ["subject", "text"]),
        ({"subject": "Anreise"}, ["text"]),
        ({"subject": "A" * 151, "text": "B" * 5001}, ["subject", "text"]),
        ({"subject": "Anreise", "text": "Bus\x07 hier"}, ["text"]),
        ({"subject": "Anreise", "text": "Bus", "text_en": "Bus"}, ["subject_en"]),
        ({"subject": "Anreise", "text": "Bus", "subject_en": "Travel"}, ["text_en"]),
        ({"subject": " \n", "text": "\u200b"}, ["subject", "text"]),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field_and_kept(client, house, typed, fields):
    form = {"csrf_token": token(client, WRITE), "with_link": "y"} | typed

    answer = client.post(WRITE, data=form)

    page = pages.read(answer)
    assert answer.status_code == 422
    links = pages.find_all(pages.get(page, id="fehlerliste"), "a")
    assert [each.get("href") for each in links if each.get("href") != "#formular"] == [
        f"#{field}" for field in fields
    ]
    for name, value in typed.items():
        field = pages.get(page, id=name)
        kept = field.get("value") if field.tag == "input" else (field.text or "")
        assert (kept or "").strip() == value.replace("\x07", "").strip(" \n\u200b")
    assert pages.has(page, "input", id="with_link", checked="")


@pytest.mark.sqlite_only
def test_many_are_written_to_step_by_step_and_the_page_of_mails_says_how_far(
    app, house, browser, monkeypatch
):
    monkeypatch.setattr(announcing, "AT_ONCE", 1)
    monkeypatch.setattr(announcing, "STEP", 1)
    browser.load(WRITE)
    browser.submit(SHOW, subject="Anreise", text="Mit dem Bus.")
    browser.submit(SEND)
    progress = []
    for _ in range(3):
        browser.load(f"{HERE}/outbox")
        bars = pages.find_all(browser.page, "progress")
        progress += [(each.get("value"), each.get("max")) for each in bars]
        with app.app_context():
            writing.next_step(now=datetime.now(UTC))

    assert progress == [("0", "2"), ("1", "2")]
    assert len(sent(app)) == 2


@pytest.mark.sqlite_only
def test_one_person_is_written_to_from_their_page(app, client, house, browser):
    page = f"{HERE}/attendees/{house['anna']}"
    assert pages.has(pages.read(client.get(page)), "a", href=f"{page}/write")
    for other in ("phone", "gone"):
        there = f"{HERE}/attendees/{house[other]}"
        assert not pages.has(pages.read(client.get(there)), "a", href=f"{there}/write")
        form = pages.read(client.get(f"{there}/write"))
        assert not pages.has(form, "textarea")

    for other, is_said in (("anna", False), ("bob", True)):
        form = pages.read(client.get(f"{HERE}/attendees/{house[other]}/write"))
        assert pages.has(form, id="reads-english") is is_said, other
    browser.load(f"{page}/write")
    browser.submit(SHOW, subject="Ihre Frage", text="Ja.")
    browser.submit(SEND)

    assert browser.address == page
    assert sent(app) == [("anna@example.org", "Ihre Frage")]
    assert "An Anna Auer geschrieben: „Ihre Frage“." in pages.words(browser.page)


@pytest.mark.sqlite_only
def test_the_filter_goes_along(app, browser):
    """Those of a called-off workshop who have not chosen again."""
    browser.load(f"{HERE}/attendees?unchosen=off")
    assert pages.has(browser.page, "a", href=f"{WRITE}?unchosen=off")
    browser.load(f"{HERE}")
    assert pages.has(browser.page, "a", href=f"{WRITE}?unchosen=off")
    browser.load(f"{WRITE}?unchosen=off")
    browser.submit(SHOW, subject="Bitte wählen", text="Es gibt noch Plätze.")
    browser.submit(SEND)

    assert browser.address == f"{HERE}/attendees?unchosen=off"
    assert sent(app) == [("anna@example.org", "Bitte wählen")]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("state", "status"), [("draft", 409), ("cancelled", 303), ("finished", 303)]
)
def test_people_are_thanked_afterwards_and_not_written_to_about_a_draft(
    app, client, house, browser, state, status
):
    browser.load(WRITE)
    browser.submit(SHOW, subject="Danke", text="Danke!")
    form = answer(browser)
    with app.app_context():
        congress = db.session.get_one(Congress, house["congress"])
        congress.state = state
        congress.revision += 1
        congress.content_revision += 1
        db.session.commit()
    shown = pages.read(client.get(f"{HERE}/attendees"))

    assert pages.has(shown, "a", href=WRITE) is (state != "draft")
    assert client.post(WRITE, data=form).status_code == status
    assert len(sent(app)) == (0 if state == "draft" else 2)


@pytest.mark.sqlite_only
@pytest.mark.parametrize("address", [WRITE, f"{WRITE}?q=example&state=confirmed"])
def test_the_pages_ask_the_same_for_few_and_for_many(app, client, house, address):
    form = {"csrf_token": token(client, WRITE), "subject": "Anreise", "text": "Bus"}
    counts = []
    for more in (20, 1600):
        with app.app_context():
            one = db.session.get_one(Registration, house["anna"])
            columns = [each.name for each in table_of(Registration).columns if each.name != "id"]
            same = {name: getattr(one, name) for name in columns}
            db.session.execute(
                insert(Registration),
                [same | {"email_key": f"{more}-{number}@example.org"} for number in range(more)],
            )
            db.session.commit()
        with count_queries() as page:
            assert client.get(address).status_code == 200
        with count_queries() as asking:
            assert client.post(address, data=form).status_code == 200
        counts.append((len(page), len(asking)))

    assert counts[0] == counts[1]
