"""What the own page says after every event, to everybody in whatever state.

The table stands in own_page_events.md, to be read by people. Anna has no workshop, Bela a place
in workshop 1, Cora waits for workshop 2 and keeps 1 meanwhile, Dora only waits for 2, Emil has
its one place, Fred withdrew before, Gina waits for the congress with a wish for 1.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.congresses import CongressState
from congress.extensions import db
from congress.models import Booking, Congress, ProgrammeItem, Registration
from congress.services import changing
from congress.services.planning import releasing
from tests.builders import (
    AFTERWARDS,
    BEGUN,
    LATE,
    OPEN,
    STARTS,
    WORKSHOPS_START,
    a_congress,
    a_workshop,
)
from tests.web import pages
from tests.web.registration.visitors import Visitor, change

pytestmark = pytest.mark.sqlite_only

TABLE = Path(__file__).with_name("own_page_events.md")
PEOPLE = ("Anna", "Bela", "Cora", "Dora", "Emil", "Fred", "Gina")
ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


def edit(app: Flask, number: int, **values: object) -> None:
    """Edit a workshop and publish it."""
    with app.app_context():
        found = select(ProgrammeItem).where(ProgrammeItem.number == number)
        row = db.session.scalars(found).one()
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()
        releasing.release(row.congress_id, actor=ORGANISER, now=OPEN)


class Town:
    """The congress and its people, to whom things happen."""

    def __init__(self, app: Flask, visitor: Visitor) -> None:
        self.app, self.visitor = app, visitor
        with app.app_context():
            congress = a_congress(capacity=5)
            for number, title in ((1, "Junges Engagement"), (2, "Sozialraum"), (3, "Vernetzung")):
                a_workshop(congress, number=number, title=title, capacity=1 if number == 2 else 25)
            self.id = congress.id
        self.own = {"Fred": visitor.own_page(given_name="Fred", slot_1="workshop-1")}
        visitor.act(self.own["Fred"], "withdraw")
        for name, wishes in (
            ("Anna", {}),
            ("Bela", {"slot_1": "workshop-1"}),
            ("Emil", {"slot_1": "workshop-2"}),
            ("Cora", {"slot_1": "workshop-2", "safe_1": "workshop-1"}),
            ("Dora", {"slot_1": "workshop-2", "safe_1": "none"}),
            ("Gina", {"slot_1": "workshop-1"}),
        ):
            self.own[name] = visitor.own_page(given_name=name, **wishes)

    def withdraw(self, name: str) -> None:
        self.visitor.act(self.own[name], "withdraw")

    def end(self, name: str) -> None:
        with self.app.app_context():
            found = select(Registration.id).where(Registration.given_name == name)
            changing.withdraw(db.session.scalars(found).one(), actor=ORGANISER, now=OPEN)

    def give_back(self, name: str) -> None:
        with self.app.app_context():
            mine = select(Registration.id).where(Registration.given_name == name)
            booked = select(Booking.id).where(Booking.registration_id.in_(mine))
            number, booking = db.session.scalars(mine).one(), db.session.scalars(booked).one()
            changing.leave(number, booking, actor=ATTENDEE, now=OPEN)

    def choose(self, name: str, workshop: str) -> None:
        self.visitor.act(self.own[name], "workshops", slot_1=workshop)

    def edit(self, number: int, **values: object) -> None:
        edit(self.app, number, **values)

    def fill_the_others(self) -> None:
        """Let everything else be full and its lists closed when a workshop is called off."""
        self.choose("Anna", "workshop-3")
        self.edit(2, waiting_list=False)
        self.edit(3, capacity=1, waiting_list=False)
        self.edit(1, cancelled=True)

    def bring_workshop_back(self) -> None:
        self.edit(1, cancelled=True)
        self.edit(1, cancelled=False)

    def move_congress(self) -> None:
        week = timedelta(days=7)
        with self.app.app_context():
            [day] = db.session.get_one(Congress, self.id).days
            day.day, day.starts_at, day.ends_at = (
                day.day + week,
                day.starts_at + week,
                day.ends_at + week,
            )
            db.session.commit()
        change(self.app, self.id)

    def set_state(self, state: CongressState) -> None:
        with self.app.app_context():
            if state is CongressState.CANCELLED:
                releasing.call_off(self.id, actor=ORGANISER, now=OPEN)
            else:
                releasing.change_state(self.id, state, actor=ORGANISER, now=BEGUN)

    def bring_congress_back(self) -> None:
        self.set_state(CongressState.CANCELLED)
        change(self.app, self.id, state="published")


LATER = {
    "starts_at": WORKSHOPS_START + timedelta(hours=1),
    "ends_at": WORKSHOPS_START + timedelta(hours=3),
}
EVENTS: dict[str, Callable[[Town], object]] = {
    "registered": lambda _: None,
    "moved up": lambda town: town.withdraw("Emil"),
    "changed": lambda town: town.choose("Bela", "workshop-3"),
    "given back": lambda town: town.give_back("Bela"),
    "withdrawn": lambda town: town.withdraw("Bela"),
    "registered again": lambda town: town.visitor.own_page(given_name="Fred"),
    "ended by organisers": lambda town: town.end("Bela"),
    "workshop moved": lambda town: town.edit(1, **LATER),
    "workshop renamed": lambda town: town.edit(1, title={"de": "Junge Engagierte"}),
    "workshop called off": lambda town: town.edit(1, cancelled=True),
    "called off, the others full": Town.fill_the_others,
    "workshop back again": Town.bring_workshop_back,
    "full workshop called off": lambda town: town.edit(2, cancelled=True),
    "called off, deadline over": lambda town: town.edit(1, cancelled=True),
    "congress moved": Town.move_congress,
    "congress called off": lambda town: town.set_state(CongressState.CANCELLED),
    "congress back again": Town.bring_congress_back,
    "deadline over": lambda _: None,
    "congress begun": lambda _: None,
    "congress over": lambda _: None,
    "congress finished": lambda town: town.set_state(CongressState.FINISHED),
}
MOMENTS = {
    "called off, deadline over": LATE,
    "deadline over": LATE,
    "congress begun": STARTS,
    "congress over": AFTERWARDS,
    "congress finished": BEGUN,
}


def said(page: Element, name: str) -> tuple[str, ...]:
    """Return what a page says, as the columns of the table: heading, lead, places, deeds."""
    main = pages.get(page, "main")
    heading = pages.words(pages.get(main, "h1")).replace(f", {name} Muster", "")
    lead = pages.words(pages.get(main, class_="lead"))
    return heading, lead, "; ".join(places(main)) or "–", ", ".join(deeds(main)) or "–"


def places(main: Element) -> list[str]:
    found = []
    for article in main.iter("article"):
        [title] = pages.titles(article) or ["Kongress"]
        times = pages.find_all(article, "span", class_="muted small num")
        title = ", ".join([title, *map(pages.words, times)])
        state = next(each for each in article.iter("span") if "state" in each.get("class", ""))
        leaves = [
            pages.words(each)
            for each in article.iter()
            if "/leave" in each.get("action", "") + each.get("href", "")
        ]
        line = f"{title} – {pages.words(state)}"
        found.append(f"{line} [{leaves[0]}]" if leaves else line)
    return found


def deeds(main: Element) -> list[str]:
    """Return what else one can do."""
    addresses = {each.get("href", "") for each in main.iter("a")}
    forms = [each for each in main.iter("form") if each.get("action", "").endswith("/workshops")]
    can = {
        "wählen": any(pages.find_all(form, "button") for form in forms),
        "abmelden": any(each.endswith("/withdraw") for each in addresses),
        "Doch behalten": any(
            form.get("action", "").endswith("/take-back") for form in main.iter("form")
        ),
        "neu anmelden": "/fachkongress/register" in addresses,
        "Kalender": any(each.endswith("/calendar.ics") for each in addresses),
    }
    return [deed for deed, is_there in can.items() if is_there]


def rows(event: str) -> list[tuple[str, ...]]:
    """Return the lines of the table about an event: who, and what they read."""
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith(f"| {event} |")]
    return [tuple(map(str.strip, line.strip("|").split("|")))[1:] for line in lines]


@pytest.mark.parametrize("event", EVENTS)
def test_the_own_page_says_what_is_so_after_every_event(app, visitor, on_a_day, event):
    town = Town(app, visitor)
    EVENTS[event](town)
    on_a_day.move_to(MOMENTS.get(event, OPEN))

    found = [(name, *said(pages.read(visitor.open(town.own[name])), name)) for name in PEOPLE]

    assert found == rows(event)


def test_a_congress_that_was_moved_is_named_by_its_new_day(app, visitor, on_a_day):
    town = Town(app, visitor)
    town.move_congress()

    for name in PEOPLE:
        page = pages.words(pages.get(pages.read(visitor.open(town.own[name])), "main"))
        assert "Mittwoch, 28. Oktober 2015" in page
        assert "21. Oktober" not in page


def test_nobody_is_asked_to_give_back_what_does_not_take_place(app, visitor, on_a_day):
    town = Town(app, visitor)
    town.edit(1, cancelled=True)

    asked = pages.read(visitor.open(f"{town.own['Cora']}/withdraw"))
    given_back = [pages.words(each) for each in asked.iter("dd")]

    assert given_back == ["Cora Muster", "Workshop 2: Sozialraum13.15 bis 15.15 Uhr"]


def test_every_event_of_the_table_is_tried():
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")]

    assert {line.split("|")[1].strip() for line in lines[2:]} == set(EVENTS)


def test_places_that_overlap_since_the_programme_moved_say_so(app, visitor, on_a_day):
    with app.app_context():
        congress = a_congress()
        for number, hours in ((1, 0), (2, 3)):
            starts_at = WORKSHOPS_START + timedelta(hours=hours)
            a_workshop(congress, number=number, title=f"Teil {number}", starts_at=starts_at)
    own = visitor.own_page(slot_1="workshop-1", slot_2="workshop-2")
    edit(app, 2, starts_at=WORKSHOPS_START + timedelta(hours=1))

    has = pages.section(pages.read(visitor.open(own)), "haben")

    said = [pages.words(each) for each in has.iter("article")]
    assert len(said) == 2
    assert "Das überschneidet sich mit Workshop 2" in said[0]
    assert "Das überschneidet sich mit Workshop 1" in said[1]
    assert len([each for each in has.iter("form") if each.get("action", "").endswith("leave")]) == 2

    edit(app, 2, cancelled=True)

    has = pages.section(pages.read(visitor.open(own)), "haben")
    assert "überschneidet" not in pages.words(has)


def test_who_waits_for_the_congress_reads_that_the_backup_wish_is_called_off(
    app, visitor, on_a_day
):
    """Both are wishes only, but the one stands in for the other."""
    with app.app_context():
        congress = a_congress(capacity=1)
        for number, title in ((1, "Netze"), (2, "Chöre"), (3, "Gärten")):
            a_workshop(congress, number=number, title=title, capacity=int(number != 2))
    visitor.own_page(given_name="Erika", slot_1="workshop-3")
    own = visitor.own_page(given_name="Hugo", slot_1="workshop-2", safe_1="workshop-1")
    edit(app, 1, cancelled=True)

    _heading, lead, listed, _deeds = said(pages.read(visitor.open(own)), "Hugo")

    assert "Fällt aus: Workshop 1. Unten können Sie etwas anderes wählen." in lead
    assert "Workshop 2: Chöre, 13.15 bis 15.15 Uhr – Vorgemerkt" in listed


def test_whoever_has_two_at_one_time_is_asked_at_the_top_until_one_is_kept(app, visitor, on_a_day):
    with app.app_context():
        congress = a_congress()
        for number, hours in ((1, 0), (2, 3)):
            starts_at = WORKSHOPS_START + timedelta(hours=hours)
            a_workshop(congress, number=number, title=f"Teil {number}", starts_at=starts_at)
    own = visitor.own_page(slot_1="workshop-1", slot_2="workshop-2")
    edit(app, 2, starts_at=WORKSHOPS_START + timedelta(hours=1))

    page = pages.read(visitor.open(own))

    assert "Bitte wählen Sie" in pages.words(pages.get(page, "h1"))
    asked = pages.section(page, "waehlen")
    assert "„Workshop 1: Teil 1“ (13.15 bis 15.15 Uhr)" in pages.words(asked)
    answers = {pages.words(pages.get(each, "button")): each for each in asked.iter("form")}
    assert [*answers] == [
        "Workshop 1 behalten, Workshop 2 zurückgeben",
        "Workshop 2 behalten, Workshop 1 zurückgeben",
    ]

    address = answers["Workshop 2 behalten, Workshop 1 zurückgeben"].get("action")
    visitor.act(own, address.partition(f"{own}/")[2])

    page = pages.read(visitor.open(own))
    assert not pages.has(page, "section", aria_labelledby="waehlen")
    has = [
        pages.words(pages.get(each, "h3")) for each in pages.section(page, "haben").iter("article")
    ]
    assert has == ["Workshop 2: Teil 2"]
