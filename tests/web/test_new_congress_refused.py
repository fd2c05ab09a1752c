"""What a new congress is refused for, in the words of the page."""

import pytest

from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in
from tests.web.test_new_congress import essentials

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def browser(app):
    an_organiser(app, "admin@example.org", is_administrator=True)
    return Browser(logged_in(app, "admin@example.org"))


def test_what_is_wrong_is_called_what_it_is(browser):
    """The summary of a refused form: its heading, and what it says of one entry."""
    asked = "11 Uhr und später\tImpuls\tVortrag"
    cases = [
        ({"last_day": "1.1.2027"}, "Eine Angabe fehlt", "Letzter Tag: Der letzte Tag liegt vor"),
        ({"capacity": "99999999999"}, "Eine Angabe fehlt", "höchstens 100.000 Plätze"),
        ({"rows": asked}, "Zwei Fragen zu den eingefügten Zeilen", "Zeile 1: "),
        ({"rows": asked, "town": ""}, "nicht. Zwei Fragen zu den eingefügten Zeilen", "Ort"),
    ]
    browser.load("/organiser/new")
    for changed, heading, sentence in cases:
        browser.submit("Anlegen", **essentials(last_day="") | changed)

        said = pages.words(pages.get(browser.page, id="fehlerliste"))
        assert heading in pages.words(pages.get(browser.page, id="fehler"))
        assert sentence in said, said
        assert ("wie in der Tabelle unten" in said) is ("rows" in changed)


def test_whoever_creates_it_again_reads_that_it_is_there(browser):
    browser.load("/organiser/new")
    browser.submit("Anlegen", **essentials(slug="zweimal"))
    assert browser.address.endswith("/preview")

    browser.load("/organiser/new")
    browser.submit("Anlegen", **essentials(slug="zweimal"))
    assert browser.status == 409
    made = pages.get(browser.page, id="made")
    assert pages.get(made, "a").get("href") == "/organiser/zweimal"
    assert "anderer" not in pages.faults(browser.page)[0]

    browser.submit("Anlegen", title="Etwas anderes")
    assert browser.status == 409
    assert not pages.find_all(browser.page, id="made")
