"""Any sequence of wishes keeps places and queues right: REL-07 on the pure rule.

A small world beside the rule keeps people and queues as plain lists and carries the moves out;
what must be true is counted from these lists, and the rule sees queues cut short as often as whole.
"""

from collections.abc import Mapping
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from congress.domain.approval import Approval
from congress.domain.hall import CONGRESS, ONLINE, Hall, Key, Person, as_named
from congress.domain.handing_over import HandOver
from congress.domain.kinds import held_back
from congress.domain.merging import Merge
from congress.domain.modes import Mode
from congress.domain.moves import Decision
from congress.domain.offers import Expire
from congress.domain.places import MoveUp, PassOn, Register, Wanted
from congress.domain.registration import RegistrationState
from congress.domain.rehousing import Rehouse
from congress.domain.repeating import after
from congress.domain.rules import USUAL, Rules
from congress.domain.workshops import Places
from tests.domain.halls import CONFIRMED, OPENS
from tests.domain.places_asked import (
    comes_again,
    has_place,
    holds,
    is_all_at_that_time,
    is_by_hand,
    let_in_by,
    sits_at,
    sits_at_that_time,
    swapped,
)
from tests.domain.places_steps import MANY, STEPS, STEPS_AFTERWARDS, WISHES, wanted
from tests.domain.places_world import WORKSHOPS, World, takes_up

# Who waits on a reserve list hands that over to another organisation, and a place is free.
LET_IN = {
    "first": [("register", "a", Mode.ONSITE, [1], 2)] * 3,
    "steps": [("hand over", 2, "b", False)],
}

# Whoever is merged goes on with what is offered to the other one, while a third waits.
HELD_FOR_BOTH = {
    "lists": [([1], False)] * 4,
    "steps": [("leave", 0, 1), ("leave", 0, 1), ("let into", 0, 1, True), ("merge", 0, 2, False)],
}


@settings(max_examples=600)
@example(**LET_IN, offers=False, quota=2, most=None, bound=False, hybrid=False)
@given(
    first=MANY,
    steps=STEPS,
    offers=st.booleans(),
    quota=st.integers(0, 2),
    most=st.sampled_from([None, None, 1, 2]),
    bound=st.booleans(),
    hybrid=st.booleans(),
)
def test_any_sequence_keeps_places_and_queues_right(
    first, steps, offers, quota, most, bound, hybrid
):
    """REL-07; also where a decision passes on only so `most` places, and others the rest."""
    world = World(offers=offers, quota=quota, bound=bound, hybrid=hybrid)
    take_steps(world, [*first, *steps], most)


@settings(max_examples=300)
@example(**HELD_FOR_BOTH, offers=True, most=None, bound=False)
@given(
    lists=WISHES,
    steps=STEPS_AFTERWARDS,
    offers=st.booleans(),
    most=st.sampled_from([None, None, 1]),
    bound=st.booleans(),
)
def test_so_does_any_sequence_after_places_were_given_by_wishes(lists, steps, offers, most, bound):
    """REL-07, where people wait for several workshops of one time."""
    world = World(offers=offers, bound=bound)
    world.places = {key: Places(1 if key else 12) for key in world.places}
    for number, (ranking, any_other) in enumerate(lists, 1):
        world.places[CONGRESS] = world.places[CONGRESS].counted(1, 0)
        world.people[number] = Person(number, RegistrationState.CONFIRMED)
        world.give_by_wishes(number, ranking, any_other=any_other)
    assert_right(world)
    take_steps(world, steps, most)


def take_steps(world: World, steps: list[tuple], most: int | None) -> None:
    """Let one thing happen after the other, and look after each."""
    for step in steps:
        asked = wanted(world, step)
        if asked is None:
            continue
        world.rules = USUAL
        if step[0] == "ask":
            world.rules = Rules(approval=Approval.HELD if step[-1] else Approval.KEPT)
        if isinstance(asked, Rehouse):
            # What is called off is passed on, and what is bound to it, before anybody is put there.
            called_off = PassOn(frozenset({asked.workshop}))
            world.carry_out(world.decide(called_off), called_off)
        world.now = OPENS + timedelta(days=3) if isinstance(asked, Expire) else OPENS
        decision = world.decide(asked, most)
        before = {key: list(queue) for key, queue in world.queues.items()}
        had, sent, places = dict(world.people), world.sent, dict(world.places)
        alone = world.alone
        was = world.hall(read=None)
        world.carry_out(decision, asked)
        if not isinstance(asked, Register | HandOver | Merge) and not comes_again(decision):
            assert_stands_as_foreseen(world, after(was, decision))
        pass_on_the_rest(world, decision, most)
        assert_right(world)
        if not is_by_hand(asked):
            assert_quota_was_kept(world, sent)
            assert_no_place_was_given_twice(world, places)
        assert_nothing_is_had_alone(world, alone, step)
        if decision.moves:
            assert_what_was_had_goes_on(world, had, before, asked)
        if not isinstance(asked, MoveUp):
            if isinstance(asked, Rehouse):
                before.pop(asked.into)  # who gets a place there waited for none
            assert_nobody_was_overtaken(world, before, {*let_in_by(asked), *swapped(decision)})


def pass_on_the_rest(world: World, decision: Decision, most: int | None) -> None:
    """Go on where a decision left off, as the worker does."""
    while decision.goes_on:
        assert decision.served == most
        everything = PassOn(frozenset(world.places))
        decision = world.decide(everything, most)
        world.carry_out(decision, everything)


def assert_stands_as_foreseen(world: World, foreseen: Hall) -> None:
    """While a decision is made, everybody stands in the queues as they are stored afterwards."""
    for key, queue in world.queues.items():
        line = foreseen.line(key).people
        assert [each for each in line if each in queue] == queue


def assert_right(world: World) -> None:
    people = world.people.values()
    inside = [person for person in people if person.in_congress]
    outside = [person for person in people if person.waits_for(CONGRESS)]
    for at in (CONGRESS, ONLINE) if world.hybrid else (CONGRESS,):
        sitting = [each for each in people if takes_up(each) and world.at(each, CONGRESS) == at]
        queued = [each for each in outside if world.at(each, CONGRESS) == at]
        assert (world.places[at].taken, world.places[at].waiting) == (len(sitting), len(queued))
        assert sorted(world.queues[at]) == sorted(each.id for each in queued)
        if world.places[at].is_free:
            assert all(world.is_sent_enough(each.quota_key) for each in queued)
    for key in WORKSHOPS:
        sitting = [each for each in people if holds(each, key)]
        queued = [each for each in inside if each.waits_for(key)]
        assert (world.places[key].taken, world.places[key].waiting) == (len(sitting), len(queued))
        assert all(each.in_congress for each in sitting)
        if world.places[key].is_free and key not in world.called_off:
            assert all(
                sits_at_that_time(each, key) or world.is_kept_from(each, key) for each in queued
            )
    for places in world.places.values():
        assert places.capacity is None or places.taken <= places.capacity + places.overbooked
    contingents = world.contingents()
    assert world.places[CONGRESS].held_back == held_back(contingents)
    on_site = [each for each in outside if world.at(each, CONGRESS) is CONGRESS]
    held_for = [each for each in on_site if each.kind in contingents]
    if world.places[CONGRESS].empty:
        assert all(contingents[each.kind].left == 0 for each in held_for)
    for person in people:
        morning = [each for each in person.bookings if each.workshop_id != 4]
        assert sum(each.state is CONFIRMED for each in morning) <= 1
        assert_waits_for_what_is_dearer(person, world.united)


def assert_waits_for_what_is_dearer(person: Person, united: set[int]) -> None:
    """Nobody waits for a wish that is no dearer than what they have, nor would get both."""
    has_one_list = person.id not in united
    morning = [each for each in person.bookings if each.workshop_id != 4]
    has = next((each for each in morning if each.state is CONFIRMED), None)
    for each in morning:
        if has is not None and each is not has and each.wish is not None:
            assert each.instead_of == has.workshop_id
            assert has.wish is None or each.wish < has.wish or not has_one_list


def assert_nothing_is_had_alone(world: World, alone: int, step: tuple) -> None:
    """Not even organisers give what goes only with another, as none of these steps says so.

    While the other is called off everybody can come, and stays when it takes place again. Whoever
    stood twice keeps what either had, but for what organisers said shall give way.
    """
    if step[0] not in {"call off", "reinstate", "merge"}:
        assert world.alone <= alone


def assert_quota_was_kept(world: World, before: Mapping[str, int]) -> None:
    """Nobody got a place beyond a quota, and who was beyond a lower one since has kept theirs."""
    for key, taken in world.sent.items():
        assert not world.is_sent_enough(key) or taken <= max(world.quota, before.get(key, 0))


def assert_no_place_was_given_twice(world: World, before: Mapping[Key, Places]) -> None:
    """Where more sit than there are places, it is no more than before."""
    for key, places in world.places.items():
        assert places.overbooked <= before[key].overbooked


def assert_what_was_had_goes_on(
    world: World, had: dict[int, Person], before: dict[Key, list[int]], asked: Wanted
) -> None:
    if isinstance(asked, HandOver):
        assert_all_went_over(world, had, before, asked)
    if isinstance(asked, Merge):
        assert_nothing_was_lost(world, had, before, asked)


def assert_all_went_over(
    world: World, had: dict[int, Person], before: dict[Key, list[int]], asked: HandOver
) -> None:
    """Who comes instead has what the other had, and nobody else notices but for the quota."""
    new = max(world.people)
    old, now = had[asked.person], world.people[new]
    assert world.people[old.id].state is RegistrationState.CANCELLED
    if old.quota_key == now.quota_key:
        assert (now.in_congress, now.holds) == (old.in_congress, False)
        assert {each.workshop_id for each in now.bookings} == {
            each.workshop_id for each in old.bookings
        }
        for key, queue in before.items():
            assert world.queues[key] == [new if each == old.id else each for each in queue]


def assert_nothing_was_lost(
    world: World, had: dict[int, Person], before: dict[Key, list[int]], asked: Merge
) -> None:
    """Who goes on has all places of both that do not overlap, and the position further ahead."""
    both, after = [had[asked.person], had[asked.other]], world.people[asked.person]
    assert world.people[asked.other].state is RegistrationState.CANCELLED
    assert world.people[asked.other].bookings == ()
    assert after.in_congress or not any(each.in_congress for each in both)
    for number, taken in WORKSHOPS.items():
        takes_place = number not in world.called_off  # else it gives way to a queue
        if takes_place and any(has_place(each, number) for each in both):
            assert has_place(after, number) or sits_at(after, taken.slot)
        if takes_place and is_all_at_that_time(both, number):
            assert holds(after, number) or world.is_kept_from(after, number)
    for key, queue in before.items():
        mine = [queue.index(each.id) for each in both if each.id in queue]
        # Who stood nowhere was offered a place that who goes on may not have.
        if mine and asked.person in world.queues[key]:
            ahead = queue[: min(mine)]
            still = [each for each in ahead if each in world.queues[key]]
            # Ahead of all of these, where the other one was in a group that moves up before.
            assert world.queues[key].index(asked.person) <= len(still)
            assert [each for each in world.queues[key] if each in still] == still


def assert_nobody_was_overtaken(
    world: World, before: dict[Key, list[int]], let_in: set[int]
) -> None:
    """Whoever moved up stood before everybody who might have had the place and still waits.

    But for whom an organiser let in: that is out of turn on purpose. Who goes on with what
    another registration of theirs had takes no turn, nor do those who swap.
    """
    for at, queue in before.items():
        key = as_named(at)
        moved = [each for each in queue if holds(world.people[each], key) and each not in let_in]
        still = [
            each
            for each in queue
            if each in world.queues[at] and might_have(world, world.people[each], key)
        ]
        for one in moved:
            # Whom places are held back for passes whoever is of another kind.
            passes = at is CONGRESS and world.people[one].kind in world.held
            kind = world.people[one].kind
            rivals = [each for each in still if not passes or world.people[each].kind is kind]
            assert all(queue.index(one) < queue.index(each) for each in rivals)


def might_have(world: World, person: Person, key: Key) -> bool:
    if key is CONGRESS:
        return not world.is_sent_enough(person.quota_key)
    is_kept = sits_at_that_time(person, key) or world.is_kept_from(person, key)
    return person.in_congress and not is_kept


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
