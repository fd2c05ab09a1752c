"""Whoever waits behind priority groups reads which move up first, once in each letter."""

from email import message_from_bytes, policy

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import a_mail

FIRST = {"first": ["Mitglieder", "Mitwirkende"]}
SAID = (
    "Diese Vorranggruppen rücken vor Ihnen nach, auch wer später dazukommt: "
    "Mitglieder, Mitwirkende."
)


def words_of(kind, facts):
    letter = a_mail(kind, **facts)
    part = message_from_bytes(render(letter).raw, policy=policy.default).get_body(("plain",))
    assert part
    return " ".join(part.get_content().split())


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (MessageKind.WAITING, {}),
        (MessageKind.WAITING, {"reserve": {"position": 2, "places": 3}}),
        (MessageKind.CONFIRM_REGISTRATION, {"position": 3}),
        (MessageKind.CONFIRMED, {}),  # and waits for a workshop
    ],
)
def test_who_waits_reads_which_groups_move_up_before(kind, facts):
    assert SAID not in words_of(kind, facts)
    assert words_of(kind, facts | FIRST).count(SAID) == 1
