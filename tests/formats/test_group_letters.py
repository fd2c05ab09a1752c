"""Whom a contact registered, or asked for a place for, reads which of the two it was."""

from email import message_from_bytes, policy

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import a_mail

BY = {"registered_by": "Kim Beispiel"}


@pytest.mark.parametrize(
    ("kind", "says", "hides"),
    [
        (MessageKind.CONFIRMED, "Kim Beispiel hat Sie", "angefragt"),
        (MessageKind.REQUESTED, "Kim Beispiel hat für Sie einen Platz", "angemeldet"),
    ],
)
def test_nobody_is_called_registered_for_whom_a_place_was_only_asked_for(kind, says, hides):
    letter = message_from_bytes(render(a_mail(kind, **BY)).raw, policy=policy.default)
    part = letter.get_body(("plain",))
    assert part
    words = " ".join(part.get_content().split())
    assert says in words
    assert hides not in words.split("Datenschutzhinweise")[0]
