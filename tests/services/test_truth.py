"""Whatever waited and whatever gave way: what people hold in the end is what is so."""

import pytest

from congress.services.mails import delivering
from tests.builders import send_everything
from tests.services.stories import Story, by_the_program, in_hand

pytestmark = pytest.mark.sqlite_only

# Where somebody begins, and what happens; mails wait unless they are "sent".
IN_1, IN_1_AND_5, FOR_4 = (1,), (1, 5), (4,)
STORIES = [
    (IN_1, "1 off, chose 2"),
    (IN_1, "1 off, chose 2, 1 back"),
    (IN_1, "1 off, sent, 1 renamed, 1 renamed"),
    (IN_1, "1 off, sent, 1 in another room, congress off, congress back"),
    (IN_1, "congress off, 1 in another room, congress back"),
    (IN_1, "congress off, sent, 1 in another room, congress back"),
    (IN_1, "congress off, sent, congress back, congress off"),
    (IN_1, "new address, congress off, congress back"),
    (IN_1, "new address, 1 off, 1 back"),
    (IN_1, "1 renamed, new name, congress off, congress back"),
    (IN_1, "chose 2, new name, 1 off, congress off, congress back"),
    (IN_1, "1 renamed, new address, congress off, congress back"),
    (IN_1, "waits for 4, congress off, congress back"),
    (IN_1, "waits for 4, sent, more places in 4, 4 off, chose 2"),
    (IN_1, "finished, 1 in another room, reopened"),
    (IN_1, "finished, 1 off, sent, 1 back, reopened"),
    (IN_1, "1 renamed, finished, sent, 1 renamed, reopened, congress off, congress back"),
    (IN_1, "chose 2, off the list, 1 renamed, back on it, new name"),
    (IN_1, "off the list, sent, back on it, off the list, back on it"),
    (IN_1, "off the list, sent, back on it, congress off, congress back, chose 2"),
    (IN_1, "off the list, sent, 1 off, back on it, congress off, congress back"),
    (IN_1_AND_5, "1 renamed, congress off, congress back, gave back"),
    (IN_1_AND_5, "congress off, sent, congress back, 1 off, sent, 1 back"),
    (FOR_4, "more places in 4, congress off, congress back"),
    (FOR_4, "more places in 4, 4 off, 4 back"),
    (FOR_4, "more places in 4, 4 off, chose 2"),
    (FOR_4, "more places in 4, 4 renamed, congress off, congress back"),
    (FOR_4, "more places in 4, chose 2, congress off, congress back"),
    (FOR_4, "finished, 4 renamed, reopened"),
    (FOR_4, "off the list, more places in 4, back on it, congress off, congress back"),
    (FOR_4, "4 renamed, more places in 4, sent, 4 off, 4 renamed"),
]
WAITING_FOR_THE_CONGRESS = [
    "more places, congress off, congress back",
    "more places, chose 2, 2 off",
    "more places, 1 off, congress off, congress back",
    "1 renamed, congress off, sent, congress back",
    "congress off, sent, congress back, more places",
    "more places, new address, 1 renamed",
    "off the list, sent, back on it, more places",
    "finished, 1 in another room, reopened",
]


@pytest.mark.parametrize("begins", [IN_1, IN_1_AND_5, FOR_4])
def test_calendar_and_last_letter_say_what_feed_and_own_page_say(session, begins):
    """TRUE-03, ICS-07."""
    for events in (events for numbers, events in STORIES if numbers == begins):
        story = Story(session, *begins)
        happens(story, events)
        assert (events, in_hand(story)) == (events, by_the_program(story))


def test_so_do_those_of_somebody_who_waited_for_the_congress(session):
    for events in WAITING_FOR_THE_CONGRESS:
        story = Story(session, 1, capacity=0)
        happens(story, events)
        assert (events, in_hand(story)) == (events, by_the_program(story))


def happens(story: Story, events: str) -> None:
    for event in events.split(", "):
        story.do(event)
    for mail in delivering.claim("test", now=story.now):
        assert delivering.prepare(mail).subject
    send_everything()
