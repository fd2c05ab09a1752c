"""Whoever waits on the reserve list of an organisation reads so, also in the subject."""

from email import message_from_bytes, policy
from typing import Any

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import a_mail

WAITS: dict[str, Any] = {"position": 7, "reserve": {"position": 2, "places": 3}}


def words_of(kind):
    """The subject and the plain part on one line."""
    letter = a_mail(kind, confirmed=[], waiting=[], **WAITS)
    mail = message_from_bytes(render(letter).raw, policy=policy.default)
    part = mail.get_body(("plain",))
    assert part
    return " ".join([str(mail["Subject"]), *part.get_content().split()])


@pytest.mark.parametrize(
    "kind",
    [
        MessageKind.WAITING,
        MessageKind.CHANGED,
        MessageKind.HELD_AFTER_ALL,
        MessageKind.CONGRESS_CANCELLED,
        MessageKind.ALREADY_REGISTERED,
    ],
)
def test_whoever_waits_on_a_reserve_list_reads_so(kind):
    said = words_of(kind)

    assert "Nachrückliste" in said
    assert "Warteliste" not in said


def test_the_first_letter_says_it_in_its_subject():
    assert words_of(MessageKind.WAITING).startswith("Nachrückliste: ")
