"""The logo of a host: sent, looked at before it is saved, shown, and removed."""

from io import BytesIO

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import AuditLine, Organisation
from tests import builders
from tests.formats.test_portraits import a_picture
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in

PAGE = "/organiser/fachkongress/settings/logo?lang=de"

pytestmark = pytest.mark.sqlite_only


def test_a_logo_is_looked_at_saved_shown_and_removed(app, client):
    with app.app_context():
        congress = builders.a_congress()
        builders.an_organisation("Stadt Hamm", congress=congress)
        roles = {congress.id: Role.ORGANISER}
    for name in ("anna", "bernd"):
        an_organiser(app, f"{name}@example.org", roles)
    anna, bernd = logged_in(app, "anna@example.org"), logged_in(app, "bernd@example.org")

    def send(browser, content=b"", **entries: str):
        form = {"csrf_token": hidden(browser, PAGE, "csrf_token"), "version": ""}
        file = {"file": (BytesIO(content), "logo.png")} if content else {}
        return browser.post(PAGE, data=form | {"alt_de": "Wappen"} | entries | file)

    svg = send(anna, b"<svg xmlns='http://www.w3.org/2000/svg'/>", save="y")
    assert (svg.status_code, "ein SVG" in svg.text) == (422, True)
    assert send(anna, picture="é", save="y").status_code == 422
    assert send(anna, a_picture("PNG"), alt_de="", save="y").status_code == 422
    shown = send(anna, a_picture("PNG", (900, 300)), preview="y")
    picture = pages.get(pages.read(shown), "input", name="picture").get("value") or ""
    assert shown.status_code == 200
    assert "/logo/" not in client.get("/fachkongress").text

    saved = send(anna, picture=picture, save="y")
    assert saved.status_code == 303
    brand = pages.get(pages.read(client.get("/fachkongress")), "a", class_="brand")
    [image] = brand.iter("img")
    assert (image.get("width"), image.get("height")) == ("800", "267")
    answer = client.get(image.get("src"))
    assert (answer.mimetype, answer.status_code) == ("image/png", 200)
    assert "immutable" in answer.headers["Cache-Control"]

    late = send(bernd, a_picture("JPEG"), save="y")
    assert late.status_code == 409
    assert image.get("src") in late.text
    assert pages.get(pages.read(late), "input", name="picture").get("value")
    digest = image.get("src").removeprefix("/logo/")
    assert send(bernd, version=digest, remove="y").status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Organisation.logo_digest)).all() == [None]
        verbs = select(AuditLine.verb).where(AuditLine.verb.startswith("logo_"))
        assert db.session.scalars(verbs).all() == ["logo_shown", "logo_removed"]
    assert (
        "Das Logo von Stadt Hamm wurde entfernt."
        in anna.get("/organiser/fachkongress/log?lang=de").text
    )
