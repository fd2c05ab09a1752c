"""Groups that come only together: all of one have a place, or all wait, through any sequence."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.domain.hall import CONGRESS, NOBODY, Person
from congress.domain.moves import Queue
from congress.domain.offers import TakeOffer
from congress.domain.places import Register, Resize, Wanted, Withdraw, decide
from congress.domain.registration import RegistrationState as State
from congress.domain.together import GroupDoesNotFit
from congress.domain.workshops import Places
from tests.domain.halls import hall
from tests.domain.places_world import World

ORGANISATIONS = st.sampled_from(["", "a", "b"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("one"), ORGANISATIONS),
        st.tuples(st.just("group"), st.lists(ORGANISATIONS, min_size=2, max_size=4)),
        st.tuples(st.just("leave"), st.integers(0, 30)),
        st.tuples(st.just("size"), st.integers(1, 6)),
        st.tuples(st.just("take"), st.integers(0, 30)),
    ),
    max_size=25,
)


class Groups(World):
    """The world of places, with groups in it."""

    def hall(self, *, read):
        found = super().hall(read=read)
        places = replace(found.places[CONGRESS], lets_pass=True)
        members: dict[int, tuple[int, ...]] = {}
        for each in self.people.values():
            if each.group and each.state is not State.CANCELLED:
                members[each.group] = (*members.get(each.group, ()), each.id)
        return replace(found, groups=members, places={**found.places, CONGRESS: places})

    def register(self, organisations, group):
        """Register people as `services.groups` does; nobody where one of them is refused."""
        waits, before = False, (dict(self.people), {k: [*v] for k, v in self.queues.items()})
        places = dict(self.places)
        people = [replace(NOBODY, quota_key=each, group=group) for each in organisations]
        for at, each in enumerate(people):
            others = tuple(people[at + 1 :]) if group else ()
            wanted = Register((), each, others=others, waits=waits)
            decision = self.decide(wanted)
            if decision.refusal is not None:
                (self.people, self.queues), self.places = before, places
                return
            self.carry_out(decision, wanted)
            waits = waits or bool(group and not self.people[max(self.people)].in_congress)


@settings(max_examples=300)
@given(steps=STEPS, offers=st.booleans(), quota=st.sampled_from([0, 2]))
def test_any_sequence_leaves_no_group_half_inside_and_no_place_empty(steps, offers, quota):
    world = Groups(offers=offers, quota=quota)
    for number, (act, what) in enumerate(steps, start=1):
        active = [each.id for each in world.people.values() if each.state is not State.CANCELLED]
        if act in {"one", "group"}:
            world.register([what] if act == "one" else what, number if act == "group" else None)
            assert_right(world)
            continue
        if act == "size":
            wanted: Wanted = Resize({CONGRESS: (what, True)})
        elif not active:
            continue
        else:
            person = active[what % len(active)]
            wanted = Withdraw(person) if act == "leave" else TakeOffer(person, CONGRESS)
        decision = world.decide(wanted)
        world.carry_out(decision, wanted)
        assert_right(world)


def assert_right(world):
    people = [each for each in world.people.values() if each.state is not State.CANCELLED]
    groups = {each.group for each in people if each.group}
    for group in groups:
        assert len({each.state for each in people if each.group == group}) == 1
    places = world.places[CONGRESS]
    inside = [each for each in people if each.state in {State.CONFIRMED, State.OFFERED}]
    waiting = [each for each in people if each.state is State.WAITING]
    assert (places.taken, places.waiting) == (len(inside), len(waiting))
    if places.is_free:
        assert all(is_kept_out(world, each, people) for each in waiting)


def is_kept_out(world, person, people):
    """Whether somebody who waits beside a free place cannot have it, worked out on its own."""
    mates = [each for each in people if each.group and each.group == person.group] or [person]
    keys = [each.quota_key for each in mates]
    too_many = any(
        world.quota and key and world.sent[key] + keys.count(key) > world.quota for key in keys
    )
    return too_many or len(mates) > world.places[CONGRESS].left


TWO = (Person(0, State.WAITING, quota_key="a"),)
REFUSED = [  # places, what two people read who come only together
    (Places(1), GroupDoesNotFit),
    (Places(3, taken=2, waiting_list_open=False), GroupDoesNotFit),
    (Places(3, taken=3, waiting_list_open=False), GroupDoesNotFit),
    (Places(3, taken=2), type(None)),
    (Places(None), type(None)),
]


@pytest.mark.parametrize(("places", "expected"), REFUSED)
def test_who_can_never_come_together_reads_so(places, expected):
    decision = decide(hall(places), Register((), NOBODY, others=TWO))
    assert type(decision.refusal) is expected


def test_who_is_added_waits_with_those_who_wait():
    wanted = Register((), NOBODY, waits=True)
    assert decide(hall(Places(9, taken=2)), wanted).moves == (Queue(NOBODY.id, CONGRESS),)
