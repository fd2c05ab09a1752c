"""Whoever did not ask for a letter reads, once and truly, what became of it."""

import email
import email.policy
from typing import Any

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import a_mail

NOT_YOU = "Waren Sie das nicht? Dann müssen Sie nichts tun"


@pytest.mark.parametrize(
    ("kind", "changes", "then", "said_once"),
    [
        (MessageKind.LINK, {}, "; geändert wurde nichts.", "geändert"),
        (MessageKind.ALREADY_REGISTERED, {}, ".", "nichts geändert"),
        (MessageKind.CONFIRM_ADDRESS, {}, ".", "ändert sich nichts"),
        (
            MessageKind.CONFIRM_REGISTRATION,
            {},
            "; die Anmeldung endet dann von selbst.",
            "endet dann",
        ),
        (MessageKind.OPENING_ASKED, {}, ".", "löschen wir diese Adresse"),
        (MessageKind.NEWSLETTER_ASKED, {"has_it": False}, ".", "löschen wir diese Adresse"),
        (MessageKind.NEWSLETTER_ASKED, {"has_it": True}, ".", "nichts geändert"),
    ],
)
def test_nothing_is_said_twice_or_untruly(
    kind: MessageKind, changes: dict[str, Any], then: str, said_once: str
) -> None:
    mail = email.message_from_bytes(
        render(a_mail(kind, **changes)).raw, policy=email.policy.default
    )
    body = mail.get_body(("plain",))
    assert body is not None
    text = " ".join(body.get_content().split())

    end = text.partition(NOT_YOU)[2]
    assert end.startswith(f"{then} ")
    assert text.count(said_once) == 1
    of_change = [word for word in ("geändert wurde nichts", "nichts geändert") if word in text]
    assert len(of_change) <= 1
