"""Mails that would keep whoever reads them busy for minutes."""

import mailbox

import psutil
import pytest

from congress import extensions, worker
from congress.reader import UNREADABLE, Reader

PLAIN = b"From: Erika <erika@example.org>\r\nSubject: Hallo\r\n\r\nIch komme."
SLOW = {
    "addresses": b"From: " + b"a@b.de," * 142_000 + b"\r\n\r\nhi",
    "parameters": b"From: a@b.de\r\nContent-Type: text/plain" + b";" * 900_000 + b"\r\n\r\nhi",
    "blocks": b"Content-Type: message/delivery-status\r\n\r\n" + b"a:b\n\n" * 190_000,
}


@pytest.mark.parametrize("slow", SLOW.values(), ids=SLOW)
def test_a_mail_that_takes_too_long_is_left_and_the_next_one_read(slow):
    """Its process ends: what it cost is counted by the system, whatever else is going on."""
    with Reader() as mails:
        assert mails.read(PLAIN, is_whole=True).text == "Ich komme."
        assert mails.read(slow, is_whole=True) == UNREADABLE
        assert mails.read(PLAIN, is_whole=True).sender == "erika@example.org"


def test_without_a_mail_there_is_no_process_and_afterwards_none_is_left():
    mine = psutil.Process()
    before = {each.pid for each in mine.children(recursive=True)}
    with Reader():
        assert {each.pid for each in mine.children(recursive=True)} == before
    with Reader() as mails:
        mails.read(PLAIN, is_whole=True)
        begun = {each for each in mine.children() if each.pid not in before}
        readers = {each for each in begun if "spawn_main" in " ".join(each.cmdline())}
        assert len(readers) == 1
    assert not any(each.is_running() for each in readers)


def test_one_process_goes_on_from_round_to_round_until_no_mail_comes(app, tmp_path, monkeypatch):
    """It takes a second to begin: a full mailbox is read in many rounds."""
    begun, begin = [], Reader._begin

    def noted(reader):
        begun.append(reader)
        return begin(reader)

    monkeypatch.setattr(Reader, "_begin", noted)
    box = mailbox.Maildir(tmp_path / "replies", create=True)
    with app.app_context():
        changed = {"reply_mailbox": f"maildir:{tmp_path / 'replies'}"}
        extensions.bind_settings(extensions.settings().model_copy(update=changed))
        assert worker.read_replies() == 0  # whatever another test has begun ends
        for number in (1, 2):
            box.add(f"Subject: {number}\n\nHallo\n".encode())
            assert worker.read_replies() == 1
        assert len(begun) == 1
        assert worker.read_replies() == 0
        box.add(b"Subject: 3\n\nHallo\n")
        assert worker.read_replies() == 1
        assert len(begun) == 2
