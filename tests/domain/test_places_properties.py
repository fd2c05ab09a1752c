"""Any sequence of wishes keeps places and queues right: REL-07 on the pure rule.

A small world beside the rule keeps people and queues as plain lists and carries the moves out;
what must be true is counted from these lists, and the rule sees queues cut short as often as whole.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from congress.domain.accepting import Accept
from congress.domain.approval import Approval
from congress.domain.hall import CONGRESS, Key, Person
from congress.domain.merging import Merge, WhoseWorkshop, clashes
from congress.domain.moves import Decision, Grant, Release
from congress.domain.offers import Expire, TakeOffer
from congress.domain.places import (
    Choose,
    Leave,
    MoveUp,
    Register,
    Resize,
    Wanted,
    Withdraw,
)
from congress.domain.registration import RegistrationState
from congress.domain.room import ByHand
from congress.domain.rules import USUAL, Rules
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places
from tests.domain.halls import CONFIRMED, OPENS, wish
from tests.domain.places_world import KEYS, WORKSHOPS, World

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
        st.tuples(st.just("take"), numbers, st.sampled_from(KEYS)),
        st.tuples(st.just("expire"), numbers, st.sampled_from(KEYS)),
    ),
    min_size=8,
    max_size=30,
)


def wanted(world: World, step: tuple) -> Wanted | None:  # noqa: C901, PLR0911, PLR0912 - a door each
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
    if name == "take":
        return TakeOffer(person, rest[1])
    if name == "expire":
        return Expire(((person, rest[1]),))
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
@given(steps=STEPS, offers=st.booleans())
def test_any_sequence_keeps_places_and_queues_right(steps, offers):
    """REL-07."""
    world = World(offers=offers)
    for step in steps:
        asked = wanted(world, step)
        if asked is None:
            continue
        world.rules = USUAL
        if step[0] == "ask":
            world.rules = Rules(approval=Approval.HELD if step[2] else Approval.KEPT)
        world.now = OPENS + timedelta(days=3) if isinstance(asked, Expire) else OPENS
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
            assert_nobody_was_overtaken(world, before, {let_in, *swapped(decision)})


def assert_right(world: World) -> None:
    people = world.people.values()
    inside = [person for person in people if person.in_congress]
    outside = [person for person in people if person.waits_for(CONGRESS)]
    offered = [person for person in people if person.is_offered(CONGRESS)]
    assert (world.places[CONGRESS].taken, world.places[CONGRESS].waiting) == (
        len(inside) + len(offered),
        len(outside),
    )
    for key in WORKSHOPS:
        sitting = [each for each in people if holds(each, key)]
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
    world: World, before: dict[Key, list[int]], let_in: set[int | None]
) -> None:
    """Whoever moved up stood before everybody who might have had the place and still waits.

    But for whom an organiser let in: that is out of turn on purpose. Who goes on with what
    another registration of theirs had takes no turn, nor do those who swap.
    """
    for key, queue in before.items():
        moved = [each for each in queue if holds(world.people[each], key) and each not in let_in]
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


def holds(person: Person, key: Key) -> bool:
    return has_place(person, key) or person.is_offered(key)


def swapped(decision: Decision) -> set[int]:
    """Who moved in a ring: into what another one of them gave up for it."""
    won = {move.person: move.key for move in decision.moves if isinstance(move, Grant)}
    gave = {
        move.person: move.key
        for move in decision.moves
        if isinstance(move, Release) and move.moved_on and move.person in won
    }
    in_ring = set(gave)
    while in_ring != (kept := {p for p in in_ring if gave[p] in {won[each] for each in in_ring}}):
        in_ring = kept
    return in_ring


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
