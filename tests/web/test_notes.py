"""Internal notes: on the person's page and in the list, and nowhere the person looks."""

import pytest

from congress.domain.access import Role
from congress.services import registering
from tests import builders
from tests.builders import OPEN
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, post

LIST = "/organiser/fachkongress/attendees"
SAID = "Kommt mit <b>Assistenz</b>"

pytestmark = pytest.mark.sqlite_only


def test_a_note_is_for_organisers_and_kept_when_two_write_at_once(app):
    with app.app_context():
        congress = builders.a_congress()
        registered = registering.register(congress.id, builders.a_request(1), now=OPEN)
        number, token = registered.registration_id, registered.token
        an_organiser(app, "anna@example.org", {congress.id: Role.ATTENDEE_LIST})
        an_organiser(app, "bernd@example.org", {congress.id: Role.ORGANISER})
        an_organiser(app, "reader@example.org", {congress.id: Role.READER})
    page = f"{LIST}/{number}"
    anna, bernd = (Browser(logged_in(app, f"{name}@example.org")) for name in ("anna", "bernd"))
    reader = logged_in(app, "reader@example.org")
    assert not pages.has(pages.read(reader.get(page)), id="noted")
    for browser in (anna, bernd):
        browser.load(f"{page}?lang=de")

    anna.submit("Notiz speichern", note=SAID)
    assert "gespeichert" in pages.words(pages.get(anna.page, "p", role="status"))
    bernd.submit("Notiz speichern", note="Kommt um zwölf")
    assert bernd.status == 409
    assert pages.words(pages.get(bernd.page, "textarea", id="note")) == "Kommt um zwölf"
    assert pages.words(pages.get(bernd.page, data_meanwhile="")) == SAID
    bernd.submit("Notiz speichern", note=f"{SAID}, um zwölf")
    assert bernd.status == 200
    bernd.submit("Notiz speichern", note="x" * 1001)
    assert bernd.status == 422
    assert "x" * 1001 in pages.words(pages.get(bernd.page, "textarea", id="note"))

    seen = pages.read(reader.get(page))
    assert f"{SAID}, um zwölf" in pages.words(pages.section(seen, "noted"))
    assert not pages.has(seen, "textarea")
    assert post(reader, f"{page}/note", "/organiser/", note="Nein", version="") == 403
    listed = pages.read(reader.get(f"{LIST}?lang=de"))
    assert "Interne Notiz" in pages.words(pages.find_all(listed, "tbody")[0])
    assert "Assistenz" not in pages.words(listed)
    assert "Assistenz" in pages.words(pages.read(reader.get(f"{LIST}?columns=note")))
    for columns, is_in in (("", False), ("?columns=name", False), ("?columns=note", True)):
        with anna.client.get(f"{LIST}.csv{columns}") as file:
            assert ("Assistenz" in file.get_data(as_text=True)) is is_in, columns

    own = app.test_client().get(f"/registration/{token}")
    assert (own.status_code, "Assistenz" in own.text) == (200, False)
