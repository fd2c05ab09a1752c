"""Whoever leaves or is back reads what becomes of their calendar: by mail, or by subscription."""

import email
import email.policy
from collections.abc import Mapping
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
IN_THE_FEED = "Ihr Kalendereintrag steht in Ihrem Abonnement."
SENTENCES = (
    *(BY_MAIL, OF_AN_ADDRESS, SUBSCRIBED),
    *(BACK_BY_MAIL, SHOWN_AGAIN, SUBSCRIBE_AGAIN, IN_THE_FEED),
)
LEFT = (
    (MessageKind.WITHDRAWN, BY_MAIL),
    (MessageKind.CANCELLED_BY_ORGANISER, BY_MAIL),
    (MessageKind.MERGED_AWAY, OF_AN_ADDRESS),
)
BACK = (
    (MessageKind.HELD_AFTER_ALL, [SHOWN_AGAIN]),  # nobody was told to remove it
    (MessageKind.REINSTATED, [SHOWN_AGAIN, SUBSCRIBE_AGAIN]),
)
SECOND = {"entry": ENTRY | {"sequence": 2}}


def text_of(kind: MessageKind, channel: Mapping[str, object]) -> str:
    mail = a_mail(kind)
    stated = {key: value for key, value in mail.facts.items() if key not in CHANNELS}
    mail = replace(mail, facts={**stated, **channel})
    body = email.message_from_bytes(render(mail).raw, policy=email.policy.default).get_body(
        ("plain",)
    )
    assert body is not None
    return " ".join(body.get_content().split())


def said_by(kind: MessageKind, channel: Mapping[str, object]) -> list[str]:
    text = text_of(kind, channel)
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


@pytest.mark.parametrize(("gained_congress", "said"), [(True, [IN_THE_FEED]), (False, [])])
def test_whoever_moves_up_and_subscribes_reads_where_the_entry_is(
    *, gained_congress: bool, said: list[str]
) -> None:
    facts = {"subscribes": True, "gained_congress": gained_congress}
    assert said_by(MessageKind.PLACE_GAINED, facts) == said


def test_who_did_not_confirm_in_time_reads_of_no_place_that_nobody_may_have_had() -> None:
    text = text_of(MessageKind.LAPSED, {})
    assert "wurde nicht rechtzeitig bestätigt und gilt deshalb nicht mehr:" in text
    assert "frei gehalten" not in text
