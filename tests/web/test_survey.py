"""Organisers say what they ask afterwards, and read what was answered."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AuditLine, FeedbackSurvey
from congress.queries import feedback as queries
from congress.services.feedback import answering
from tests.builders import ENDS, OPEN, a_congress, a_workshop, add
from tests.surveys import CLOSES, Asking, work
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

pytestmark = pytest.mark.sqlite_only

PAGE = "/organiser/fachkongress/survey"


def organiser(app, congress: int, role: Role = Role.ORGANISER) -> Browser:
    an_organiser(app, f"{role}@example.org", {congress: role})
    browser = Browser(logged_in(app, f"{role}@example.org"))
    browser.load(f"{PAGE}?lang=de")
    return browser


def said(browser: Browser) -> str:
    return pages.words(browser.page)


def keys(app, congress: int) -> list[str]:
    with app.app_context():
        return [each.label["de"] for each in queries.survey_of(congress).questions]


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (-1, "geht die Bitte am Mittwoch, 21. Oktober 2015"),
        (0, "werden die Personen sofort gefragt"),
        (20, "würde jetzt niemand mehr gefragt"),
    ],
)
def test_it_says_what_switching_it_on_does_by_then(app, later, words):
    with app.app_context():
        congress = a_congress().id
    with time_machine.travel(ENDS + timedelta(days=later), tick=False):
        page = said(organiser(app, congress))
    assert words in page
    assert "Es ist noch niemand als anwesend erfasst." in page  # at the door or from a sheet
    assert ("wird einmal erinnert" in page) is (later < 1)


@pytest.mark.parametrize("is_on", [False, True])
def test_of_what_is_called_off_it_names_no_moment_and_nobody(app, is_on):
    with app.app_context():
        congress = a_congress(state="cancelled").id
        if is_on:
            values = {"days_after": 0, "days_open": 14, "reminder_days": 7, "asks_all": False}
            more = {"questions": [], "has_begun": False, "is_shared": False}
            add(FeedbackSurvey(congress_id=congress, is_on=True, **values, **more))
    with time_machine.travel(OPEN, tick=False):
        page = said(organiser(app, congress))
    assert "deshalb wird niemand gefragt" in page
    for untrue in ("geht die Bitte", "wird einmal erinnert", "würde", "würden"):
        assert untrue not in page


@time_machine.travel(OPEN, tick=False)
def test_a_survey_is_put_together_without_a_script(app):
    with app.app_context():
        row = a_congress()
        a_workshop(row)
        congress = row.id
    browser = organiser(app, congress)
    browser.submit("Speichern", is_on="y")
    assert browser.status == 409
    assert "noch keine Fragen" in said(browser)
    browser.submit("Diese Fragen übernehmen")
    assert "Wie hat Ihnen der Workshop gefallen?" in said(browser)
    assert "Hier geben Sie Ihr Feedback" in said(browser)  # the letter
    browser.submit("Speichern", days_open="0", reminder_days="x")
    assert browser.status == 422
    assert "Zahl von 1 bis 60" in said(browser)
    browser.submit("Speichern", is_on="y", days_open="5", reminder_days="6")
    assert "nach dem letzten Tag" in said(browser)
    browser.submit("Speichern", is_on="y", days_open="5", reminder_days="2")
    assert "26. Oktober 2015" in said(browser)
    with app.app_context():
        assert db.session.query(FeedbackSurvey).one().is_on

    browser.load(f"{PAGE}/new-question/workshop")
    browser.submit("Speichern", kind="scale")
    assert browser.status == 422
    browser.submit("Weitere Antwortmöglichkeiten", label_de="Wie war der Raum?")
    browser.submit("Speichern", **{"option-0-de": "zu klein", "option-2-de": "zu groß"})
    assert browser.status == 200
    assert keys(app, congress)[-1] == "Wie war der Raum?"
    browser.submit("Nach unten")
    assert (
        keys(app, congress)[0] == "Wie war die Organisation, von der Anmeldung bis zum Tag selbst?"
    )
    browser.submit("Löschen")
    assert len(keys(app, congress)) == 9
    stale = Browser(browser.client)
    for each in (stale, browser):
        each.load(f"{PAGE}/questions/whole")
    browser.submit("Speichern", label_de="Und?")
    stale.submit("Speichern", label_de="Wie?", **{"option-1-de": "toll"})
    assert stale.status == 409
    assert "Wie?" in {each.get("value") for each in stale.page.iter("input")}


@pytest.fixture
def house(app):
    """Seven have answered of eight; about the workshop four."""
    with time_machine.travel(ENDS, tick=False), app.app_context():
        house = Asking(8)
        work(ENDS)
        for number, each in enumerate(house.people[:7]):
            house.says(each, number, now=ENDS)
    return house


def test_results_are_shown_from_five_on_and_handed_out(app, house):
    with time_machine.travel(ENDS, tick=False):
        browser = organiser(app, house.id)
        assert "7 von 8 haben geantwortet" in said(browser)
        assert not [each for each in browser.page.iter("a") if "Ändern" in pages.words(each)]
        refused = browser.client.get(f"{PAGE}/new-question/event")
        assert refused.status_code == 200
        browser.load(f"{PAGE}/new-question/event")
        browser.submit("Speichern", label_de="Noch etwas?", kind="text")
        assert browser.status == 409
        browser.load(f"{PAGE}/results")
        assert "weniger als fünf Antworten" in said(browser)
        assert "Satz" not in said(browser)
    with app.app_context():
        work(CLOSES)
    with time_machine.travel(CLOSES, tick=False):
        browser = organiser(app, house.id, Role.ATTENDEE_LIST)
        browser.load(f"{PAGE}/results")
        for words in ("Satz 006 von mir", "im Mittel 2,6", "1 (schlecht)", "29 %"):
            assert words in said(browser).replace("\xa0", " ")
        with browser.client.get(f"{PAGE}/results.csv") as file:
            lines = list(csv.reader(io.StringIO(file.get_data(as_text=True)), delimiter=";"))
        assert ["Veranstaltung", "Frage gained", "gut", "4"] in lines
        assert ["Veranstaltung", "Frage said", "Satz 003 von mir", ""] in lines
        assert browser.client.get(f"{PAGE}/results.pdf").status_code == 404
        assert browser.client.get(PAGE).status_code == 403
    with app.app_context():
        assert db.session.query(AuditLine).filter_by(verb="feedback_exported").count() == 1
    chief = organiser(app, house.id, Role.PROGRAMME)
    assert chief.client.get(f"{PAGE}/results").status_code == 403
    with time_machine.travel(CLOSES, tick=False):
        browser = Browser(logged_in(app, "organiser@example.org"))
        browser.load(f"{PAGE}/results?lang=de")
        for button, shared in (("Den eigenen Workshop zeigen", True), ("Nicht mehr zeigen", False)):
            browser.submit(button)
            with app.app_context():
                assert queries.survey_of(house.id).is_shared is shared
    reader = organiser(app, house.id, Role.READER)
    assert reader.client.get(f"{PAGE}/results").status_code == 200
    assert reader.client.get(f"{PAGE}/results.csv").status_code == 403


def test_a_question_that_few_answered_is_not_shown(app):
    with time_machine.travel(ENDS, tick=False), app.app_context():
        house = Asking(6)
        work(ENDS)
        for number, each in enumerate(house.people):
            rare = {"gained": ("good",)} if number < 4 else {}
            answering.answer(house.token(each), {None: {"whole": ("3",)} | rare}, now=ENDS)
        work(CLOSES)
    browser = organiser(app, house.id)
    browser.load(f"{PAGE}/results")
    assert "im Mittel 3,0" in said(browser)
    assert said(browser).count("weniger als fünf") == 3  # of the text and the workshop as well
    with browser.client.get(f"{PAGE}/results.csv") as file:
        assert "Frage gained" not in file.get_data(as_text=True)
