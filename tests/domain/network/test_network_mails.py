"""What of an info mail of the network everybody may read, and which ones may be archived."""

import pytest

from congress.domain.mails.mailings import MailingState
from congress.domain.network.mails import NotSentYet, require_sent, without_reader


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Guten Tag {Vorname} {Nachname},\n\nbis bald!", "Guten Tag,\n\nbis bald!"),
        ("Neues für {Name}", "Neues für"),
        ("{Name}, es gibt Neues", ", es gibt Neues"),
        ("Dear {given name},", "Dear,"),
        ("Ohne jemanden\n\n  eingerückt", "Ohne jemanden\n\n  eingerückt"),
        ("{Vorname}", ""),
        ("", ""),
    ],
)
def test_the_names_of_readers_are_left_out(written, read):
    assert without_reader({"de": written}) == {"de": read}


def test_every_language_is_read_without_them():
    both = {"de": "Für {Name}!", "en": "For {name}!"}
    assert without_reader(both) == {"de": "Für!", "en": "For!"}


@pytest.mark.parametrize("state", sorted(set(MailingState) - {MailingState.SENT}))
def test_only_what_everybody_has_is_archived(state):
    require_sent(MailingState.SENT)
    with pytest.raises(NotSentYet):
        require_sent(state)
