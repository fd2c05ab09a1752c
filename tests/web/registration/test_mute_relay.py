"""REL-11: nobody who registers waits for a mail server, because nobody asks one meanwhile."""

import socket

import pytest
from sqlalchemy import select

from congress import extensions
from congress.extensions import db
from congress.models import OutboxMessage

pytestmark = pytest.mark.sqlite_only


def test_a_registration_is_answered_without_a_word_to_the_relay(visitor, app, congress):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"smtp://127.0.0.1:{mute.getsockname()[1]}"
        settings = extensions.settings().model_copy(update={"mail_url": address})
        extensions.bind_settings(settings)

        assert visitor.register(slot_1="workshop-1").status_code == 303

        mute.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody has called
            mute.accept()
    with app.app_context():
        states = db.session.scalars(select(OutboxMessage.state)).all()
    assert set(states) == {"queued"}
