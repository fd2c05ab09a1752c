"""What the pages say of an info mail that does not go out as it was scheduled, or has gone."""

import re
from datetime import timedelta

import pytest
import time_machine

from congress.domain.access import COMMAND
from congress.extensions import db
from congress.models import OutboxMessage
from congress.services.mails import mailing_steps
from congress.services.planning import releasing
from tests.builders import OPEN, send_everything
from tests.web.mailing_pages import (
    HERE,
    TYPED,
    an_organiser_of_two,
    looked_at,
    said_at,
    sent,
    the_congress,
    words,
    written,
)
from tests.web.organisers import hidden

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def client(app):
    with time_machine.travel(OPEN, tick=False):
        yield an_organiser_of_two(app)


def test_the_log_says_when_one_is_to_go_out(client):
    one = written(client)
    late = OPEN + timedelta(days=1)
    day = late.strftime("%d.%m.%Y")
    sent(client, f"{one}/schedule", seen=looked_at(client, one), day=day, clock="9:00")
    log = said_at(client, "/organiser/fachkongress/log")
    assert re.search(rf"Info-Mail geplant für \w+, {late.day}\. .* 9\.00 Uhr: „So geht es“", log)


def test_whoever_changes_one_that_is_scheduled_learns_that_it_waits_for_a_new_time(client):
    one = written(client)
    late = (OPEN + timedelta(days=1)).strftime("%d.%m.%Y")
    edit = f"{one}/edit"
    assert "ist geplant" not in words(client, edit)
    sent(client, f"{one}/schedule", seen=looked_at(client, one), day=late, clock="9:00")
    assert "Nach dem Speichern ist sie wieder ein Entwurf" in words(client, edit)
    version = hidden(client, f"{HERE}{edit}", "version")
    assert sent(client, edit, version=version, **TYPED).status_code == 303
    assert "geht nicht mehr von selbst hinaus: Bitte planen Sie sie neu" in words(client, one)


def test_what_somebody_paused_is_not_forgotten(client):
    one = written(client)
    sent(client, f"{one}/send", seen=looked_at(client, one))
    said = "1 Info-Mail ist angehalten: Der Rest wartet"
    assert said not in said_at(client, "/organiser/fachkongress")
    sent(client, f"{one}/pause")
    assert said in said_at(client, "/organiser/fachkongress")
    sent(client, f"{one}/stop")
    assert said not in said_at(client, "/organiser/fachkongress")


def test_a_cancelled_event_announces_no_info_mail(app, client):
    one = written(client)
    late = (OPEN + timedelta(days=1)).strftime("%d.%m.%Y")
    sent(client, f"{one}/schedule", seen=looked_at(client, one), day=late, clock="9:00")
    with app.app_context():
        releasing.call_off(the_congress(app), actor=COMMAND, now=OPEN)
    overview = said_at(client, "/organiser/fachkongress")
    assert "Info-Mail um" not in overview
    page = words(client, one)
    assert "Ist der Kongress dann noch abgesagt oder ein Entwurf, geht sie nicht hinaus" in page
    assert "Geht hinaus am" not in page


def test_it_is_sent_once_none_of_its_mails_waits_and_what_is_gone_is_said(app, client):
    one = written(client)
    sent(client, f"{one}/send", seen=looked_at(client, one))
    with app.app_context():
        while mailing_steps.next_step(now=OPEN):
            pass
    for page in (words(client, one), words(client)):
        assert "Wird gesendet" in page
    with app.app_context():
        send_everything()
    for page in (words(client, one), words(client)):
        assert "Wird gesendet" not in page
        assert "nicht mehr gespeichert" not in page
    with app.app_context():
        gone = db.session.query(OutboxMessage).filter_by(kind="info_mail").first()
        db.session.delete(gone)
        db.session.commit()
    for page in (words(client, one), words(client)):
        assert "1 nicht geschrieben oder nicht mehr gespeichert" in page
