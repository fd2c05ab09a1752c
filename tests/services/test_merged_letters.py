"""What somebody reads where two things happened before a mail went out: what is so, once.

The table stands in merged_letters.md, to be read by people. Everybody begins with a place in
workshop 1 and knows of it; 2 and 3 have places, 4 is full. While mails wait, `first` happens and
`then`; what was called off `before` is known already. The last rows are longer stories.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from congress.domain.access import ATTENDEE
from congress.domain.congress_file.plan import DayPlan
from congress.domain.errors import Refused
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.domain.times.time_slots import TimeSlot
from congress.models import ProgrammeItem
from congress.queries.planning.congress_files import find_plan
from congress.queries.registrations import get_own
from congress.services import changing, registering
from congress.services.mails import delivering
from congress.services.planning import importing, releasing
from tests.builders import (
    OPEN,
    WORKSHOPS_START,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
    set_places,
)
from tests.services.mail_house import ORGANISER, method_of

pytestmark = pytest.mark.sqlite_only

TABLE = Path(__file__).with_name("merged_letters.md")
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
ROWS = ("Ihr Workshop", "Warteliste", "Noch Plätze")
SHORT = {
    "Fachkongress am 21. Oktober 2015 in Lünen": "F 21",
    "Fachkongress am 22. Oktober 2015 in Lünen": "F 22",
    "beim Fachkongress „Engagement vor Ort“": "beim F",
}
_slugs = count(1)


class Story:
    """A congress of its own, and somebody in it to whom things happen."""

    def __init__(self, session: Session) -> None:
        self.session, self.slug = session, f"kongress-{next(_slugs)}"
        self.congress = a_congress(slug=self.slug)
        titles = {1: "Netze", 2: "Chöre", 3: "Gärten", 4: "Feste"}
        self.workshops = {
            number: a_workshop(
                self.congress, number=number, title=title, capacity=0 if number == 4 else 9
            ).id
            for number, title in titles.items()
        }
        self.somebody = registering.register(
            self.congress.id, a_request(1, self._wish(1)), now=OPEN
        ).registration_id
        send_everything()

    def _wish(self, number: int) -> WishedWorkshop:
        return WishedWorkshop(self.workshops[number])

    def edit(self, number: int, **values: Any) -> None:  # noqa: ANN401 - columns
        mine = ProgrammeItem.id == self.workshops[number]
        self.session.execute(update(ProgrammeItem).where(mine).values(**values))
        self.session.commit()
        releasing.release(self.congress.id, actor=ORGANISER, now=OPEN)

    def choose(self, number: int) -> None:
        wishes = [self._wish(number)]
        changing.change_workshops(self.somebody, wishes, actor=ATTENDEE, now=OPEN)

    def put_into(self, number: int) -> None:
        """As an organiser does."""
        changing.assign_workshops(
            self.somebody, [self._wish(number)], by_hand=ByHand(), actor=ORGANISER, now=OPEN
        )

    def give_back(self) -> None:
        bookings = get_own(self.somebody).standing.bookings
        for booking in bookings[:1]:
            changing.leave(self.somebody, booking.id, actor=ATTENDEE, now=OPEN)

    def withdraw(self) -> None:
        changing.withdraw(self.somebody, actor=ATTENDEE, now=OPEN)

    def move_day(self) -> None:
        """As an import does, with all that is on that day."""
        plan = find_plan(self.slug)
        assert plan is not None
        moved = replace(
            plan,
            days=tuple(DayPlan(each.day + A_DAY, _later(each.slot)) for each in plan.days),
            items=tuple(replace(each, slot=_later(each.slot)) for each in plan.items),
        )
        importing.import_congress(moved, actor=ORGANISER, now=OPEN)

    def call_off(self) -> None:
        releasing.call_off(self.congress.id, actor=ORGANISER, now=OPEN)

    def bring_back(self) -> None:
        releasing.hold_after_all(self.congress.id, actor=ORGANISER, now=OPEN)

    def do(self, event: str) -> None:
        self.session.rollback()
        EVENTS[event](self)

    def mails(self) -> str:
        """Let the mails go, and return what they say in one line."""
        self.session.rollback()
        claimed = delivering.claim("test", now=OPEN)
        mine = [each for each in claimed if each.registration_id == self.somebody]
        said = [_said(each) for each in mine]
        send_everything()
        return " // ".join(filter(None, said)) or "–"


LATER = {"starts_at": WORKSHOPS_START + AN_HOUR, "ends_at": WORKSHOPS_START + 3 * AN_HOUR}
EVENING = {
    "starts_at": WORKSHOPS_START + 4 * AN_HOUR,
    "ends_at": WORKSHOPS_START + 6 * AN_HOUR,
}
EVENTS: dict[str, Callable[[Story], object]] = {
    "1 off": lambda story: story.edit(1, cancelled=True),
    "1 back": lambda story: story.edit(1, cancelled=False),
    "1 moved": lambda story: story.edit(1, **LATER),
    "1 renamed": lambda story: story.edit(1, title={"de": "Andere Netze"}),
    "2 off": lambda story: story.edit(2, cancelled=True),
    "2 moved": lambda story: story.edit(2, **EVENING),
    "chose 2": lambda story: story.choose(2),
    "chose 3": lambda story: story.choose(3),
    "put into 1": lambda story: story.put_into(1),
    "put into 2": lambda story: story.put_into(2),
    "waits for 4": lambda story: story.choose(4),
    "4 grew": lambda story: set_places(
        story.congress.id, story.workshops[4], 9, actor=ORGANISER, now=OPEN
    ),
    "4 off": lambda story: story.edit(4, cancelled=True),
    "4 back": lambda story: story.edit(4, cancelled=False),
    "4 renamed": lambda story: story.edit(4, title={"de": "Andere Feste"}),
    "gave back": Story.give_back,
    "withdrew": Story.withdraw,
    "day moved": Story.move_day,
    "congress off": Story.call_off,
    "congress back": Story.bring_back,
}
NEEDS = {"1 back": "1 off", "congress back": "congress off"}


def _later(slot: TimeSlot) -> TimeSlot:
    return TimeSlot(slot.starts_at + A_DAY, slot.ends_at + A_DAY)


def _said(claimed: delivering.ClaimedMail) -> str:
    """Return subject, sentences, workshops and calendar object of a mail."""
    rendered = delivering.prepare(claimed)
    entry = method_of(claimed)  # type: ignore[arg-type] # it has facts too
    if claimed.kind.startswith("calendar"):
        return f"+ {entry}"
    body = message_from_bytes(rendered.raw, policy=policy.default).get_body(("plain",))
    assert body is not None
    text = body.get_content().replace("\r", "")
    _greeting, _, letter = text.partition("\n\n")
    opening, _, rest = letter.partition("\nWann ")
    lines = [line.partition(" Sie sind")[0] for line in rest.splitlines()]
    rows = [" ".join(line.split()).rstrip(".") for line in lines if line.startswith(ROWS)]
    said = " ".join([f"**{rendered.subject}**", *opening.split(), *map("[{}]".format, rows)])
    for long, short in SHORT.items():
        said = said.replace(long, short)
    return f"{said} + {entry}" if entry else said


OF_FOUR = {"waits for 4", "4 grew", "4 off", "4 back", "4 renamed"}
IN_STORIES_ONLY = {"2 moved", "chose 3", "put into 1", "put into 2"} | OF_FOUR


def pairs() -> Iterator[tuple[str, str, str]]:
    """Yield what is known, what happens first, and what then, as far as it can happen."""
    events = [event for event in EVENTS if event not in IN_STORIES_ONLY]
    for first in events:
        before = NEEDS.get(first, "–")
        for then in events:
            needed = NEEDS.get(then, first)
            if then != first and needed == first:
                yield before, first, then


STORIES = [
    ("–", "1 off", "2 moved"),
    ("–", "put into 2", "1 off"),
    ("–", "put into 2", "2 off"),
    ("–", "put into 2", "chose 3"),
    ("–", "put into 2", "put into 1"),
    ("–", "chose 3", "put into 2"),
    ("–", "waits for 4", "1 off"),
    ("–", "waits for 4", "1 off, chose 2"),
    ("–", "1 renamed", "chose 2, 1 off"),
    ("–", "chose 2", "day moved, 2 off"),
    ("congress off", "congress back", "chose 2, 2 off"),
    ("congress off", "congress back", "congress off, congress back"),
    ("–", "congress off", "1 off, congress back"),
    ("congress off", "1 off", "congress back"),
    ("congress off", "day moved", "congress back"),
    ("congress off", "1 off", "1 back, congress back"),
    ("–", "1 off", "put into 2"),
    ("1 off", "1 renamed", "1 renamed"),
    ("waits for 4", "4 grew", "4 off"),
    ("waits for 4", "4 grew", "4 off, 4 back"),
    ("waits for 4", "4 grew", "4 renamed"),
    ("waits for 4", "4 grew", "chose 2"),
    ("waits for 4", "4 grew", "gave back"),
    ("waits for 4", "4 grew", "day moved"),
    ("waits for 4", "4 grew", "congress off, congress back"),
    ("waits for 4", "4 grew", "congress off, 4 renamed, congress back"),
    ("waits for 4", "4 off", "1 renamed"),
    ("–", "1 off", "chose 2, 1 back"),
    ("1 off, chose 2", "1 back", "2 moved"),
    ("1 off, chose 2", "1 back", "1 off"),
    ("1 off, chose 2", "1 back", "put into 1"),
    ("1 off, chose 2", "1 back", "1 off, 1 back"),
    ("1 off, chose 2", "1 back", "congress off, congress back"),
    ("1 off, chose 2", "congress off", "1 back, congress back"),
    ("–", "waits for 4", "4 renamed"),
    ("–", "waits for 4", "congress off, congress back"),
]


def story(session: Session, before: str, first: str, then: str) -> str:
    """Let things happen and return what is read of them."""
    here = Story(session)
    if before != "–":
        for event in before.split(", "):
            here.do(event)
            send_everything()
    try:
        for event in (first, *then.split(", ")):
            here.do(event)
    except Refused as refusal:
        session.rollback()
        send_everything()
        return type(refusal).__name__
    return here.mails()


def rows_of(first: str) -> list[list[str]]:
    """Return the lines of the table that begin with some event."""
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")][2:]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [cells for cells in found if cells[1] == first]


@pytest.mark.parametrize("first", EVENTS)
def test_mails_that_waited_say_what_is_so_and_only_that(session, first):
    """TRUE-03, TRUE-04."""
    told = [each for each in [*pairs(), *STORIES] if each[1] == first]

    assert [[*each, story(session, *each)] for each in told] == rows_of(first)
