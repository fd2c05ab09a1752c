"""Letters that are written when a congress is over: of what was, they promise nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import CONGRESS, MOTOR, a_mail

ENDS = datetime.fromisoformat(CONGRESS["days"][-1]["ends_at"])
MOMENT = timedelta(seconds=1)
# What can still happen to a registration then.
AFTERWARDS = (
    MessageKind.READDRESSED,
    MessageKind.MERGED,
    MessageKind.CORRECTED,
    MessageKind.CONFIRM_ADDRESS,
    MessageKind.LINK,
    MessageKind.SUBSCRIBED,
    MessageKind.INVITED_AGAIN,
)
VENUE = {"de": "Den Veranstaltungsort nennen wir", "en": "We will tell you the venue"}
QUEUE = {"de": "Wird ein Platz frei", "en": "If a place becomes available"}
HAS = {"de": "Sie haben jetzt einen Platz", "en": "You now have a place"}


def text_of(kind: str, language: str, written_at: datetime, **changes: object) -> str:
    letter = replace(a_mail(kind, language, **changes), created_at=written_at)
    mail = message_from_bytes(render(letter).raw, policy=policy.default)
    part = mail.get_body(("plain",))
    assert part
    return " ".join(part.get_content().split())


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", AFTERWARDS)
def test_the_venue_is_announced_until_the_end(kind, language):
    assert VENUE[language] in text_of(kind, language, ENDS - MOMENT)
    after = text_of(kind, language, ENDS)
    assert VENUE[language] not in after
    assert "Lünen" in after


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("more", [{}, {"by_offer": True}, {"first": ["Mitglieder"]}])
def test_nobody_moves_up_when_it_is_over(language, more):
    before, after = (
        text_of("corrected", language, at, **more) for at in (ENDS - MOMENT, ENDS + MOMENT)
    )
    assert QUEUE[language] in before
    assert QUEUE[language] not in after
    assert MOTOR["title"] in after
    for name in more.get("first", []):
        assert (name in before, name in after) == (True, False)


def test_no_link_is_sent_when_it_is_over():
    online = {"mode": "online", "link_comes_at": CONGRESS["days"][0]["starts_at"]}
    sentence = "Wir schicken ihn Ihnen am"
    assert sentence in text_of("corrected", "de", ENDS - MOMENT, **online)
    assert sentence not in text_of("corrected", "de", ENDS, **online)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_merge_gives_nobody_a_place_in_what_is_over(language):
    assert HAS[language] in text_of("merged", language, ENDS - MOMENT)
    assert HAS[language] not in text_of("merged", language, ENDS)


@pytest.mark.parametrize("place", [{"position": 4}, {"reserve": {"position": 4, "places": 2}}])
def test_a_merge_gives_nobody_a_number_in_a_queue_that_is_over(place):
    number = " auf Platz 4 der "
    assert number in text_of("merged", "de", ENDS - MOMENT, **place)
    assert number not in text_of("merged", "de", ENDS, **place)


def test_a_request_is_not_undecided_when_it_is_over():
    sentence = "ist noch nicht"
    assert sentence in text_of("corrected", "de", ENDS - MOMENT, requested=True)
    assert sentence not in text_of("corrected", "de", ENDS, requested=True)
