"""Every letter that lists wishes says until when they can be changed, as long as that is so."""

from email import message_from_bytes, policy
from typing import Any

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import a_mail

CHOICE = {
    "starts_at": "2015-10-21T11:15:00+00:00",
    "ends_at": "2015-10-21T13:15:00+00:00",
    "items": [1, 2],
    "ranked": [],
    "any_other": True,
}
OPEN_STILL: dict[str, Any] = {
    "wishes": [CHOICE],
    "wishes_until": "2015-10-10T22:00:00+00:00",
    "has_wished": True,
}
OVER = OPEN_STILL | {"wishes_until": "2015-01-10T23:00:00+00:00"}
KINDS = (
    *(MessageKind.CONFIRMED, MessageKind.CHANGED, MessageKind.CORRECTED, MessageKind.MERGED),
    *(MessageKind.PROGRAMME_CHANGED, MessageKind.HELD_AFTER_ALL, MessageKind.REMINDER),
    *(MessageKind.READDRESSED, MessageKind.REINSTATED, MessageKind.INVITED_AGAIN),
    *(MessageKind.DECLINED, MessageKind.REQUEST_DECLINED, MessageKind.PLACE_GAINED),
)


def words_of(kind: MessageKind, facts: dict[str, Any]) -> str:
    raw = render(a_mail(kind, **facts)).raw
    part = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert part
    return " ".join(part.get_content().split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_with_wishes_says_their_day(kind: MessageKind) -> None:
    said = words_of(kind, OPEN_STILL)
    assert "alles ist recht" in said
    assert "bis einschließlich 10. Oktober" in said
    assert "Jetzt werden die Plätze vergeben" in words_of(kind, OVER)


def test_the_contact_of_a_group_reads_that_everybody_ranks() -> None:
    before, after = (
        words_of(MessageKind.GROUP_REGISTERED, {"wishes_until": each["wishes_until"]})
        for each in (OPEN_STILL, OVER)
    )
    assert "ordnet jede Person Ihrer Gruppe bis einschließlich 10. Oktober 2015" in before
    assert "auf der eigenen Seite" not in after


TO_REGISTER = (
    *(MessageKind.INVITED, MessageKind.INVITED_REMINDER),
    MessageKind.REGISTRATION_OPENED,
)


@pytest.mark.parametrize("kind", TO_REGISTER)
def test_whoever_is_to_register_reads_until_when_wishes_can_be_ranked(kind: MessageKind) -> None:
    before, after = (
        words_of(kind, {"wishes_until": each["wishes_until"]}) for each in (OPEN_STILL, OVER)
    )
    assert "kann die eigenen Wünsche bis einschließlich 10. Oktober 2015" in before
    assert "Wünsche" not in after + words_of(kind, {})
