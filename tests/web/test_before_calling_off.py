"""Whoever is asked whether to call an event off reads what everybody will read."""

from email import message_from_bytes, policy

import pytest
import time_machine

from congress import worker
from congress.domain.access import Role
from congress.extensions import db
from congress.models import OutboxMessage
from congress.services import registering
from tests import builders
from tests.builders import OPEN, a_request, send_everything
from tests.web import pages
from tests.web.organisers import an_organiser, change_state, logged_in

pytestmark = pytest.mark.sqlite_only

ASKED = "/organiser/fachkongress/state?to=cancelled&lang=de"


@pytest.fixture
def congress(app):
    with time_machine.travel(OPEN, tick=False):
        with app.app_context():
            found = builders.a_congress()
            registering.register(found.id, a_request(1, builders.a_workshop(found)), now=OPEN)
            send_everything()
            number = found.id
        yield number


def called_off():
    return db.session.query(OutboxMessage).filter_by(kind="congress_cancelled").all()


def shown(client):
    page = pages.read(client.get(ASKED))
    return pages.get(page, "pre").text if pages.has(page, "pre") else None


def test_one_of_the_letters_is_shown_as_it_then_goes_out(app, congress):
    an_organiser(app, "organisation@example.org", {congress: Role.ORGANISER})
    client = logged_in(app, "organisation@example.org")
    letter = shown(client)
    with app.app_context():
        assert called_off() == [], "nothing is written before it is decided"
    assert change_state(client, "/organiser/fachkongress", "cancelled") == 303
    with app.app_context():
        worker.deliver()
        [mail] = called_off()
        raw = message_from_bytes(mail.content or b"", policy=policy.default)
        sent = raw.get_body(("plain",)).get_content()
    assert "Die Veranstaltung findet nicht statt." in letter
    assert letter.split() == sent.split()


def test_where_nobody_is_registered_no_letter_is_shown(app):
    with app.app_context():
        number = builders.a_congress().id
    an_organiser(app, "organisation@example.org", {number: Role.ORGANISER})
    with time_machine.travel(OPEN, tick=False):
        assert shown(logged_in(app, "organisation@example.org")) is None
