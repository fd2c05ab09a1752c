"""Any sequence of register, change, withdraw, promote and capacity change keeps REL-07.

A second, independent model of who sits where runs beside the program: the queue of the congress
is a plain list, and the answer is compared after each step.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.errors import Refused
from congress.domain.hall import CONGRESS
from congress.domain.merging import WhoseWorkshop
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.registration_request import WishedWorkshop
from congress.extensions import db
from congress.models import (
    AccessToken,
    AuditLine,
    Booking,
    CalendarEntry,
    Congress,
    Consent,
    OutboxMessage,
    ProgrammeItem,
    Registration,
)
from congress.queries import congresses
from congress.queries.invariants import list_broken
from congress.services import (
    changing,
    confirming,
    merging,
    priorities,
    promoting,
    registering,
)
from congress.services.merging import Merging
from tests.builders import (
    OPEN,
    TWO_HOURS,
    WORKSHOPS_START,
    a_congress,
    a_request,
    a_workshop,
    set_places,
)

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
PEOPLE = 12
WORKSHOPS = 4  # three at one time, the fourth later
CONGRESS_CAPACITY, WORKSHOP_CAPACITY = 5, 2

GROUPS = ("Mitglieder", "Mitwirkende", "Übrige")
anybody = st.integers(0, PEOPLE - 1)  # counted among those who are registered
workshops = st.integers(0, WORKSHOPS - 1)
wishes = st.lists(workshops, unique=True, max_size=2)
capacities = st.one_of(st.none(), st.integers(0, 7))

REGISTER = st.tuples(st.just("register"), anybody, wishes, workshops)
STEPS = st.tuples(
    st.lists(REGISTER, min_size=4, max_size=12),
    st.lists(
        st.one_of(
            REGISTER,
            st.tuples(st.just("change"), anybody, workshops),
            st.tuples(st.just("change"), anybody, workshops),
            st.tuples(st.just("leave"), anybody, workshops),
            st.tuples(st.just("withdraw"), anybody),
            st.tuples(st.just("withdraw"), anybody),
            st.tuples(st.just("lapse"), anybody),
            st.tuples(st.just("merge"), anybody, anybody, st.booleans()),
            st.tuples(st.just("group"), anybody, st.sampled_from(GROUPS)),
            st.tuples(st.just("group"), anybody, st.sampled_from(GROUPS)),
            st.tuples(st.just("promote"), anybody, st.booleans()),
            st.tuples(st.just("promote into"), anybody, workshops, st.booleans()),
            st.tuples(st.just("places"), capacities),
            st.tuples(st.just("workshop places"), workshops, capacities),
        ),
        max_size=20,
    ),
).map(lambda parts: [*parts[0], *parts[1]])


# Whoever is merged into somebody with a place needs the safe place no more that they would keep.
WON_AND_GIVEN_UP_AT_ONCE = [
    *(("register", number, [], 0) for number in range(1, 6)),
    ("register", 0, [0], 1),
    ("merge", 1, 0, False),
]


@dataclass
class World:
    """The congress under test and what the plain model says of it."""

    congress_id: int
    items: list[int]
    registrations: dict[int, int] = field(default_factory=dict)

    def apply(self, step: tuple) -> None:
        name, *arguments = step
        getattr(self, name.replace(" ", "_"))(*arguments)

    def register(self, person: int, chosen: list[int], safe: int) -> None:
        at_one_time = [each for each in chosen if each < WORKSHOPS - 1][:1]
        wanted = at_one_time + [each for each in chosen if each == WORKSHOPS - 1]
        safe_places = {each: self.items[safe] for each in at_one_time if safe < WORKSHOPS - 1}
        wishes = [WishedWorkshop(self.items[each], safe_places.get(each)) for each in wanted]
        request = a_request(person, *wishes)
        done = registering.register(self.congress_id, request, now=OPEN)
        self.registrations[person] = done.registration_id

    def change(self, person: int, workshop: int) -> None:
        wish = WishedWorkshop(self.items[workshop])
        changing.change_workshops(self.known(person), [wish], actor=ATTENDEE, now=OPEN)

    def leave(self, person: int, workshop: int) -> None:
        booking = self.booking(person, workshop)
        changing.leave(self.known(person), booking, actor=ATTENDEE, now=OPEN)

    def withdraw(self, person: int) -> None:
        changing.withdraw(self.known(person), actor=ATTENDEE, now=OPEN)

    def lapse(self, person: int) -> None:
        """Let somebody wait for a confirmation that does not come."""
        waits = update(Registration).where(Registration.id == self.known(person))
        db.session.execute(waits.values(unconfirmed_until=OPEN))
        db.session.commit()
        confirming.next_step(now=OPEN)

    def merge(self, person: int, other: int, other_wins: bool) -> None:
        heading = congresses.get_heading(self.congress_id)
        wanted = Merging(self.known(person), self.known(other))
        seen = merging.foresee(heading, wanted, now=OPEN)
        if isinstance(seen.refusal, WhoseWorkshop):
            answers = {each.key: other_wins for each in seen.refusal.clashes}
            wanted = replace(wanted, other_wins=answers)
            seen = merging.foresee(heading, wanted, now=OPEN)
        merging.merge(wanted, seen=seen.seen, actor=ORGANISER, now=OPEN)

    def group(self, person: int, name: str) -> None:
        of = [self.known(person)]
        priorities.set_group(self.congress_id, of, name, actor=ORGANISER, now=OPEN)

    def promote(self, person: int, overbook: bool) -> None:
        promoting.promote_registration(
            self.known(person), overbook=overbook, actor=ORGANISER, now=OPEN
        )

    def promote_into(self, person: int, workshop: int, overbook: bool) -> None:
        booking = self.booking(person, workshop)
        promoting.promote_booking(booking, overbook=overbook, actor=ORGANISER, now=OPEN)

    def places(self, capacity: int | None) -> None:
        set_places(self.congress_id, CONGRESS, capacity, actor=ORGANISER, now=OPEN)

    def workshop_places(self, workshop: int, capacity: int | None) -> None:
        item_id = self.items[workshop]
        set_places(self.congress_id, item_id, capacity, actor=ORGANISER, now=OPEN)

    def known(self, person: int) -> int:
        if not self.registrations:
            raise Refused
        known = sorted(self.registrations)
        return self.registrations[known[person % len(known)]]

    def booking(self, person: int, workshop: int) -> int:
        bookings = db.session.scalars(
            select(Booking.id)
            .where(
                Booking.registration_id == self.known(person),
                Booking.state != BookingState.CANCELLED,
            )
            .order_by(Booking.id)
        ).all()
        if not bookings:
            raise Refused
        return bookings[workshop % len(bookings)]


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with app.app_context():
        congress = a_congress(rules={"priority": "\n".join(GROUPS)})
        later = WORKSHOPS_START + TWO_HOURS
        items = [
            a_workshop(congress, number=number, starts_at=later if number == WORKSHOPS else start)
            for number, start in enumerate([WORKSHOPS_START] * WORKSHOPS, start=1)
        ]
        yield World(congress.id, [item.id for item in items])


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
@example(steps=WON_AND_GIVEN_UP_AT_ONCE)
def test_any_sequence_keeps_places_and_queues_right(world, steps):
    """REL-07."""
    start_anew(world)
    before = snapshot()
    for step in steps:
        refused = False
        try:
            world.apply(step)
        except Refused:
            refused = True
        db.session.rollback()
        after = snapshot()
        assert not refused or after == before, f"a refused {step} left something behind"
        assert list_broken() == [], step
        assert_nobody_was_overtaken(before, after, step)
        before = after


def assert_nobody_was_overtaken(before: dict, after: dict, step: tuple) -> None:
    """Whoever moved up stood before everybody who still waits, unless moved by hand.

    Or has the place of another registration of theirs, which takes no turn.
    """
    if step[0].startswith(("promote", "merge")):
        return
    for states in ("registrations", "bookings"):
        waited = [key for key, state in before[states].items() if state == "waiting"]
        still = [key for key in waited if after[states].get(key) == "waiting"]
        moved = [key for key in waited if after[states].get(key) == "confirmed"]
        for queue in {key[0] for key in moved}:
            ahead = [key[1] for key in moved if key[0] == queue]
            behind = [key[1] for key in still if key[0] == queue and eligible(key, states)]
            stood = before["order"][states]
            assert not behind or max(map(stood.index, ahead)) < min(map(stood.index, behind)), step


def eligible(key: tuple[int, int], states: str) -> bool:
    if states == "registrations":
        return True
    state = db.session.scalars(
        select(Registration.state)
        .join(Booking, Booking.registration_id == Registration.id)
        .where(Booking.id == key[1])
    ).one()
    return state == RegistrationState.CONFIRMED


def snapshot() -> dict:
    """Every state of every registration and booking, with the queue it belongs to."""
    registrations = db.session.execute(
        select(Registration.congress_id, Registration.id, Registration.state)
    )
    bookings = db.session.execute(select(Booking.item_id, Booking.id, Booking.state))
    return {
        "registrations": {(queue, number): state for queue, number, state in registrations},
        "bookings": {(queue, number): state for queue, number, state in bookings},
        "order": {"registrations": in_order(Registration), "bookings": in_order(Booking)},
    }


def in_order(table: type[Registration | Booking]) -> list[int]:
    """Everybody in the order in which queues have them, by number."""
    ordered = select(table.id).order_by(table.priority, table.joined_at, table.id)
    return list(db.session.scalars(ordered))


def start_anew(world: World) -> None:
    """Empty the congress; a fresh database for each example would take too long."""
    world.registrations.clear()
    for table in (OutboxMessage, AuditLine, AccessToken, CalendarEntry, Consent):
        db.session.execute(delete(table))
    db.session.execute(update(Booking).values(instead_of_id=None))
    db.session.execute(delete(Booking))
    db.session.execute(delete(Registration))
    for counted, capacity in ((Congress, CONGRESS_CAPACITY), (ProgrammeItem, WORKSHOP_CAPACITY)):
        counters = {"taken": 0, "waiting": 0, "overbooked": 0, "capacity": capacity}
        db.session.execute(update(counted).values(**counters))
    db.session.commit()
