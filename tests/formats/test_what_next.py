"""How letters read: headings are sentences, and each question stands beside its answer."""

import re
from email import message_from_bytes, policy

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import CONGRESS, a_mail

TITLED = {  # by organisers
    *(MessageKind.MESSAGE, MessageKind.INFO_MAIL, MessageKind.NEWSLETTER),
    *(MessageKind.NETWORK_MAIL, MessageKind.NETWORK_NEWSLETTER),
}
QUESTION = {"de": "Passt es Ihnen nicht mehr?", "en": "Have your plans changed?"}
ANSWER = {"de": "Workshops wechseln können Sie", "en": "You can change your workshops"}
CLOSED = CONGRESS | {"withdrawals_until": "2015-08-01T22:00:00+00:00"}


def text_of(kind: str, language: str, **changes: object) -> str:
    letter = a_mail(kind, language, **changes)
    part = message_from_bytes(render(letter).raw, policy=policy.default).get_body(("plain",))
    assert part
    return " ".join(part.get_content().split())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", sorted(set(MessageKind) - TITLED))
def test_every_heading_is_a_sentence(kind, language):
    """In plain text the next one follows it in the same paragraph."""
    raw = render(a_mail(kind, language)).raw
    part = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    assert part
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", part.get_content(), re.DOTALL)
    assert heading
    assert heading[1].strip().endswith((".", "?", "!"))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", ["programme_changed", "held_after_all"])
def test_whose_plans_have_changed_reads_at_once_what_one_can_do(kind, language):
    assert f"- {QUESTION[language]} {ANSWER[language]}" in text_of(kind, language)


@pytest.mark.parametrize("kind", ["programme_changed", "held_after_all"])
def test_nobody_is_asked_who_can_do_nothing(kind):
    nothing = {"congress": CLOSED, "confirmed": [], "waiting": []}
    assert QUESTION["de"] not in text_of(kind, "de", **nothing)


def test_each_day_has_a_calendar_entry_of_its_own():
    days = [
        *CONGRESS["days"],
        {"starts_at": "2015-10-22T07:30:00+00:00", "ends_at": "2015-10-22T14:30:00+00:00"},
    ]
    letter = text_of("confirmed", "de", congress=CONGRESS | {"days": days})
    assert "Die Kalendereinträge kommen in eigenen Mails, einer je Tag." in letter
