"""Organisers say what an event asks on its own, and read what was answered."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.access import Role
from congress.domain.own_questions import Option, OwnQuestion, QuestionKind, as_json
from congress.extensions import db
from congress.models import Congress
from congress.queries import own_answers
from congress.queries.congresses import get_congress
from congress.services import registering
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
PAGE = f"{HERE}/settings/questions"
LUNCH = OwnQuestion(
    key="lunch",
    kind=QuestionKind.ONE,
    label={"de": "Mittagessen"},
    options=(Option("veggie", {"de": "Vegetarisch"}, most=1), Option("meat", {"de": "Fleisch"})),
)


@pytest.fixture
def congress(app) -> int:
    now = datetime.now(UTC)
    day = (now + timedelta(days=30), now + timedelta(days=30, hours=8))
    with app.app_context():
        row = builders.a_congress(
            opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9), days=(day,)
        )
        builders.a_workshop(row, code="ws", number=4, title={"de": "Sozialraum"})
        return row.id


@pytest.fixture
def organiser(app, congress) -> Browser:
    an_organiser(app, "anna@example.org", {congress: Role.ORGANISER})
    return Browser(logged_in(app, "anna@example.org"))


def questions(app, congress) -> tuple[OwnQuestion, ...]:
    with app.app_context():
        return get_congress(congress).questions


def ask_about_lunch(app, congress, number=1, answer="meat") -> int:
    with app.app_context():
        row = db.session.get_one(Congress, congress)
        row.questions = row.questions or as_json([LUNCH])
        db.session.commit()
        request = builders.a_request(number, own_answers={"lunch": (answer,)})
        return registering.register(congress, request, now=datetime.now(UTC)).registration_id


def test_questions_are_added_ordered_and_asked_under_a_condition(app, congress, organiser):
    organiser.load(f"{PAGE}/new?lang=de")
    organiser.submit("Speichern", kind="one")
    assert organiser.status == 422
    for wrong in ("die Frage auf Deutsch", "wofür die Antwort", "die Antworten ein"):
        assert wrong in pages.words(organiser.page)
    lunch = {"label_de": "Mittagessen", "label_en": "Lunch", "purpose_de": "Bestellung"}
    organiser.submit("Weitere Antwortmöglichkeiten", **lunch)
    organiser.submit(
        "Speichern",
        **{"option-0-de": "Vegetarisch", "option-0-most": "20", "option-5-de": "Fleisch"},
    )
    assert "gespeichert" in pages.words(organiser.page)
    [lunch_now] = questions(app, congress)
    assert [(each.label["de"], each.most) for each in lunch_now.options] == [
        ("Vegetarisch", 20),
        ("Fleisch", None),
    ]

    organiser.load(f"{PAGE}/new?lang=de")
    veggie = f"{lunch_now.key}:{lunch_now.options[0].key}"
    organiser.submit(
        "Speichern", label_de="Soße?", purpose_de="Küche", kind="yes_no", asked_if=veggie
    )
    organiser.load(f"{PAGE}/new?lang=de")
    organiser.submit(
        "Speichern", label_de="Laptop?", purpose_de="Raum", kind="line", asked_if="workshop:ws"
    )
    words = pages.words(organiser.page)
    assert "alle, die „Mittagessen“ mit „Vegetarisch“ beantworten" in words
    assert "Nur wenn Sie „Workshop 4: Sozialraum“ wählen." in words  # in the preview of the form
    organiser.submit("Nach oben")  # of the second, which hangs on the first
    assert organiser.status == 409
    assert "Bitte ändern Sie zuerst jene Frage" in pages.words(organiser.page)
    assert questions(app, congress)[0].label["de"] == "Mittagessen"


def test_a_question_that_was_answered_stays_readable_until_it_is_deleted(app, congress, organiser):
    number = ask_about_lunch(app, congress)
    organiser.load(f"{PAGE}/lunch?lang=de")
    assert "1 Person hat geantwortet" in pages.words(organiser.page)
    organiser.submit(
        "Speichern",
        purpose_de="Bestellung",
        kind="line",
        **{"option-0-de": "", "option-0-most": "", "option-1-de": ""},
    )
    assert organiser.status == 409
    assert "Art der Antwort lässt sich nicht mehr ändern" in pages.words(organiser.page)
    organiser.load(f"{PAGE}/lunch?lang=de")
    organiser.submit("Speichern", purpose_de="Bestellung", **{"option-1-de": "Vegan"})
    organiser.load(f"{HERE}/attendees/{number}?lang=de")
    assert "MittagessenVegan" in pages.words(organiser.page)

    organiser.load(f"{PAGE}?lang=de")
    organiser.submit("Nicht mehr stellen")
    assert "wird nicht mehr gestellt" in pages.words(organiser.page)
    organiser.load(f"{PAGE}/lunch/remove?lang=de")
    assert "1 Antwort wird mit gelöscht" in pages.words(organiser.page)
    ask_about_lunch(app, congress, 2, "meat")  # nobody is asked any more
    organiser.submit("Löschen")
    assert questions(app, congress) == ()
    with app.app_context():
        assert own_answers.of_people([number]) == {}
    organiser.load(f"{HERE}/log?lang=de")
    assert "Die Frage „Mittagessen“ wurde gelöscht. 1 Antwort wurde gelöscht." in pages.words(
        organiser.page
    )


def test_the_list_shows_finds_and_exports_answers(app, congress, organiser):
    ask_about_lunch(app, congress, 1, "veggie")
    ask_about_lunch(app, congress, 2, "meat")
    organiser.load(f"{HERE}/attendees?lang=de&answer=lunch:meat&columns=answer-lunch")
    words = pages.words(organiser.page)
    assert "1 Person" in words
    assert "Mittagessen: Fleisch" in words
    with organiser.client.get(f"{HERE}/attendees.csv?lang=de") as answer:
        file = answer.text.splitlines()
    assert "Mittagessen" in file[0]
    assert [each.split(";").count("Vegetarisch") for each in file[1:]] == [1, 0]


def test_answers_for_few_are_read_by_few(app, congress, organiser):
    number = ask_about_lunch(app, congress)
    organiser.load(f"{PAGE}/lunch?lang=de")
    organiser.submit("Speichern", purpose_de="Bestellung", right="change_attendees")
    an_organiser(app, "reader@example.org", {congress: Role.READER})
    reader = Browser(logged_in(app, "reader@example.org"))
    for browser, sees in ((organiser, True), (reader, False)):
        browser.load(f"{HERE}/attendees/{number}?lang=de")
        assert ("Mittagessen" in pages.words(browser.page)) is sees
        browser.load(f"{HERE}/attendees?lang=de&columns=answer-lunch")
        assert ("Mittagessen" in pages.words(browser.page)) is sees


def test_an_organiser_answers_for_others_and_may_leave_it_open(app, congress, organiser):
    number = ask_about_lunch(app, congress)
    organiser.load(f"{HERE}/attendees/{number}/details?lang=de")
    organiser.submit("Speichern", **{"ask-lunch": "veggie"})
    with app.app_context():
        assert own_answers.of_people([number]) == {number: {"lunch": ("veggie",)}}
    organiser.load(f"{HERE}/attendees/new?lang=de")
    organiser.submit("Anmelden", given_name="Kai", family_name="Neu")
    assert "Kai Neu ist angemeldet" in pages.words(organiser.page)


def test_figures_count_answers_and_an_info_mail_goes_by_them(app, congress, organiser):
    for number, answer in ((1, "veggie"), (2, "meat"), (3, "meat")):
        ask_about_lunch(app, congress, number, answer)
    organiser.load(f"{HERE}/figures?lang=de")
    words = pages.words(organiser.page)
    assert "Mittagessen 3 von 3 haben geantwortet." in words
    assert "Vegetarisch1Fleisch2" in words
    organiser.load(f"{HERE}/mailings/new?lang=de&answer=lunch:meat")
    organiser.submit("Speichern und ansehen", subject="Küche", text="Guten Appetit")
    words = pages.words(organiser.page)
    assert "Mittagessen: Fleisch" in words
    assert "2 Personen" in words
