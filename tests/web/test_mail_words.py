import pytest
from flask import Flask

from congress.domain.mails.kinds import KINDS, MessageKind
from congress.formats.letters import FOLDER
from congress.web.organiser import mail_words

pytestmark = pytest.mark.sqlite_only  # what pages say; queries are tried on both


@pytest.mark.parametrize("kind", MessageKind)
def test_each_kind_of_mail_is_decided_on_written_and_named(app: Flask, kind: MessageKind):
    assert kind in KINDS
    assert (FOLDER / f"{kind}.jinja").is_file()
    with app.test_request_context():
        assert mail_words.kind(kind)
