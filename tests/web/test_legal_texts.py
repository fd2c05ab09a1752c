"""The legal texts of a host, edited in the workspace for everything it hosts."""

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.domain.legal import NAMES
from congress.extensions import db
from congress.models import AuditLine, Congress, CongressOrganisation, Organisation
from congress.web.legal_words import LABELS
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

HERE = "/organiser/fachkongress"
PAGE = f"{HERE}/settings/legal"
SAVE = "Speichern"
WHOLE = {
    "address": "Markt 1\n59065 Hamm",
    "represented_by": "Der Oberbürgermeister",
    "phone": "02381 17-0",
    "officer": "Erika Beispiel",
}

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def house(app):
    """A host in North Rhine-Westphalia with two congresses, one of them of somebody else too."""
    with app.app_context():
        ours = builders.a_congress(contact_email="fragen@example.org")
        host = builders.an_organisation("Stadt Hamm", congress=ours, ags="05915000")
        draft = builders.a_congress(slug="entwurf", state="draft", title={"de": "Entwurf"})
        hosts(host, draft)
        ids = {"ours": ours.id, "draft": draft.id, "host": host.id}
    an_organiser(app, "anna@example.org", {ids["ours"]: Role.ORGANISER})
    an_organiser(app, "bernd@example.org", {ids["ours"]: Role.ORGANISER})
    return ids


def hosts(host, congress):
    builders.add(
        CongressOrganisation(
            congress_id=congress.id, organisation_id=host.id, role="host", position=0
        )
    )


def opened(app, who):
    browser = Browser(logged_in(app, who))
    browser.load(f"{PAGE}?lang=de")
    return browser


def todo(browser):
    browser.load(f"{HERE}?lang=de")
    return [pages.words(each) for each in pages.find_all(browser.page, "a", class_="legal-missing")]


def test_two_fill_it_in_at_once_and_the_warning_goes(app, house):
    anna, bernd = (opened(app, f"{name}@example.org") for name in ("anna", "bernd"))
    [warning] = todo(anna)
    assert warning.startswith("Impressum unvollständig: Anschrift, Vertreten durch")
    anna.load(f"{PAGE}?lang=de")
    form = {each.get("name"): each for each in anna.page.iter() if each.get("name")}
    assert form["email"].get("value") == "fragen@example.org"
    assert "Ombudsstelle" in (form["arbitration"].text or "")

    anna.submit(SAVE, **WHOLE)
    assert anna.address.startswith(PAGE)
    bernd.submit(SAVE, address="Rathausplatz 2", email="nobody", vat_id="DE 1")
    assert bernd.status == 422
    bernd.submit(SAVE, email="stadt@example.org")
    assert bernd.status == 409
    said = pages.words(bernd.page)
    assert "Markt 1" in said
    assert "Rathausplatz 2" in said
    bernd.submit(SAVE)

    assert todo(bernd) == []
    with app.app_context():
        legal = db.session.scalars(select(Organisation.legal)).one()
        lines = db.session.execute(
            select(AuditLine.congress_id, AuditLine.details)
            .where(AuditLine.verb == "legal_texts_edited")
            .order_by(AuditLine.id)
        ).all()
    assert (legal["address"], legal["officer"]) == ("Rathausplatz 2", "Erika Beispiel")
    assert (legal["email"], legal["vat_id"]) == ("stadt@example.org", "DE 1")
    assert [number for number, _ in lines] == [house["ours"], house["draft"]] * 2
    assert lines[-1].details["changes"]["address"] == ["Markt 1\n59065 Hamm", "Rathausplatz 2"]
    bernd.load(f"{HERE}/log?lang=de")
    assert "Anschrift „Markt 1, 59065 Hamm“ → „Rathausplatz 2“" in pages.words(bernd.page)


def test_who_may_not_decide_for_all_that_a_host_hosts_only_reads(app, house):
    with app.app_context():
        host = db.session.get(Organisation, house["host"])
        host.legal = {"address": "Markt 1"}
        first = db.session.get_one(Congress, house["ours"])
        first.state = "draft"
        hosts(host, builders.a_congress(slug="fremd", title={"de": "Fremder Kongress"}))
        bare = builders.a_congress(slug="ohne").id
    an_organiser(app, "admin@example.org", is_administrator=True)
    an_organiser(app, "carla@example.org", {bare: Role.ORGANISER})
    anna = opened(app, "anna@example.org")
    assert "Fremder Kongress" in pages.words(anna.page)
    assert "Markt 1" in pages.words(anna.page)
    assert not pages.has(anna.page, "textarea")
    anna.load(f"{HERE}/team")
    csrf = pages.find_all(anna.page, "input", name="csrf_token")[0].get("value")
    assert anna.client.post(PAGE, data={"csrf_token": csrf, "address": "x"}).status_code == 403

    admin = opened(app, "admin@example.org")
    admin.submit(SAVE, phone="1")
    assert "gespeichert" in pages.words(admin.page)
    carla = logged_in(app, "carla@example.org").get("/organiser/ohne/settings/legal?lang=de")
    assert "niemand als Veranstalter" in carla.text


def test_naming_a_host_in_a_draft_gives_and_takes_no_right(app, house):
    with app.app_context():
        host = db.session.get(Organisation, house["host"])
        hosts(host, builders.a_congress(slug="fremd", title={"de": "Fremd"}))
        foreign = builders.a_congress(slug="fremder-entwurf", state="draft")
        hosts(host, foreign)
        number = foreign.id
    an_organiser(app, "dora@example.org", {number: Role.ORGANISER})
    page = "/organiser/fremder-entwurf/settings/legal?lang=de"
    assert "textarea" not in logged_in(app, "dora@example.org").get(page).text
    assert pages.has(opened(app, "anna@example.org").page, "textarea")  # of the first public one


def test_every_part_has_a_word():
    assert tuple(LABELS) == NAMES
