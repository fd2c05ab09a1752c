"""The mailbox of replies on a real IMAP server, and what it says when it cannot be read."""

from collections.abc import Iterator

import pytest

from congress import extensions, inbox
from congress.domain.mails.received import MOST_READ
from tests.concurrency.servers import free_port
from tests.imap import PASSWORD, USER, client_of, imap_server
from tests.returned_mails import words

pytestmark = [pytest.mark.usefixtures("settings"), pytest.mark.sqlite_only]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with imap_server(tmp_path_factory.mktemp("imap")) as port:
        yield port


def use(address: str) -> None:
    """Read this mailbox from now on."""
    settings = extensions.settings().model_copy(update={"reply_mailbox": address})
    extensions.bind_settings(settings)


def put(port: int, *mails: bytes) -> None:
    with client_of(port) as client:
        for mail in mails:
            client.append("INBOX", "", "", mail)


def read(*, keep: bool) -> list[inbox.Letter]:
    with inbox.connect() as box:
        found = []
        for letter in box.letters():
            found.append(letter)
            box.done(letter, keep=keep)
    return found


def test_each_mail_is_read_once_and_goes_unless_a_human_may_want_it(app, port):
    use(f"imap://{USER}:{PASSWORD}@127.0.0.1:{port}/INBOX")
    put(port, words("erika@example.org", "Eins"), words("max@example.org", "Zwei"))

    found = read(keep=True)
    assert [(b"erika@" in each.raw, each.is_whole) for each in found] == [
        (True, True),
        (False, True),
    ]
    assert read(keep=False) == []
    with client_of(port) as client:
        assert client.select("INBOX")[1] == [b"2"]

    put(port, words("erika@example.org", "Drei"))
    assert len(read(keep=False)) == 1
    with client_of(port) as client:
        assert client.select("INBOX")[1] == [b"2"]


def test_of_a_mail_that_is_too_large_only_the_headers_come(app, port):
    use(f"imap://{USER}:{PASSWORD}@127.0.0.1:{port}")
    put(port, words("erika@example.org", "Zeile\n" * (MOST_READ // 4)))
    [letter] = read(keep=False)
    assert not letter.is_whole
    assert b"Zeile" not in letter.raw
    assert b"Frage" in letter.raw


def test_headers_without_end_are_cut(app, port):
    use(f"imap://{USER}:{PASSWORD}@127.0.0.1:{port}")
    lines = (b"a" * 900 + b"\r\n ") * (MOST_READ // 500)  # few of them: the server takes long
    put(port, b"X-Long: " + lines + words("erika@example.org"))
    [letter] = read(keep=False)
    assert len(letter.raw) <= MOST_READ


def test_a_folder_that_vanished_says_so_and_is_read_when_it_is_back(app, port):
    with client_of(port) as client:
        client.create("Antworten")
        client.append("Antworten", "", "", words("erika@example.org"))
        client.rename("Antworten", "Verlegt")
    use(f"imap://{USER}:{PASSWORD}@127.0.0.1:{port}/Antworten")
    with pytest.raises(inbox.Unreadable, match="does not exist"):
        read(keep=False)
    with client_of(port) as client:
        client.rename("Verlegt", "Antworten")
    assert len(read(keep=False)) == 1


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("imap://post:falsch@127.0.0.1:{port}/INBOX", "AUTHENTICATIONFAILED"),
        ("imap://post:geheim@127.0.0.1:{port}/Fehlt", "does not exist"),
        ("imap://post:geheim@127.0.0.1:{closed}/INBOX", "refused"),
        ("imaps://post:geheim@127.0.0.1:{port}/INBOX", "SSL"),
        ("maildir:/nowhere/at/all", "no folder"),
    ],
)
def test_what_cannot_be_read_says_why(app, port, address, reason):
    use(address.format(port=port, closed=free_port()))
    with pytest.raises(inbox.Unreadable) as found, inbox.connect() as box:
        list(box.letters())
    assert reason in found.value.reason
    assert PASSWORD not in found.value.reason


def test_a_folder_that_is_no_maildir_says_so(app, tmp_path):
    (tmp_path / "new").mkdir()
    use(f"maildir:{tmp_path}")
    with pytest.raises(inbox.Unreadable, match="no folder cur"), inbox.connect():
        pass


def test_a_maildir_that_cannot_be_read_says_so(app, tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "strange").mkdir()
    use(f"maildir:{tmp_path}")
    with pytest.raises(inbox.Unreadable, match="strange"), inbox.connect() as box:
        list(box.letters())


def test_without_the_setting_there_is_nothing_to_read(app):
    assert not inbox.is_set()
