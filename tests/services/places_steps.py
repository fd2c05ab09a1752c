"""What may happen in a congress: steps at random, each an act of the program."""

from typing import Any

from hypothesis import strategies as st

from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode

PEOPLE = 12
WORKSHOPS = 4  # three at one time, the fourth later
CONGRESS_CAPACITY, WORKSHOP_CAPACITY = 5, 2

anybody = st.integers(0, PEOPLE - 1)  # counted among those who are registered
workshops = st.integers(0, WORKSHOPS - 1)
wishes = st.lists(workshops, unique=True, max_size=2)
kinds = st.sampled_from([PersonKind.ATTENDEE, PersonKind.PRESS, PersonKind.GUEST])
capacities = st.one_of(st.none(), st.integers(0, 7))

GROUPS = ("Mitglieder", "Mitwirkende", "Übrige")
BASES: list[dict[str, Any]] = [
    {},
    {"priority": "\n".join(GROUPS)},
    {"offer_hours": 24},
    {"quota": 2},
    {"quota": 2, "offer_hours": 24, "priority": "\n".join(GROUPS)},
    {"approval": "held"},
    {"approval": "kept", "quota": 2},
    {"mode": "hybrid", "online_places": 2},
    {"mode": "hybrid", "online_places": 2, "quota": 2, "offer_hours": 24},
    {"held_for_press": 2, "held_for_guests": 1},
    {"held_for_press": 1, "mode": "hybrid", "online_places": 2, "quota": 2},
]
RULES = [*BASES[:4], *(rules | {"group_most": 4} for rules in BASES)]
TOWNS = ("Stadt Hamm", "Stadt Olpe", "")

REGISTER = st.tuples(st.just("register"), anybody, wishes, workshops)
COME_IN_A_GROUP = st.tuples(
    st.just("come in a group"), anybody, st.integers(2, 3), st.sampled_from([True, True, False])
)
STEPS = st.tuples(
    st.lists(st.one_of(REGISTER, REGISTER, COME_IN_A_GROUP), min_size=4, max_size=10),
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
            st.tuples(st.just("admit"), anybody, st.booleans()),
            st.tuples(st.just("turn down"), anybody),
            st.tuples(st.just("take what is offered"), anybody),
            st.tuples(st.just("decline what is offered"), anybody),
            st.tuples(st.just("let offers end")),
            st.tuples(st.just("hand over"), anybody, st.integers(0, len(TOWNS) - 1)),
            st.tuples(st.just("call off"), workshops, workshops),
            COME_IN_A_GROUP,
            st.tuples(st.just("come as"), anybody, kinds),
            st.tuples(st.just("take part"), anybody, st.sampled_from(Mode), st.booleans()),
            st.tuples(st.just("hold after all"), workshops),
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
