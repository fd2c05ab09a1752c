"""The migration of mails that could not be written: from a sentence in English to a fault."""

import flask_migrate
import pytest

from congress.domain.mails.faults import Fault
from congress.extensions import db
from tests.services.waiting_mails import a_message
from tests.test_migrations import FOLDER, rows

SAID = "SELECT last_error FROM outbox_messages ORDER BY id"
pytestmark = pytest.mark.usefixtures("database")


def test_the_number_in_the_log_stays_there_and_back():
    a_message(state="failed", fault=Fault.UNWRITTEN, last_error="2bdf8007")
    a_message(state="failed", last_error="550 no such user")
    db.session.remove()

    flask_migrate.downgrade(directory=FOLDER, revision="0045")
    before = rows(SAID)
    db.session.remove()
    flask_migrate.upgrade(directory=FOLDER)

    assert before == [("not rendered, see the log for 2bdf8007",), ("550 no such user",)]
    after = rows(SAID.replace("last_error", "fault, last_error"))
    assert after == [("unwritten", "2bdf8007"), ("", "550 no such user")]
