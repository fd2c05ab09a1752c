"""Groups that come only together: all of one have a place, or all wait, through any sequence."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from congress.domain.hall import CONGRESS, NOBODY, ONLINE, Person
from congress.domain.handing_over import HandOver
from congress.domain.kinds import Contingent, PersonKind
from congress.domain.modes import EventMode, Mode
from congress.domain.moves import Grant, Queue
from congress.domain.offers import TakeOffer
from congress.domain.places import Register, Resize, Wanted, Withdraw, decide
from congress.domain.registration import CongressFull
from congress.domain.registration import RegistrationState as State
from congress.domain.rules import Rules
from congress.domain.together import GroupDoesNotFit, never_all, why_not_all
from congress.domain.workshops import Places
from tests.domain.halls import STARTS, hall, moves
from tests.domain.places_world import World

ORGANISATIONS = st.sampled_from(["", "a", "b"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("one"), ORGANISATIONS),
        st.tuples(st.just("group"), st.lists(ORGANISATIONS, min_size=2, max_size=4)),
        st.tuples(st.just("leave"), st.integers(0, 30)),
        st.tuples(st.just("size"), st.integers(1, 6)),
        st.tuples(st.just("take"), st.integers(0, 30)),
        st.tuples(st.just("hand over"), st.integers(0, 30), ORGANISATIONS),
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
        waiting: tuple[Person, ...] = ()
        before = (dict(self.people), {k: [*v] for k, v in self.queues.items()})
        places = dict(self.places)
        people = [replace(NOBODY, quota_key=each, group=group) for each in organisations]
        for at, each in enumerate(people):
            others = tuple(people[at + 1 :]) if group else ()
            wanted = Register((), each, others=others, waiting=waiting)
            decision = self.decide(wanted)
            if decision.refusal is not None:
                (self.people, self.queues), self.places = before, places
                return
            self.carry_out(decision, wanted)
            if group and not self.people[max(self.people)].in_congress:
                waiting = (*waiting, each)


@example(
    steps=[
        ("one", ""),
        ("group", ["", "a", "a"]),
        ("size", 6),
        ("group", ["", "", ""]),
        ("group", ["", "a"]),
        ("hand over", 8, ""),  # whose colleague could have a place, alone
    ],
    offers=False,
    quota=2,
)
@settings(max_examples=300)
@given(steps=STEPS, offers=st.booleans(), quota=st.sampled_from([0, 2]))
def test_any_sequence_leaves_no_group_half_inside_and_no_place_empty(steps, offers, quota):
    world = Groups(offers=offers, quota=quota)
    for number, (act, what, *to) in enumerate(steps, start=1):
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
            if act == "hand over":
                wanted = HandOver(person, replace(NOBODY, quota_key=to[0]))
                if offers:  # who comes instead has a place at once, and the others are asked
                    continue
        before = world.places[CONGRESS]
        decision = world.decide(wanted)
        world.carry_out(decision, wanted)
        assert_right(world)
        if act != "size":
            assert world.places[CONGRESS].overbooked <= before.overbooked


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


ADDED = [  # places, what somebody reads who is added to two that wait
    (Places(9, taken=2), type(None)),
    (Places(3, taken=3), type(None)),
    (Places(2, taken=2), GroupDoesNotFit),
    (Places(9, taken=9, waiting_list_open=False), CongressFull),
]


@pytest.mark.parametrize(("places", "expected"), ADDED)
def test_who_is_added_waits_with_those_who_wait(places, expected):
    decision = decide(hall(places), Register((), NOBODY, waiting=TWO * 2))
    assert type(decision.refusal) is expected
    assert decision.moves == (() if decision.refusal else (Queue(NOBODY.id, CONGRESS),))


ANY, PRESS, AFAR = (
    replace(NOBODY, kind=PersonKind.ATTENDEE, mode=Mode.ONSITE),
    replace(NOBODY, kind=PersonKind.PRESS, mode=Mode.ONSITE),
    replace(NOBODY, mode=Mode.ONLINE),
)
HELD_BACK = [  # capacity, places held for the press, who comes only together, whether they ever can
    (4, 0, [ANY] * 4, True),
    (4, 0, [ANY] * 5, False),
    (4, 2, [ANY] * 2, True),
    (4, 2, [ANY] * 3, False),  # two stay held back, however many leave
    (4, 2, [ANY, ANY, PRESS, PRESS], True),  # for whom they are held
    (4, 2, [ANY, PRESS, PRESS, PRESS], True),
    (4, 2, [ANY, ANY, ANY, PRESS], False),
    (4, 2, [PRESS] * 5, False),
    (4, 6, [ANY, ANY], False),  # more is held back than there is
    (4, 6, [PRESS] * 4, True),
    (4, 2, [ANY, ANY, AFAR, AFAR], True),  # online nothing is held back
    (4, 2, [ANY, AFAR, AFAR, AFAR], False),
    (None, 6, [ANY] * 9, True),
]


@pytest.mark.parametrize(("capacity", "held", "people", "fits"), HELD_BACK)
@pytest.mark.parametrize("taken", [0, 1])
def test_places_that_are_held_back_are_no_places_for_a_group(capacity, held, people, fits, taken):
    contingents = {PersonKind.PRESS: Contingent(held)}
    here = Places(capacity, taken=taken, held_back=held)
    found = hall(here, rules=Rules(mode=EventMode.HYBRID))
    places = {CONGRESS: here, ONLINE: Places(2)}
    found = replace(found, places=places, contingents=contingents)

    assert (never_all(found, people) is None) is fits
    if taken == 0:  # nobody leaves any more: now or never
        assert (why_not_all(found, people) is None) is fits


def test_whoever_takes_an_offer_to_a_group_takes_it_for_all():
    offered = [Person(number, State.OFFERED, offered_until=STARTS, group=1) for number in (1, 2)]
    here = replace(hall(Places(2, taken=2), (), *offered), groups={1: (1, 2)})
    assert moves(here, TakeOffer(2, CONGRESS)) == [
        Grant(number, CONGRESS, moved_up=True) for number in (1, 2)
    ]


def test_who_would_be_let_in_alone_waits_for_the_rest_of_the_group():
    """Two places become free for three, and go to who stands behind them."""
    waiting = [
        Person(number, State.WAITING, group=1 if number < 4 else None) for number in range(1, 6)
    ]
    places = Places(2, taken=2, waiting=5)
    here = hall(places, (), *waiting, lines={CONGRESS: (1, 2, 3, 4, 5)})
    here = replace(here, groups={1: (1, 2, 3)})
    assert moves(here, Resize({CONGRESS: (4, True)})) == [
        Grant(number, CONGRESS, moved_up=True) for number in (4, 5)
    ]
