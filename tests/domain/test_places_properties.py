"""Any sequence of wishes keeps places and queues right: REL-07 on the pure rule.

A small world beside the rule keeps people and queues as plain lists and carries the moves out;
what must be true is counted from these lists, and the rule sees queues cut short as often as whole.
"""

from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from congress.domain.accepting import Accept
from congress.domain.approval import Approval
from congress.domain.hall import CONGRESS, NEWCOMER, Booked, Hall, Key, Line, Person
from congress.domain.merging import Merge, WhoseWorkshop, clashes
from congress.domain.moves import Ask, Decision, Follow, Grant, Queue
from congress.domain.places import (
    Choose,
    Leave,
    MoveUp,
    Register,
    Resize,
    Wanted,
    Withdraw,
    decide,
)
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.room import ByHand
from congress.domain.rules import USUAL, Rules
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places
from tests.domain.halls import AFTERNOON, CONFIRMED, hall, wish, workshop

WORKSHOPS = {number: workshop(number) for number in (1, 2, 3)} | {4: workshop(4, AFTERNOON)}

KEYS: tuple[Key, ...] = (CONGRESS, *WORKSHOPS)

numbers = st.integers(0, 11)  # counted among those who are registered
workshops = st.sampled_from(sorted(WORKSHOPS))
capacities = st.one_of(st.none(), st.integers(0, 7))
REGISTER = st.tuples(st.just("register"), st.lists(workshops, unique=True, max_size=2), workshops)
STEPS = st.lists(
    st.one_of(
        REGISTER,
        REGISTER,
        st.tuples(st.just("choose"), numbers, workshops),
        st.tuples(st.just("choose"), numbers, workshops),
        st.tuples(st.just("ask"), workshops, st.booleans()),
        st.tuples(st.just("accept"), numbers, st.booleans()),
        st.tuples(st.just("decline"), numbers),
        st.tuples(st.just("enter"), workshops, st.booleans()),
        st.tuples(st.just("assign"), numbers, workshops, workshops, st.booleans()),
        st.tuples(st.just("leave"), numbers, workshops),
        st.tuples(st.just("withdraw"), numbers),
        st.tuples(st.just("merge"), numbers, numbers, st.booleans()),
        st.tuples(st.just("let in"), numbers, st.booleans()),
        st.tuples(st.just("let into"), numbers, workshops, st.booleans()),
        st.tuples(st.just("resize"), st.sampled_from(KEYS), capacities),
    ),
    min_size=8,
    max_size=30,
)


@dataclass
class World:
    """Who is registered, who stands in which queue, and how many places there are."""

    people: dict[int, Person] = field(default_factory=dict)
    queues: dict[Key, list[int]] = field(
        default_factory=lambda: {key: [] for key in (None, 1, 2, 3, 4)}
    )
    places: dict[Key, Places] = field(
        default_factory=lambda: {key: Places(2 if key else 4) for key in KEYS}
    )
    rules: Rules = USUAL

    def hall(self, *, read: int | None) -> Hall:
        """The hall, with queues whole, or read only so far."""
        base = hall(
            self.places[CONGRESS],
            [(each, self.places[each.id]) for each in WORKSHOPS.values()],
            rules=self.rules,
        )
        lines = {key: line(queue, read) for key, queue in self.queues.items()}
        return replace(base, people=dict(self.people), lines=lines)

    def decide(self, wanted: Wanted) -> Decision:
        """The decision with whole queues; with queues read bit by bit it is the same."""
        whole = decide(self.hall(read=None), wanted)
        here = self.hall(read=0)
        while (decision := decide(here, wanted)).unread:
            more = {key: line(self.queues[key], most) for key, most in decision.unread.items()}
            here = replace(here, lines={**here.lines, **more})
        assert decision.moves == whole.moves
        assert decision.places == whole.places
        assert type(decision.refusal) is type(whole.refusal)
        return whole

    def carry_out(self, decision: Decision) -> None:
        new = max(self.people, default=0) + 1
        stood = {key: list(queue) for key, queue in self.queues.items()}
        for move in decision.moves:
            if isinstance(move, Follow):
                self.follow(move, stood[move.key])
                continue
            number = new if move.person == NEWCOMER else move.person
            person = self.people.get(number) or Person(number, RegistrationState.WAITING)
            if isinstance(move, Ask):
                self.people[number] = replace(
                    person, state=RegistrationState.REQUESTED, holds=move.holds
                )
                continue
            if isinstance(move, Queue):
                self.queues[move.key].append(number)
                state, instead_of = BookingState.WAITING, move.instead_of
            elif number in self.queues[move.key]:
                self.queues[move.key].remove(number)
                old = person.booked(move.key)
                state, instead_of = CONFIRMED, old.instead_of if old else None
            else:
                state, instead_of = CONFIRMED, None
            if move.key is CONGRESS:
                gets = RegistrationState.CONFIRMED if isinstance(move, Grant) else None
                after = RegistrationState.WAITING if isinstance(move, Queue) else gets
                person = replace(person, state=after or RegistrationState.CANCELLED, holds=False)
            else:
                rest = tuple(each for each in person.bookings if each.workshop_id != move.key)
                if isinstance(move, Grant | Queue):
                    rest = (*rest, Booked(move.key, state, instead_of))
                else:
                    rest = tuple(
                        replace(each, instead_of=None) if each.instead_of == move.key else each
                        for each in rest
                    )
                person = replace(person, bookings=rest)
            self.people[number] = person
        self.places |= decision.places

    def follow(self, move: Follow, stood: list[int]) -> None:
        """Put somebody where the one of the two stood who was ahead."""
        person, queue = self.people[move.person], self.queues[move.key]
        order = [move.person if each == move.other else each for each in stood]
        order += [each for each in queue if each not in order]
        self.queues[move.key] = [each for each in dict.fromkeys(order) if each in queue]
        if move.key is not CONGRESS:
            booked = Booked(move.key, BookingState.WAITING, move.instead_of)
            rest = tuple(each for each in person.bookings if each.workshop_id != move.key)
            self.people[move.person] = replace(person, bookings=(*rest, booked))


def line(queue: list[int], read: int | None) -> Line:
    head = tuple(queue if read is None else queue[:read])
    return Line(head, is_whole=len(head) == len(queue))


def wanted(world: World, step: tuple) -> Wanted | None:  # noqa: PLR0911, C901 - one for each door
    name, *rest = step
    if name == "register":
        chosen, safe = rest
        at_one_time = [each for each in chosen if each != 4][:1]
        wishes = [wish(each, safe if safe != 4 else None) for each in at_one_time]
        return Register((*wishes, *(wish(4) for each in chosen if each == 4)))
    if name == "ask":
        return Register((wish(rest[0]),))
    if name == "enter":
        return Register((wish(rest[0]),), by_hand=by_hand({CONGRESS, rest[0]}, beyond=rest[1]))
    if name == "resize":
        key, capacity = rest
        return Resize({key: (capacity, True)})
    if not world.people:
        return None
    known = sorted(world.people)
    person = known[rest[0] % len(known)]
    if name == "choose":
        return Choose(person, (wish(rest[1]),))
    if name == "assign":
        chosen, given_up = rest[1:3]
        return Choose(person, (wish(chosen),), (given_up,), by_hand({chosen}, beyond=rest[3]))
    if name == "leave":
        return Leave(person, rest[1])
    if name == "accept":
        return Accept(person, by_hand(set(KEYS), beyond=rest[1]))
    if name == "decline":
        return Withdraw(person, by_organiser=True, of_request=True)
    if name == "withdraw":
        return Withdraw(person)
    if name == "merge":
        return merge(world, person, known[rest[1] % len(known)], other_wins=rest[2])
    return MoveUp(person, CONGRESS if name == "let in" else rest[1], overbook=rest[-1])


def merge(world: World, person: int, other: int, *, other_wins: bool) -> Merge:
    """Every clash is answered; without an answer it is refused."""
    sides = (world.people[each] for each in (person, other))
    found = clashes(world.hall(read=None), *sides)
    answered = Merge(person, other, {each.key: other_wins for each in found})
    if found and person != other:
        refused = world.decide(replace(answered, other_wins={})).refusal
        assert refused is None or not isinstance(refused, WhoseWorkshop) or refused.clashes == found
    return answered


def by_hand(keys: set[Key], *, beyond: bool) -> ByHand:
    return ByHand(beyond=frozenset(keys)) if beyond else ByHand(waits=frozenset(keys))


@settings(max_examples=600)
@given(steps=STEPS)
def test_any_sequence_keeps_places_and_queues_right(steps):
    """REL-07."""
    world = World()
    for step in steps:
        asked = wanted(world, step)
        if asked is None:
            continue
        world.rules = USUAL
        if step[0] == "ask":
            world.rules = Rules(approval=Approval.HELD if step[2] else Approval.KEPT)
        decision = world.decide(asked)
        before = {key: list(queue) for key, queue in world.queues.items()}
        had = dict(world.people)
        world.carry_out(decision)
        assert_right(world)
        if isinstance(asked, Merge) and decision.moves:
            assert_nothing_was_lost(world, had, before, asked)
        if not isinstance(asked, MoveUp):
            is_let_in = isinstance(asked, Merge | Accept) or (
                isinstance(asked, Choose) and asked.by_hand
            )
            let_in = asked.person if is_let_in else None
            assert_nobody_was_overtaken(world, before, let_in)


def assert_right(world: World) -> None:
    people = world.people.values()
    inside = [person for person in people if person.in_congress]
    outside = [person for person in people if person.waits_for(CONGRESS)]
    assert (world.places[CONGRESS].taken, world.places[CONGRESS].waiting) == (
        len(inside),
        len(outside),
    )
    for key in WORKSHOPS:
        sitting = [each for each in people if has_place(each, key)]
        queued = [each for each in inside if each.waits_for(key)]
        assert (world.places[key].taken, world.places[key].waiting) == (len(sitting), len(queued))
        assert all(each.in_congress for each in sitting)
        if world.places[key].is_free:
            assert all(sits_at_that_time(each, key) for each in queued)
    for places in world.places.values():
        assert places.capacity is None or places.taken <= places.capacity + places.overbooked
    assert not (world.places[CONGRESS].is_free and outside)
    for person in people:
        morning = [each for each in person.bookings if each.workshop_id != 4]
        assert sum(each.state is CONFIRMED for each in morning) <= 1


def assert_nothing_was_lost(
    world: World, had: dict[int, Person], before: dict[Key, list[int]], asked: Merge
) -> None:
    """Who goes on has all places of both that do not overlap, and the position further ahead."""
    both, after = [had[asked.person], had[asked.other]], world.people[asked.person]
    assert world.people[asked.other].state is RegistrationState.CANCELLED
    assert world.people[asked.other].bookings == ()
    assert after.in_congress or not any(each.in_congress for each in both)
    for number, taken in WORKSHOPS.items():
        if any(has_place(each, number) for each in both):
            assert has_place(after, number) or sits_at(after, taken.slot)
    for key, queue in before.items():
        if asked.person in world.queues[key]:
            mine = [queue.index(each.id) for each in both if each.id in queue]
            ahead = queue[: min(mine)]
            still = [each for each in ahead if each in world.queues[key]]
            assert world.queues[key][: len(still)] == still
            assert world.queues[key][len(still)] == asked.person


def sits_at(person: Person, slot: TimeSlot) -> bool:
    return any(
        each.state is CONFIRMED and WORKSHOPS[each.workshop_id].slot == slot
        for each in person.bookings
    )


def sits_at_that_time(person: Person, key: int) -> bool:
    waits = person.booked(key)
    return any(
        each.state is CONFIRMED
        and each.workshop_id != waits.instead_of
        and WORKSHOPS[each.workshop_id].slot == WORKSHOPS[key].slot
        for each in person.bookings
    )


def assert_nobody_was_overtaken(
    world: World, before: dict[Key, list[int]], let_in: int | None
) -> None:
    """Whoever moved up stood before everybody who might have had the place and still waits.

    But for whom an organiser let in: that is out of turn on purpose. Who goes on with what
    another registration of theirs had takes no turn.
    """
    for key, queue in before.items():
        moved = [each for each in queue if has_place(world.people[each], key) and each != let_in]
        still = [
            each
            for each in queue
            if each in world.queues[key]
            and (
                key is CONGRESS
                or (
                    world.people[each].in_congress
                    and not sits_at_that_time(world.people[each], key)
                )
            )
        ]
        if moved and still:
            assert queue.index(moved[-1]) < queue.index(still[0])


def might_have(person: Person, key: Key) -> bool:
    return key is CONGRESS or (person.in_congress and not sits_at_that_time(person, key))


def has_place(person: Person, key: Key) -> bool:
    if key is CONGRESS:
        return person.in_congress
    booked = person.booked(key)
    return booked is not None and booked.state is CONFIRMED


def test_the_world_would_notice_an_empty_place():
    """A negative control: the checks above can fail."""
    world = World()
    world.people = {1: Person(1, RegistrationState.WAITING)}
    world.queues[CONGRESS] = [1]
    world.places[CONGRESS] = Places(4, taken=0, waiting=1)
    try:
        assert_right(world)
    except AssertionError:
        return
    raise RuntimeError("an empty place beside somebody who waits went unnoticed")
