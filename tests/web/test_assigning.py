"""An organiser acts for an attendee in a browser without JavaScript: workshops, confirmation."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from congress.domain.access import Role
from congress.extensions import db
from congress.models import OutboxMessage
from tests import builders
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post, token

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/attendees"
NOW = datetime.now(UTC)
BEGINS = NOW + timedelta(days=3)


@pytest.fixture
def person(app):
    """Somebody with a place in workshop 1, after the deadline; workshop 3 is full."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=NOW - timedelta(days=30),
            closes_at=NOW - timedelta(days=1),
            days=((BEGINS, BEGINS + timedelta(hours=8)),),
        )
        at = {"starts_at": BEGINS + timedelta(hours=1)}
        first = builders.a_workshop(congress, number=1, code="ws-1", **at)
        builders.a_workshop(congress, number=2, code="ws-2", **at)
        builders.a_workshop(congress, number=3, code="ws-3", capacity=0, waiting_list=False, **at)
        registration = builders.a_registration(congress, given_name="Erika", family_name="Muster")
        builders.a_booking(registration, first)
        number = registration.id
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        an_organiser(app, "reader@example.org", {congress.id: Role.READER})
    return number


def assign(client: FlaskClient, number: int, **choice: str) -> TestResponse:
    address = f"{HERE}/{number}/workshops"
    names = {name.replace("_", "-"): value for name, value in choice.items()}
    return client.post(address, data=names | {"csrf_token": token(client, address)})


def test_somebody_is_moved_after_the_deadline_and_reads_from_where_to_where(app, person):
    client = logged_in(app, "organiser@example.org")
    assert f'href="{HERE}/{person}/workshops"' in client.get(f"{HERE}/{person}").text
    form = pages.read(client.get(f"{HERE}/{person}/workshops"))
    offered = [each.get("value") for each in pages.find_all(form, "input", name="slot-1")]
    assert offered == ["", "ws-2", "ws-3", "none"]
    assert "konnten ihre Auswahl" in pages.words(form)

    answer = assign(client, person, slot_1="ws-2")

    assert answer.headers["Location"] == f"{HERE}/{person}"
    page = pages.words(pages.read(client.get(f"{HERE}/{person}")))
    assert "Die Auswahl von Erika Muster ist geändert" in page
    assert (
        "Bei Erika Muster wurde umgebucht: „1 Engagement entwickeln 1“ → "
        "„2 Engagement entwickeln 2“." in page
    )
    with app.app_context():
        [mail] = db.session.scalars(select(OutboxMessage)).all()
        assert (mail.kind, mail.facts["by_organiser"]) == ("changed", True)


def test_a_full_workshop_is_asked_about_and_nothing_typed_is_lost(app, person):
    client = logged_in(app, "organiser@example.org")

    for full, target in (("", "full-1"), ("wait", "full-1")):
        refused = assign(client, person, slot_1="ws-3", full_1=full, question_1="Und die Jugend?")
        page = pages.read(refused)
        assert refused.status_code == 422
        assert pages.has(page, "a", href=f"#{target}")
        chosen = pages.get(page, "input", name="slot-1", checked="")
        assert chosen.get("value") == "ws-3"
        assert "Und die Jugend?" in refused.text

    assert assign(client, person, slot_1="ws-3", full_1="beyond").status_code == 303
    said = pages.words(pages.read(client.get(f"{HERE}/{person}")))
    assert "Über die Plätze hinaus: „3 Engagement entwickeln 3“." in said


def test_a_workshop_is_taken_away_and_what_is_left_alone_changes_nothing(app, person):
    client = logged_in(app, "organiser@example.org")

    assert assign(client, person, slot_1="").status_code == 303
    assert "Es wurde nichts geändert." in client.get(f"{HERE}/{person}").text
    assert assign(client, person, slot_1="none").status_code == 303
    assert "Nichts gewählt." in client.get(f"{HERE}/{person}").text


def test_the_confirmation_is_sent_again_from_the_page_of_a_person(app, person):
    client = logged_in(app, "organiser@example.org")

    assert post(client, f"{HERE}/{person}/confirm", f"{HERE}/{person}") == 303

    page = pages.words(pages.read(client.get(f"{HERE}/{person}")))
    assert "Die Bestätigung geht noch einmal an Erika Muster." in page
    assert "Noch einmal gesendet an Erika Muster: „Bestätigung“." in page


def test_whoever_only_reads_finds_no_way_there(app, person):
    client = logged_in(app, "reader@example.org")

    page = client.get(f"{HERE}/{person}").text
    assert "/workshops" not in page
    assert "/confirm" not in page
    assert client.get(f"{HERE}/{person}/workshops").status_code == 403
