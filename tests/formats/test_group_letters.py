"""What letters to people of a group say of it: one offer to all, who changed what for them."""

from email import message_from_bytes, policy

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import a_mail

UNTIL = {"offered_until": "2015-09-20T08:00:00+00:00", "confirmed": [], "waiting": []}
ONLINE = {"mode": "online", "before": {"mode": "onsite"}, "by_contact": "Kim Ost"}
SAID = [  # the kind, what it states of a group, what is said with it and without
    (MessageKind.PLACE_OFFERED, {"offered_with": 3}, "Wer zuerst annimmt, nimmt für alle an"),
    (MessageKind.PLACE_OFFERED, {"offered_with": 3}, "für 3 von Ihnen frei, auch für Sie"),
    (MessageKind.PLACE_OFFERED, {"offered_with": 3}, "die anderen behalten das Angebot"),
    (MessageKind.PLACE_GAINED, {"accepted_for_all": True}, "hat das Angebot für alle angenommen"),
    (MessageKind.GROUP_REGISTERED, {"together": True, "by_offer": False}, "nur zusammen"),
    (MessageKind.GROUP_REGISTERED, {"together": True, "by_offer": True}, "gemeinsam angeboten"),
    (MessageKind.CHANGED, ONLINE, "Kim Ost hat Sie angemeldet und nun geändert, wie Sie"),
    (MessageKind.CHANGED, ONLINE, "Sie nehmen jetzt online teil. Bisher: vor Ort."),
]


def words_of(kind, facts):
    raw = render(a_mail(kind, **facts)).raw
    part = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert part
    return " ".join(part.get_content().split())


@pytest.mark.parametrize(("kind", "facts", "said"), SAID)
def test_of_a_group_letters_say_what_holds_for_all(kind, facts, said):
    usual = UNTIL if kind is MessageKind.PLACE_OFFERED else {}

    assert said in words_of(kind, usual | facts)
    assert said not in words_of(kind, usual)


def test_of_one_offer_to_a_group_nothing_is_said_that_holds_for_one_alone():
    said = words_of(MessageKind.PLACE_OFFERED, UNTIL | {"offered_with": 2})

    assert "Sie sind an der Reihe" not in said
    assert "geht der Platz" not in said


def test_whose_workshops_were_changed_too_reads_of_these():
    before = {"mode": "onsite", "confirmed": [], "waiting": []}

    said = words_of(MessageKind.CHANGED, ONLINE | {"before": before})

    assert "hat nun Ihre Workshops geändert" in said
