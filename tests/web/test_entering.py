"""An organiser registers somebody in a browser without JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from congress.domain.access import Role
from congress.extensions import db
from congress.models import OutboxMessage, Registration
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post, token
from tests.web.registration.visitors import change

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/attendees"
NOW = datetime.now(UTC)
BEGINS = NOW + timedelta(days=3)
PERSON = {
    "given_name": "Erika",
    "family_name": "Muster",
    "email": "erika@example.org",
    "organisation": "Stadt Lünen",
    "language": "de",
    "is_told": "y",
    "slot-1": "none",
}


@pytest.fixture
def organiser(app):
    """A congress after its deadline with one free place; workshop 2 is full."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=NOW - timedelta(days=30),
            closes_at=NOW - timedelta(days=1),
            days=((BEGINS, BEGINS + timedelta(hours=8)),),
            capacity=1,
        )
        at = {"starts_at": BEGINS + timedelta(hours=1)}
        builders.a_workshop(congress, number=1, code="ws-1", **at)
        builders.a_workshop(congress, number=2, code="ws-2", capacity=0, **at)
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        an_organiser(app, "reader@example.org", {congress.id: Role.READER})
    return logged_in(app, "organiser@example.org")


def enter(client: FlaskClient, **changes: str) -> TestResponse:
    fields = PERSON | {name.replace("_1", "-1"): value for name, value in changes.items()}
    fields.setdefault("form_key", hidden(client, f"{HERE}/new", "form_key"))
    return client.post(f"{HERE}/new", data=fields | {"csrf_token": token(client, f"{HERE}/new")})


def registered(app):
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(Registration)).one()


def test_somebody_who_phones_after_the_deadline_is_registered(app, organiser):
    assert f'href="{HERE}/new"' in organiser.get(HERE).text
    page = pages.words(pages.read(organiser.get(f"{HERE}/new")))
    assert "Hier können Sie weiterhin anmelden." in page

    answer = enter(organiser, slot_1="ws-1", photos="y", said_by="sie selbst, am Telefon")

    assert answer.status_code == 303
    page = pages.words(pages.read(organiser.get(answer.headers["Location"])))
    assert "Erika Muster ist angemeldet und bekommt gleich die Bestätigung." in page
    assert "1 Engagement entwickeln 1" in page
    assert "(mündlich gegeben)" in page
    assert (
        "Erika Muster wurde von Hand angemeldet. Einwilligung: Fotos "
        "(gesagt hat es: sie selbst, am Telefon). organiser@example.org" in page
    )
    with app.app_context():
        kinds = db.session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    assert kinds == ["confirmed", "calendar_request"]


def test_nothing_typed_is_lost_and_what_is_full_is_asked_about(app, organiser):
    refused = enter(
        organiser, email="erika", slot_1="ws-2", question_1="Und die Jugend?", attendee_list="y"
    )

    page = pages.read(refused)
    assert refused.status_code == 422
    targets = {each.get("href") for each in pages.find_all(page, "a", href="")}
    assert {"#email", "#full-1", "#said_by"} <= targets
    assert pages.get(page, id="organisation").get("value") == "Stadt Lünen"
    assert "Und die Jugend?" in refused.text
    assert pages.has(page, "input", name="attendee_list", checked="")
    assert pages.get(page, "input", name="slot-1", checked="").get("value") == "ws-2"
    assert registered(app) == 0

    assert enter(organiser, slot_1="ws-2", full_1="wait", safe_1="ws-1").status_code == 303
    full = enter(organiser, given_name="Max", email="max@example.org")
    assert pages.has(pages.read(full), "a", href="#full")
    done = enter(organiser, given_name="Max", email="max@example.org", full="beyond", is_told="")
    said = pages.words(pages.read(organiser.get(done.headers["Location"])))
    assert "Max Muster ist angemeldet. Es geht keine Mail hinaus." in said
    assert "Über die Plätze hinaus: Platz im Kongress." in said


def test_what_was_typed_stays_where_the_event_is_called_off_meanwhile(app, organiser):
    kept = {each: hidden(organiser, f"{HERE}/new", each) for each in ("form_key", "csrf_token")}
    change(app, 1, state="cancelled")
    refused = organiser.post(f"{HERE}/new", data=PERSON | kept | {"said_by": "sie selbst"})

    page = pages.read(refused)
    assert refused.status_code == 422
    assert pages.get(page, id="organisation").get("value") == "Stadt Lünen"
    assert pages.get(page, id="said_by").get("value") == "sie selbst"
    assert not pages.has(pages.read(organiser.get(f"{HERE}/new")), id="said_by")


def test_somebody_known_is_linked_and_only_registered_as_somebody_else(app, organiser):
    first = enter(organiser).headers["Location"]

    same = enter(organiser, full="beyond")
    named = enter(organiser, email="muster@example.org", full="beyond")

    for answer in (same, named):
        assert answer.status_code == 422
        assert pages.has(pages.section(pages.read(answer), "known"), "a", href=first)
    assert not pages.has(pages.read(same), "input", name="is_another")
    assert pages.has(pages.read(named), "input", name="is_another")
    assert registered(app) == 1
    other = enter(organiser, email="muster@example.org", full="beyond", is_another="y")
    assert other.status_code == 303
    assert registered(app) == 2


def test_somebody_without_an_address_is_registered_and_every_page_says_so(app, organiser):
    here = enter(organiser, email="", slot_1="ws-1").headers["Location"]

    page = pages.words(pages.read(organiser.get(here)))
    assert "Erika Muster ist angemeldet. Es geht keine Mail hinaus." in page
    assert "Erika Muster hat keine E-Mail-Adresse und bekommt keine Mails." in page
    confirming = pages.read(organiser.get(here)).iter("form")
    assert not [each for each in confirming if "/confirm" in each.get("action", "")]
    assert "ohne E-Mail" in pages.words(pages.read(organiser.get(HERE)))
    for part in ("workshops", "cancel", "details"):
        said = pages.words(pages.read(organiser.get(f"{here}/{part}")))
        assert "hat keine E-Mail-Adresse" in said, part
    state = organiser.get("/organiser/fachkongress/state?to=cancelled")
    assert "1 Person hat keine E-Mail-Adresse" in pages.words(pages.read(state))
    with organiser.get(f"{HERE}.csv") as file:
        assert file.text.count("Muster") == 1

    answer = post(organiser, f"{here}/cancel", f"{here}/cancel")
    assert answer == 303
    page = pages.words(pages.read(organiser.get(here)))
    assert "Erika Muster ist abgemeldet. Es geht keine Mail hinaus" in page
    with app.app_context():
        assert db.session.scalars(select(OutboxMessage.id)).all() == []


def test_a_form_sent_twice_is_one_registration(app, organiser):
    key = "0123456789abcdef" * 2
    first, second = (enter(organiser, form_key=key, full="beyond") for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert registered(app) == 1


def test_whoever_only_reads_finds_no_way_there(app, organiser):
    client = logged_in(app, "reader@example.org")

    assert f"{HERE}/new" not in client.get(HERE).text
    assert client.get(f"{HERE}/new").status_code == 403
