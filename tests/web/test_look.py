"""The own colours of a congress: looked at, saved, worn by pages and mails, given up again."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from congress.domain.access import COMMAND, Role
from congress.extensions import db
from congress.models import AuditLine, Congress
from congress.queries import congresses
from congress.services.mails import facts
from congress.services.planning import copying
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

HERE = "/organiser/fachkongress"
PAGE = f"{HERE}/settings/look"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def congress_id(app):
    with app.app_context():
        number = builders.a_congress(colour="petrol").id
    for name in ("anna", "bernd"):
        an_organiser(app, f"{name}@example.org", {number: Role.PROGRAMME})
    return number


def opened(app, who):
    browser = Browser(logged_in(app, who))
    browser.load(f"{PAGE}?lang=de")
    return browser


def worn(client, address="/fachkongress"):
    """Return the style sheet that a page of the congress wears, and the class of its body."""
    page = pages.read(client.get(address))
    sheets = [each.get("href") for each in pages.find_all(page, "link", rel="stylesheet")]
    return [each for each in sheets if each and "look-" in each], pages.get(page, "body").get(
        "class"
    )


def test_colours_are_checked_looked_at_saved_and_given_up(app, client, congress_id):
    anna, bernd = opened(app, "anna@example.org"), opened(app, "bernd@example.org")
    anna.submit("Speichern", primary="777", accent="#c0562b")
    assert anna.status == 422
    assert "4,47 zu 1" in pages.words(anna.page)
    anna.submit("#767676 nehmen")
    assert anna.status == 200  # shown, not saved
    [style] = [
        each.get("href")
        for each in pages.find_all(anna.page, "link", rel="stylesheet")
        if "look.css" in each.get("href", "")
    ]
    assert "--face: #767676; --face-edge: #c0562b" in anna.client.get(style).text
    assert worn(client) == ([], "face face--petrol")

    anna.submit("Speichern")
    [address], body = worn(client)
    answer = client.get(address)
    assert (answer.mimetype, answer.status_code) == ("text/css", 200)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.text.startswith(f".{body.split()[-1]} {{ --face: #767676")
    assert address in client.get("/").text
    assert worn(client, "/fachkongress/privacy")[0] == [address]
    assert client.get("/fachkongress/look-000000000000.css").status_code == 404

    bernd.submit("Speichern", primary="#1a5276", accent="#6c6c6c")
    assert bernd.status == 409
    assert "#767676" in pages.words(bernd.page)
    bernd.submit("Speichern")
    assert client.get(address).status_code == 404
    with app.app_context():
        congress = congresses.get_congress(congress_id)
        assert facts.of_congress(congress, "de")["look"] == congress.look.values
        copied = copying.copy_edition(
            "fachkongress", starting=date(2027, 10, 20), actor=COMMAND, now=datetime.now(UTC)
        )
        assert congresses.get_congress(copied.congress_id).look == congress.look

    bernd.submit("Zurück zum Haus-Stil")
    assert worn(client) == ([], "face face--petrol")
    with app.app_context():
        lines = select(AuditLine.details).where(AuditLine.verb == "look_edited")
        changes = [each["changes"]["primary"] for each in db.session.scalars(lines)]
        stored = db.session.get(Congress, congress_id).look
    assert changes == [["", "#767676"], ["#767676", "#1a5276"], ["#1a5276", ""]]
    assert stored == {}
