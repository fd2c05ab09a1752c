"""What stops mails loses none: a password that the relay no longer takes, a letter with a fault."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from sqlalchemy import select

from congress import extensions, worker
from congress.domain.access import Role
from congress.extensions import db
from congress.formats import letters
from congress.models import OutboxMessage
from congress.services import registering
from tests import builders
from tests.builders import OPEN, a_request
from tests.concurrency.servers import free_port
from tests.concurrency.sink import Sink
from tests.web import pages
from tests.web.organisers import an_organiser, logged_in, post

pytestmark = pytest.mark.sqlite_only

OVERVIEW = "/organiser/fachkongress"
HERE = f"{OVERVIEW}/outbox"
MINUTES = timedelta(minutes=5)


class Relay(Sink):
    """A relay that takes mails from whoever knows its password."""

    password = b"first"

    def knows(self, *asked: object) -> AuthResult:
        said = asked[-1]
        is_right = isinstance(said, LoginPassword) and said.password == self.password
        return AuthResult(success=is_right, handled=False)


@contextmanager
def a_relay() -> Iterator[Relay]:
    found = Relay()
    found.port = free_port()
    controller = Controller(
        found,
        hostname="127.0.0.1",
        port=found.port,
        authenticator=found.knows,
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield found
    finally:
        controller.stop()


@pytest.fixture
def organiser(app):
    with app.app_context():
        congress = builders.a_congress()
        for number in (1, 2):
            registering.register(congress.id, a_request(number), now=OPEN)
        number = congress.id
    an_organiser(app, "organisation@example.org", {number: Role.ORGANISER})
    with time_machine.travel(OPEN, tick=False):
        return logged_in(app, "organisation@example.org")


def deliver(app, at):
    """Deliver at a moment; returns how many mails stand where."""
    with app.app_context(), time_machine.travel(at, tick=False):
        worker.deliver()
        db.session.rollback()
        states = list(db.session.scalars(select(OutboxMessage.state)))
    return {each: states.count(each) for each in states}


def told(client, at, page=HERE):
    with time_machine.travel(at, tick=False):
        return pages.words(pages.get(pages.read(client.get(f"{page}?lang=de")), "main"))


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")  # it is on the loopback
def test_a_password_that_stopped_working_is_told_and_loses_no_mail(app, organiser):
    with a_relay() as relay:

        def log_in_with(password):
            url = f"smtp://post:{password}@127.0.0.1:{relay.port}"
            changed = {"mail_url": url, "mail_timeout": 5}
            extensions.bind_settings(extensions.settings().model_copy(update=changed))

        relay.password = b"second"
        log_in_with("first")
        for number in range(3):
            assert deliver(app, OPEN + number * MINUTES) == {"queued": 4}
        for page in (HERE, OVERVIEW):
            said = told(organiser, OPEN + 2 * MINUTES, page)
            assert "Der Mailserver nimmt seit" in said
            assert "535 5.7.8" in said
        assert relay.taken == []

        log_in_with("second")
        assert deliver(app, OPEN + 5 * MINUTES) == {"sent": 4}
        assert sorted(relay.copies().values()) == [1] * 4
        for page in (HERE, OVERVIEW):
            assert "Der Mailserver nimmt seit" not in told(organiser, OPEN + 5 * MINUTES, page)


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Start with other words of a confirmation; without any with those of the program."""
    template = shutil.copytree(letters.FOLDER, tmp_path / "mail") / "confirmed.jinja"
    whole = template.read_text()
    with monkeypatch.context() as patch:
        patch.setattr(letters, "FOLDER", template.parent)

        def start_with(fault=""):
            template.write_text(fault + whole)
            letters._environment.cache_clear()

        yield start_with
    letters._environment.cache_clear()


def test_what_cannot_be_put_into_words_waits_with_its_reason_until_its_template_is_mended(
    app, organiser, start
):
    """An update that breaks a letter, and the next one that mends it, each with a new start."""
    start("{{ nobody_knows_this.at_all }}")
    assert deliver(app, OPEN) == {"failed": 2, "sent": 2}
    assert told(organiser, OPEN).count("Diese Mail konnte nicht geschrieben werden") == 2
    with app.app_context():
        failed = select(OutboxMessage.message_id).where(OutboxMessage.state == "failed")
        kept = db.session.scalars(failed).all()

    start()
    with time_machine.travel(OPEN, tick=False):
        assert post(organiser, f"{HERE}/again", HERE) == 303
    assert deliver(app, OPEN + MINUTES) == {"sent": 4}
    with app.app_context():
        sent = db.session.scalars(select(OutboxMessage.message_id)).all()
    assert set(kept) < set(sent), "under the Message-IDs they had"
