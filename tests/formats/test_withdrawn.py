"""Whoever withdraws reads what becomes of their calendar: by mail, or by subscription."""

import email
import email.policy
from dataclasses import replace

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import CANCELLED_ENTRY, a_mail

BY_MAIL = "Diese Mail nimmt die Veranstaltung auch aus Ihrem Kalender."
CHANNELS = ("entry", "subscribes")
SUBSCRIBED = "Ihr Kalenderabonnement können Sie jetzt aus Ihrem Kalenderprogramm entfernen."


@pytest.mark.parametrize("kind", [MessageKind.WITHDRAWN, MessageKind.CANCELLED_BY_ORGANISER])
@pytest.mark.parametrize(
    ("channel", "said"),
    [({"entry": CANCELLED_ENTRY}, [BY_MAIL]), ({"subscribes": True}, [SUBSCRIBED]), ({}, [])],
)
def test_the_letter_says_what_becomes_of_the_calendar(
    kind: MessageKind, channel: dict[str, object], said: list[str]
) -> None:
    mail = a_mail(kind)
    stated = {key: value for key, value in mail.facts.items() if key not in CHANNELS}
    mail = replace(mail, facts=stated | channel)
    body = email.message_from_bytes(render(mail).raw, policy=email.policy.default).get_body(
        ("plain",)
    )
    assert body is not None
    text = " ".join(body.get_content().split())

    assert [words for words in (BY_MAIL, SUBSCRIBED) if words in text] == said
