"""Whoever leaves or is back reads what becomes of their calendar: by mail, or by subscription."""

import email
import email.policy
from dataclasses import replace

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import CANCELLED_ENTRY, ENTRY, a_mail

BY_MAIL = "Diese Mail nimmt die Veranstaltung auch aus Ihrem Kalender."
OF_AN_ADDRESS = "Diese Mail nimmt die Veranstaltung aus dem Kalender, der zu dieser Adresse gehört."
CHANNELS = ("entry", "subscribes")
SUBSCRIBED = "Ihr Kalenderabonnement können Sie jetzt aus Ihrem Kalenderprogramm entfernen."
BACK_BY_MAIL = "Diese Mail trägt die Veranstaltung auch wieder in Ihren Kalender ein."
SHOWN_AGAIN = "Ihr Kalenderabonnement zeigt die Veranstaltung wieder."
SUBSCRIBE_AGAIN = "Auf Ihrer Seite können Sie es noch einmal abonnieren."
SENTENCES = (BY_MAIL, OF_AN_ADDRESS, SUBSCRIBED, BACK_BY_MAIL, SHOWN_AGAIN, SUBSCRIBE_AGAIN)
LEFT = (
    (MessageKind.WITHDRAWN, BY_MAIL),
    (MessageKind.CANCELLED_BY_ORGANISER, BY_MAIL),
    (MessageKind.MERGED_AWAY, OF_AN_ADDRESS),
)
BACK = (
    (MessageKind.HELD_AFTER_ALL, [SHOWN_AGAIN]),  # nobody was told to remove it
    (MessageKind.REINSTATED, [SHOWN_AGAIN, SUBSCRIBE_AGAIN]),
)
SECOND: dict[str, object] = {"entry": ENTRY | {"sequence": 2}}


def said_by(kind: MessageKind, channel: dict[str, object]) -> list[str]:
    mail = a_mail(kind)
    stated = {key: value for key, value in mail.facts.items() if key not in CHANNELS}
    mail = replace(mail, facts=stated | channel)
    body = email.message_from_bytes(render(mail).raw, policy=email.policy.default).get_body(
        ("plain",)
    )
    assert body is not None
    text = " ".join(body.get_content().split())
    return [words for words in SENTENCES if words in text]


@pytest.mark.parametrize(("kind", "by_mail"), LEFT)
def test_the_letter_says_what_becomes_of_the_calendar(kind: MessageKind, by_mail: str) -> None:
    assert said_by(kind, {"entry": CANCELLED_ENTRY}) == [by_mail]
    assert said_by(kind, {"subscribes": True}) == [SUBSCRIBED]
    assert said_by(kind, {}) == []


@pytest.mark.parametrize(("kind", "subscribed"), BACK)
def test_the_letter_says_that_the_event_is_in_the_calendar_again(
    kind: MessageKind, subscribed: list[str]
) -> None:
    assert said_by(kind, SECOND) == [BACK_BY_MAIL]
    assert said_by(kind, {"subscribes": True}) == subscribed
    assert said_by(kind, {"subscribes": True, "position": 2}) == []
