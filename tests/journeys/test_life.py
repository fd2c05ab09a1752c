"""The life of one congress, as its people see it: mailbox, calendar and own page after each step.

Mails go by real SMTP and are applied to a calendar as programs do (RFC 5546). After each step
everybody has had the stated number of mails, and the calendar that they add up to, alone or with
the personal feed, is the one that the own page tells of: for ical.js, node-ical and libical too.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar, Event
from sqlalchemy import select

from config import Settings
from congress import worker
from congress.domain.access import ATTENDEE, COMMAND, Actor, ActorKind
from congress.domain.congress_file.plan import CongressPlan, DayPlan
from congress.domain.congresses import CongressState
from congress.domain.registration_request import RegistrationRequest, WishedWorkshop
from congress.domain.times.time_slots import TimeSlot
from congress.domain.tokens import TokenPurpose
from congress.extensions import db
from congress.formats import ics
from congress.formats.congress_file import read_congress_file
from congress.models import Congress, ProgrammeItem
from congress.queries import calendars
from congress.queries.invariants import list_broken
from congress.queries.planning.congress_files import as_item_plan, find_plan
from congress.services import changing, registering, subscribing, tokens
from congress.services.planning import importing, releasing, scheduling
from tests.journeys.house import Inbox, open_inbox
from tests.journeys.mailboxes import Mailbox, moment, require_agreement, said
from tests.web import pages

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[2] / "examples" / "fachkongress-2015.toml"
BEGINS = datetime(2015, 9, 16, 8, 0, tzinfo=UTC)
ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
WEEK = timedelta(days=7)
HOST = "http://congress.test"
LINK = re.compile(rf"{re.escape(HOST)}(/[^\s<>]*)")
CROWD = 30
MOVED, OTHER, SMALL = "workshop-1", "workshop-2", "workshop-6"
# Who is who: ten sit in the workshop that everything happens to, the last one goes and comes
# back, the one before waits for that one's place, and one would rather subscribe to a calendar.
IN_MOVED, ELSEWHERE, SUBSCRIBES, WAITS, COMES_BACK = range(10), range(10, 27), 27, 28, 29
ONE_OF_EACH = (IN_MOVED[0], ELSEWHERE[0], SUBSCRIBES, WAITS, COMES_BACK)  # all take their time


@dataclass
class Person:
    """Somebody, the mails that arrived, and what a calendar program made of them."""

    number: int
    email: str
    registration: int = 0
    own_page: str = ""
    feed: str = ""
    mailbox: Mailbox = field(default_factory=Mailbox)
    mails: int = 0
    subscribes: bool = False


class Life:
    """A congress, its people, and the time that passes."""

    def __init__(self, app: Flask, inbox: Inbox) -> None:
        self.app, self.inbox = app, inbox
        self.now = BEGINS
        self.people = [Person(each, f"person-{each}@example.org") for each in range(CROWD)]
        self.congress_id = 0

    def found(self) -> None:
        """Publish the congress of the example, with one workshop that has a single place."""
        plan = read_congress_file(
            EXAMPLE.read_bytes(), find_file=lambda name: (EXAMPLE.parent / name).read_bytes()
        ).plan
        items = tuple(
            replace(item, places=1) if item.code == SMALL else item for item in plan.items
        )
        plan = replace(plan, state=CongressState.PUBLISHED, items=items)
        self.congress_id = importing.import_congress(plan, actor=COMMAND, now=self.now).congress_id

    def plan(self) -> CongressPlan:
        slug = db.session.scalars(select(Congress.slug)).one()
        found = find_plan(slug)
        assert found is not None
        return found

    def item(self, code: str) -> ProgrammeItem:
        return db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.code == code)).one()

    def register(self, person: Person, *wishes: WishedWorkshop) -> None:
        request = RegistrationRequest(
            given_name="Erika",
            family_name=f"Muster-{person.number}",
            email=person.email,
            choices=wishes,
            consents=("privacy_notice",),
            form_key=f"{person.number} at {self.now}",
        )
        registered = registering.register(self.congress_id, request, now=self.now)
        person.registration = registered.registration_id
        person.own_page = f"/registration/{registered.token}"
        person.feed = f"/feed/{tokens.token_for(person.registration, TokenPurpose.FEED)}.ics"

    def edit(self, code: str, **values: Any) -> None:  # noqa: ANN401 - the values of a plan
        """Edit a programme item and publish it, as organisers do."""
        row = self.item(code)
        before = as_item_plan(row)
        plan, version = replace(before, **values), before.version
        scheduling.edit_item(row.id, plan, version=version, actor=ORGANISER, now=self.now)
        releasing.release(self.congress_id, actor=ORGANISER, now=self.now)


def everybody_registers(life: Life) -> None:
    moved, other, small = (WishedWorkshop(life.item(code).id) for code in (MOVED, OTHER, SMALL))
    for number in IN_MOVED:
        life.register(life.people[number], moved)
    for number in (*ELSEWHERE, SUBSCRIBES):
        life.register(life.people[number], other)
    life.register(life.people[COMES_BACK], small)
    waits = replace(small, safe_item_id=other.item_id)
    life.register(life.people[WAITS], waits)


def move_a_workshop(life: Life) -> None:
    slot = as_item_plan(life.item(MOVED)).slot
    later = timedelta(minutes=15)
    life.edit(MOVED, slot=TimeSlot(slot.starts_at + later, slot.ends_at + later), room="raum-2")


def rename_it(life: Life) -> None:
    life.edit(MOVED, title={"de": "Wie es jetzt heißt", "en": "What it is called now"})


def call_it_off(life: Life) -> None:
    life.edit(MOVED, cancelled=True)


def bring_it_back(life: Life) -> None:
    life.edit(MOVED, cancelled=False)


def somebody_subscribes(life: Life) -> None:
    person = life.people[SUBSCRIBES]
    person.subscribes = True
    subscribing.choose_channel(person.registration, subscribes=True, actor=ATTENDEE, now=life.now)


def move_the_day_by_a_week(life: Life) -> None:
    def week_later(slot: TimeSlot) -> TimeSlot:
        return TimeSlot(slot.starts_at + WEEK, slot.ends_at + WEEK)

    plan = life.plan()
    moved = replace(
        plan,
        days=tuple(DayPlan(each.day + WEEK, week_later(each.slot)) for each in plan.days),
        items=tuple(replace(item, slot=week_later(item.slot)) for item in plan.items),
    )
    importing.import_congress(moved, actor=COMMAND, now=life.now)


def somebody_withdraws(life: Life) -> None:
    changing.withdraw(life.people[COMES_BACK].registration, actor=ATTENDEE, now=life.now)


def and_registers_again(life: Life) -> None:
    life.register(life.people[COMES_BACK], WishedWorkshop(life.item(OTHER).id))


def call_the_congress_off(life: Life) -> None:
    releasing.call_off(life.congress_id, actor=ORGANISER, now=life.now)


def hold_it_after_all(life: Life) -> None:
    releasing.hold_after_all(life.congress_id, actor=ORGANISER, now=life.now)


# What happens, and how many mails it means to whom: in the workshop that it happens to,
# elsewhere, to the one who subscribes, who waits, and who goes and comes back.
STEPS: list[tuple[Callable[[Life], None], tuple[int, int, int, int, int]]] = [
    (everybody_registers, (2, 2, 2, 2, 2)),  # letter with the link, invitation without
    (move_a_workshop, (1, 0, 0, 0, 0)),
    (rename_it, (1, 0, 0, 0, 0)),
    (somebody_subscribes, (0, 0, 1, 0, 0)),  # the end of the invitation is in the letter
    (call_it_off, (2, 0, 0, 0, 0)),  # they may choose anew: letter with the link, calendar apart
    (bring_it_back, (1, 0, 0, 0, 0)),
    (move_the_day_by_a_week, (1, 1, 1, 1, 1)),
    (somebody_withdraws, (0, 0, 0, 1, 1)),  # and who waited moves up
    (and_registers_again, (0, 0, 0, 0, 2)),
    (call_the_congress_off, (1, 1, 1, 1, 1)),
    (hold_it_after_all, (1, 1, 1, 1, 1)),
]


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with open_inbox() as inbox:
        yield inbox


@pytest.fixture
def settings(settings: Settings, inbox: Inbox) -> Settings:
    return settings.model_copy(update={"mail_url": inbox.url})


def test_mails_feed_and_own_page_tell_of_one_calendar_through_a_whole_life(app, inbox):
    """REL-10, ICS-05 to ICS-07: one UID per person and day, and SEQUENCE only rises."""
    life = Life(app, inbox)
    with app.app_context():
        life.found()
    for number, (act, (in_moved, elsewhere, subscribes, waits, comes_back)) in enumerate(STEPS):
        life.now = BEGINS + timedelta(hours=number)
        with app.app_context():
            act(life)
            tally = worker.deliver()
            assert list_broken() == []
        assert (tally.delayed, tally.failed) == (0, 0)

        arrived = arrive(life)

        expected = (
            dict.fromkeys(IN_MOVED, in_moved)
            | dict.fromkeys(ELSEWHERE, elsewhere)
            | {SUBSCRIBES: subscribes, WAITS: waits, COMES_BACK: comes_back}
        )
        assert arrived == {person: count for person, count in expected.items() if count}, act
        for person in life.people:
            agree(life, person, with_page=number == len(STEPS) - 1 or person.number in ONE_OF_EACH)
    open_every_link(life)
    require_agreement(person.mailbox for person in life.people)


def arrive(life: Life) -> Mapping[int, int]:
    """Put what has come into the calendars of its recipients; returns how many mails came."""
    arrived: Counter[int] = Counter()
    for person in life.people:
        mails = life.inbox.to(f"<{person.email}>")
        for mail in mails[person.mails :]:
            person.mailbox.take(mail)
            arrived[person.number] += 1
        person.mails = len(mails)
    return arrived


def agree(life: Life, person: Person, *, with_page: bool) -> None:
    """Require that the mails add up to what is stated, which neither feed nor page contradicts."""
    client = life.app.test_client()
    with time_machine.travel(life.now, tick=False):
        [mailed] = person.mailbox.calendar.values()
        with life.app.app_context():
            [stated] = calendars.feed_of_registration(person.registration)
        [shown] = Calendar.from_ical(ics.file([stated.entry])).events
        feed = client.get(person.feed).data
        person.mailbox.look(feed, shown, subscribes=person.subscribes)
        if person.subscribes:
            assert (mailed["STATUS"], mailed["UID"]) == ("CANCELLED", shown["UID"])
        else:
            assert said(mailed) == said(shown)
        is_in_feed = person.subscribes or shown["STATUS"] == "CANCELLED"
        in_feed = [said(each) for each in Calendar.from_ical(feed).events]
        assert in_feed == ([said(shown)] if is_in_feed else [])
        if with_page:
            tells(pages.read(client.get(person.own_page)), shown)


def open_every_link(life: Life) -> None:
    """SEC-12: scanners open every link of every mail, and nothing is changed by it."""
    people = [f"<{person.email}>" for person in life.people if person.number in ONE_OF_EACH]
    mails = [mail for address in people for mail in life.inbox.to(address)]
    texts = [body.get_content() for mail in mails if (body := mail.get_body(("plain",)))]
    paths = {path for text in texts for path in LINK.findall(text)}
    assert len([path for path in paths if path.startswith("/registration/")]) >= len(people)
    client = life.app.test_client()
    with life.app.app_context():
        before = all_rows()
    with time_machine.travel(life.now, tick=False):
        for path in sorted(paths):
            for open_it in (client.get, client.head, client.get):
                assert open_it(path, base_url=HOST).status_code < 400, path
    with life.app.app_context():
        assert all_rows() == before


def all_rows() -> dict[str, list[str]]:
    """Return everything that is stored."""
    tables = db.metadata.sorted_tables
    return {
        each.name: sorted(repr(row) for row in db.session.execute(select(each))) for each in tables
    }


def tells(page: Element, mailed: Event) -> None:
    """Require that the own page says what an entry says."""
    own = pages.words(page)
    days = {each.get("datetime") for each in pages.find_all(page, "time", datetime="")}
    if mailed["STATUS"] == "CANCELLED":
        assert str(mailed["SUMMARY"]).startswith(("Abgesagt: ", "Abgemeldet: "))
        assert days == set()
        return
    assert days == {moment(mailed, "DTSTART").date().isoformat()}
    hours = [f"{moment(mailed, name):%-H.%M}" for name in ("DTSTART", "DTEND")]
    for each in (str(mailed["SUMMARY"]), *str(mailed["LOCATION"]).split(", "), " bis ".join(hours)):
        assert each in own, each
    for title, time_and_room in workshops(mailed):
        is_off = title.startswith("Abgesagt: ")
        assert title.removeprefix("Abgesagt: ") in own
        assert is_off or all(each in own for each in time_and_room.split(", "))


def workshops(event: Event) -> list[tuple[str, str]]:
    """Title, and time and room, of each workshop that an entry names."""
    blocks = [block.splitlines() for block in str(event["DESCRIPTION"]).split("\n\n")]
    own = [block for block in blocks if block[0] == "Ihr Workshop:"]
    return [(title.partition(": ")[2], time) for _, title, time, *_people in own]
