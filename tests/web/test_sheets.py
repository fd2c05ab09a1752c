"""Speaker sheets in a browser: form, page to print, file, and who sees the fee."""

import pytest

from congress.domain.access import Role
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only

ONE = "/organiser/fachkongress"


def test_from_the_form_to_the_file(app):
    with app.app_context():
        congress = builders.a_congress()
        person = builders.a_contribution(builders.a_workshop(congress)).person.id
        here = congress.id
    an_organiser(app, "o@example.org", {here: Role.ORGANISER})
    an_organiser(app, "p@example.org", {here: Role.PROGRAMME})
    whole, programme = logged_in(app, "o@example.org"), logged_in(app, "p@example.org")
    form, seen = f"{ONE}/people/{person}/sheet", "seen"
    noted = {"hotel": "<b>Zwei</b> Nächte", "honorarium": "500 Euro"}
    old = hidden(whole, form, seen)
    assert post(whole, form, form, seen=old, **noted | {"notes": "x" * 1001}) == 422
    assert post(whole, form, form, seen=old, **noted) == 303
    assert post(whole, form, form, seen=old, hotel="Keine") == 409

    assert not pages.has(pages.read(programme.get(form)), id="honorarium")
    assert post(programme, form, form, seen=hidden(programme, form, seen), hotel="Eine") == 303
    assert pages.words(pages.get(pages.read(whole.get(form)), id="honorarium")) == "500 Euro"
    for client, sees in ((whole, True), (programme, False)):
        for part in ("/people/sheets", "/people/sheets.csv"):
            answer = client.get(ONE + part)
            assert ("Eine" in answer.text, "500 Euro" in answer.text) == (True, sees)
            assert answer.headers["Cache-Control"] == "no-store"
            answer.close()
    log = whole.get(f"{ONE}/log?lang=de").text
    assert "Planungsbogen einer Person" in log
    assert "500 Euro" not in log
