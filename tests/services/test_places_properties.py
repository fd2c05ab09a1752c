"""Any sequence of what people and organisers do keeps REL-07, on both databases.

A second, independent look at who stands where follows each step: the queues are read as they
stand, and compared before and after.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from congress.base import Base
from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.errors import Refused
from congress.domain.groups import Contact
from congress.domain.hall import CONGRESS, Key
from congress.domain.kinds import PersonKind
from congress.domain.merging import WhoseWorkshop
from congress.domain.modes import Mode
from congress.domain.planning.calling_off import mark_of
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.registration_request import WishedWorkshop
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import (
    Booking,
    Congress,
    CongressDay,
    ProgrammeItem,
    Registration,
)
from congress.queries import congresses
from congress.queries.invariants import list_broken
from congress.queries.planning import scheduling
from congress.services import (
    admitting,
    changing,
    confirming,
    groups,
    handing_over,
    kinds,
    merging,
    offering,
    priorities,
    promoting,
    registering,
    switching,
)
from congress.services.entering import Entering
from congress.services.groups import Sent
from congress.services.merging import Merging
from congress.services.planning import calling_off, releasing
from congress.services.planning import scheduling as editing
from tests.builders import (
    OPEN,
    TWO_HOURS,
    WORKSHOPS_START,
    a_congress,
    a_request,
    a_workshop,
    set_places,
)
from tests.services.bound_places import without_its_other
from tests.services.overtaking import assert_nobody_was_overtaken, snapshot
from tests.services.places_steps import (
    CONGRESS_CAPACITY,
    RULES,
    STEPS,
    TOWNS,
    WON_AND_GIVEN_UP_AT_ONCE,
    WORKSHOP_CAPACITY,
    WORKSHOPS,
)

NEW_PEOPLE = count(1_000)
ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
CONTACT = Contact("Kim", "Ost", "kim.ost@example.org", "de")
KEPT = {each.__tablename__ for each in (Congress, CongressDay, ProgrammeItem)}


@dataclass
class World:
    """The congress under test and what the plain model says of it."""

    congress_id: int
    items: list[int]
    faces: dict[int, dict[str, Any]]  # what was released of each, before anything is called off
    registrations: dict[int, int] = field(default_factory=dict)

    def apply(self, step: tuple) -> None:
        name, *arguments = step
        getattr(self, name.replace(" ", "_"))(*arguments)

    def register(self, person: int, chosen: list[int], safe: int) -> None:
        at_one_time = [each for each in chosen if each < WORKSHOPS - 1][:1]
        wanted = at_one_time + [each for each in chosen if each == WORKSHOPS - 1]
        safe_places = {each: self.items[safe] for each in at_one_time if safe < WORKSHOPS - 1}
        wishes = [WishedWorkshop(self.items[each], safe_places.get(each)) for each in wanted]
        mode = Mode.ONLINE if person % 2 else Mode.ONSITE
        town = TOWNS[person % len(TOWNS)]
        request = a_request(person, *wishes, organisation=town, mode=mode)
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

    def admit(self, person: int, is_beyond: bool) -> None:
        everywhere: frozenset[Key] = frozenset((CONGRESS, *self.items))
        by_hand = ByHand(beyond=everywhere) if is_beyond else ByHand(waits=everywhere)
        who = self.known(person, RegistrationState.REQUESTED)
        admitting.accept(self.congress_id, who, by_hand=by_hand, actor=ORGANISER, now=OPEN)

    def turn_down(self, person: int) -> None:
        who = self.known(person, RegistrationState.REQUESTED)
        admitting.decline(self.congress_id, who, "Kein Platz", actor=ORGANISER, now=OPEN)

    def take_what_is_offered(self, person: int) -> None:
        offering.accept(*self.offered(person), actor=ATTENDEE, now=OPEN)

    def decline_what_is_offered(self, person: int) -> None:
        offering.decline(*self.offered(person), actor=ATTENDEE, now=OPEN)

    def let_offers_end(self) -> None:
        while offering.next_step(now=OPEN + timedelta(days=2)):
            pass

    def hand_over(self, person: int, town: int) -> None:
        gone = self.known(person)
        request = a_request(next(NEW_PEOPLE), organisation=TOWNS[town])
        came = handing_over.see_to(gone, request, Entering(ByHand()), actor=ORGANISER, now=OPEN)
        self.registrations = {
            number: came if known == gone else known for number, known in self.registrations.items()
        }

    def come_in_a_group(self, first: int, many: int, together: bool) -> None:
        numbers = [next(NEW_PEOPLE) for _ in range(many)]
        people = [
            a_request(number, form_key="", organisation=TOWNS[first % len(TOWNS)], mode=mode)
            for number, mode in zip(numbers, [*Mode] * many, strict=False)
        ]
        sent = Sent(CONTACT, together, form_key=str(numbers[0]))
        groups.register(self.congress_id, sent, people, now=OPEN)
        came = db.session.scalars(select(Registration.id).order_by(Registration.id.desc()))
        self.registrations |= dict(zip(numbers, came.all(), strict=False))

    def come_as(self, person: int, kind: PersonKind) -> None:
        kinds.set_kind(self.congress_id, self.known(person), kind, actor=ORGANISER, now=OPEN)

    def take_part(self, person: int, mode: Mode, beyond: bool) -> None:
        who, actor = self.known(person), ORGANISER if beyond else ATTENDEE
        switching.take_part(who, mode, beyond=beyond, actor=actor, now=OPEN)

    def call_off(self, workshop: int, into: int) -> None:
        gone = self.items[workshop]
        seen = mark_of(scheduling.get_edited(gone))
        calling_off.call_off(gone, into=self.items[into], seen=seen, actor=ORGANISER, now=OPEN)

    def hold_after_all(self, workshop: int) -> None:
        item_id = self.items[workshop]
        plan = scheduling.get_edited(item_id).plan
        if not plan.cancelled:
            raise Refused
        on, version = replace(plan, cancelled=False), plan.version
        editing.edit_item(item_id, on, version=version, actor=ORGANISER, now=OPEN)
        releasing.release(self.congress_id, actor=ORGANISER, now=OPEN)

    def places(self, capacity: int | None) -> None:
        set_places(self.congress_id, CONGRESS, capacity, actor=ORGANISER, now=OPEN)

    def workshop_places(self, workshop: int, capacity: int | None) -> None:
        item_id = self.items[workshop]
        set_places(self.congress_id, item_id, capacity, actor=ORGANISER, now=OPEN)

    def known(self, person: int, state: RegistrationState | None = None) -> int:
        """Somebody who is registered; if anybody is in a state, one of them."""
        if not self.registrations:
            raise Refused
        known = [number for _, number in sorted(self.registrations.items())]
        found = select(Registration.id).where(Registration.state == state)
        known = [*db.session.scalars(found.order_by(Registration.id))] or known
        return known[person % len(known)]

    def offered(self, person: int) -> tuple[int, int | None]:
        """Somebody to whom a place is offered, and the booking that it is about."""
        who = self.known(person, RegistrationState.OFFERED)
        if db.session.get_one(Registration, who).state == RegistrationState.OFFERED:
            return who, None
        bookings = select(Booking.registration_id, Booking.id).where(
            Booking.state == BookingState.OFFERED
        )
        found = db.session.execute(bookings.order_by(Booking.id)).all()
        if not found:
            raise Refused
        who, booking = found[person % len(found)]
        return who, booking

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


def start_anew(world: World, rules: dict[str, Any], *, bound: bool) -> None:
    """Empty the congress; a fresh database for each example would take too long.

    Where they are `bound`, nobody has the last workshop without the first.
    """
    world.registrations.clear()
    db.session.execute(update(Booking).values(instead_of_id=None))
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in KEPT:
            db.session.execute(delete(table))
    for counted, capacity in ((Congress, CONGRESS_CAPACITY), (ProgrammeItem, WORKSHOP_CAPACITY)):
        counters = {"taken": 0, "waiting": 0, "overbooked": 0, "capacity": capacity}
        db.session.execute(update(counted).values(**counters))
    held_back = sum(many for name, many in rules.items() if name.startswith("held_for"))
    db.session.execute(update(Congress).values(held_back=held_back, moving_up=False))
    online = {"online_taken": 0, "online_waiting": 0, "online_overbooked": 0}
    online_capacity = rules.get("online_places")
    db.session.execute(update(Congress).values(**online, online_capacity=online_capacity))
    # What is kept of a programme in memory is told by its revision.
    again = Congress.content_revision + 1
    db.session.execute(update(Congress).values(rules=rules, content_revision=again))
    for item_id, face in world.faces.items():
        on = update(ProgrammeItem).where(ProgrammeItem.id == item_id)
        db.session.execute(on.values(cancelled=False, released=face))
    first, *_others, last = world.items
    code = select(ProgrammeItem.code).where(ProgrammeItem.id == first).scalar_subquery()
    on = update(ProgrammeItem).where(ProgrammeItem.id == last)
    db.session.execute(on.values(only_with=code if bound else ""))
    db.session.commit()


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with app.app_context():
        congress = a_congress()
        later = WORKSHOPS_START + TWO_HOURS
        items = [
            a_workshop(congress, number=number, starts_at=later if number == WORKSHOPS else start)
            for number, start in enumerate([WORKSHOPS_START] * WORKSHOPS, start=1)
        ]
        faces = {item.id: dict(item.released or {}) for item in items}
        yield World(congress.id, list(faces), faces)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS, rules=st.sampled_from(RULES), bound=st.booleans())
@example(steps=WON_AND_GIVEN_UP_AT_ONCE, rules={}, bound=False)
def test_any_sequence_keeps_places_and_queues_right(world, steps, rules, bound):
    """REL-07."""
    start_anew(world, rules, bound=bound)
    before, alone = snapshot(), 0
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
        assert_nobody_was_overtaken(before, after, step, rules.get("quota", 0))
        alone, had_alone = without_its_other(), alone
        if step[0] not in {"call off", "hold after all", "merge"}:
            assert alone <= had_alone, f"{step} gave somebody what goes only with another"
        before = after
